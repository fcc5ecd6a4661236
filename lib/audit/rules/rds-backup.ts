import { backupCoverageOf, coveredByBackup } from '../../assembly/backup/backup-coverage';
import { engineOf, judgeStandalone } from '../../assembly/data/database-members';
import { isReadReplica, judgeInherited } from '../../assembly/data/database-origin';
import { parameterFamily } from '../../assembly/data/database-parameters';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { type Scalar, Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { BACKUP, BACKUP_COVERAGE } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';

const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html';
const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';

/**
 * The least that backups are kept, in days.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11
 */
const MINIMUM_RETENTION_DAYS = 7;

/** What AWS takes where a database that starts empty sets no retention, in days. */
const DEFAULT_RETENTION_DAYS = 1;

const RETENTION = 'BackupRetentionPeriod';
const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

export const backupsKept: Rule = {
  id: 'RDS-05',
  title: `Databases keep automated backups for at least ${MINIMUM_RETENTION_DAYS} days.`,
  kind: 'backup',
  why: 'Damage that is noticed after the last backup expired cannot be undone.',
  fix: `set BackupRetentionPeriod to ${MINIMUM_RETENTION_DAYS} or more`,
  severity: HIGH,
  appliesTo: [INSTANCE, CLUSTER],
  subsumes: ['CFN-06'],
  controls: BACKUP,
  sources: [`${CONFIG}/db-instance-backup-enabled.html`, `${SECURITY_HUB}#rds-11`],
  check: (database, { service }) =>
    unlessRebuildable(database, service, (own) => judgeStandalone(own, keepsBackups)),
};

export const instanceInBackupPlan: Rule = {
  id: 'RDS-06',
  title: 'A backup plan selects each database instance.',
  kind: 'backup',
  why: 'Automated backups go with the instance and reach 35 days back: without a plan nothing older can be restored.',
  fix: 'select the instance in a backup plan, by ARN or by tag',
  severity: MEDIUM,
  appliesTo: [INSTANCE],
  controls: BACKUP_COVERAGE,
  sources: [`${CONFIG}/rds-in-backup-plan.html`, `${SECURITY_HUB}#rds-26`],
  check: (instance, { service }) =>
    unlessRebuildable(instance, service, (own) => judgeOwnBackups(own, coveredByBackup)),
};

export const auroraInBackupPlan: Rule = {
  id: 'RDS-07',
  title: 'A backup plan selects each Aurora cluster.',
  kind: 'backup',
  why: 'Automated backups go with the cluster and reach 35 days back: without a plan nothing older can be restored.',
  fix: 'select the cluster in a backup plan, by ARN or by tag',
  severity: MEDIUM,
  appliesTo: [CLUSTER],
  controls: BACKUP_COVERAGE,
  sources: [`${CONFIG}/aurora-resources-protected-by-backup-plan.html`],
  check: (cluster, { service }) =>
    unlessRebuildable(cluster, service, (own) =>
      judgeEngine(own, /^aurora/, 'not an Aurora cluster', coveredByBackup),
    ),
};

export const instanceRestorableToAnyTime: Rule = {
  id: 'RDS-08',
  title: 'Database instances can be restored to a point in time.',
  kind: 'backup',
  why: 'Without automated or continuous backups, all that was written since the last snapshot is lost.',
  fix: `set BackupRetentionPeriod to ${MINIMUM_RETENTION_DAYS} or more`,
  severity: HIGH,
  appliesTo: [INSTANCE],
  controls: BACKUP,
  sources: ['https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html'],
  check: (instance, { service }) =>
    unlessRebuildable(instance, service, (database) =>
      judgeOwnBackups(database, (own) => any(hasBackups(own), hasContinuousBackups(own))),
    ),
};

export const auroraCanBacktrack: Rule = {
  id: 'RDS-11',
  title: 'Aurora MySQL clusters can be rewound.',
  kind: 'backup',
  why: 'Undoing a bad deploy by a restore takes hours and a new cluster; backtracking takes minutes.',
  fix: 'set BacktrackWindow to the seconds that you want to be able to undo',
  severity: LOW,
  appliesTo: [CLUSTER],
  controls: BACKUP,
  sources: [`${CONFIG}/aurora-mysql-backtracking-enabled.html`],
  check: (cluster) =>
    judgeEngine(cluster, /^aurora(-mysql)?$/, 'only Aurora MySQL can be backtracked', canBacktrack),
};

export const instanceTagsReachSnapshots: Rule = {
  id: 'RDS-16',
  title: 'Snapshots of database instances carry the tags of the instance.',
  kind: 'backup',
  why: 'Tags select what is backed up, kept and cleaned up: a snapshot without them is found by nobody.',
  fix: 'set CopyTagsToSnapshot to true',
  severity: LOW,
  appliesTo: [INSTANCE],
  controls: BACKUP,
  sources: [`${SECURITY_HUB}#rds-17`],
  check: (instance) => judgeStandalone(instance, copiesTags),
};

export const clusterTagsReachSnapshots: Rule = {
  id: 'RDS-17',
  title: 'Snapshots of database clusters carry the tags of the cluster.',
  kind: 'backup',
  why: 'Tags select what is backed up, kept and cleaned up: a snapshot without them is found by nobody.',
  fix: 'set CopyTagsToSnapshot to true',
  severity: LOW,
  appliesTo: [CLUSTER],
  controls: BACKUP,
  sources: [`${SECURITY_HUB}#rds-16`],
  check: copiesTags,
};

export const commitsAreDurable: Rule = {
  id: 'RDS-24',
  title: 'Parameter groups let a commit return only when it is on disk.',
  kind: 'backup',
  why: 'After a crash, transactions are gone that the application was told are committed.',
  fix: 'set sync_binlog and innodb_flush_log_at_trx_commit to 1, and synchronous_commit to on',
  severity: HIGH,
  appliesTo: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'],
  controls: BACKUP,
  sources: [`${RDS}/USER_Recommendations.html`],
  check: writesThrough,
};

/** Some backups are asked of what holds data of its own only: not of members, and not of read replicas. */
function judgeOwnBackups(database: Resource, judge: (database: Resource) => Judgement): Judgement {
  return judgeStandalone(database, (own) => {
    const judged = judge(own);
    const replica = own.type === INSTANCE && judged.outcome === 'fail' ? isReadReplica(own) : false;
    if (replica instanceof Unknown) return unknown(judged.property, replica);
    return replica ? notApplicable('the source of a read replica has the backups') : judged;
  });
}

function keepsBackups(database: Resource): Judgement {
  return judgeRetention(database, keepsForMinimum);
}

/** AWS makes no backups of a read replica unless asked for: once promoted, it would stand without any. */
function keepsForMinimum(database: Resource): Judgement {
  const replica = database.type === INSTANCE ? isReadReplica(database) : false;
  const judged = database.atLeast(RETENTION, MINIMUM_RETENTION_DAYS, {
    default: replica === true ? 0 : DEFAULT_RETENTION_DAYS,
    unit: 'days',
  });
  const byDefault = replica === true && database.get(RETENTION) === undefined;
  return byDefault ? { ...judged, found: '0 days, the default of a read replica' } : judged;
}

function hasBackups(instance: Resource): Judgement {
  return judgeRetention(instance, (own) =>
    own.atLeast(RETENTION, 1, { default: DEFAULT_RETENTION_DAYS, unit: 'days' }),
  );
}

/** A restored database keeps its backups as long as the one did that it is restored from. */
function judgeRetention(database: Resource, judge: (database: Resource) => Judgement): Judgement {
  return judgeInherited(database, { path: RETENTION, from: ['snapshot', 'pointInTime'], judge });
}

function hasContinuousBackups(instance: Resource): Judgement {
  const { rules, unknown: open } = backupCoverageOf(instance);
  const sure = rules.find(({ continuous }) => continuous === true);
  if (sure) return pass({ found: `continuous backups by ${sure.plan.logicalId}` });
  const doubt = rules.map(({ continuous }) => continuous).find((value) => value instanceof Unknown) ?? open;
  return doubt instanceof Unknown
    ? unknown(undefined, doubt)
    : fail({ found: 'no continuous backups', needed: 'a backup plan with EnableContinuousBackup' });
}

/** Asks a question of clusters of some engines. */
function judgeEngine(
  cluster: Resource,
  engines: RegExp,
  otherwise: string,
  judge: (cluster: Resource) => Judgement,
): Judgement {
  const engine = engineOf(cluster);
  if (engine === undefined) return unknown('Engine', 'Engine is not set');
  if (engine instanceof Unknown) return unknown('Engine', engine);
  return engines.test(engine) ? judge(cluster) : notApplicable(otherwise);
}

const REWOUND_IN = AWS_FACTS.auroraBacktrackRegions.value;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html */
function canBacktrack(cluster: Resource): Judgement {
  const judged = cluster.atLeast('BacktrackWindow', 1, { default: 0, unit: 'seconds' });
  if (judged.outcome !== 'fail') return judged;
  const mode = cluster.text('EngineMode');
  if (mode instanceof Unknown) return unknown('EngineMode', mode);
  if (mode === 'serverless' || cluster.get('ServerlessV2ScalingConfiguration') !== undefined)
    return notApplicable('no page of AWS says that Aurora Serverless can be backtracked');
  const { region } = cluster;
  if (region !== undefined && !REWOUND_IN.includes(region))
    return notApplicable(`Aurora is not known to offer backtracking in ${region}`);
  const secondary = isSet(cluster, 'GlobalClusterIdentifier');
  if (secondary instanceof Unknown) return unknown('GlobalClusterIdentifier', secondary);
  return secondary || isPrimaryOfGlobal(cluster)
    ? notApplicable('clusters of a global database cannot be backtracked')
    : judged;
}

function isPrimaryOfGlobal(cluster: Resource): boolean {
  const globals = cluster.stack.graph.ofType('AWS::RDS::GlobalCluster');
  return globals.some((global) => global.target('SourceDBClusterIdentifier') === cluster);
}

function copiesTags(database: Resource): Judgement {
  return database.is('CopyTagsToSnapshot', true, { default: false });
}

/** The defaults are those of the groups that RDS itself makes. */
function writesThrough(group: Resource): Judgement | readonly Judgement[] {
  const family = parameterFamily(group);
  if (family === 'other') return notApplicable('only MySQL, MariaDB and PostgreSQL have these parameters');
  const mysql = [
    group.is('Parameters.sync_binlog', 1, { default: 1 }),
    group.is('Parameters.innodb_flush_log_at_trx_commit', 1, { default: 1 }),
  ];
  const postgres = [
    group.judge('Parameters.synchronous_commit', isOn, 'anything but off', { default: 'on' }),
  ];
  if (family === undefined) return [...mysql, ...postgres];
  return family === 'mysql' ? mysql : postgres;
}

/** What PostgreSQL reads as false. */
function isOn(value: Scalar): boolean {
  return !/^(off|false|no|0)$/i.test(String(value));
}
