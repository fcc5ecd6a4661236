import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib/core';

/** A resource that keeps something, and would be lost or made anew by a change of its app. */
export interface Replacement {
  /** `Shop-eu-west-1/Orders1234`. */
  readonly resource: string;

  readonly type: string;

  /** What happens to it: `is gone`, `is left behind` where it is retained, or the property that makes it anew. */
  readonly why: string;
}

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

type Resources = Readonly<Record<string, Resource>>;

/** Properties that cannot change, by type. */
interface CreateOnly {
  readonly always: readonly string[];

  /** Those that can in some states and cannot in others; the reader cannot tell. */
  readonly sometimes?: readonly string[];
}

/**
 * From the resource schemas of CloudFormation, as cfn-lint 1.51.0 has them. Left out are those of database instances that
 * interrupt them at most, as their pages say.
 */
const CREATE_ONLY: Readonly<Record<string, CreateOnly>> = JSON.parse(
  readFileSync(join(__dirname, 'create-only.json'), 'utf8'),
);

/** Types that keep data, or are known to others by what they are: an address, a key, a name that leads there. */
export const STATEFUL_TYPES: readonly string[] = [
  'AWS::Backup::BackupVault',
  'AWS::Backup::LogicallyAirGappedBackupVault',
  'AWS::Cognito::UserPool',
  'AWS::DSQL::Cluster',
  'AWS::DocDB::DBCluster',
  'AWS::DocDB::GlobalCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::VPC',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::GlobalReplicationGroup',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::Events::Archive',
  'AWS::Events::EventBus',
  'AWS::FSx::FileSystem',
  'AWS::GlobalAccelerator::Accelerator',
  'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey',
  'AWS::Kinesis::Stream',
  'AWS::Logs::LogGroup',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
  'AWS::MemoryDB::Cluster',
  'AWS::MemoryDB::MultiRegionCluster',
  'AWS::Neptune::DBCluster',
  'AWS::Neptune::GlobalCluster',
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::GlobalCluster',
  'AWS::Redshift::Cluster',
  'AWS::Route53::HostedZone',
  'AWS::Route53RecoveryControl::Cluster',
  'AWS::S3::Bucket',
  'AWS::S3::MultiRegionAccessPoint',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
];

/** The table does not have the newest types; what is written here is from their pages. */
const LATER_TYPES: Readonly<Record<string, CreateOnly>> = {
  'AWS::Neptune::GlobalCluster': {
    always: ['Engine', 'GlobalClusterIdentifier', 'SourceDBClusterIdentifier', 'StorageEncrypted'],
  },
};

/** The resources of an app, by the name of their stack. */
export type AppResources = ReadonlyMap<string, { readonly region: string; readonly resources: Resources }>;

/** What a change of an app would do to the resources that keep something. What lies in a removed region goes with it. */
export function replacements(
  before: AppResources,
  after: AppResources,
  removed: readonly string[] = [],
): readonly Replacement[] {
  return [...before].flatMap(([stack, { region, resources }]) =>
    removed.includes(region) ? [] : lostOf(stack, resources, after.get(stack)?.resources ?? {}),
  );
}

/** Whether there is anything that could be lost, beside what lies in a removed region. */
export function keepsAnything(app: AppResources, removed: readonly string[] = []): boolean {
  return [...app.values()].some(
    ({ region, resources }) => !removed.includes(region) && Object.values(resources).some(keepsSomething),
  );
}

/** Synthesises an app and takes its resources. */
export function resourcesOf(app: App): AppResources {
  const stacks = app.synth().stacksRecursively;
  return new Map(
    stacks.map((stack) => [
      stack.stackName,
      { region: stack.environment.region, resources: (stack.template.Resources ?? {}) as Resources },
    ]),
  );
}

/** What happens to the resources of one stack that keep something. */
export function lostOf(stack: string, before: Resources, after: Resources): readonly Replacement[] {
  return Object.entries(before)
    .filter(([, resource]) => keepsSomething(resource))
    .flatMap(([logicalId, { Type }]) =>
      whyLost(logicalId, before, after).map((why) => ({
        resource: `${stack}/${logicalId}`,
        type: Type,
        why,
      })),
    );
}

/** Instances of a cluster come and go: their cluster keeps the data. */
function keepsSomething({ Type, Properties = {} }: Resource): boolean {
  const isMember = Type.endsWith('::DBInstance') && Properties.DBClusterIdentifier !== undefined;
  return STATEFUL_TYPES.includes(Type) && !isMember;
}

/** Why a resource is made anew, or is gone; nothing where it stays. */
function whyLost(
  logicalId: string,
  before: Resources,
  after: Resources,
  seen: readonly string[] = [],
): readonly string[] {
  const [was, is] = [before[logicalId], after[logicalId]];
  if (!was || seen.includes(logicalId)) return [];
  if (!is) return [was.DeletionPolicy === 'Retain' ? 'is left behind' : 'is gone'];
  if (was.Type !== is.Type) return [`is of type ${is.Type} now`];
  const { always, sometimes = [] } = createOnlyOf(was.Type);
  return [...always, ...sometimes].flatMap((property) => {
    const [old, now] = [at(was.Properties, property), at(is.Properties, property)];
    if (JSON.stringify(old) !== JSON.stringify(now)) {
      const perhaps = always.includes(property) ? '' : ', perhaps';
      return [`${property}: ${JSON.stringify(old)} -> ${JSON.stringify(now)}${perhaps}`];
    }
    // What it refers to may be made anew: then the value changes, though the template does not.
    return referencesIn(old)
      .filter((id) => whyLost(id, before, after, [...seen, logicalId]).length > 0)
      .map((id) => `${property}: ${id} is made anew`);
  });
}

/** Whether the table says which properties of a type cannot change. */
export function knows(type: string): boolean {
  return (CREATE_ONLY[type] ?? LATER_TYPES[type]) !== undefined;
}

function createOnlyOf(type: string): CreateOnly {
  const known = CREATE_ONLY[type] ?? LATER_TYPES[type];
  if (known) return known;
  if (!STATEFUL_TYPES.includes(type)) return { always: [] };
  throw new Error(`which properties of ${type} cannot change is not known: add it to create-only.json`);
}

/** The value at `A.B.C`; of a list, that of all its items (`A.*.C`). */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, key) => {
    if (key === '*') return found;
    if (Array.isArray(found)) return found.map((item) => at(item, key));
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined;
  }, value);
}

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::GetAtt' && Array.isArray(inner)) return [String(inner[0])];
    return referencesIn(inner);
  });
}
