import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  ThirdPartyDependency,
  type ThirdPartyDependencyProps,
} from '../../lib/constructs/observe/detection/third-party-dependency';
import { DependencyKind } from '../../lib/objectives/dependency';
import { charges } from '../constructs/observe/detection/charges';
import type { Pattern } from '../support/pattern';
import { anyOf } from '../support/pattern-parts';

export const thirdPartyDependency: Pattern<Partial<ThirdPartyDependencyProps>> = {
  construct: 'ThirdPartyDependency',
  service: {
    thirdParties: [
      {
        name: 'card payments',
        kind: DependencyKind.HARD,
        sla: 0.9999,
        statusPage: 'https://status.payments.example.com',
      },
    ],
  },
  build: (stack) => {
    // minimal
    new ThirdPartyDependency(stack, 'Payments', { thirdParty: 'card payments', measured: charges });
    // end
  },
  options: anyOf<Partial<ThirdPartyDependencyProps>>({
    components: fc.constantFrom(['API'], ['API', 'Cards'], []),
    pollInterval: fc.constantFrom(60, 90, 300).map((seconds) => Duration.seconds(seconds)),
    summaryUrl: fc.constantFrom('https://status.example.com/summary.json', 'ftp://status.example.com'),
    failingShare: fc.constantFrom(0.05, 0.5, 1),
    leastFailures: fc.constantFrom(1, 100, 0),
    thirdParty: fc.constantFrom('card payments', 'unheard of'),
  }),
  buildWith: (stack, options) => {
    new ThirdPartyDependency(stack, 'Payments', {
      thirdParty: 'card payments',
      measured: charges,
      ...options,
    });
  },
};
