import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import fc from 'fast-check';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Weakening } from '../../lib/objectives/weakening';
import type { Pattern } from '../support/pattern';
import { anyOf } from '../support/pattern-parts';

interface Options {
  readonly zones: number;
  readonly natGateways: number;
  readonly cidr: string;
  readonly flowLogRetention: RetentionDays;
  readonly weakening: Weakening;
}

const A_MONTH_WILL_DO: Weakening = {
  reason: 'the firewall keeps the same logs for a year',
  expires: '2027-12-31',
  approver: 'head of security',
};

export const resilientNetwork: Pattern<Partial<Options>> = {
  construct: 'ResilientNetwork',
  build: (stack) => {
    // minimal
    new ResilientNetwork(stack, 'Network');
    // end
  },
  options: anyOf<Options>({
    zones: fc.integer({ min: 0, max: 4 }),
    natGateways: fc.integer({ min: 0, max: 4 }),
    cidr: fc.constantFrom('10.0.0.0/16', '10.1.0.0/20', '10.1.0.0/24', '10.0.0.0'),
    flowLogRetention: fc.constantFrom(
      RetentionDays.ONE_MONTH,
      RetentionDays.ONE_YEAR,
      RetentionDays.FIVE_YEARS,
      RetentionDays.INFINITE,
    ),
    weakening: fc.constant(A_MONTH_WILL_DO),
  }),
  buildWith: (stack, { zones, ...options }) => {
    const named = ['a', 'b', 'c', 'c'].map((letter) => stack.region + letter);
    new ResilientNetwork(stack, 'Network', {
      ...options,
      ...(zones !== undefined && { availabilityZones: named.slice(0, zones) }),
    });
  },
};
