import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { isScalar, Unknown } from '../value';
import { ZoneSet } from './zones';

/** The zones in which a file system can be mounted, by the mount targets of the app. */
export function mountZonesOf(fileSystem: Resource): ZoneSet {
  const { byFileSystem, open } = mountTargetsOf(fileSystem.stack.graph);
  const own = (byFileSystem.get(fileSystem) ?? []).map((target) => zonesWith(fileSystem, target));
  return ZoneSet.union([...own, ...open]);
}

/** How many mount targets of the app a file system surely has; unknown where others may be its own, too. */
export function mountCountOf(fileSystem: Resource): number | Unknown {
  const { byFileSystem, open } = mountTargetsOf(fileSystem.stack.graph);
  const [other] = open.flatMap(({ unknowns }) => unknowns);
  const own = byFileSystem.get(fileSystem) ?? [];
  return other ?? own.filter((target) => existsWith(target, fileSystem) === true).length;
}

/** A mount target that a condition may leave out adds a zone or none. */
function zonesWith(fileSystem: Resource, target: Resource): ZoneSet {
  const exists = existsWith(target, fileSystem);
  if (exists === true) return target.zones;
  // One condition may leave out several targets: each is a choice of its own.
  return ZoneSet.oneOf(new Unknown(exists.reason, [undefined, exists]), [target.zones, ZoneSet.none]);
}

const mountTargetsOf = oncePerGraph((graph: Graph) => {
  const byFileSystem = new Map<Resource, Resource[]>();
  // Mount targets that may be anyone's.
  const open = graph.unreadable.map((reason) => ZoneSet.unknown(reason));
  for (const target of graph.ofType('AWS::EFS::MountTarget')) {
    const mounted = target.target('FileSystemId');
    if (mounted instanceof Resource) {
      const others = byFileSystem.get(mounted);
      if (others) others.push(target);
      else byFileSystem.set(mounted, [target]);
    }
    // An id that is written out is that of a file system elsewhere.
    else if (mounted && !isScalar(target.get('FileSystemId'))) open.push(ZoneSet.unknown(mounted));
  }
  return { byFileSystem, open: open.slice(0, 1) };
});
