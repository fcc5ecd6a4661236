import { serviceSpansZones } from '../../../lib/audit/rules/ecs';
import { Tier } from '../../../lib/objectives/tier';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const PARAMETERS = {
  Count: { Type: 'Number' },
  Strategy: { Type: 'String' },
  Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' },
};
const service = (properties: object, more: object = {}) => ({
  Parameters: PARAMETERS,
  Resources: {
    ...subnetsIn('eu-west-1a', 'eu-west-1b', 'eu-west-1a'),
    ...more,
    Service: { Type: 'AWS::ECS::Service', Properties: properties },
  },
});
const inSubnets = (Subnets: unknown) => ({ NetworkConfiguration: { AwsvpcConfiguration: { Subnets } } });
const refs = (...names: readonly string[]) => names.map((Ref) => ({ Ref }));
const TWO = inSubnets(refs('SubnetA', 'SubnetB'));
const scaled = (MinCapacity: unknown) => ({
  Scaling: {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: {
      ResourceId: { 'Fn::Join': ['/', ['service', 'main', { 'Fn::GetAtt': 'Service.Name' }]] },
      MinCapacity,
    },
  },
});

checks(serviceSpansZones, {
  passes: {
    'two tasks run in two zones': service({ DesiredCount: 2, ...TWO }),
    'automatic scaling keeps two tasks': service(TWO, scaled(2)),
    'the count is written as text': service({ DesiredCount: '2', ...TWO }),
    'a daemon stands in two zones': service({ SchedulingStrategy: 'DAEMON', ...TWO }),
  },
  fails: {
    'one task is asked for': service({ DesiredCount: 1, ...TWO }),
    'no count is asked for': service(TWO),
    'automatic scaling keeps one task': service({ DesiredCount: 1, ...TWO }, scaled(1)),
    'automatic scaling may go down to one task': service({ DesiredCount: 3, ...TWO }, scaled(1)),
    'one task runs on the instances of the cluster': { DesiredCount: 1 },
    'both subnets are in one zone': service({ DesiredCount: 2, ...inSubnets(refs('SubnetA', 'SubnetC')) }),
    'a daemon stands in one zone': service({ SchedulingStrategy: 'DAEMON', ...inSubnets(refs('SubnetA')) }),
  },
  unknown: {
    'the instances of the cluster decide the zones': { DesiredCount: 2 },
    'the count is a parameter without default': service({ DesiredCount: { Ref: 'Count' }, ...TWO }),
    'the minimum of the scaling is': service(TWO, scaled({ Ref: 'Count' })),
    'the subnets are a parameter without default': service({
      DesiredCount: 2,
      ...inSubnets({ Ref: 'Subnets' }),
    }),
    'the strategy is a parameter without default': service({
      SchedulingStrategy: { Ref: 'Strategy' },
      ...TWO,
    }),
    'the kind of deployment is a parameter': service({
      DeploymentController: { Type: { Ref: 'Strategy' } },
      DesiredCount: 2,
    }),
  },
  notApplicable: {
    'task sets say how many tasks run': { DeploymentController: { Type: 'EXTERNAL' } },
    'a daemon runs on every instance': { SchedulingStrategy: 'DAEMON' },
  },
  equivalent: {
    'Subnet*.VpcId': 'zones decide, not networks',
    'SubnetC.AvailabilityZone': 'no service stands in it',
  },
});

checks(serviceSpansZones, {
  tier: Tier.STANDARD,
  passes: {
    'one task can be started again in two zones': service({ DesiredCount: 1, ...TWO }),
    'automatic scaling keeps one task': service(TWO, scaled(1)),
  },
  fails: {
    'no task runs': service({ DesiredCount: 0, ...TWO }),
    'automatic scaling may go down to none': service(TWO, scaled(0)),
    'its one task can stand in one zone only': service({ DesiredCount: 1, ...inSubnets(refs('SubnetA')) }),
    'both subnets are in one zone': service({ DesiredCount: 1, ...inSubnets(refs('SubnetA', 'SubnetC')) }),
  },
  unknown: {
    'the count is a parameter without default': service({ DesiredCount: { Ref: 'Count' }, ...TWO }),
    'the instances of the cluster decide the zones': { DesiredCount: 1 },
  },
  notApplicable: { 'a daemon runs on every instance': { SchedulingStrategy: 'DAEMON' } },
  equivalent: {
    'Subnet*.VpcId': 'zones decide, not networks',
    'SubnetC.AvailabilityZone': 'no service stands in it',
    'Scaling.ResourceId': 'a service that nothing scales runs one task, which suffices',
  },
});
