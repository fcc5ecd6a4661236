import { clusterOf } from '../assembly/data/database-members';
import { STATEFUL_TYPES } from '../assembly/data/stateful';
import type { Graph } from '../assembly/graph';
import { Resource } from '../assembly/resource';
import type { Json, JsonObject } from '../assembly/source/source';
import { isScalar, Unknown } from '../assembly/value';
import { PERHAPS_REPLACING_PROPERTIES, REPLACING_PROPERTIES } from '../calculus/update-behaviour';
import { INTERRUPTING_PROPERTIES } from '../calculus/update-interruptions';

/** What a deploy does to a resource that holds data. */
export interface DataChange {
  readonly kind:
    | 'removed'
    | 'replaced'
    | 'perhaps replaced'
    | 'interrupted'
    | 'replica removed'
    | 'replica perhaps removed';

  /** The resource as it was. */
  readonly resource: Resource;

  /** The properties that make it so; of one that is gone there are none. */
  readonly properties: readonly string[];

  /**
   * What stays behind of the data: the old resource itself, a last snapshot of it, what has it elsewhere (the cluster of a
   * member, the other replicas of a table), or nothing.
   */
  readonly kept: 'itself' | 'snapshot' | 'elsewhere' | 'nothing';

  /** The regions whose replicas go. @default - it is no replica that goes */
  readonly regions?: readonly string[];
}

type Later = ReadonlyMap<string, Resource>;

/** What the step from one app to another does to all that holds data; resources are the same by stack and logical id. */
export function dataChanges(base: Graph, head: Graph): readonly DataChange[] {
  const later = new Map(head.resources.map((resource) => [resource.id, resource]));
  return base
    .ofType(...STATEFUL_TYPES)
    .flatMap((resource) => changeOf(resource, later))
    .sort((a, b) => (a.resource.id < b.resource.id ? -1 : 1));
}

function changeOf(before: Resource, later: Later): readonly DataChange[] {
  const after = later.get(before.id);
  if (after === undefined)
    return [
      { kind: 'removed', resource: before, properties: [], kept: keptOf(before, 'DeletionPolicy', later) },
    ];
  const kept = keptOf(before, 'UpdateReplacePolicy', later);
  if (after.type !== before.type) return [{ kind: 'replaced', resource: before, properties: ['Type'], kept }];
  const changed = (paths: readonly string[] = []) =>
    paths.filter((path) => text(before, path) !== text(after, path));
  const engine = otherEngine(before, after);
  const replacing = [...changed(REPLACING_PROPERTIES[before.type]), ...(engine === true ? ['Engine'] : [])];
  if (replacing.length > 0) return [{ kind: 'replaced', resource: before, properties: replacing, kept }];
  const perhaps = changed(PERHAPS_REPLACING_PROPERTIES[before.type]).filter(
    (path) => !IN_PLACE.has(path) && (path !== 'Engine' || engine !== false),
  );
  if (perhaps.length > 0) return [{ kind: 'perhaps replaced', resource: before, properties: perhaps, kept }];
  const interrupting = changed(INTERRUPTING_PROPERTIES[before.type]?.value);
  const replicas = replicasGone(before, after);
  return interrupting.length === 0
    ? replicas
    : [{ kind: 'interrupted', resource: before, properties: interrupting, kept: 'itself' }, ...replicas];
}

/** Replicas of a global table that leave it: each goes with its data, which those that stay have too. */
function replicasGone(before: Resource, after: Resource): readonly DataChange[] {
  const path = 'Replicas';
  if (before.type !== 'AWS::DynamoDB::GlobalTable' || text(before, path) === text(after, path)) return [];
  const [was, is] = [replicasOf(before), replicasOf(after)];
  const gone = apart(was, is);
  if (gone.length === 0) return [];
  const added = apart(is, was);
  // What is written anew may be one of those that seem to go, where only deploy knows the region of either.
  const open = added.length > 0 && [...gone, ...added].includes(ONLY_DEPLOY_KNOWS);
  const kept = open || gone.length < was.size ? 'elsewhere' : 'nothing';
  const kind = open ? 'replica perhaps removed' : 'replica removed';
  return [{ kind, resource: before, properties: [path], kept, regions: gone }];
}

/** The regions that one side has and the other has not. */
function apart(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  return [...one].filter(([key]) => !other.has(key)).map(([, region]) => region);
}

const ONLY_DEPLOY_KNOWS = 'a region that only deploy knows';

/** The regions of the replicas, by what tells one from another: the region, or how the template writes it. */
function replicasOf(table: Resource): ReadonlyMap<string, string> {
  const list = table.list('Replicas');
  if (list instanceof Unknown) return new Map([[text(table, 'Replicas'), ONLY_DEPLOY_KNOWS]]);
  return new Map(
    list.map((_, index) => {
      const path = `Replicas.${index}.Region`;
      const region = table.text(path);
      return typeof region === 'string' ? [region, region] : [text(table, path), ONLY_DEPLOY_KNOWS];
    }),
  );
}

/** Whether a deploy leaves the service without its data: deleted, or kept in a form that what replaces it does not take. */
export function losesData({ kind, kept, properties }: DataChange): boolean {
  if (kind === 'replica removed') return kept === 'nothing';
  if (kind !== 'removed' && kind !== 'replaced') return false;
  return kept === 'nothing' || !fits(properties);
}

/** A snapshot of another engine, or of another kind of store, restores nothing in the new one. */
export function fits(properties: readonly string[]): boolean {
  return !properties.includes('Engine') && !properties.includes('Type');
}

/** Databases of which the schemas call a new engine conditional: between two editions it changes in place. */
const ENGINES: ReadonlySet<string> = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);

/**
 * Whether a database gets another engine, which no database takes in place; undefined where that is perhaps so: between
 * editions of Oracle or SQL Server and names of Aurora MySQL, or where only deploy knows.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 */
function otherEngine(before: Resource, after: Resource): boolean | undefined {
  if (!ENGINES.has(before.type)) return undefined;
  const [was, is] = [before.text('Engine'), after.text('Engine')];
  if (was === undefined && is === undefined) return false;
  if (typeof was !== 'string' || typeof is !== 'string') return undefined;
  if (was.toLowerCase() === is.toLowerCase()) return false;
  return familyOf(was) === familyOf(is) ? undefined : true;
}

function familyOf(engine: string): string {
  const name = engine.toLowerCase();
  if (name === 'aurora') return 'aurora-mysql';
  return /^(custom-)?(oracle|sqlserver)-/.exec(name)?.[2] ?? name;
}

/** What the schemas call conditional, and RDS changes in place as its guide says. */
const IN_PLACE: ReadonlySet<string> = new Set([
  'AutoMinorVersionUpgrade',
  'BackupRetentionPeriod',
  'DBParameterGroupName',
  'MultiAZ',
  'PreferredMaintenanceWindow',
]);

/** Types of which CloudFormation takes a snapshot before it deletes them, where nothing else is said. */
const SNAPSHOT_BY_DEFAULT: ReadonlySet<string> = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);

/** What keeps the data of a resource that goes: a policy of its own, or the cluster that it is a member of. */
function keptOf(resource: Resource, policy: Policy, later: Later): DataChange['kept'] {
  const own = keptBy(resource, policy);
  return own === 'nothing' ? keptByCluster(resource, later) : own;
}

/**
 * What keeps what a member of a cluster works with: all of it stands in the storage of its cluster.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html
 */
function keptByCluster(member: Resource, later: Later): DataChange['kept'] {
  const path = 'DBClusterIdentifier';
  if (member.type !== 'AWS::RDS::DBInstance') return 'nothing';
  const after = later.get(member.id);
  if (after && (after.type !== member.type || text(member, path) !== text(after, path))) return 'nothing';
  const cluster = clusterOf(member);
  // A name that no cluster of the app has is that of a cluster which the app leaves as it is.
  if (!(cluster instanceof Resource)) return cluster && isScalar(member.get(path)) ? 'elsewhere' : 'nothing';
  const [change] = changeOf(cluster, later);
  if (change === undefined || change.kept === 'itself') return 'elsewhere';
  return change.kept;
}

type Policy = 'DeletionPolicy' | 'UpdateReplacePolicy';

/**
 * What its policy keeps of the data.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 */
function keptBy(resource: Resource, policy: Policy): DataChange['kept'] {
  const value = resource.attribute(policy);
  if (value === undefined && policy === 'DeletionPolicy' && SNAPSHOT_BY_DEFAULT.has(resource.type))
    return resource.get('DBClusterIdentifier') === undefined ? 'snapshot' : 'nothing';
  if (value === 'Snapshot') return 'snapshot';
  return typeof value === 'string' && value.startsWith('Retain') ? 'itself' : 'nothing';
}

/** A property as the template writes it: what tells a change that CloudFormation sees. */
function text(resource: Resource, path: string): string {
  let json: Json | undefined = resource.body.Properties as Json | undefined;
  for (const step of path.split('.'))
    json = typeof json === 'object' && json !== null ? (json as JsonObject)[step] : undefined;
  return JSON.stringify(sorted(json)) ?? '';
}

/** The order of keys says nothing. */
function sorted(json: Json | undefined): Json | undefined {
  if (Array.isArray(json)) return json.map((item: Json) => sorted(item) ?? null);
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value) ?? null]));
}
