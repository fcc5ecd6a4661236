import {
  appHasBackupPlan,
  appReportsOnBackups,
  criticalDataIsAirGapped,
  recoveryPointsAreEncrypted,
  restoresAreTested,
} from '../../../lib/audit/rules/bkp-coverage';
import { Tier } from '../../../lib/objectives/tier';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks, outcomeOf } from '../../support/rule-cases';

const CONDITIONS = { Some: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] } };
const PLAN = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{}] } } };
const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: {} };
const QUEUE = { Type: 'AWS::SQS::Queue', Properties: {} };
const SESSIONS = { ...TABLE, Properties: REBUILDABLE };
const MAYBE_SESSIONS = { ...TABLE, Properties: MAYBE_REBUILDABLE.Properties };
const selection = (plan: unknown, resources: unknown = ['*']) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: plan, BackupSelection: { Resources: resources } },
});
const EVERYTHING = selection({ Ref: 'Plan' });

checks(appHasBackupPlan, {
  passes: {
    'there is a plan': { Resources: { Table: TABLE, Plan: PLAN } },
    'the plan is in another stack': {
      stacks: {
        Shop: { template: { Resources: { Table: TABLE } } },
        Backup: { template: { Resources: { Plan: PLAN, Queue: QUEUE } } },
      },
    },
  },
  fails: {
    'there is data and no plan': { Resources: { Table: TABLE } },
    'some of the data is rebuildable and some is not': { Resources: { Table: TABLE, Sessions: SESSIONS } },
    'beside what may be rebuildable there is data that is not': {
      ...MAYBE_REBUILDABLE.template,
      Resources: { Sessions: MAYBE_SESSIONS, Table: TABLE },
    },
    'there is a selection that names no plan': { Resources: { Table: TABLE, Selection: selection('') } },
  },
  unknown: {
    'a condition may leave the plan out': {
      Conditions: CONDITIONS,
      Resources: { Table: TABLE, Plan: { ...PLAN, Condition: 'Some' } },
    },
    'a condition may leave the data out': {
      Conditions: CONDITIONS,
      Resources: { Table: { ...TABLE, Condition: 'Some' } },
    },
    'whether the only data is rebuildable is known only at deploy': {
      ...MAYBE_REBUILDABLE.template,
      Resources: { Sessions: MAYBE_SESSIONS },
    },
    'a macro may write the plan': { Transform: 'Plans', Resources: { Table: TABLE } },
    'a selection names a plan that is not in the app': {
      Resources: { Table: TABLE, Selection: selection('plan-1') },
    },
  },
  notApplicable: {
    'there is no data': { Resources: { Queue: QUEUE } },
    'all data is declared rebuildable': { Resources: { Sessions: SESSIONS } },
  },
});

const REPORT = { Type: 'AWS::Backup::ReportPlan', Properties: {} };

checks(appReportsOnBackups, {
  passes: {
    'there is a report plan': { Resources: { Plan: { ...PLAN, Properties: {} }, Report: REPORT } },
    'the report plan is in another stack': {
      stacks: {
        Shop: { template: { Resources: { Plan: { ...PLAN, Properties: {} } } } },
        Reports: { template: { Resources: { Report: REPORT, Queue: QUEUE } } },
      },
    },
  },
  fails: {
    'there is no report plan': { Resources: { Plan: PLAN } },
    'there is a report of another kind': {
      Resources: { Plan: PLAN, Report: { Type: 'AWS::Backup::Framework', Properties: {} } },
    },
  },
  unknown: {
    'a condition may leave the report plan out': {
      Conditions: CONDITIONS,
      Resources: { Plan: PLAN, Report: { ...REPORT, Condition: 'Some' } },
    },
    'a macro may write the report plan': { Transform: 'Plans', Resources: { Plan: PLAN } },
  },
  notApplicable: { 'nothing is backed up': { Resources: { Table: TABLE } } },
});

const backedUp = (type: string, properties: object, more: object = {}) => ({
  Resources: {
    Data: { Type: type, Properties: properties },
    Selection: selection('plan-1', ['arn:aws:*']),
    ...more,
  },
});
const INSTANCE = 'AWS::RDS::DBInstance';
const VOLUME = 'AWS::EC2::Volume';

checks(recoveryPointsAreEncrypted, {
  passes: {
    'the instance that is backed up is encrypted': backedUp(INSTANCE, { StorageEncrypted: true }),
    'the cluster is encrypted': backedUp('AWS::RDS::DBCluster', { StorageEncrypted: 'true' }),
    'the volume is encrypted': backedUp(VOLUME, { Encrypted: true }),
    'the documents are encrypted': backedUp('AWS::DocDB::DBCluster', { StorageEncrypted: true }),
    'the graph is encrypted': backedUp('AWS::Neptune::DBCluster', { StorageEncrypted: true }),
  },
  fails: {
    'the instance is not encrypted': backedUp(INSTANCE, { StorageEncrypted: false }),
    'nothing is said of encryption': backedUp(INSTANCE, {}),
    'the volume is not encrypted': backedUp(VOLUME, {}),
  },
  unknown: {
    'the encryption is a parameter without a default': {
      ...backedUp(VOLUME, { Encrypted: { Ref: 'P' } }),
      Parameters: { P: { Type: 'String' } },
    },
    'the volume is made from a snapshot': backedUp(VOLUME, { SnapshotId: 'snap-1' }),
    'whether it is backed up is known only at deploy': {
      ...backedUp(VOLUME, {}),
      Transform: 'Plans',
      Resources: { Data: { Type: VOLUME, Properties: {} } },
    },
  },
  notApplicable: {
    'no plan selects it': { Resources: { Data: { Type: VOLUME, Properties: {} } } },
    'the cluster answers for its member': {
      Resources: {
        Member: { Type: INSTANCE, Properties: { DBClusterIdentifier: 'orders' } },
      },
    },
  },
  equivalent: { '*Selection.*': 'what nothing backs up has no backups to encrypt' },
});

const planOf = (rule: object) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: { BackupPlan: { BackupPlanRule: [rule] } },
});
const copyTo = (arn: unknown) => ({ CopyActions: [{ DestinationBackupVaultArn: arn }] });
const AIR_GAPPED = {
  Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
  Properties: { BackupVaultName: 'gap' },
};
const VAULT = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'archive' } };
const gapArn = { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] };
const vaultArn = { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] };
const tableIn = (rule: object, more: object = {}) => ({
  Resources: {
    Table: TABLE,
    Selection: EVERYTHING,
    Plan: planOf(rule),
    Gap: AIR_GAPPED,
    Vault: VAULT,
    ...more,
  },
});

checks(criticalDataIsAirGapped, {
  tier: Tier.MISSION_CRITICAL,
  passes: {
    'the backups are copied to an air-gapped vault': tableIn(copyTo(gapArn)),
    'one of two copies goes there': tableIn({
      CopyActions: [{ DestinationBackupVaultArn: vaultArn }, { DestinationBackupVaultArn: gapArn }],
    }),
    'the vault is named by ARN': tableIn(copyTo('arn:aws:backup:eu-west-1:111122223333:backup-vault:gap')),
    'the rule fills an air-gapped vault itself': tableIn({
      TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:far',
    }),
  },
  fails: {
    'the copies go to an ordinary vault': tableIn(copyTo(vaultArn)),
    'the vault named by ARN is an ordinary one': tableIn(
      copyTo('arn:aws:backup:eu-west-1:111122223333:backup-vault:archive'),
    ),
    'nothing is copied': tableIn({}),
    'nothing is backed up': { Resources: { Table: TABLE } },
  },
  unknown: {
    'the vault is not in the app': tableIn(copyTo('arn:aws:backup:eu-west-1:444455556666:backup-vault:far')),
    'the copies come from a transform': tableIn({ CopyActions: { 'Fn::Transform': {} } }),
    'the plan is not in the app': tableIn({}, { Selection: selection('plan-1') }),
    'whether it is rebuildable is known only at deploy': {
      ...MAYBE_REBUILDABLE.template,
      Resources: { Table: MAYBE_SESSIONS },
    },
  },
  notApplicable: { 'it is declared rebuildable': { Resources: { Table: SESSIONS } } },
  equivalent: {
    '*BackupVaultName':
      'a vault of another name may yet exist, so the answer is unknown; references need no name',
    'Plan.BackupPlan.BackupPlanRule.0.CopyActions.0.DestinationBackupVaultArn':
      'beside a copy that is air-gapped, others may go anywhere',
  },
});

describe('BKP-09', () => {
  it('does not apply below tier 0', () => {
    expect(outcomeOf(criticalDataIsAirGapped, tableIn({}), Tier.BUSINESS_CRITICAL)).toBe('notApplicable');
  });
});

const restorePlan = (vaults: object = { IncludeVaults: ['*'] }) => ({
  Type: 'AWS::Backup::RestoreTestingPlan',
  Properties: { RestoreTestingPlanName: 'drill', RecoveryPointSelection: vaults },
});
const restoreSelection = (properties: object = { ProtectedResourceArns: ['*'] }) => ({
  Type: 'AWS::Backup::RestoreTestingSelection',
  Properties: {
    RestoreTestingPlanName: { Ref: 'Drill' },
    ProtectedResourceType: 'DynamoDB',
    ...properties,
  },
});
const tested = (properties?: object, vaults?: object, more: object = {}) =>
  tableIn(
    { TargetBackupVault: { Ref: 'Vault' } },
    { Drill: restorePlan(vaults), Tables: restoreSelection(properties), ...more },
  );
const dataTested = (type: string, kind: string, properties: object = {}) => ({
  Resources: {
    Data: { Type: type, Properties: properties },
    Selection: selection('plan-1'),
    Drill: restorePlan(),
    Tests: restoreSelection({ ProtectedResourceType: kind, ProtectedResourceArns: ['*'] }),
  },
});
const condition = (operator: string, value: string) => ({
  ProtectedResourceConditions: { [operator]: [{ Key: 'aws:ResourceTag/stage', Value: value }] },
});
const tagged = {
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: [{ Key: 'stage', Value: 'prod' }] } },
};

checks(restoresAreTested, {
  passes: {
    'all tables are restored from all vaults': tested(),
    'the table is restored by name': tested({ ProtectedResourceArns: [{ 'Fn::GetAtt': ['Table', 'Arn'] }] }),
    'the table has the tag': tested(condition('StringEquals', 'prod'), undefined, tagged),
    'the backups are restored from their vault': tested(undefined, { IncludeVaults: [vaultArn] }),
    'the vault matches a pattern': tested(undefined, {
      IncludeVaults: ['arn:aws:backup:*:*:backup-vault:arch*'],
    }),
    'another vault is left out': tested(undefined, { IncludeVaults: ['*'], ExcludeVaults: [gapArn] }),
    'a cluster of Aurora is restored': dataTested('AWS::RDS::DBCluster', 'Aurora', {
      Engine: 'aurora-mysql',
    }),
    'a Multi-AZ cluster is restored': dataTested('AWS::RDS::DBCluster', 'RDS', { Engine: 'mysql' }),
    'the copies are restored in another region': {
      stacks: {
        Shop: {
          region: 'eu-west-1',
          account: '1',
          template: tableIn(copyTo('arn:aws:backup:eu-central-1:1:backup-vault:far')),
        },
        Drills: {
          region: 'eu-central-1',
          account: '1',
          template: { Resources: { Drill: restorePlan(), Tables: restoreSelection() } },
        },
      },
    },
  },
  fails: {
    'nothing is restored': tableIn({}),
    'databases are restored': tested({ ProtectedResourceType: 'RDS', ProtectedResourceArns: ['*'] }),
    'another table is restored': tested(
      { ProtectedResourceArns: ['arn:aws:dynamodb:*:*:table/other'] },
      undefined,
      {
        Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } },
      },
    ),
    'neither ARNs nor conditions are given': tested({}),
    'the table has another tag': tested(condition('StringNotEquals', 'prod'), undefined, tagged),
    'another vault is read': tested(undefined, { IncludeVaults: [gapArn] }),
    'its vault is left out': tested(undefined, { IncludeVaults: ['*'], ExcludeVaults: [vaultArn] }),
    'the test runs in a region without backups': {
      stacks: {
        Shop: {
          region: 'eu-west-1',
          account: '1',
          template: tableIn({ TargetBackupVault: { Ref: 'Vault' } }),
        },
        Drills: {
          region: 'eu-central-1',
          account: '1',
          template: { Resources: { Drill: restorePlan(), Tables: restoreSelection() } },
        },
      },
    },
  },
  unknown: {
    'the restore testing plan is not in the app': tested({
      RestoreTestingPlanName: 'elsewhere',
      ProtectedResourceArns: ['*'],
    }),
    'the vaults come from a transform': tested(undefined, { IncludeVaults: { 'Fn::Transform': {} } }),
    'a condition may leave the restore testing plan out': {
      Conditions: CONDITIONS,
      Resources: { ...tested().Resources, Drill: { ...restorePlan(), Condition: 'Some' } },
    },
    'a macro may write restore tests': { Transform: 'Plans', ...tableIn({}) },
    'whether it is rebuildable is known only at deploy': {
      ...MAYBE_REBUILDABLE.template,
      ...tableIn({}, { Table: MAYBE_SESSIONS }),
    },
  },
  notApplicable: {
    'nothing backs it up': { Resources: { Table: TABLE } },
    'it is backed up and declared rebuildable': tableIn({}, { Table: SESSIONS }),
  },
  equivalent: {
    '*BackupVaultName': 'references need no name',
    '*RestoreTestingPlanName': 'a plan of another name may yet exist, so the answer is unknown',
    '*Selection.*': 'what nothing backs up has nothing to restore',
    '*TargetBackupVault':
      'where all vaults are read, whichever it is; else one that is not in the app may be read',
  },
});
