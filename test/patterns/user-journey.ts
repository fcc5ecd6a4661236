import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { UserJourney, type UserJourneyProps } from '../../lib/constructs/observe/detection/user-journey';
import type { Pattern } from '../support/pattern';
import { anyOf } from '../support/pattern-parts';

const FRONT_PAGE = { name: 'front page', url: 'https://shop.example.com/' };

export const userJourney: Pattern<Partial<UserJourneyProps>> = {
  construct: 'UserJourney',
  build: (stack) => {
    // minimal
    new UserJourney(stack, 'Checkout', {
      steps: [{ name: 'basket', url: 'https://shop.example.com/basket', expect: { text: 'Your basket' } }],
    });
    // end
  },
  options: anyOf<UserJourneyProps>({
    steps: fc.constantFrom([FRONT_PAGE], [], [{ ...FRONT_PAGE, inBrowser: true }], [FRONT_PAGE, FRONT_PAGE]),
    interval: fc.constantFrom(1, 5, 7, 60, 61).map((minutes) => Duration.minutes(minutes)),
    locations: fc.constantFrom([], ['eu-north-1'], ['us-east-2', 'us-west-1'], ['nowhere']),
    failingLocations: fc.integer({ min: 0, max: 4 }),
    runbook: fc.constantFrom('docs/runbooks/checkout.md', 'https://wiki.example.com/a?b=c#d'),
  }),
  buildWith: (stack, options) => {
    new UserJourney(stack, 'Checkout', { steps: [FRONT_PAGE], ...options });
  },
};
