import {
  auroraCanBacktrack,
  auroraInBackupPlan,
  backupsKept,
  clusterTagsReachSnapshots,
  commitsAreDurable,
  instanceInBackupPlan,
  instanceRestorableToAnyTime,
  instanceTagsReachSnapshots,
} from '../../../lib/audit/rules/rds-backup';
import { findingsOf } from '../../support/findings';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks } from '../../support/rule-cases';

const instance = (properties: object) => ({ Type: 'AWS::RDS::DBInstance', Properties: properties });
const cluster = (properties: object) => ({ Type: 'AWS::RDS::DBCluster', Properties: properties });
const plan = (rule: object = {}) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: { BackupPlan: { BackupPlanRule: [rule] } },
});
const selection = (BackupSelection: object) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection },
});
const byArn = selection({ Resources: [{ 'Fn::GetAtt': ['Subject', 'DBInstanceArn'] }] });
const byTag = selection({
  ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' }],
});
const tagged = (value: unknown) => ({ Tags: [{ Key: 'backup', Value: value }] });

const maybeCopy = (resource: (properties: object) => object, properties: object) => ({
  'whether it is rebuildable is known only at deploy': {
    ...MAYBE_REBUILDABLE.template,
    Resources: { Subject: resource({ ...properties, ...MAYBE_REBUILDABLE.Properties }) },
  },
});

const NO_DEFAULT = { Parameters: { Given: { Type: 'String' } } };
const GIVEN = { Ref: 'Given' };
const MAYBE = { ...NO_DEFAULT, Conditions: { Large: { 'Fn::Equals': [GIVEN, 'large'] } } };
const OR_NOTHING = (value: unknown) => ({ 'Fn::If': ['Large', value, { Ref: 'AWS::NoValue' }] });

checks(backupsKept, {
  passes: {
    'an instance keeps them for a week': { BackupRetentionPeriod: 7 },
    'a parameter says so by default': {
      Parameters: { Days: { Type: 'Number', Default: 35 } },
      Resources: { Subject: instance({ BackupRetentionPeriod: { Ref: 'Days' } }) },
    },
    'a cluster keeps them for a month': { Resources: { Subject: cluster({ BackupRetentionPeriod: 31 }) } },
    'a restored instance takes the retention of its source': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: { Ref: 'Orders' }, UseLatestRestorableTime: true }),
        Orders: instance({ BackupRetentionPeriod: 14 }),
      },
    },
    'a read replica keeps backups of its own': {
      SourceDBInstanceIdentifier: 'orders',
      BackupRetentionPeriod: 7,
    },
  },
  fails: {
    'an instance sets nothing': {},
    'an instance keeps none': { BackupRetentionPeriod: '0' },
    'an instance keeps them for too short a time': { BackupRetentionPeriod: 6 },
    'a cluster sets nothing': { Resources: { Subject: cluster({ Engine: 'aurora-mysql' }) } },
    'a restored instance takes too short a retention': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: { Ref: 'Orders' }, UseLatestRestorableTime: true }),
        Orders: instance({ BackupRetentionPeriod: 1 }),
      },
    },
    'a restored instance sets too short a retention': {
      DBSnapshotIdentifier: 'orders',
      BackupRetentionPeriod: 1,
    },
    'a read replica sets nothing': { SourceDBInstanceIdentifier: 'orders' },
    'a read replica keeps none': { SourceDBInstanceIdentifier: 'orders', BackupRetentionPeriod: 0 },
    'the replica of a Multi-AZ DB cluster sets nothing': { SourceDBClusterIdentifier: 'orders' },
    'it sets nothing and may be a read replica': {
      ...MAYBE,
      Resources: { Subject: instance({ SourceDBInstanceIdentifier: OR_NOTHING('orders') }) },
    },
    'the replica of a cluster has backups of its own': {
      Resources: {
        Subject: cluster({
          ReplicationSourceIdentifier: 'arn:aws:rds:eu-west-1:111111111111:cluster:orders',
        }),
      },
    },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ BackupRetentionPeriod: GIVEN }) },
    },
    'the retention is that of a snapshot': { DBSnapshotIdentifier: 'orders' },
    'the retention is that of a snapshot of a cluster': {
      Resources: { Subject: cluster({ SnapshotIdentifier: 'orders' }) },
    },
    'there may be a snapshot': {
      ...MAYBE,
      Resources: { Subject: instance({ DBSnapshotIdentifier: OR_NOTHING('orders') }) },
    },
    'the retention of a read replica is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: 'orders', BackupRetentionPeriod: GIVEN }),
      },
    },
    'two instances come from each other': {
      Resources: {
        Subject: instance({ SourceDbiResourceId: { Ref: 'Other' } }),
        Other: instance({ SourceDbiResourceId: { Ref: 'Subject' } }),
      },
    },
    ...maybeCopy(instance, {}),
  },
  notApplicable: {
    'a cluster keeps them': { DBClusterIdentifier: 'orders' },
    'it is declared rebuildable': REBUILDABLE,
  },
  equivalent: {
    'Subject.SourceDBInstanceIdentifier': 'what keeps its backups for long enough may come from anywhere',
  },
});

it('RDS-05 says that a read replica has no backups by default', () => {
  const app = { Resources: { Subject: instance({ SourceDBInstanceIdentifier: 'orders' }) } };
  expect(findingsOf(app, [backupsKept])).toEqual([
    {
      property: 'BackupRetentionPeriod',
      message: 'BackupRetentionPeriod: found 0 days, the default of a read replica, needs at least 7 days',
    },
  ]);
});

checks(instanceInBackupPlan, {
  passes: {
    'a selection names it': { Resources: { Subject: instance({}), Plan: plan(), Selection: byArn } },
    'a selection takes its tag': {
      Resources: { Subject: instance(tagged('daily')), Plan: plan(), Selection: byTag },
    },
    'a selection takes all': {
      Resources: { Subject: instance({}), Plan: plan(), Selection: selection({ Resources: ['*'] }) },
    },
  },
  fails: {
    'there is no plan': {},
    'no selection takes its tag': {
      Resources: { Subject: instance(tagged('never')), Plan: plan(), Selection: byTag },
    },
    'the plan takes no resources': {
      Resources: {
        Subject: instance({}),
        Plan: plan(),
        Selection: selection({ Resources: ['arn:aws:dynamodb:*:*:table/*'] }),
      },
    },
  },
  unknown: {
    'its tag is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance(tagged(GIVEN)), Plan: plan(), Selection: byTag },
    },
    'a macro may write a selection': { Transform: 'Company::Backups', Resources: { Subject: instance({}) } },
    'it may be a read replica': {
      ...MAYBE,
      Resources: { Subject: instance({ SourceDBInstanceIdentifier: OR_NOTHING('orders') }) },
    },
    ...maybeCopy(instance, {}),
  },
  notApplicable: {
    'it is declared rebuildable': REBUILDABLE,
    'the cluster is backed up': { DBClusterIdentifier: 'orders' },
    'its source is backed up': { SourceDBInstanceIdentifier: 'orders' },
  },
  equivalent: { '*.ConditionType': 'there is one type of condition only' },
});

const clusterByArn = selection({ Resources: [{ 'Fn::GetAtt': ['Subject', 'DBClusterArn'] }] });

checks(auroraInBackupPlan, {
  passes: {
    'a selection names it': {
      Resources: { Subject: cluster({ Engine: 'aurora-mysql' }), Plan: plan(), Selection: clusterByArn },
    },
    'a selection takes its tag': {
      Resources: {
        Subject: cluster({ Engine: 'aurora-postgresql', ...tagged('daily') }),
        Plan: plan(),
        Selection: byTag,
      },
    },
  },
  fails: {
    'there is no plan': { Engine: 'aurora-postgresql' },
    'no selection takes its tag': {
      Resources: {
        Subject: cluster({ Engine: 'aurora-mysql', ...tagged('never') }),
        Plan: plan(),
        Selection: byTag,
      },
    },
    'a selection takes only instances': {
      Resources: {
        Subject: cluster({ Engine: 'aurora' }),
        Plan: plan(),
        Selection: selection({ Resources: ['arn:aws:rds:*:*:db:*'] }),
      },
    },
  },
  unknown: {
    'the engine is given at deploy': { ...NO_DEFAULT, Resources: { Subject: cluster({ Engine: GIVEN }) } },
    'no engine is set': { EngineMode: 'provisioned' },
    'its tag is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: cluster({ Engine: 'aurora-mysql', ...tagged(GIVEN) }),
        Plan: plan(),
        Selection: byTag,
      },
    },
    ...maybeCopy(cluster, { Engine: 'aurora-mysql' }),
  },
  notApplicable: {
    'the engine is not Aurora': { Engine: 'postgres' },
    'it is declared rebuildable': { Engine: 'aurora-mysql', ...REBUILDABLE },
  },
  equivalent: {
    'Subject.Engine': 'of clusters that are not Aurora nothing is asked',
    '*.ConditionType': 'there is one type of condition only',
  },
});

checks(instanceRestorableToAnyTime, {
  passes: {
    'it has automated backups': { BackupRetentionPeriod: 1 },
    'a plan makes continuous backups': {
      Resources: {
        Subject: instance({ BackupRetentionPeriod: 0 }),
        Plan: plan({ EnableContinuousBackup: true }),
        Selection: byArn,
      },
    },
  },
  fails: {
    'automated backups are off': { BackupRetentionPeriod: 0 },
    'the plan makes snapshots only': {
      Resources: {
        Subject: instance({ BackupRetentionPeriod: '0' }),
        Plan: plan({ EnableContinuousBackup: false }),
        Selection: byArn,
      },
    },
    'the plan selects something else': {
      Resources: {
        Subject: instance({ BackupRetentionPeriod: 0 }),
        Plan: plan({ EnableContinuousBackup: true }),
        Selection: selection({ Resources: ['arn:aws:dynamodb:*:*:table/*'] }),
      },
    },
  },
  unknown: {
    'the retention is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ BackupRetentionPeriod: GIVEN }) },
    },
    'whether the plan makes continuous backups is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: instance({ BackupRetentionPeriod: 0 }),
        Plan: plan({ EnableContinuousBackup: GIVEN }),
        Selection: byArn,
      },
    },
    'the plan is not in the app': {
      Resources: {
        Subject: instance({ BackupRetentionPeriod: 0 }),
        Selection: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: 'plan-1', BackupSelection: { Resources: ['*'] } },
        },
      },
    },
    ...maybeCopy(instance, { BackupRetentionPeriod: 0 }),
  },
  notApplicable: {
    'it is declared rebuildable': { BackupRetentionPeriod: 0, ...REBUILDABLE },
    'it is a read replica': { SourceDBInstanceIdentifier: 'orders', BackupRetentionPeriod: 0 },
    'the cluster has the backups': { DBClusterIdentifier: 'orders', BackupRetentionPeriod: 0 },
  },
  equivalent: {
    'Subject.BackupRetentionPeriod': 'with continuous backups the automated ones are not needed',
  },
});

const inRegion = (region: string, properties: object) => ({
  stacks: { app: { region, template: { Resources: { Subject: cluster(properties) } } } },
});

checks(auroraCanBacktrack, {
  passes: {
    'an hour can be undone': { Engine: 'aurora-mysql', BacktrackWindow: 3600 },
    'a text is a number': { Engine: 'aurora', BacktrackWindow: '60' },
  },
  fails: {
    'nothing is set': { Engine: 'aurora-mysql' },
    'it is off': { Engine: 'aurora', BacktrackWindow: 0 },
    'nothing is set in a region that offers it': inRegion('eu-west-1', { Engine: 'aurora-mysql' }),
  },
  unknown: {
    'the window is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: cluster({ Engine: 'aurora-mysql', BacktrackWindow: GIVEN }) },
    },
    'the engine is given at deploy': { ...NO_DEFAULT, Resources: { Subject: cluster({ Engine: GIVEN }) } },
    'the mode of the engine is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: cluster({ Engine: 'aurora-mysql', EngineMode: GIVEN }) },
    },
    'it may join a global database': {
      ...MAYBE,
      Resources: {
        Subject: cluster({ Engine: 'aurora-mysql', GlobalClusterIdentifier: OR_NOTHING('orders') }),
      },
    },
  },
  notApplicable: {
    'PostgreSQL cannot be backtracked': { Engine: 'aurora-postgresql' },
    'Serverless v1 cannot be backtracked': { Engine: 'aurora-mysql', EngineMode: 'serverless' },
    'it is Serverless v2': { Engine: 'aurora-mysql', ServerlessV2ScalingConfiguration: { MinCapacity: 1 } },
    'the region is not known to offer it': inRegion('eu-north-1', { Engine: 'aurora-mysql' }),
    'it is a secondary of a global database': { Engine: 'aurora-mysql', GlobalClusterIdentifier: 'orders' },
    'it is the primary of a global database': {
      Resources: {
        Subject: cluster({ Engine: 'aurora-mysql' }),
        Global: {
          Type: 'AWS::RDS::GlobalCluster',
          Properties: { SourceDBClusterIdentifier: { Ref: 'Subject' } },
        },
      },
    },
  },
  equivalent: { 'Subject.Engine': 'of other engines nothing is asked' },
});

checks(instanceTagsReachSnapshots, {
  passes: {
    'it copies its tags': { CopyTagsToSnapshot: true },
    'a text says so': { CopyTagsToSnapshot: 'true' },
  },
  fails: { 'nothing is set': {}, 'it does not copy them': { CopyTagsToSnapshot: false } },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ CopyTagsToSnapshot: GIVEN }) },
    },
  },
  notApplicable: { 'the cluster makes the snapshots': { Engine: 'aurora-mysql' } },
});

checks(clusterTagsReachSnapshots, {
  passes: {
    'it copies its tags': { CopyTagsToSnapshot: true },
    'a text says so': { CopyTagsToSnapshot: 'true' },
  },
  fails: { 'nothing is set': {}, 'it does not copy them': { CopyTagsToSnapshot: false } },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: cluster({ CopyTagsToSnapshot: GIVEN }) },
    },
  },
  notApplicable: 'every cluster can have snapshots',
});

checks(commitsAreDurable, {
  passes: {
    'MySQL writes each commit': { Parameters: { sync_binlog: 1, innodb_flush_log_at_trx_commit: '1' } },
    'PostgreSQL waits for the disk': { Family: 'postgres16', Parameters: { synchronous_commit: 'on' } },
    'a cluster waits for its copies': {
      Resources: {
        Subject: {
          Type: 'AWS::RDS::DBClusterParameterGroup',
          Properties: { Parameters: { synchronous_commit: 'remote_apply' } },
        },
      },
    },
  },
  fails: {
    'the binary log is written later': { Family: 'mysql8.4', Parameters: { sync_binlog: 0 } },
    'the redo log is written each second': { Parameters: { innodb_flush_log_at_trx_commit: 2 } },
    'PostgreSQL does not wait': { Parameters: { synchronous_commit: 'OFF' } },
    'a cluster does not wait': {
      Resources: {
        Subject: {
          Type: 'AWS::RDS::DBClusterParameterGroup',
          Properties: { Parameters: { synchronous_commit: 'off' } },
        },
      },
    },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: {
        Subject: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { sync_binlog: GIVEN } } },
      },
    },
    'a transform writes the parameters': { Parameters: { 'Fn::Transform': { Name: 'Company::Defaults' } } },
  },
  notApplicable: { 'the engine has no such parameters': { Family: 'oracle-ee-19', Parameters: {} } },
  equivalent: { 'Subject.Family': 'of other families nothing, or the same, is asked' },
});
