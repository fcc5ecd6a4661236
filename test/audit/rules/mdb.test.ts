import {
  memoryClusterPatchedByItself,
  memoryClusterSurvivesZone,
  memorySnapshotsHaveOwnKey,
} from '../../../lib/audit/rules/mdb';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const ABSENT = { Ref: 'AWS::NoValue' };
const IMPORT = { 'Fn::ImportValue': 'given' };
const cluster = (zones: readonly string[], Properties: object) => ({
  Resources: {
    ...subnetsIn(...zones),
    Group: {
      Type: 'AWS::MemoryDB::SubnetGroup',
      Properties: { SubnetIds: zones.map((_, index) => ({ Ref: `Subnet${'ABC'[index]}` })) },
    },
    Cluster: {
      Type: 'AWS::MemoryDB::Cluster',
      Properties: { SubnetGroupName: { Ref: 'Group' }, ...Properties },
    },
  },
});
const TWO = ['eu-west-1a', 'eu-west-1b'];

checks(memoryClusterSurvivesZone, {
  passes: {
    'it has a replica by default': cluster(TWO, { NumReplicasPerShard: ABSENT }),
    'it has two': cluster(TWO, { NumReplicasPerShard: 2 }),
  },
  fails: {
    'it has no replica': cluster(TWO, { NumReplicasPerShard: 0 }),
    'it stands in one zone': cluster(['eu-west-1a', 'eu-west-1a'], {}),
  },
  unknown: {
    'an import says how many': cluster(TWO, { NumReplicasPerShard: IMPORT }),
    'it stands in the default subnet group': {},
    'its subnet group is imported': { SubnetGroupName: 'elsewhere' },
  },
  notApplicable: 'every cluster stands somewhere',
  equivalent: {
    '*.SubnetGroupName': 'where another group stands is not known',
    '*Subnet*.VpcId': 'zones decide',
  },
});

checks(memoryClusterPatchedByItself, {
  passes: {
    'it does by default': { AutoMinorVersionUpgrade: ABSENT },
    'it does': { AutoMinorVersionUpgrade: true },
  },
  fails: {
    'it does not': { AutoMinorVersionUpgrade: false },
    'it does not, in text': { AutoMinorVersionUpgrade: 'false' },
  },
  unknown: { 'an import says': { AutoMinorVersionUpgrade: IMPORT } },
  notApplicable: 'every cluster can be patched by itself',
});

checks(memorySnapshotsHaveOwnKey, {
  passes: {
    'it names a key': { KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/one' },
    'it names a key of the app': {
      Resources: {
        Key: { Type: 'AWS::KMS::Key', Properties: {} },
        Cluster: { Type: 'AWS::MemoryDB::Cluster', Properties: { KmsKeyId: { Ref: 'Key' } } },
      },
    },
  },
  fails: { 'it names none': {}, 'its key is empty': { KmsKeyId: '' } },
  unknown: {
    'a condition may leave the key out': {
      Parameters: { Given: { Type: 'String' } },
      Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
      Resources: {
        Cluster: {
          Type: 'AWS::MemoryDB::Cluster',
          Properties: { KmsKeyId: { 'Fn::If': ['IsGiven', 'key', ABSENT] } },
        },
      },
    },
  },
  notApplicable: 'every cluster is encrypted with some key',
});
