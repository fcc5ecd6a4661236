import {
  documentBackupsKept,
  documentLogsExported,
  documentsEncrypted,
  documentsProtectedFromDeletion,
  documentsSurviveZone,
} from '../../../lib/audit/rules/docdb';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const instance = (Properties: object = {}, more: object = {}) => ({
  Type: 'AWS::DocDB::DBInstance',
  Properties: { DBClusterIdentifier: { Ref: 'Documents' }, ...Properties },
  ...more,
});
const cluster = (instances: Record<string, unknown>, Properties: object = {}, more: object = {}) => ({
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [GIVEN, 'yes'] } },
  ...more,
  Resources: { Documents: { Type: 'AWS::DocDB::DBCluster', Properties }, ...instances },
});
const inZone = (AvailabilityZone: string) => instance({ AvailabilityZone });

checks(documentBackupsKept, {
  passes: {
    'they are kept for a week': { BackupRetentionPeriod: 7 },
    'it is restored as one was that keeps them': {
      Resources: {
        Old: { Type: 'AWS::DocDB::DBCluster', Properties: { BackupRetentionPeriod: 14 } },
        New: { Type: 'AWS::DocDB::DBCluster', Properties: { SourceDBClusterIdentifier: { Ref: 'Old' } } },
      },
    },
  },
  fails: {
    'they are kept for a day by default': {},
    'they are kept for six days': { BackupRetentionPeriod: 6 },
  },
  unknown: {
    'the retention is a parameter': cluster({}, { BackupRetentionPeriod: GIVEN }),
    'it comes from a snapshot of elsewhere': { SnapshotIdentifier: 'before' },
  },
  notApplicable: { 'it is rebuildable': { Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] } },
});

checks(documentsProtectedFromDeletion, {
  passes: { 'it is': { DeletionProtection: true }, 'it says so in text': { DeletionProtection: 'true' } },
  fails: { 'it is not by default': {}, 'it is not': { DeletionProtection: false } },
  unknown: { 'a parameter says': cluster({}, { DeletionProtection: GIVEN }) },
  notApplicable: 'every cluster can be protected',
});

checks(documentsSurviveZone, {
  passes: {
    'it has two instances': cluster({ A: instance(), B: instance() }),
    'its instances stand in two zones': cluster({ A: inZone('eu-west-1a'), B: inZone('eu-west-1b') }),
  },
  fails: {
    'it has no instance': cluster({}),
    'it has one instance': cluster({ A: instance() }),
    'its instances stand in one zone': cluster({ A: inZone('eu-west-1a'), B: inZone('eu-west-1a') }),
  },
  unknown: {
    'an instance may not be there': cluster({ A: instance(), B: instance({}, { Condition: 'IsGiven' }) }),
    'whose an instance is, a parameter says': cluster({
      A: instance(),
      B: instance({ DBClusterIdentifier: GIVEN }),
    }),
    'a macro may write instances': cluster({ A: instance() }, {}, { Transform: 'MyMacro' }),
  },
  notApplicable: {
    'it is the pilot light of a global one': cluster({}, { GlobalClusterIdentifier: 'world' }),
  },
});

checks(documentLogsExported, {
  passes: {
    'it exports both': { EnableCloudwatchLogsExports: ['audit', 'profiler'] },
    'the parameter group turns auditing on': {
      Resources: {
        Group: {
          Type: 'AWS::DocDB::DBClusterParameterGroup',
          Properties: { Parameters: { audit_logs: 'enabled' } },
        },
      },
    },
  },
  fails: {
    'it exports none': {},
    'it exports one': { EnableCloudwatchLogsExports: ['audit'] },
    'the parameter group leaves auditing off': {
      Resources: { Group: { Type: 'AWS::DocDB::DBClusterParameterGroup', Properties: { Parameters: {} } } },
    },
    'the parameter group turns auditing off': {
      Resources: {
        Group: {
          Type: 'AWS::DocDB::DBClusterParameterGroup',
          Properties: { Parameters: { audit_logs: 'disabled' } },
        },
      },
    },
  },
  unknown: {
    'the list is a parameter': cluster({}, { EnableCloudwatchLogsExports: GIVEN }),
    'an entry is a parameter': cluster({}, { EnableCloudwatchLogsExports: ['audit', GIVEN] }),
  },
  notApplicable: 'every cluster has both logs',
});

checks(documentsEncrypted, {
  passes: {
    'it is': { StorageEncrypted: true },
    'it is restored from one that is': {
      Resources: {
        Old: { Type: 'AWS::DocDB::DBCluster', Properties: { StorageEncrypted: true } },
        New: { Type: 'AWS::DocDB::DBCluster', Properties: { SourceDBClusterIdentifier: { Ref: 'Old' } } },
      },
    },
  },
  fails: { 'it is not by default': {}, 'it is not': { StorageEncrypted: false } },
  unknown: { 'it comes from a snapshot of elsewhere': { SnapshotIdentifier: 'before' } },
  notApplicable: 'every cluster can be encrypted',
});
