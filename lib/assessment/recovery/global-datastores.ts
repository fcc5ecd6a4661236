import type { Graph } from '../../assembly/graph';
import { Grouped } from '../../assembly/grouped';
import { valuesAt } from '../../assembly/network/zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { isMap, Unknown, wordOf } from '../../assembly/value';

const DATASTORE = 'AWS::ElastiCache::GlobalReplicationGroup';
const GROUP = 'AWS::ElastiCache::ReplicationGroup';

/** A replication group of a global datastore: the primary one takes writes until another one is promoted. */
interface Member {
  readonly group: Resource | Unknown;
  readonly region: string | undefined;
  readonly primary: boolean;
}

/** The group that a replication group of ElastiCache follows; undefined where it follows none. */
export function primaryGroupOf(group: Resource): Resource | Unknown | undefined {
  return datastores(group.stack.graph).followed.get(group);
}

/** The regions of the groups that follow one; undefined for one that the app does not tell. */
export function regionsFollowing(group: Resource): readonly (string | undefined)[] {
  return datastores(group.stack.graph).followers.of(group);
}

/** The group of a set that a name or a reference means. AWS puts letters of its own before the name that people give. */
export function groupNamed(
  member: Resource,
  property: string,
  groups: readonly Resource[],
): Resource | undefined {
  const target = member.target(property);
  if (target instanceof Resource) return target;
  const name = wordOf(member.get(property));
  if (name === '') return undefined;
  return (
    groups.find((group) => wordOf(group.get(property)) === name) ??
    groups.find((group) => {
      const suffix = wordOf(group.get(`${property}Suffix`));
      return suffix !== '' && name.endsWith(`-${suffix}`);
    })
  );
}

interface Datastores {
  readonly followed: ReadonlyMap<Resource, Resource | Unknown>;
  readonly followers: Grouped<Resource, string | undefined>;
}

const datastores = oncePerGraph((graph): Datastores => {
  const followed = new Map<Resource, Resource | Unknown>();
  const followers = new Grouped<Resource, string | undefined>();
  for (const members of membersIn(graph)) {
    const primary = members.find((member) => member.primary)?.group;
    const others = members.filter(({ group }) => group instanceof Unknown || group !== primary);
    for (const { group, region } of others.filter((member) => !member.primary)) {
      if (group instanceof Resource)
        followed.set(group, primary ?? new Unknown('the primary group is not in the app'));
      if (primary instanceof Resource && region !== primary.region) followers.add(primary, region);
    }
  }
  return { followed, followers };
});

/** The members of each datastore: those that it lists, and those that name it. */
function membersIn(graph: Graph): readonly (readonly Member[])[] {
  const stores = graph.ofType(DATASTORE);
  const joined = new Grouped<unknown, Resource>();
  const keys = new Set<unknown>();
  for (const group of graph.ofType(GROUP)) {
    const id = group.get(ID);
    if (id === undefined) continue;
    const key = groupNamed(group, ID, stores) ?? (wordOf(id) || id);
    keys.add(key);
    joined.add(key, group);
  }
  const listed = stores.map((store) => {
    const own = listedBy(store);
    const known = own.map(({ group }) => group);
    return [
      ...own,
      ...joined
        .of(store)
        .filter((group) => !known.includes(group))
        .map(following),
    ];
  });
  const elsewhere = [...keys].filter((key) => !(key instanceof Resource));
  return [...listed, ...elsewhere.map((key) => joined.of(key).map(following))];
}

const ID = 'GlobalReplicationGroupId';

/** What names a datastore when it is made joins one that is there. */
function following(group: Resource): Member {
  return { group, region: group.region, primary: false };
}

function listedBy(store: Resource): readonly Member[] {
  return valuesAt(store, 'Members')
    .flat()
    .filter(isMap)
    .map(({ ReplicationGroupId: id, ReplicationGroupRegion: region, Role: role }) => {
      const group = store.stack.graph.resolve(id ?? null, store);
      const named = wordOf(region);
      return {
        group,
        region: named !== '' ? named : group instanceof Resource ? group.region : undefined,
        primary: wordOf(role).toUpperCase() === 'PRIMARY',
      };
    });
}
