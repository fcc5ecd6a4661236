import { targetsMeetLoadBalancer, unitsSurviveZoneLoss } from '../../../lib/audit/rules/zonal';
import { Tier } from '../../../lib/objectives/tier';
import { subnetsIn } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const UNDECIDED = {
  Parameters: { Given: { Type: 'String' }, Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
};
const refs = (...names: readonly string[]) => names.map((Ref) => ({ Ref }));
const SUBNETS = subnetsIn('eu-west-1a', 'eu-west-1b', 'eu-west-1c');
const { SubnetA: PrivateA, SubnetB: PrivateB } = SUBNETS;
const PRIVATE = { PrivateA, PrivateB };
const lb = (subnets: unknown) => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { Subnets: subnets },
});
const LISTENER = {
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: { LoadBalancerArn: { Ref: 'Lb' }, DefaultActions: [{ TargetGroupArn: { Ref: 'Group' } }] },
};
const GROUP = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' };
const scaling = (subnets: unknown) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { VPCZoneIdentifier: subnets, TargetGroupARNs: [{ Ref: 'Group' }] },
});
const fargate = (subnets: unknown) => ({
  Type: 'AWS::ECS::Service',
  Properties: {
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets } },
    LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' } }],
  },
});
const serving = (loadBalancer: unknown, targets: unknown) => ({
  Resources: { ...SUBNETS, ...PRIVATE, Lb: loadBalancer, Listener: LISTENER, Group: GROUP, Targets: targets },
});
const AB = refs('SubnetA', 'SubnetB');
const classic = (properties: Record<string, unknown>) => ({
  Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
  Properties: properties,
});

checks(targetsMeetLoadBalancer, {
  passes: {
    'a scaling group stands in its zones': serving(lb(AB), scaling(refs('PrivateA', 'PrivateB'))),
    'a service stands in its zones': serving(lb(AB), fargate(refs('PrivateA', 'PrivateB'))),
    'a Classic Load Balancer and its group are in the same zones': {
      Resources: {
        Lb: classic({ AvailabilityZones: ['eu-west-1a', 'eu-west-1b'] }),
        Targets: {
          Type: 'AWS::AutoScaling::AutoScalingGroup',
          Properties: {
            AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
            LoadBalancerNames: [{ Ref: 'Lb' }],
          },
        },
      },
    },
  },
  fails: {
    'targets stand in a zone without it': serving(lb(AB), scaling(refs('SubnetA', 'SubnetB', 'SubnetC'))),
    'it stands in a zone without targets': serving(lb(AB), fargate(refs('SubnetA'))),
    'they share no zone': serving(lb(refs('SubnetA')), scaling(refs('SubnetB'))),
    'a Classic Load Balancer stands in a zone without instances': {
      Resources: {
        ...SUBNETS,
        Lb: classic({ AvailabilityZones: ['eu-west-1a', 'eu-west-1b'], Instances: [{ Ref: 'Targets' }] }),
        Targets: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'SubnetA' } } },
      },
    },
    'one of two target groups lacks a zone': {
      Resources: {
        ...serving(lb(AB), scaling(AB)).Resources,
        Other: GROUP,
        Rule: {
          Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
          Properties: { ListenerArn: { Ref: 'Listener' }, Actions: [{ TargetGroupArn: { Ref: 'Other' } }] },
        },
        Few: {
          ...scaling(refs('SubnetA')),
          Properties: { ...scaling(refs('SubnetA')).Properties, TargetGroupARNs: [{ Ref: 'Other' }] },
        },
      },
    },
  },
  unknown: {
    'its subnets are a parameter': { ...UNDECIDED, ...serving(lb({ Ref: 'Subnets' }), scaling(AB)) },
    'nothing in the app registers targets': {
      Resources: { ...SUBNETS, Lb: lb(AB), Listener: LISTENER, Group: GROUP },
    },
    'tasks run wherever the cluster has instances': serving(lb(AB), {
      Type: 'AWS::ECS::Service',
      Properties: { LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' } }] },
    }),
    'a condition decides about the listener': {
      ...UNDECIDED,
      Resources: {
        ...serving(lb(AB), scaling(refs('SubnetA'))).Resources,
        Listener: { ...LISTENER, Condition: 'IsGiven' },
      },
    },
    'a condition decides about the targets': {
      ...UNDECIDED,
      Resources: {
        ...serving(lb(AB), scaling(refs('SubnetA'))).Resources,
        Targets: { ...scaling(refs('SubnetA')), Condition: 'IsGiven' },
      },
    },
    'it sends traffic to a target group that is not in the app': {
      Resources: {
        ...SUBNETS,
        Lb: lb(AB),
        Listener: {
          ...LISTENER,
          Properties: { ...LISTENER.Properties, DefaultActions: [{ TargetGroupArn: 'arn:other' }] },
        },
      },
    },
  },
  notApplicable: {
    'it redirects all traffic': { Resources: { Lb: lb(AB) } },
    'it calls a function': {
      Resources: {
        ...SUBNETS,
        Lb: lb(AB),
        Listener: LISTENER,
        Group: { ...GROUP, Properties: { TargetType: 'lambda' } },
      },
    },
  },
  equivalent: {
    '*.VpcId': 'zones decide, not networks',
    'SubnetC.AvailabilityZone': 'nothing stands there',
    'Listener.*': 'without a way to the targets nothing tells which they are',
    'Targets.TargetGroupARNs.0': 'without a way to the targets nothing tells which they are',
    'Targets.LoadBalancers.0.TargetGroupArn': 'without a way to the targets nothing tells which they are',
    'Targets.LoadBalancerNames.0': 'without a way to the targets nothing tells which they are',
  },
});

it('X-14 passes when the load balancer and its targets have the same subnets, whichever these are', () => {
  const same = serving(lb({ Ref: 'Subnets' }), fargate({ Ref: 'Subnets' }));
  expect(outcomeOf(targetsMeetLoadBalancer, { ...UNDECIDED, ...same })).toBe('pass');
});

it('X-14 judges a Network Load Balancer by the zones of the Application Load Balancer behind it', () => {
  const behind = (subnets: unknown) => ({
    Resources: {
      ...SUBNETS,
      Lb: lb(AB),
      Listener: LISTENER,
      Group: { ...GROUP, Properties: { TargetType: 'alb', Targets: [{ Id: { Ref: 'Web' } }] } },
      Web: lb(subnets),
    },
  });
  expect(outcomeOf(targetsMeetLoadBalancer, behind(AB))).toBe('pass');
  expect(outcomeOf(targetsMeetLoadBalancer, behind(refs('SubnetA')))).toBe('fail');
});

const group = (size: unknown, subnets: unknown = AB) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { MinSize: size, VPCZoneIdentifier: subnets },
});
const service = (properties: Record<string, unknown>, subnets: unknown = AB) => ({
  Type: 'AWS::ECS::Service',
  Properties: { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets } }, ...properties },
});
const scalable = (service: string, capacity: unknown) => ({
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: {
    ResourceId: { 'Fn::Join': ['/', ['service', 'cluster', { 'Fn::GetAtt': [service, 'Name'] }]] },
    MinCapacity: capacity,
  },
});
const nodes = (size: unknown, subnets: unknown = AB) => ({
  Type: 'AWS::EKS::Nodegroup',
  Properties: { ScalingConfig: { MinSize: size }, Subnets: subnets },
});
const brokers = (count: unknown, subnets: unknown = AB) => ({
  Type: 'AWS::MSK::Cluster',
  Properties: { NumberOfBrokerNodes: count, BrokerNodeGroupInfo: { ClientSubnets: subnets } },
});
const domain = (config: Record<string, unknown>) => ({
  Type: 'AWS::OpenSearchService::Domain',
  Properties: { ClusterConfig: config },
});
const AURORA = { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } };
const member = (zone?: string) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { DBClusterIdentifier: { Ref: 'Subject' }, ...(zone && { AvailabilityZone: zone }) },
});
const alone = (subject: unknown, others: Record<string, unknown> = {}) => ({
  Resources: { Subject: subject, ...others },
});
const among = (subject: unknown, others: Record<string, unknown> = {}) => ({
  Resources: { ...SUBNETS, Subject: subject, ...others },
});

checks(unitsSurviveZoneLoss, {
  passes: {
    'a scaling group keeps one of two instances': among(group('2')),
    'a service keeps one of two tasks': among(service({ DesiredCount: 2 })),
    'a service that is scaled keeps one of two tasks': among(service({ DesiredCount: 1 }), {
      Scaling: scalable('Subject', 2),
    }),
    'a node group keeps two of three nodes': among(nodes(3)),
    'a cluster keeps one of two brokers': among(brokers(2)),
    'a domain keeps one of two data nodes': alone(domain({ InstanceCount: 2, ZoneAwarenessEnabled: true })),
    'a domain with standby keeps two of three data nodes': alone(
      domain({ InstanceCount: 3, MultiAZWithStandbyEnabled: 'true' }),
    ),
    'Aurora keeps one of two instances': alone(AURORA, {
      Writer: member('eu-west-1a'),
      Reader: member('eu-west-1b'),
    }),
  },
  fails: {
    'a scaling group may shrink to one instance': among(group('1')),
    'a scaling group may shrink to none': among(group(0)),
    'a scaling group stands in one zone': among(group(4, refs('SubnetA'))),
    'a scaling group whose zones are not known has one instance': among(group(1, ['subnet-1'])),
    'a service has one task': among(service({ DesiredCount: 1 })),
    'a service has one task by default': among(service({})),
    'a service is scaled in to one task': among(service({ DesiredCount: 4 }), {
      Scaling: scalable('Subject', 1),
    }),
    'a service stands in one zone': among(service({ DesiredCount: 4 }, refs('SubnetA'))),
    'a node group may shrink to one node': among(nodes(1)),
    'a node group stands in one zone': among(nodes(3, refs('SubnetA'))),
    'a cluster has one broker': among(brokers(1)),
    'a cluster stands in one zone': among(brokers(2, refs('SubnetA'))),
    'a domain has one data node': among(domain({ ZoneAwarenessEnabled: true })),
    'a domain stands in one zone': among(domain({ InstanceCount: 3 })),
    'Aurora has one instance': among(AURORA, { Writer: member() }),
    'Aurora has both instances in one zone': among(AURORA, {
      Writer: member('eu-west-1a'),
      Reader: member('eu-west-1a'),
    }),
  },
  unknown: {
    'the minimum is a parameter': { ...UNDECIDED, ...among(group({ Ref: 'Given' })) },
    'the subnets are not in the app': among(group(2, ['subnet-1', 'subnet-2'])),
    'tasks run wherever the cluster has instances': among({
      Type: 'AWS::ECS::Service',
      Properties: { DesiredCount: 2 },
    }),
    'EKS chooses the minimum': among({ Type: 'AWS::EKS::Nodegroup', Properties: { Subnets: AB } }),
    'a parameter decides whether a domain spans zones': {
      ...UNDECIDED,
      ...among(domain({ InstanceCount: 2, ZoneAwarenessEnabled: { Ref: 'Given' } })),
    },
    'a condition decides about the second instance of Aurora': {
      ...UNDECIDED,
      ...among(AURORA, { Writer: member(), Reader: { ...member(), Condition: 'IsGiven' } }),
    },
    'a condition decides whether a service is scaled': {
      ...UNDECIDED,
      ...among(service({ DesiredCount: 2 }), {
        Scaling: { ...scalable('Subject', 1), Condition: 'IsGiven' },
      }),
    },
    'a parameter decides how a service is scheduled': {
      ...UNDECIDED,
      ...among(service({ DesiredCount: 2, SchedulingStrategy: { Ref: 'Given' } })),
    },
  },
  notApplicable: {
    'a daemon runs on each instance': among(service({ SchedulingStrategy: 'DAEMON' })),
    'a cluster has storage of its own in three zones': among({
      Type: 'AWS::RDS::DBCluster',
      Properties: { Engine: 'postgres' },
    }),
    'Aurora has no instance in the app': among(AURORA),
    'Aurora replaces its capacity itself': among({
      Type: 'AWS::RDS::DBCluster',
      Properties: { Engine: 'aurora', EngineMode: 'serverless' },
    }),
  },
  equivalent: {
    'Subnet*.VpcId': 'zones decide, not networks',
    'SubnetC.AvailabilityZone': 'nothing stands there',
    'Subject.Engine': 'the rule is about Aurora',
    'Subject.DesiredCount': 'where tasks are scaled, the minimum of the scaling decides',
  },
});

it('X-16 counts the readers that scaling keeps', () => {
  const scaling = (capacity: number) => ({
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: { ResourceId: { 'Fn::Join': [':', ['cluster', { Ref: 'Subject' }]] }, MinCapacity: capacity },
  });
  expect(outcomeOf(unitsSurviveZoneLoss, among(AURORA, { Writer: member(), Scaling: scaling(1) }))).toBe(
    'pass',
  );
  expect(outcomeOf(unitsSurviveZoneLoss, among(AURORA, { Writer: member(), Scaling: scaling(0) }))).toBe(
    'fail',
  );
});

it('X-16 finds the scaling of a service by its name', () => {
  const named = service({ ServiceName: 'api', DesiredCount: 1 });
  const scaling = {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: { ResourceId: 'service/cluster/api', MinCapacity: 2 },
  };
  expect(outcomeOf(unitsSurviveZoneLoss, among(named, { Scaling: scaling }))).toBe('pass');
});

describe('X-16', () => {
  it('does not apply at tier 3, which owes one unit and nothing at once after the loss of a zone', () => {
    const one = [group('1'), service({ DesiredCount: 1 }), nodes(1), brokers(1)];
    const outcomes = one.map((each) => outcomeOf(unitsSurviveZoneLoss, among(each), Tier.STANDARD));
    expect(outcomes).toEqual(one.map(() => 'notApplicable'));
  });

  it('fails for the same at tier 2', () => {
    expect(outcomeOf(unitsSurviveZoneLoss, among(group('1')), Tier.IMPORTANT)).toBe('fail');
  });
});
