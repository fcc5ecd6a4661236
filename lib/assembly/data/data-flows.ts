import type { Truth } from '../conditions';
import { placeInArn } from '../iam/arn-fields';
import { type Place, placesOf } from '../places';
import { Resource } from '../resource';
import { isRegionOf } from '../same-place';
import { Text, Unknown, type Value } from '../value';
import { STATEFUL_TYPES } from './stateful';

/** A copy, a replica, a log or a message that leaves a resource, and the region that it goes to. */
export interface DataFlow {
  readonly property: string;

  /** In words: a replica, a log. */
  readonly what: string;

  /** Where it goes; `undefined` for a place that has no region. */
  readonly region: string | Unknown | undefined;

  /** Unknown where a condition decides whether it flows. */
  readonly presence: Truth;
}

/** How a property says where something goes: by the region itself, or by a resource or an ARN. */
interface Way {
  readonly path: string;
  readonly what: string;
  readonly by: 'region' | 'resource';
}

const region = (path: string, what: string): Way => ({ path, what, by: 'region' });
const resource = (path: string, what: string): Way => ({ path, what, by: 'resource' });

/** Where the types say what they copy, replicate, log and send to where. */
const WAYS: Readonly<Record<string, readonly Way[]>> = {
  'AWS::Backup::BackupPlan': [
    resource('BackupPlan.BackupPlanRule.*.CopyActions.*.DestinationBackupVaultArn', 'copies of backups'),
  ],
  'AWS::Bedrock::ApplicationInferenceProfile': [resource('ModelSource.CopyFrom', 'requests for inference')],
  'AWS::CloudFront::Distribution': [resource('DistributionConfig.Logging.Bucket', 'access logs')],
  'AWS::CloudTrail::Trail': [resource('S3BucketName', 'the trail')],
  'AWS::DLM::LifecyclePolicy': [
    region('PolicyDetails.Schedules.*.CrossRegionCopyRules.*.TargetRegion', 'copies of snapshots'),
    region('PolicyDetails.Schedules.*.CrossRegionCopyRules.*.Target', 'copies of snapshots'),
  ],
  'AWS::DynamoDB::GlobalTable': [region('Replicas.*.Region', 'a replica')],
  'AWS::EC2::FlowLog': [resource('LogDestination', 'flow logs')],
  'AWS::ECR::ReplicationConfiguration': [
    region('ReplicationConfiguration.Rules.*.Destinations.*.Region', 'copies of images'),
  ],
  'AWS::EFS::FileSystem': [region('ReplicationConfiguration.Destinations.*.Region', 'a replica')],
  'AWS::Events::Rule': [resource('Targets.*.Arn', 'events')],
  'AWS::KinesisFirehose::DeliveryStream': [
    resource('S3DestinationConfiguration.BucketARN', 'deliveries'),
    resource('ExtendedS3DestinationConfiguration.BucketARN', 'deliveries'),
  ],
  'AWS::Logs::SubscriptionFilter': [resource('DestinationArn', 'logs')],
  'AWS::RDS::DBInstance': [region('AutomaticBackupReplicationRegion', 'copies of backups')],
  'AWS::S3::Bucket': [
    resource('ReplicationConfiguration.Rules.*.Destination.Bucket', 'copies of objects'),
    resource('LoggingConfiguration.DestinationBucketName', 'access logs'),
    resource('InventoryConfigurations.*.Destination.BucketArn', 'inventories'),
  ],
  'AWS::S3::MultiRegionAccessPoint': [resource('Regions.*.Bucket', 'objects')],
  'AWS::SNS::Subscription': [resource('Endpoint', 'messages')],
  'AWS::SSM::ResourceDataSync': [region('S3Destination.BucketRegion', 'an inventory')],
  'AWS::SecretsManager::Secret': [region('ReplicaRegions.*.Region', 'a replica')],
};

/** The types whose data goes somewhere, or lies somewhere. */
export const FLOWING_TYPES: readonly string[] = [...new Set([...Object.keys(WAYS), ...STATEFUL_TYPES])];

/** Everywhere that the data of a resource lies and goes to, itself included where it holds data. */
export function dataFlowsOf(subject: Resource): readonly DataFlow[] {
  const ways = WAYS[subject.type] ?? [];
  return [
    ...(STATEFUL_TYPES.includes(subject.type) ? [lies(subject)] : []),
    ...ways.flatMap(({ path, what, by }) =>
      placesOf(subject, path).map((place) => ({
        property: place.path,
        what,
        presence: place.presence,
        region: by === 'region' ? textOf(place) : regionOfTarget(place.value, subject),
      })),
    ),
  ];
}

function lies(subject: Resource): DataFlow {
  const where = subject.region ?? new Unknown(`the region of ${subject.logicalId} is known only at deploy`);
  return { property: '', what: 'its own data', region: where, presence: subject.presence };
}

function textOf({ path, value }: Place): string | Unknown {
  if (value instanceof Unknown) return value;
  return typeof value === 'string' ? value : new Unknown(`${path} is known only at deploy`);
}

/** Inference profiles of several regions, by the first part of their name. */
const GEOGRAPHIC_PROFILE = /inference-profile\/(us|eu|apac|us-gov|jp|au|ca|global)\./;

function regionOfTarget(value: Value, from: Resource): string | Unknown | undefined {
  if (isAddress(value)) return undefined;
  const text =
    value instanceof Text ? value.parts.filter((part) => typeof part === 'string').join('') : value;
  const profile = typeof text === 'string' ? GEOGRAPHIC_PROFILE.exec(text) : null;
  if (profile) return new Unknown(`profile ${profile[1]} infers in several regions, which are not told`);
  const target = from.stack.graph.resolve(value, from);
  if (target instanceof Resource) return regionOfResource(target, from);
  const place = placeInArn(value);
  if (place instanceof Unknown) return target;
  if (isRegionOf(place.region, from) === true) return from.region ?? target;
  return typeof place.region === 'string' ? place.region : target;
}

function regionOfResource(target: Resource, from: Resource): string | Unknown {
  const own = target.stack === from.stack ? from.region : target.region;
  return own ?? new Unknown(`the region of ${target.logicalId} is known only at deploy`);
}

/** Mail, phones and web addresses stand in no region that a template shows. */
function isAddress(value: Value): boolean {
  const text = value instanceof Text ? value.parts[0] : value;
  return typeof text === 'string' && /^(https?:\/\/|\+?\d+$|[^:]+@)/.test(text);
}
