import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationLoadBalancer, NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import type { DnsEntryProps } from '../../../lib/constructs/traffic/dns-entry-props';
import { HealthCheckedLoadBalancer } from '../../../lib/constructs/traffic/health-checked-load-balancer';
import { HealthCheckedNetworkLoadBalancer } from '../../../lib/constructs/traffic/health-checked-network-load-balancer';
import { certificateIn } from '../fixtures';

/** The zone that the shop's records stand in. */
export const ZONE = { hostedZoneId: 'Z1D633PJN98FT9', zoneName: 'example.com' };

/** The way into one region. */
export function entranceIn(stack: RegionStack): HealthCheckedLoadBalancer {
  const network = new ResilientNetwork(stack, 'Network');
  return new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate: certificateIn(stack) });
}

/** The way into one region for what speaks no HTTP. */
export function networkEntranceIn(stack: RegionStack): HealthCheckedNetworkLoadBalancer {
  return new HealthCheckedNetworkLoadBalancer(stack, 'Broker', {
    network: new ResilientNetwork(stack, 'BrokerNetwork'),
    port: 8883,
    healthCheckPort: 8080,
    certificate: certificateIn(stack),
  });
}

/** A load balancer of another app, as the CDK imports it. */
function existingIn(stack: RegionStack, named: object = namedIn(stack)) {
  return ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Existing', {
    loadBalancerArn: `arn:aws:elasticloadbalancing:${stack.region}:111122223333:loadbalancer/app/shop/50dc6c49`,
    securityGroupId: 'sg-0abc',
    ...named,
  });
}

function existingNetworkIn(stack: RegionStack) {
  return NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'Existing', {
    loadBalancerArn: `arn:aws:elasticloadbalancing:${stack.region}:111122223333:loadbalancer/net/shop/50dc6c49`,
    ...namedIn(stack),
  });
}

const namedIn = ({ region }: Stack) => ({
  loadBalancerDnsName: `shop-1.${region}.elb.amazonaws.com`,
  loadBalancerCanonicalHostedZoneId: 'Z32O12XQLNTSW2',
});

/** An alarm on what users see, over so many minutes. */
export function alarmIn(stack: Stack, id = 'Errors', minutes = 1): Alarm {
  const metric = new Metric({ namespace: 'Shop', metricName: 'FailedOrders', period: Duration.minutes(1) });
  const alarm = new Alarm(stack, id, { metric, threshold: 1, evaluationPeriods: minutes });
  // Who is told is not what these tests are about.
  alarm.addAlarmAction({
    bind: () => ({ alarmActionArn: `arn:aws:sns:${stack.region}:111122223333:on-call` }),
  });
  return alarm;
}

/** What may be said about an entry at random, as far as it is no part of the stack. */
export interface EntryOptions {
  readonly to:
    | 'load balancer'
    | 'network load balancer'
    | 'existing'
    | 'existing network'
    | 'nameless'
    | 'address'
    | 'both addresses'
    | 'name'
    | 'internal';
  readonly props: Partial<DnsEntryProps>;
}

const seconds = (...counts: number[]) => fc.constantFrom(...counts.map((count) => Duration.seconds(count)));

/** Left out nine times of ten, so that many whole sets of properties are right. */
export function rarely<T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values });
}

/** Entries at random: right ones, wrong ones, and weak ones. */
export const entryOptions: fc.Arbitrary<EntryOptions> = fc.record({
  to: fc.constantFrom(
    'load balancer',
    'load balancer',
    'load balancer',
    'network load balancer',
    'existing',
    'existing network',
    'nameless',
    'address',
    'both addresses',
    'name',
    'internal',
  ),
  props: fc.record({
    ttl: rarely(seconds(10, 60, 300)),
    failoverBudget: rarely(seconds(60, 150, 1000)),
    approval: rarely(seconds(0, 300, 7200)),
    healthCheckPath: rarely(fc.constantFrom('/', '/ready')),
    healthCheckSearchString: rarely(fc.constantFrom('', 'can serve')),
    healthCheckInterval: rarely(seconds(10, 15, 30)),
    healthCheckFailureThreshold: rarely(fc.integer({ min: 0, max: 11 })),
    healthThreshold: rarely(fc.integer({ min: 0, max: 3 })),
    healthCheckPort: rarely(fc.constantFrom(443, 8883)),
    https: rarely(fc.boolean()),
    ipv6: rarely(fc.boolean()),
  }),
});

/** The properties that say where an entry at random leads. */
export function leadsTo(stack: RegionStack, to: EntryOptions['to']): Partial<DnsEntryProps> {
  const number = [...stack.region].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 250;
  if (to === 'address') return { endpoint: `192.0.2.${number}` };
  if (to === 'both addresses') {
    return { endpoint: `192.0.2.${number}`, ipv6Endpoint: `2001:db8::${number}` };
  }
  if (to === 'name') return { endpoint: `shop.${stack.region}.example.net` };
  if (to === 'load balancer') return { loadBalancer: entranceIn(stack) };
  if (to === 'network load balancer') return { loadBalancer: networkEntranceIn(stack) };
  if (to === 'existing') return { loadBalancer: existingIn(stack), healthCheckPath: '/ready' };
  if (to === 'nameless') return { loadBalancer: existingIn(stack, {}), healthCheckPath: '/ready' };
  if (to === 'existing network') return { loadBalancer: existingNetworkIn(stack), healthCheckPort: 8883 };
  return {
    loadBalancer: new HealthCheckedLoadBalancer(stack, 'Entry', {
      network: new ResilientNetwork(stack, 'Network'),
      certificate: certificateIn(stack),
      internetFacing: false,
    }),
  };
}
