import { type Design, Expectations, ofType, only, stackNamed } from './design';
import { Zones, zonesOfLoadBalancer } from './zones';

/** Deploys as it is, with the single points of failure that it is an example of. */
export const brownfield: Design = (stacks) => [
  ...network(stacks),
  ...failoverRecords(stacks),
  ...compute(stacks),
];

const network: Design = (stacks) => {
  const stack = stackNamed(stacks, 'Brownfield-Network');
  const zones = new Zones(stack);
  const check = new Expectations(stack.name);
  check.expect('zones of the subnets', ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], zones.ofSubnets());
  check.expect('zones of the NAT gateways', ['eu-west-1a'], zones.ofGateways());
  check.expect(
    'ways out of the private subnets',
    ['eu-west-1a by eu-west-1a', 'eu-west-1b by eu-west-1a', 'eu-west-1c by eu-west-1a'],
    zones.exits(),
  );
  return check.findings;
};

const failoverRecords: Design = (stacks) => {
  const stack = stackNamed(stacks, 'Brownfield-Network');
  const check = new Expectations(stack.name);
  const healthCheck = only(stack, 'AWS::Route53::HealthCheck');
  const records = ofType(stack, 'AWS::Route53::RecordSet').map(({ live }) => live);
  const found = records.map((live) => [
    live?.Failover,
    live?.TTL,
    live?.HealthCheckId ?? null,
    live?.ResourceRecords,
  ]);
  check.expect(
    'failover records',
    [
      ['PRIMARY', 3600, healthCheck.physicalId, ['192.0.2.10']],
      ['SECONDARY', 3600, null, ['192.0.2.20']],
    ],
    found,
  );
  return check.findings;
};

const compute: Design = (stacks) => {
  const stack = stackNamed(stacks, 'Brownfield-Compute');
  const check = new Expectations(stack.name);
  const loadBalancer = only(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer').live;
  check.expect('zones of the load balancer', ['eu-west-1a'], zonesOfLoadBalancer(loadBalancer));
  check.expect('desired tasks', 1, only(stack, 'AWS::ECS::Service').live.DesiredCount);
  return check.findings;
};
