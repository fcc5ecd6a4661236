import { backupCoverageOf, coveredByBackup } from '../../assembly/backup/backup-coverage';
import { fillsAirGappedVault } from '../../assembly/backup/backup-vaults';
import { RESTORE_TESTED_TYPES, restoreTested } from '../../assembly/backup/restore-testing';
import type { Truth } from '../../assembly/conditions';
import { storageEncryption } from '../../assembly/data/database-encryption';
import { STATEFUL_BACKUP_TYPES, withoutOwnData } from '../../assembly/data/stateful';
import type { Graph } from '../../assembly/graph';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import * as families from '../control-families';
import { isRebuildable, unlessRebuildable } from '../rebuildable';
import type { Rule, RuleContext } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';

const PLAN = 'AWS::Backup::BackupPlan';

export const appHasBackupPlan: Rule = {
  id: 'BKP-02',
  title: 'An app that holds data has a backup plan.',
  kind: 'backup',
  why: 'Native backups end with the resource or the account; without a plan nothing is left to restore from.',
  fix: 'define a backup plan and a selection of the resources that hold data',
  severity: MEDIUM,
  appliesTo: STATEFUL_BACKUP_TYPES,
  scope: 'app',
  controls: families.BACKUP_COVERAGE,
  check: (_, context) => {
    const plans = existing(context.graph, PLAN, 'a backup plan');
    const selections = context.graph.ofType('AWS::Backup::BackupSelection').map(planElsewhere);
    return judgeWithData(context, any(plans, ...selections));
  },
};

export const appReportsOnBackups: Rule = {
  id: 'BKP-08',
  title: 'An app that makes backups reports on them.',
  kind: 'compliance',
  why: 'Backup jobs that fail for weeks are noticed at the restore.',
  fix: 'define a report plan for backup jobs',
  severity: LOW,
  appliesTo: [PLAN],
  scope: 'app',
  controls: families.IMMUTABILITY,
  check: (_, { graph }) => existing(graph, 'AWS::Backup::ReportPlan', 'a report plan'),
};

/** Types whose backups are as encrypted as they are, and how one sees whether they are. */
const ENCRYPTION: Readonly<Record<string, (resource: Resource) => Judgement>> = {
  'AWS::DocDB::DBCluster': (cluster) => ownEncryption(cluster, 'StorageEncrypted', 'SnapshotIdentifier'),
  'AWS::EC2::Volume': (volume) => ownEncryption(volume, 'Encrypted', 'SnapshotId'),
  'AWS::Neptune::DBCluster': (cluster) => ownEncryption(cluster, 'StorageEncrypted', 'SnapshotIdentifier'),
  'AWS::RDS::DBCluster': (cluster) => storageEncryption(cluster),
  'AWS::RDS::DBInstance': (instance) => storageEncryption(instance),
};

export const recoveryPointsAreEncrypted: Rule = {
  id: 'BKP-05',
  title: 'Backups are encrypted.',
  kind: 'compliance',
  why: 'Backups of databases and volumes are encrypted only if their source is: the key of the vault does not help.',
  fix: 'encrypt what is backed up: restore an encrypted copy of a snapshot into a new resource',
  severity: MEDIUM,
  appliesTo: Object.keys(ENCRYPTION),
  replaces: ['StorageEncrypted', 'Encrypted'],
  controls: families.IMMUTABILITY,
  sources: ['https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html'],
  check: (resource) =>
    withoutOwnData(resource) ?? whenBackedUp(resource, ENCRYPTION[resource.type]?.(resource) ?? pass()),
};

/** Types of which backups can be copied to a logically air-gapped vault. */
const AIR_GAPPED_TYPES: readonly string[] = [
  'AWS::DocDB::DBCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Instance',
  'AWS::EC2::Volume',
  'AWS::EFS::FileSystem',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::S3::Bucket',
];

export const criticalDataIsAirGapped: Rule = {
  id: 'BKP-09',
  title: 'Data of tier 0 has a copy in a logically air-gapped vault.',
  kind: 'compliance',
  why: 'An intruder who owns the account deletes the data and every backup in it.',
  fix: 'copy the backups to a logically air-gapped vault',
  severity: MEDIUM,
  appliesTo: AIR_GAPPED_TYPES,
  controls: families.IMMUTABILITY,
  check: (resource, { service }) => {
    if (!service.policy.backupAirGappedCopy.value)
      return notApplicable(`tier ${service.tier} owes no such copy`);
    return withoutOwnData(resource) ?? unlessRebuildable(resource, service, judgeAirGappedCopy);
  },
};

export const restoresAreTested: Rule = {
  id: 'BKP-11',
  title: 'Backups are restored as a test.',
  kind: 'backup',
  why: 'A backup that was never restored may not restore, or take longer than the outage may last.',
  fix: 'add a restore testing selection for the resource to a restore testing plan',
  severity: HIGH,
  appliesTo: RESTORE_TESTED_TYPES,
  controls: families.RECOVERY_TESTING,
  check: (resource, { service }) =>
    withoutOwnData(resource) ??
    unlessRebuildable(resource, service, (data) => whenBackedUp(data, restoreTested(data))),
};

/** What no plan backs up has no backups to judge; where that is open, a fail is open too. */
function whenBackedUp(resource: Resource, judged: Judgement): Judgement {
  const covered = coveredByBackup(resource);
  if (covered.outcome === 'fail') return notApplicable('no backup plan selects it');
  return covered.outcome === 'unknown' && judged.outcome === 'fail' ? covered : judged;
}

/** What is restored without a word on encryption is encrypted as the snapshot is. */
function ownEncryption(resource: Resource, path: string, restoredFrom: string): Judgement {
  const inherits = resource.get(path) === undefined && resource.get(restoredFrom) !== undefined;
  return inherits
    ? unknown(path, `${path} is taken from ${restoredFrom}`)
    : resource.is(path, true, { default: false });
}

function judgeAirGappedCopy(resource: Resource): Judgement {
  const { rules, unknown: others } = backupCoverageOf(resource);
  const found = rules.map((rule) => ({ rule, fills: fillsAirGappedVault(rule) }));
  const sure = found.find(({ fills }) => fills === true);
  if (sure) return pass({ found: `copied by ${sure.rule.plan.logicalId}` });
  const open = found.find(({ fills }) => fills instanceof Unknown)?.fills ?? others;
  if (open instanceof Unknown) return unknown(undefined, open);
  return fail({
    found: rules.length === 0 ? 'no backup plan that selects it' : 'no copy in a logically air-gapped vault',
    needed: 'a copy in a logically air-gapped vault',
  });
}

/** Judges whether the app has a resource of a type. */
function existing(graph: Graph, type: string, needed: string): Judgement {
  const found = graph.ofType(type);
  const sure = found.find(({ presence }) => presence === true);
  if (sure) return pass({ found: sure.logicalId });
  const presence = found[0]?.presence;
  if (presence instanceof Unknown) return unknown(undefined, presence);
  const [macro] = graph.unreadable;
  return macro === undefined
    ? fail({ found: `no ${needed.replace(/^an? /, '')}`, needed })
    : unknown(undefined, macro);
}

/** A selection may name a plan that is not in the app. */
function planElsewhere(selection: Resource): Judgement {
  const plan = isSet(selection, 'BackupPlanId') === false ? undefined : selection.target('BackupPlanId');
  return plan instanceof Unknown ? unknown(undefined, plan) : notApplicable('no plan elsewhere is named');
}

/** Where all data may be left out by conditions, or may be rebuildable, nothing may be missing. */
function judgeWithData({ graph, serviceOf }: RuleContext, judged: Judgement): Judgement {
  const holders = graph
    .ofType(...STATEFUL_BACKUP_TYPES)
    .filter((resource) => withoutOwnData(resource)?.outcome !== 'notApplicable');
  if (holders.length === 0) return notApplicable('nothing in the app holds data of its own');
  const data = holders
    .map((resource) => ({ resource, rebuildable: isRebuildable(resource, serviceOf(resource)) }))
    .filter(({ rebuildable }) => rebuildable !== true);
  if (data.length === 0) return notApplicable('all data in the app is declared rebuildable');
  if (judged.outcome !== 'fail') return judged;
  const open = data.map(({ resource, rebuildable }) => doubtOf(resource.presence) ?? doubtOf(rebuildable));
  const [doubt] = open;
  return doubt !== undefined && !open.includes(undefined) ? unknown(undefined, doubt) : judged;
}

function doubtOf(truth: Truth): Unknown | undefined {
  return truth instanceof Unknown ? truth : undefined;
}
