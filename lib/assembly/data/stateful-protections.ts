import { snapshotsByLifecycleManager } from '../backup/lifecycle-manager';
import { any, fail, type Judgement, pass, unknown } from '../judgement';
import { isSet } from '../property-truth';
import { Resource } from '../resource';
import { inSamePlace } from '../same-place';
import { isList, isMap, Unknown, type Value } from '../value';

/** How data comes back: from a copy of some time, from any moment, from kept versions, or from a second living copy. */
export type ProtectionKind = 'backup' | 'pointInTime' | 'versions' | 'replica';

/** A way in which resources of a type can be protected by themselves, without a backup plan. */
export interface Protection {
  readonly kind: ProtectionKind;

  /** Whether a resource is. */
  readonly judge: (resource: Resource) => Judgement;
}

const protection =
  (kind: ProtectionKind) =>
  (judge: Protection['judge']): Protection => ({ kind, judge });

export const backup = protection('backup');
export const pointInTime = protection('pointInTime');
export const versions = protection('versions');
export const replica = protection('replica');

/** What the service does by itself and cannot be switched off. */
export const always = (found: string) => (): Judgement => pass({ found });

/** A property that must be one value. */
export const when =
  (path: string, value: string | boolean) =>
  (resource: Resource): Judgement =>
    resource.is(path, value);

/** Days of retention, of which 0 switches the protection off. */
export const retains =
  (path: string, defaultDays: number) =>
  (resource: Resource): Judgement =>
    resource.atLeast(path, 1, { default: defaultDays, unit: 'days' });

/** A number that must be reached. */
export const atLeast =
  (path: string, minimum: number, defaultValue: number) =>
  (resource: Resource): Judgement =>
    resource.atLeast(path, minimum, { default: defaultValue });

/** A list that must have so many entries. */
export const entries =
  (path: string, minimum = 1) =>
  (resource: Resource): Judgement => {
    const list = resource.list(path);
    if (list instanceof Unknown) return unknown(path, list);
    const known = list.filter((entry) => !(entry instanceof Unknown && entry.maybeAbsent));
    if (known.length >= minimum) return pass({ property: path, found: `${known.length} entries` });
    const open = list.find((entry) => entry instanceof Unknown);
    if (open instanceof Unknown) return unknown(path, open);
    return fail({ property: path, found: `${list.length} entries`, needed: `at least ${minimum}` });
  };

/** One entry of a list must have a value at a path. */
export const someEntry =
  (path: string, below: string, value: string | boolean) =>
  (resource: Resource): Judgement => {
    const list = resource.list(path);
    if (list instanceof Unknown) return unknown(path, list);
    return any(
      fail({ property: path, found: 'no entry', needed: `${below} ${value}` }),
      ...list.map((_, index) => resource.is(`${path}.${index}.${below}`, value)),
    );
  };

/**
 * One Zone file systems are backed up unless it is switched off, the others only if it is switched on.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html
 */
export function efsBackupPolicy(fileSystem: Resource): Judgement {
  const oneZone = fileSystem.get('AvailabilityZoneName');
  const standard = oneZone === undefined ? 'DISABLED' : 'ENABLED';
  const judged = fileSystem.is('BackupPolicy.Status', 'ENABLED', { default: standard });
  return oneZone instanceof Unknown &&
    judged.outcome === 'pass' &&
    fileSystem.get('BackupPolicy') === undefined
    ? unknown('AvailabilityZoneName', oneZone)
    : judged;
}

/**
 * Each kind of file system has its own configuration and default.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-fsx-filesystem.html
 */
const FSX_CONFIGURATIONS: ReadonlyMap<string, { readonly path: string; readonly days: number }> = new Map([
  ['LUSTRE', { path: 'LustreConfiguration', days: 0 }],
  ['ONTAP', { path: 'OntapConfiguration', days: 30 }],
  ['OPENZFS', { path: 'OpenZFSConfiguration', days: 30 }],
  ['WINDOWS', { path: 'WindowsConfiguration', days: 30 }],
]);

export function fsxBackups(fileSystem: Resource): Judgement {
  const type = fileSystem.text('FileSystemType');
  if (type instanceof Unknown) return unknown('FileSystemType', type);
  const configuration = FSX_CONFIGURATIONS.get(type ?? '');
  if (!configuration)
    return unknown('FileSystemType', `${type ?? 'nothing'} is no file system that is known here`);
  return retains(`${configuration.path}.AutomaticBackupRetentionDays`, configuration.days)(fileSystem);
}

/** A Firehose stream that reads a Kinesis stream keeps its records. */
export function archivedByFirehose(stream: Resource): Judgement {
  const readers = stream.stack.graph
    .mentionsOf(stream, 'AWS::KinesisFirehose::DeliveryStream')
    .filter(({ property }) => property === 'KinesisStreamSourceConfiguration');
  return present(
    readers.map(({ from }) => from),
    'a delivery stream that archives it',
  );
}

/** The images of a registry are copied by rules of the registry, which may pick repositories by the beginning of their names. */
export function replicatedByRegistry(repository: Resource): Judgement {
  const registries = repository.stack.graph
    .ofType('AWS::ECR::ReplicationConfiguration')
    .map((registry) => judgeRegistry(registry, repository));
  return any(
    fail({ found: 'no replication of the registry', needed: 'replication of the registry' }),
    ...registries,
  );
}

function judgeRegistry(registry: Resource, repository: Resource): Judgement {
  const near = inSamePlace(registry, repository);
  const rules = registry.list('ReplicationConfiguration.Rules');
  if (near === false) return fail({ found: 'a registry in another place', needed: 'replication of its own' });
  const open = [near, registry.presence, rules].find((value) => value instanceof Unknown);
  if (open instanceof Unknown) return unknown(undefined, open);
  return any(
    fail({ found: 'no rule for the repository', needed: 'a rule for the repository' }),
    ...(isList(rules) ? rules : []).map((rule) => judgeRegistryRule(rule, repository)),
  );
}

function judgeRegistryRule(rule: Value, repository: Resource): Judgement {
  if (!isMap(rule))
    return unknown(undefined, rule instanceof Unknown ? rule : 'a rule is known only at deploy');
  const { RepositoryFilters: filters = [] } = rule;
  if (!isList(filters)) return unknown(undefined, 'the filters of a rule are known only at deploy');
  const name = repository.text('RepositoryName');
  if (filters.length === 0) return pass({ found: 'the registry is replicated' });
  return any(...filters.map((filter) => judgeFilter(filter, name)));
}

function judgeFilter(filter: Value, name: string | Unknown | undefined): Judgement {
  const prefix = isMap(filter) ? filter.Filter : filter;
  if (typeof prefix !== 'string' || typeof name !== 'string')
    return unknown(undefined, 'whether a rule of the registry picks the repository is known only at deploy');
  return name.startsWith(prefix)
    ? pass({ found: 'the registry is replicated' })
    : fail({ found: `a rule for ${prefix}`, needed: 'a rule for the repository' });
}

/**
 * A cluster of Aurora DSQL that has a witness takes no writes before a cluster of another region is linked to it, which is
 * done by a later deployment: until then its state is PENDING_SETUP.
 *
 * @see https://docs.aws.amazon.com/aurora-dsql/latest/userguide/configuring-multi-region-clusters.html
 */
export function withWitness(cluster: Resource): Judgement {
  const property = 'MultiRegionProperties.WitnessRegion';
  const set = isSet(cluster, property);
  if (set instanceof Unknown) return unknown(property, set);
  return set
    ? pass({ property, found: 'a cluster that writes to two regions' })
    : fail({ property, found: 'no witness', needed: 'one' });
}

/** A keyspace may keep its tables in several regions. */
export function inMultiRegionKeyspace(table: Resource): Judgement {
  const keyspace = table.target('KeyspaceName');
  if (keyspace instanceof Resource)
    return keyspace.is('ReplicationSpecification.ReplicationStrategy', 'MULTI_REGION');
  return keyspace
    ? unknown('KeyspaceName', keyspace)
    : fail({ property: 'KeyspaceName', found: 'no keyspace', needed: 'a keyspace in several regions' });
}

/** Snapshots of Data Lifecycle Manager, of the volume or of an instance that it is attached to. */
export function volumeSnapshots(volume: Resource): Judgement {
  return any(
    snapshotsByLifecycleManager(volume),
    ...attachedTo(volume).map((instance) => snapshotsByLifecycleManager(instance)),
  );
}

/** The instances that a volume is attached to: a backup of an instance holds its volumes. */
export function attachedTo(volume: Resource): readonly Resource[] {
  const attachments = volume.stack.graph.mentionsOf(
    volume,
    'AWS::EC2::VolumeAttachment',
    'AWS::EC2::Instance',
  );
  return attachments.flatMap(({ from }) => {
    if (from.type === 'AWS::EC2::Instance') return [from];
    const instance = from.target('InstanceId');
    return instance instanceof Resource && instance.type === 'AWS::EC2::Instance' ? [instance] : [];
  });
}

function present(resources: readonly Resource[], needed: string): Judgement {
  const sure = resources.find(({ presence }) => presence === true);
  if (sure) return pass({ found: sure.logicalId });
  const open = resources[0]?.presence;
  return open instanceof Unknown ? unknown(undefined, open) : fail({ found: `not ${needed}`, needed });
}
