import { type CfnResource, Fn, Stack, Token } from 'aws-cdk-lib/core';
import { type AlarmShape, alarmShape } from '../../../calculus/mandatory/alarm-shape';
import { REPLICATION_LAGS } from '../../../calculus/replication-metrics';
import { writtenPropertiesOf } from '../../governance/written-properties';
import type { Dimensions } from './metric-dimensions';
import { propertiesOf } from './template-view';

/** An alarm on how far one copy is behind. @internal */
export interface LagAlarm {
  /** What tells it from those on other copies. */
  readonly id: string;
  readonly shape: AlarmShape;
  readonly dimensions: Dimensions;
}

/**
 * The alarms on how far the copies of a resource are behind: at what its service may lose with a region.
 *
 * @param rpoSeconds what may be lost; nothing where it is 0, which no copy that follows can keep, or where none is owed
 * @internal
 */
export function lagAlarms(resource: CfnResource, rpoSeconds = 0): readonly LagAlarm[] {
  const copies = COPIES[resource.cfnResourceType];
  if (!copies || rpoSeconds <= 0) return [];
  return copies(resource).map((copy) => ({ ...copy, shape: shapeOf(copy, rpoSeconds) }));
}

/** Whether an alarm on a lag fires before more is lost than may be. @internal */
export function keepsRpo(alarm: CfnResource, rpoSeconds = Number.POSITIVE_INFINITY): boolean {
  const { Threshold: threshold, MetricName: name } = propertiesOf(alarm);
  const metric = Object.values(REPLICATION_LAGS)
    .flatMap(({ metrics }) => metrics)
    .find((each) => each.name === name);
  return Number(threshold) * (metric?.secondsPerUnit ?? 1) <= rpoSeconds;
}

interface Copy {
  readonly id: string;
  readonly dimensions: Dimensions;
  readonly namespace: string;

  /** The type whose lag it is, where another resource shows it. */
  readonly of: string;
}

function shapeOf({ namespace, of }: Copy, rpoSeconds: number): AlarmShape {
  const lag = REPLICATION_LAGS[of];
  const [metric] = lag?.metrics ?? [];
  return alarmShape({
    namespace,
    metrics: [metric?.name ?? ''],
    statistic: 'Maximum',
    periods: 5,
    threshold: rpoSeconds / (metric?.secondsPerUnit ?? 1),
    meaning: 'is further behind than its service may lose with a region',
    action: 'see what holds the copies up; until they are there, do not leave the region without need',
    ...(lag && { source: lag.source }),
  });
}

const COPIES: Readonly<Record<string, (resource: CfnResource) => readonly Copy[]>> = {
  'AWS::DocDB::DBCluster': (cluster) => followerOf(cluster, 'AWS/DocDB'),
  'AWS::DynamoDB::GlobalTable': replicasOf,
  'AWS::EFS::FileSystem': fileSystemsOf,
  'AWS::MSK::Replicator': replicatorOf,
  'AWS::RDS::DBCluster': (cluster) => followerOf(cluster, 'AWS/RDS'),
  'AWS::RDS::DBInstance': (instance) =>
    propertiesOf(instance).SourceDBInstanceIdentifier === undefined
      ? []
      : [
          {
            id: 'ReplicaLag',
            of: 'AWS::RDS::DBInstance',
            namespace: 'AWS/RDS',
            dimensions: { DBInstanceIdentifier: instance.ref },
          },
        ],
  'AWS::S3::Bucket': destinationsOf,
};

interface FileReplication {
  readonly Destinations?: readonly { readonly FileSystemId?: unknown }[];
}

/** The metric has the ids of both file systems: one that EFS makes itself has none that a template could name. */
function fileSystemsOf(files: CfnResource): readonly Copy[] {
  const { ReplicationConfiguration: replication } = writtenPropertiesOf(files);
  const { Destinations: destinations = [] } = (replication ?? {}) as FileReplication;
  return destinations.flatMap(({ FileSystemId: destination }) => {
    if (destination === undefined) return [];
    const dimensions = { FileSystemId: files.ref, DestinationFileSystemId: Token.asString(destination) };
    return [{ id: 'SinceLastSync', of: 'AWS::EFS::FileSystem', namespace: 'AWS/EFS', dimensions }];
  });
}

function replicatorOf(replicator: CfnResource): readonly Copy[] {
  const dimensions = { ReplicatorName: Token.asString(writtenPropertiesOf(replicator).ReplicatorName) };
  return [{ id: 'Lag', of: 'AWS::MSK::Replicator', namespace: 'AWS/Kafka', dimensions }];
}

function replicasOf(table: CfnResource): readonly Copy[] {
  const { Replicas: replicas, MultiRegionConsistency: consistency } = propertiesOf(table);
  if (consistency === 'STRONG' || !Array.isArray(replicas)) return [];
  const here = Stack.of(table).region;
  const regions = replicas.map(({ Region: region }) => region).filter((region) => typeof region === 'string');
  return regions
    .filter((region) => region !== here)
    .map((region) => ({
      id: `LagIn${region}`,
      of: 'AWS::DynamoDB::GlobalTable',
      namespace: 'AWS/DynamoDB',
      dimensions: { TableName: table.ref, ReceivingRegion: region },
    }));
}

/** A cluster of a global one that has no password of its own follows another. */
function followerOf(cluster: CfnResource, namespace: string): readonly Copy[] {
  const {
    GlobalClusterIdentifier: global,
    MasterUsername: user,
    SnapshotIdentifier: snapshot,
  } = propertiesOf(cluster);
  if (global === undefined || user !== undefined || snapshot !== undefined) return [];
  return [
    {
      id: 'Lag',
      of: cluster.cfnResourceType.replace('DBCluster', 'GlobalCluster'),
      namespace,
      dimensions: { DBClusterIdentifier: cluster.ref },
    },
  ];
}

interface ReplicationRule {
  readonly Id?: unknown;
  readonly Destination?: { readonly Bucket?: unknown; readonly Metrics?: unknown };
}

/** Each rule that measures its lag has one of its own; of one without an id it cannot be named. */
function destinationsOf(bucket: CfnResource): readonly Copy[] {
  const { Rules: rules = [] } = (propertiesOf(bucket).ReplicationConfiguration ?? {}) as {
    Rules?: ReplicationRule[];
  };
  return rules.flatMap(({ Id: id, Destination: destination }) => {
    const arn = destination?.Bucket;
    const isMeasured = JSON.stringify(destination?.Metrics ?? '').includes('Enabled');
    if (!isMeasured || typeof id !== 'string' || typeof arn !== 'string' || arn.includes('<<')) return [];
    return [
      {
        id: `LagOf${id}`,
        of: 'AWS::S3::Bucket',
        namespace: 'AWS/S3',
        dimensions: {
          SourceBucket: bucket.ref,
          DestinationBucket: Fn.select(5, Fn.split(':', arn)),
          RuleId: id,
        },
      },
    ];
  });
}
