import { oncePerGraph } from '../once-per-graph';
import { isSet } from '../property-truth';
import { Resource } from '../resource';
import { isScalar, Unknown } from '../value';

const GLOBAL = 'GlobalClusterIdentifier';

/**
 * Whether a cluster without instances is another region's copy in a global database: a pilot light. The primary one
 * without instances serves nobody.
 *
 * @param hasInstances - whether another cluster of the app has some
 */
export function isHeadlessCopy(
  cluster: Resource,
  hasInstances: (cluster: Resource) => boolean,
): boolean | Unknown {
  if (isSet(cluster, GLOBAL) !== true || isSet(cluster, 'SnapshotIdentifier') !== false) return false;
  // Only a primary names its administrator; Neptune has none, so its clusters look alike.
  if (cluster.type === 'AWS::DocDB::DBCluster') return isSet(cluster, 'MasterUsername') === false;
  const global = globalOf(cluster);
  const others = global === undefined ? [] : (members(cluster.stack.graph).get(global) ?? []);
  if (others.some((other) => other !== cluster && hasInstances(other))) return true;
  if (global instanceof Resource) {
    if (global.target('SourceDBClusterIdentifier') === cluster) return false;
    // The first to join is the primary one.
    if (global.stack === cluster.stack) return false;
  }
  return new Unknown(
    'whether it is the primary cluster of its global database, or a copy, is not in the app',
  );
}

/** The global database that a cluster belongs to: of the app, else by its name. */
function globalOf(cluster: Resource): Resource | string | undefined {
  const target = cluster.target(GLOBAL);
  if (target instanceof Resource) return target;
  const name = cluster.get(GLOBAL);
  return isScalar(name) ? String(name).toLowerCase() : undefined;
}

const members = oncePerGraph((graph) => {
  const byGlobal = new Map<Resource | string, Resource[]>();
  for (const cluster of graph.ofType('AWS::Neptune::DBCluster')) {
    const global = globalOf(cluster);
    if (global !== undefined) byGlobal.set(global, [...(byGlobal.get(global) ?? []), cluster]);
  }
  return byGlobal;
});
