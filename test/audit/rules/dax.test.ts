import { acceleratorSurvivesZone } from '../../../lib/audit/rules/dax';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const IMPORT = { 'Fn::ImportValue': 'given' };
const cluster = (zones: readonly string[], Properties: object) => ({
  Resources: {
    ...subnetsIn(...zones),
    Group: {
      Type: 'AWS::DAX::SubnetGroup',
      Properties: { SubnetIds: zones.map((_, index) => ({ Ref: `Subnet${'ABC'[index]}` })) },
    },
    Cluster: { Type: 'AWS::DAX::Cluster', Properties: { SubnetGroupName: { Ref: 'Group' }, ...Properties } },
  },
});
const TWO = ['eu-west-1a', 'eu-west-1b'];

checks(acceleratorSurvivesZone, {
  passes: {
    'two nodes stand in two zones': cluster(TWO, { ReplicationFactor: 2 }),
    'its nodes are placed in two zones': { ReplicationFactor: 3, AvailabilityZones: TWO },
  },
  fails: {
    'it has one node': cluster(TWO, { ReplicationFactor: 1 }),
    'its subnets stand in one zone': cluster(['eu-west-1a', 'eu-west-1a'], { ReplicationFactor: 3 }),
    'its nodes are placed in one zone': {
      ReplicationFactor: 2,
      AvailabilityZones: ['eu-west-1a', 'eu-west-1a'],
    },
  },
  unknown: {
    'an import says how many': cluster(TWO, { ReplicationFactor: IMPORT }),
    'it stands in the default subnet group': { ReplicationFactor: 3 },
  },
  notApplicable: 'every cluster has nodes',
  equivalent: {
    '*.SubnetGroupName': 'where another group stands is not known',
    '*Subnet*.VpcId': 'zones decide',
  },
});
