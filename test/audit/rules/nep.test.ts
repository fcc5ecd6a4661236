import {
  graphBackupsKept,
  graphEncrypted,
  graphLogsExported,
  graphPatchedByItself,
  graphProtectedFromDeletion,
  graphSurvivesZone,
  graphTagsReachSnapshots,
} from '../../../lib/audit/rules/nep';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const GIVEN_NOT = { Ref: 'AWS::NoValue' };
const instance = (Properties: object = {}, more: object = {}) => ({
  Type: 'AWS::Neptune::DBInstance',
  Properties: { DBClusterIdentifier: { Ref: 'Graph' }, ...Properties },
  ...more,
});
const cluster = (instances: Record<string, unknown>, Properties: object = {}, more: object = {}) => ({
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [GIVEN, 'yes'] } },
  ...more,
  Resources: { Graph: { Type: 'AWS::Neptune::DBCluster', Properties }, ...instances },
});
/** A cluster without instances, in a global database of its stack. */
const global = (rest: object) =>
  cluster(
    { World: { Type: 'AWS::Neptune::GlobalCluster', ...rest } },
    { GlobalClusterIdentifier: { Ref: 'World' } },
  );
const inZone = (AvailabilityZone: string) => instance({ AvailabilityZone });

checks(graphBackupsKept, {
  passes: {
    'they are kept for a week': { BackupRetentionPeriod: 7 },
    'it is restored as one was that keeps them': {
      Resources: {
        Old: { Type: 'AWS::Neptune::DBCluster', Properties: { BackupRetentionPeriod: 14 } },
        New: { Type: 'AWS::Neptune::DBCluster', Properties: { SourceDBClusterIdentifier: { Ref: 'Old' } } },
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

checks(graphProtectedFromDeletion, {
  passes: { 'it is': { DeletionProtection: true }, 'it says so in text': { DeletionProtection: 'true' } },
  fails: { 'it is not by default': {}, 'it is not': { DeletionProtection: false } },
  unknown: { 'a parameter says': cluster({}, { DeletionProtection: GIVEN }) },
  notApplicable: 'every cluster can be protected',
});

checks(graphSurvivesZone, {
  passes: {
    'it has two instances': cluster({ A: instance(), B: instance() }),
    'automatic scaling keeps a reader': cluster({
      A: instance(),
      Readers: {
        Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
        Properties: {
          ScalableDimension: 'neptune:cluster:ReadReplicaCount',
          ResourceId: { 'Fn::Sub': 'cluster:${Graph}' },
          MinCapacity: 1,
        },
      },
    }),
    'its instances stand in two zones': cluster({ A: inZone('eu-west-1a'), B: inZone('eu-west-1b') }),
    'it is a copy of a global one without instances': {
      stacks: {
        First: {
          region: 'eu-west-1',
          template: cluster({ A: instance(), B: instance() }, { GlobalClusterIdentifier: 'world' }),
        },
        Second: { region: 'eu-central-1', template: cluster({}, { GlobalClusterIdentifier: 'World' }) },
      },
    },
  },
  fails: {
    'it has no instance': cluster({}),
    'the primary of a global one has no instance': global({
      Properties: { SourceDBClusterIdentifier: { Ref: 'Graph' } },
    }),
    'the only one of a global one that its stack makes has no instance': global({}),
    'it has one instance': cluster({ A: instance() }),
    'its instances stand in one zone': cluster({ A: inZone('eu-west-1a'), B: inZone('eu-west-1a') }),
  },
  unknown: {
    'automatic scaling keeps as many readers as a parameter says': cluster({
      A: instance(),
      Readers: {
        Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
        Properties: {
          ScalableDimension: 'neptune:cluster:ReadReplicaCount',
          ResourceId: { 'Fn::Sub': 'cluster:${Graph}' },
          MinCapacity: GIVEN,
        },
      },
    }),
    'an instance may not be there': cluster({ A: instance(), B: instance({}, { Condition: 'IsGiven' }) }),
    'whose an instance is, a parameter says': cluster({
      A: instance(),
      B: instance({ DBClusterIdentifier: GIVEN }),
    }),
    'a macro may write instances': cluster({ A: instance() }, {}, { Transform: 'MyMacro' }),
    'it joins a global one of elsewhere, without instances': cluster(
      {},
      { GlobalClusterIdentifier: 'world' },
    ),
  },
  notApplicable:
    'without instances it is asked, unless another cluster of the app has them: that one is judged',
  equivalent: {
    'First/Graph.GlobalClusterIdentifier': 'of which database the other is a copy is then not in the app',
  },
});

checks(graphLogsExported, {
  passes: {
    'it exports the audit log': { EnableCloudwatchLogsExports: ['audit'] },
    'it exports others too': { EnableCloudwatchLogsExports: ['slowquery', 'audit'] },
  },
  fails: { 'it exports none': {}, 'it exports another': { EnableCloudwatchLogsExports: ['slowquery'] } },
  unknown: {
    'the list is a parameter': cluster({}, { EnableCloudwatchLogsExports: GIVEN }),
    'an entry is a parameter': cluster({}, { EnableCloudwatchLogsExports: [GIVEN] }),
  },
  notApplicable: 'every cluster has an audit log',
  equivalent: { '*EnableCloudwatchLogsExports.0': 'the other log is not asked for' },
});

checks(graphPatchedByItself, {
  passes: {
    'it does by default': { AutoMinorVersionUpgrade: GIVEN_NOT },
    'it does': { AutoMinorVersionUpgrade: true },
  },
  fails: {
    'it does not': { AutoMinorVersionUpgrade: false },
    'it does not, in text': { AutoMinorVersionUpgrade: 'false' },
  },
  unknown: { 'a parameter says': { AutoMinorVersionUpgrade: { 'Fn::ImportValue': 'patched' } } },
  notApplicable: 'every instance can be patched by itself',
});

checks(graphTagsReachSnapshots, {
  passes: { 'they do': { CopyTagsToSnapshot: true }, 'they do, in text': { CopyTagsToSnapshot: 'true' } },
  fails: { 'they do not by default': {}, 'they do not': { CopyTagsToSnapshot: false } },
  unknown: { 'a parameter says': cluster({}, { CopyTagsToSnapshot: GIVEN }) },
  notApplicable: 'every cluster has snapshots',
});

checks(graphEncrypted, {
  passes: {
    'it is': { StorageEncrypted: true },
    'it is restored from one that is': {
      Resources: {
        Old: { Type: 'AWS::Neptune::DBCluster', Properties: { StorageEncrypted: true } },
        New: { Type: 'AWS::Neptune::DBCluster', Properties: { SourceDBClusterIdentifier: { Ref: 'Old' } } },
      },
    },
  },
  fails: { 'it is not by default': {}, 'it is not': { StorageEncrypted: false } },
  unknown: { 'it comes from a snapshot of elsewhere': { SnapshotIdentifier: 'before' } },
  notApplicable: 'every cluster can be encrypted',
});
