import fc from 'fast-check';
import { GlobalEntry, type GlobalEntryProps } from '../../lib/constructs/traffic/global-entry';
import { stackApart } from '../constructs/traffic/apart';
import type { Pattern } from '../support/pattern';

const balancer = (region: string) =>
  `arn:aws:elasticloadbalancing:${region}:444455556666:loadbalancer/app/shop/0123456789abcdef`;
const ATTACHMENT = 'arn:aws:globalaccelerator::444455556666:attachment/0f4c7b52';

export const globalEntry: Pattern<Partial<GlobalEntryProps>> = {
  construct: 'GlobalEntry',
  build: (region, around) => {
    const stack = stackApart(region, around, 'us-west-2');
    if (!stack) return;
    // minimal
    new GlobalEntry(stack, 'Entry');
    // end
  },
  options: fc.record(
    {
      ports: fc.array(fc.constantFrom(80, 443, 0), { maxLength: 3 }),
      udp: fc.boolean(),
      clientAffinity: fc.boolean(),
      dualStack: fc.boolean(),
      foreignEndpoints: fc.array(
        fc.record({
          region: fc.constantFrom('eu-west-1', 'eu-central-1', 'eu-west-9'),
          endpointArn: fc.constantFrom(balancer('eu-west-1'), balancer('eu-central-1')),
          attachmentArn: fc.constantFrom(ATTACHMENT, ATTACHMENT, 'mine'),
          trafficDial: fc.constantFrom(0, 50, 100, 101),
        }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options, around) => {
    const apart = stackApart(stack, around, 'us-west-2');
    if (apart) new GlobalEntry(apart, 'Entry', options);
  },
};
