import { type Design, Expectations, only, stackNamed } from './design';
import { Zones, zonesOfLoadBalancer } from './zones';

/** Before: plain constructs, with their defaults. What a retrofit changes of them is in the diff that follows. */
export const retrofit: Design = (stacks) => {
  const stack = stackNamed(stacks, 'Bookings');
  const expectations = new Expectations(stack.name);
  const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
  const loadBalancer = only(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer').live;
  expectations.expect('zones of the subnets', zones, new Zones(stack).ofSubnets());
  expectations.expect('zones of the load balancer', zones, zonesOfLoadBalancer(loadBalancer));
  expectations.expect(
    'time to live that a person wanted',
    3600,
    only(stack, 'AWS::Route53::RecordSet').live.TTL,
  );
  return expectations.findings;
};
