import fc from 'fast-check';
import { GlobalEntry, type GlobalEntryProps } from '../../lib/constructs/traffic/global-entry';
import { stackApart } from '../constructs/traffic/apart';
import type { Pattern } from '../support/pattern';

const balancer = (region: string) =>
  `arn:aws:elasticloadbalancing:${region}:444455556666:loadbalancer/app/shop/0123456789abcdef`;
const ATTACHMENT = 'arn:aws:globalaccelerator::444455556666:attachment/0f4c7b52';

function endpoint(...dials: number[]) {
  return fc.record({
    region: fc.constantFrom('eu-west-1', 'eu-central-1', 'eu-central-1', 'eu-west-9'),
    endpointArn: fc.constantFrom(balancer('eu-west-1'), balancer('eu-central-1')),
    attachmentArn: fc.constantFrom(ATTACHMENT, ATTACHMENT, ATTACHMENT, 'mine'),
    trafficDial: fc.constantFrom(...dials),
  });
}

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
      // Where one region only is in another account, the other has its group in a stack of its own, which is not built here.
      foreignEndpoints: fc.oneof(
        fc.constant([]),
        fc.tuple(endpoint(50, 100, 101), endpoint(0, 50, 100, 101)),
        fc.tuple(endpoint(100), endpoint(100), endpoint(100)),
      ),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options, around) => {
    const apart = stackApart(stack, around, 'us-west-2');
    if (apart) new GlobalEntry(apart, 'Entry', options);
  },
};
