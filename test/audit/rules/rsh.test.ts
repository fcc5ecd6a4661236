import {
  warehouseBackedUp,
  warehouseEncryptedWithOwnKey,
  warehouseMaintained,
  warehouseRoutesThroughVpc,
  warehouseSubnetsSpanZones,
  warehouseSurvivesZone,
} from '../../../lib/audit/rules/rsh';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const ABSENT = { Ref: 'AWS::NoValue' };
const IMPORT = { 'Fn::ImportValue': 'given' };

checks(warehouseBackedUp, {
  passes: {
    'it is, for a day by default': { AutomatedSnapshotRetentionPeriod: ABSENT },
    'it is, for 35 days': { AutomatedSnapshotRetentionPeriod: 35 },
  },
  fails: {
    'it is not': { AutomatedSnapshotRetentionPeriod: 0 },
    'the retention is out of range': { AutomatedSnapshotRetentionPeriod: 36 },
  },
  unknown: { 'an import says': { AutomatedSnapshotRetentionPeriod: IMPORT } },
  notApplicable: { 'it is rebuildable': { Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] } },
});

checks(warehouseSurvivesZone, {
  passes: {
    'it does': { NodeType: 'ra3.large', MultiAZ: true },
    'it does, in text': { NodeType: 'ra3.4xlarge', MultiAZ: 'true' },
  },
  fails: {
    'it does not by default': { NodeType: 'ra3.large' },
    'it does not': { NodeType: 'ra3.large', MultiAZ: false },
  },
  unknown: {
    'an import says': { NodeType: 'ra3.large', MultiAZ: IMPORT },
    'the nodes are an import': { NodeType: IMPORT },
  },
  notApplicable: { 'its nodes cannot': { NodeType: 'dc2.large' } },
  equivalent: { '*.NodeType': 'what runs in two zones passes whatever its nodes are' },
});

const group = (...zones: readonly string[]) => ({
  Resources: {
    ...subnetsIn(...zones),
    Group: {
      Type: 'AWS::Redshift::ClusterSubnetGroup',
      Properties: { SubnetIds: zones.map((_, index) => ({ Ref: `Subnet${'ABC'[index]}` })) },
    },
  },
});

checks(warehouseSubnetsSpanZones, {
  passes: {
    'they cover two': group('eu-west-1a', 'eu-west-1b'),
    'they cover two of another region': group('us-east-1a', 'us-east-1f'),
  },
  fails: {
    'they cover one': group('eu-west-1a'),
    'two subnets stand in one': group('eu-west-1a', 'eu-west-1a'),
  },
  unknown: { 'the subnets are imported': { SubnetIds: ['subnet-1', 'subnet-2'] } },
  notApplicable: 'every group has subnets',
  equivalent: { '*Subnet*.VpcId': 'zones decide, not networks' },
});

const kept = { PreferredMaintenanceWindow: 'sun:23:45-mon:00:15' };

checks(warehouseMaintained, {
  passes: {
    'it is': { ...kept, AllowVersionUpgrade: true, AutomatedSnapshotRetentionPeriod: 1 },
    'it is by default, in a window': { ...kept, AllowVersionUpgrade: ABSENT },
  },
  fails: {
    'its window is chosen by AWS': {},
    'it keeps its version': { ...kept, AllowVersionUpgrade: false },
    'it has no snapshots': { ...kept, AutomatedSnapshotRetentionPeriod: 0 },
  },
  unknown: { 'an import says': { ...kept, AllowVersionUpgrade: IMPORT } },
  notApplicable: 'every cluster is maintained',
});

const own = { KmsKeyId: 'key' };

checks(warehouseEncryptedWithOwnKey, {
  passes: {
    'it is': { ...own, Encrypted: true },
    'it is by default, with a key': { ...own, DestinationRegion: ABSENT },
  },
  fails: {
    'it names no key': { Encrypted: true },
    'it is not encrypted': { ...own, Encrypted: false },
    'its copies have no grant': { ...own, DestinationRegion: 'eu-central-1' },
  },
  unknown: {
    'an import says': { ...own, Encrypted: IMPORT },
    'which key a grant has is not known': {
      ...own,
      DestinationRegion: 'eu-central-1',
      SnapshotCopyGrantName: 'away',
    },
  },
  notApplicable: 'every cluster can be encrypted',
});

checks(warehouseRoutesThroughVpc, {
  passes: { 'it does': { EnhancedVpcRouting: true }, 'it does, in text': { EnhancedVpcRouting: 'true' } },
  fails: { 'it does not by default': {}, 'it does not': { EnhancedVpcRouting: false } },
  unknown: { 'an import says': { EnhancedVpcRouting: IMPORT } },
  notApplicable: 'every cluster stands in a network',
});
