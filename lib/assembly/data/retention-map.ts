import { backupCoverageOf } from '../backup/backup-coverage';
import type { Resource } from '../resource';
import { isList, Unknown } from '../value';
import { lifecycleRulesOf } from './bucket-lifecycle';
import { originOf } from './database-origin';

/** One way in which data is kept, and for how many days; `Infinity` where nobody ends it. */
export interface Retention {
  readonly how: string;
  readonly days: number | Unknown;
}

interface OwnRetention {
  readonly path: string;

  /** What AWS takes where nothing is said. */
  readonly days: number;
}

/** Where types say for how many days they keep backups of their own. */
const OWN: Readonly<Record<string, OwnRetention>> = {
  'AWS::DocDB::DBCluster': { path: 'BackupRetentionPeriod', days: 1 },
  'AWS::ElastiCache::ReplicationGroup': { path: 'SnapshotRetentionLimit', days: 0 },
  'AWS::MemoryDB::Cluster': { path: 'SnapshotRetentionLimit', days: 0 },
  'AWS::Neptune::DBCluster': { path: 'BackupRetentionPeriod', days: 1 },
  'AWS::RDS::DBCluster': { path: 'BackupRetentionPeriod', days: 1 },
  'AWS::RDS::DBInstance': { path: 'BackupRetentionPeriod', days: 1 },
  'AWS::Redshift::Cluster': { path: 'AutomatedSnapshotRetentionPeriod', days: 1 },
};

/** How long point-in-time recovery of a table reaches back where nothing is said. */
const POINT_IN_TIME_DAYS = 35;
const POINT_IN_TIME = 'PointInTimeRecoverySpecification';

/** The types whose retention is known here. */
export const RETENTION_TYPES: readonly string[] = [
  ...Object.keys(OWN),
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
];

/** All ways in which the data of a resource is kept. */
export function retentionsOf(resource: Resource): readonly Retention[] {
  return [...ownRetentions(resource), ...backupRetentions(resource)];
}

function backupRetentions(resource: Resource): readonly Retention[] {
  const { rules, unknown: others } = backupCoverageOf(resource);
  const kept = rules.flatMap(({ plan, deleteAfterDays, copyActions }) => {
    const how = `backups by ${plan.logicalId}`;
    const copies =
      copyActions instanceof Unknown ? [copyActions] : copyActions.map((copy) => copy.deleteAfterDays);
    const days = [deleteAfterDays, ...copies.map((copy) => copy ?? deleteAfterDays)];
    return days.map((each) => ({ how, days: each ?? Number.POSITIVE_INFINITY }));
  });
  return others ? [...kept, { how: 'backups', days: others }] : kept;
}

function ownRetentions(resource: Resource): readonly Retention[] {
  switch (resource.type) {
    case 'AWS::DynamoDB::GlobalTable': {
      const replicas = resource.get('Replicas');
      return (isList(replicas) ? replicas : []).flatMap((_, index) =>
        pointInTime(resource, `Replicas.${index}.`),
      );
    }
    case 'AWS::DynamoDB::Table':
      return pointInTime(resource, '');
    case 'AWS::Logs::LogGroup':
      return [{ how: 'logs', days: resource.number('RetentionInDays') ?? Number.POSITIVE_INFINITY }];
    case 'AWS::S3::Bucket':
      return versions(resource);
    default:
      return automatic(resource);
  }
}

/** A restored database keeps its backups as long as the one did that it is restored from. */
function automatic(resource: Resource): readonly Retention[] {
  const own = OWN[resource.type];
  if (!own) return [];
  const days = resource.number(own.path);
  const how = 'backups of its own';
  if (days === undefined && originOf(resource))
    return [{ how, days: new Unknown(`${own.path} is taken from where the database comes from`) }];
  const kept = days ?? own.days;
  return kept === 0 ? [] : [{ how, days: kept }];
}

function pointInTime(table: Resource, prefix: string): readonly Retention[] {
  const enabled = table.is(`${prefix}${POINT_IN_TIME}.PointInTimeRecoveryEnabled`, true);
  if (enabled.outcome === 'fail') return [];
  const how = 'point-in-time recovery';
  if (enabled.outcome === 'unknown') return [{ how, days: new Unknown(enabled.reason ?? how) }];
  return [
    { how, days: table.number(`${prefix}${POINT_IN_TIME}.RecoveryPeriodInDays`) ?? POINT_IN_TIME_DAYS },
  ];
}

/** Versions are kept for ever where no rule for the whole bucket ends them. */
function versions(bucket: Resource): readonly Retention[] {
  const kept = bucket.is('VersioningConfiguration.Status', 'Enabled');
  if (kept.outcome === 'fail') return [];
  const how = 'versions';
  const { rules, unknown: others } = lifecycleRulesOf(bucket);
  const open = kept.outcome === 'unknown' ? new Unknown(kept.reason ?? how) : others;
  if (open) return [{ how, days: open }];
  const whole = rules.filter(
    ({ whole: all, noncurrentDays }) => all !== false && noncurrentDays !== undefined,
  );
  const ends = whole.map(({ enabled, whole: all, noncurrentDays }) =>
    enabled instanceof Unknown ? enabled : all instanceof Unknown ? all : noncurrentDays,
  );
  const doubt = ends.find((end) => end instanceof Unknown);
  if (doubt instanceof Unknown) return [{ how, days: doubt }];
  return [
    { how, days: Math.min(Number.POSITIVE_INFINITY, ...ends.filter((end) => typeof end === 'number')) },
  ];
}
