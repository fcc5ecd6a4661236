import { targetGroupChecksHealth, targetsAreSpread } from '../../../lib/audit/rules/elb-targets';
import { subnetsIn } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const UNDECIDED = { Parameters: { Given: { Type: 'String' } } };
const targetGroup = (properties: Record<string, unknown>) => ({
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: properties,
});

const SERVICE = {
  Type: 'AWS::ECS::Service',
  Properties: {
    TaskDefinition: { Ref: 'Task' },
    LoadBalancers: [{ ContainerName: 'web', ContainerPort: 8080, TargetGroupArn: { Ref: 'Subject' } }],
  },
};
const task = (mapping: Record<string, unknown>, mode: Record<string, unknown> = {}) => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: {
    ...mode,
    ContainerDefinitions: [
      { Name: 'side', PortMappings: [{ ContainerPort: 8080, HostPort: 1 }] },
      {
        Name: 'web',
        PortMappings: [
          { ContainerPort: 9090, HostPort: 1 },
          { ContainerPort: 8080, ...mapping },
        ],
      },
    ],
  },
});
const served = (group: Record<string, unknown>, definition: unknown) => ({
  Resources: { Subject: targetGroup(group), Service: SERVICE, Task: definition },
});
const CHECKED = { Protocol: 'HTTP', HealthCheckPath: '/health' };

checks(targetGroupChecksHealth, {
  passes: {
    'an HTTP target group has a path': CHECKED,
    'an HTTPS target group has a path': { Protocol: 'HTTPS', HealthCheckPath: '/health' },
    'a fixed port is checked and mapped': served(
      { Protocol: 'TCP', HealthCheckPort: '8080' },
      task({ HostPort: 8080 }),
    ),
    'the traffic port is checked': served(
      { Protocol: 'TCP', HealthCheckPort: 'traffic-port' },
      task({ HostPort: 0 }),
    ),
    'a fixed port is checked and each task has an address of its own': served(
      { Protocol: 'TCP', HealthCheckPort: '8080' },
      task({}, { NetworkMode: 'awsvpc' }),
    ),
  },
  fails: {
    'an HTTP target group has no path': { Protocol: 'HTTP' },
    'an HTTPS target group has an empty path': { Protocol: 'HTTPS', HealthCheckPath: '' },
    'a fixed port is checked and another is mapped at each start': served(
      { Protocol: 'TCP', HealthCheckPort: '8080' },
      task({ HostPort: 0 }),
    ),
    'a fixed port is checked and no port is mapped': served(
      { ...CHECKED, HealthCheckPort: '8080' },
      task({}, { NetworkMode: 'bridge' }),
    ),
  },
  unknown: {
    'its protocol is a parameter and it has no path': {
      ...UNDECIDED,
      Resources: { Subject: targetGroup({ Protocol: { Ref: 'Given' } }) },
    },
    'a fixed port is checked and the port mapped is a parameter': {
      ...UNDECIDED,
      ...served({ Protocol: 'TCP', HealthCheckPort: '8080' }, task({ HostPort: { Ref: 'Given' } })),
    },
    'a fixed port is checked and the network mode is a parameter': {
      ...UNDECIDED,
      ...served({ Protocol: 'TCP', HealthCheckPort: '8080' }, task({}, { NetworkMode: { Ref: 'Given' } })),
    },
    'a fixed port is checked and the task definition is not in the app': served(
      { Protocol: 'TCP', HealthCheckPort: '8080' },
      { Type: 'AWS::SNS::Topic' },
    ),
  },
  notApplicable: {
    'a TCP target group is checked by connecting': { Protocol: 'TCP' },
    'a function needs no check': { TargetType: 'lambda' },
  },
  equivalent: {
    'Subject.Protocol': 'only HTTP has a path',
    '*.ContainerDefinitions.0.*': 'the other container takes no traffic from the load balancer',
    '*.PortMappings.0.*': 'the other port takes no traffic from the load balancer',
    'Service.*': 'without a way from the service to the port nothing tells which port is mapped',
    'Task.ContainerDefinitions.1.Name':
      'without a way from the service to the port nothing tells which port is mapped',
    'Task.ContainerDefinitions.1.PortMappings.1.ContainerPort':
      'without a way from the service to the port nothing tells which port is mapped',
    'Task.ContainerDefinitions.1.PortMappings.1.HostPort': 'the traffic port is checked, whichever it is',
    'Subject.HealthCheckPort': 'a port that stays the same may be checked at any',
  },
});

const instances = (...zones: readonly unknown[]) => {
  const subnets = subnetsIn(...zones);
  const machines = Object.keys(subnets).map((subnet, index) => [
    `I${index}`,
    { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: subnet } } },
  ]);
  return { ...subnets, ...Object.fromEntries(machines) };
};
const ids = (...names: readonly string[]) => names.map((Ref) => ({ Id: { Ref } }));
const behind = (properties: Record<string, unknown>) => ({
  Subject: targetGroup(properties),
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Lb' }, DefaultActions: [{ TargetGroupArn: { Ref: 'Subject' } }] },
  },
});
const loadBalancer = (...subnets: readonly string[]) => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { Subnets: subnets.map((Ref) => ({ Ref })) },
});
const SUBNETS = subnetsIn('eu-west-1a', 'eu-west-1b', 'eu-west-1c');
const IN_TWO_ZONES = { ...instances('eu-west-1a', 'eu-west-1b'), ...SUBNETS };

checks(targetsAreSpread, {
  passes: {
    'each zone has half of the instances': {
      Resources: { ...IN_TWO_ZONES, Subject: targetGroup({ Targets: ids('I0', 'I1') }) },
    },
    'each address is in a zone of its own': {
      Targets: [
        { Id: '10.0.0.4', AvailabilityZone: 'eu-west-1a' },
        { Id: '10.0.1.4', AvailabilityZone: 'eu-west-1b' },
      ],
    },
    'each zone of a Classic Load Balancer has an instance': {
      Resources: {
        ...IN_TWO_ZONES,
        Subject: {
          Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
          Properties: {
            Instances: [{ Ref: 'I0' }, { Ref: 'I1' }],
            Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }],
          },
        },
      },
    },
    'each zone of its load balancer has an instance': {
      Resources: {
        ...IN_TWO_ZONES,
        ...behind({ Targets: ids('I0', 'I1') }),
        Lb: loadBalancer('SubnetA', 'SubnetB'),
      },
    },
  },
  fails: {
    'one zone has two of three instances': {
      Resources: {
        ...instances('eu-west-1a', 'eu-west-1b', 'eu-west-1a'),
        Subject: targetGroup({ Targets: ids('I0', 'I1', 'I2') }),
      },
    },
    'the only target is in one zone': {
      Resources: { ...IN_TWO_ZONES, Subject: targetGroup({ Targets: ids('I0') }) },
    },
    'a zone of its load balancer has none': {
      Resources: {
        ...IN_TWO_ZONES,
        ...behind({ Targets: ids('I0', 'I1') }),
        Lb: loadBalancer('SubnetA', 'SubnetB', 'SubnetC'),
      },
    },
    'a zone of a Classic Load Balancer has none': {
      Resources: {
        ...IN_TWO_ZONES,
        Subject: {
          Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
          Properties: { Instances: [{ Ref: 'I0' }, { Ref: 'I1' }], Subnets: [{ Ref: 'SubnetC' }] },
        },
      },
    },
  },
  unknown: {
    'the instances are not in the app': { Targets: [{ Id: 'i-1' }, { Id: 'i-2' }] },
    'the targets are a parameter': {
      ...UNDECIDED,
      Resources: { Subject: targetGroup({ Targets: { Ref: 'Given' } }) },
    },
    'an address is outside the network': {
      Targets: [
        { Id: '192.168.0.1', AvailabilityZone: 'all' },
        { Id: '10.0.0.4', AvailabilityZone: 'eu-west-1a' },
      ],
    },
    'the subnets of its load balancer are not in the app': {
      Resources: {
        ...IN_TWO_ZONES,
        ...behind({ Targets: ids('I0', 'I1') }),
        Lb: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: { Subnets: ['subnet-1', 'subnet-2'] },
        },
      },
    },
  },
  notApplicable: {
    'no target is listed': { Protocol: 'HTTP' },
    'the target is a function': { TargetType: 'lambda', Targets: [{ Id: 'arn:function' }] },
  },
  equivalent: {
    'Subnet*.VpcId': 'zones decide, not networks',
    'Subject.Targets.*.Id': 'the zone is named beside it',
    'SubnetC.AvailabilityZone': 'nothing stands there',
    'Listener.*': 'without a load balancer no zone is enabled',
  },
});

it('ELB-10 fails whatever the unknown zones are when one zone has most of the targets', () => {
  const [a, b, c] = ['eu-west-1a', 'eu-west-1a', undefined].map((zone, index) => ({
    Id: `10.0.0.${index + 4}`,
    ...(zone && { AvailabilityZone: zone }),
  }));
  expect(outcomeOf(targetsAreSpread, { Resources: { Subject: targetGroup({ Targets: [a, b, c] }) } })).toBe(
    'fail',
  );
});

it('ELB-10 does not know when a zone name and a zone id may mean one zone', () => {
  const targets = [
    { Id: '10.0.0.4', AvailabilityZone: 'eu-west-1a' },
    { Id: '10.0.1.4', AvailabilityZone: 'euw1-az1' },
  ];
  expect(outcomeOf(targetsAreSpread, { Resources: { Subject: targetGroup({ Targets: targets }) } })).toBe(
    'unknown',
  );
});
