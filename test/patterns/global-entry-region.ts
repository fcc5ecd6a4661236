import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import {
  GlobalEntryRegion,
  type GlobalEntryRegionProps,
} from '../../lib/constructs/traffic/global-entry-region';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import { certificateIn } from '../constructs/fixtures';
import { entranceIn, rarely } from '../constructs/traffic/dns-fixtures';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly to: 'load balancer' | 'internal' | 'address' | 'nothing';
  readonly foreign: boolean;
  readonly everybody: boolean;
  readonly props: Partial<GlobalEntryRegionProps>;
}

/** What the stack of the accelerator said after it was deployed. */
const listenerOf = (account: string) =>
  `arn:aws:globalaccelerator::${account}:accelerator/0f4c7b52-52a5/listener/9d0b0e6f`;

export const globalEntryRegion: Pattern<Options> = {
  construct: 'GlobalEntryRegion',
  build: (stack, { accounts }) => {
    const loadBalancer = entranceIn(stack);
    const listenerArn = listenerOf(accounts[0]);
    // minimal
    new GlobalEntryRegion(stack, 'Global', { listenerArn, loadBalancer });
    // end
  },
  options: fc.record({
    to: fc.constantFrom('load balancer', 'internal', 'address', 'nothing'),
    foreign: fc.boolean(),
    everybody: fc.boolean(),
    props: fc.record({
      trafficDial: rarely(fc.constantFrom(0, 50, 101)),
      preserveClientIp: rarely(fc.boolean()),
      healthCheckPath: rarely(fc.constantFrom('/', '/ready')),
      healthCheckInterval: rarely(fc.constantFrom(...[10, 15, 30].map(Duration.seconds))),
      healthCheckFailureThreshold: rarely(fc.integer({ min: 0, max: 11 })),
    }),
  }),
  buildWith: (stack, { to, foreign, everybody, props }, { accounts }) => {
    const listenerArn = listenerOf(foreign ? '999900001111' : accounts[0]);
    const targets = {
      'load balancer': () => ({ loadBalancer: entranceIn(stack) }),
      internal: () => ({
        loadBalancer: new HealthCheckedLoadBalancer(stack, 'Entry', {
          network: new ResilientNetwork(stack, 'Network'),
          certificate: certificateIn(stack),
          internetFacing: false,
          ...(everybody && { allowedCidrs: ['0.0.0.0/0'] }),
        }),
      }),
      address: () => ({ elasticIp: 'eipalloc-0123456789abcdef0' }),
      nothing: () => ({}),
    };
    new GlobalEntryRegion(stack, 'Global', { listenerArn, ...targets[to](), ...props });
  },
};
