import fc from 'fast-check';
import { CidrLocations } from '../../lib/constructs/traffic/cidr-locations';
import { stackApart } from '../constructs/traffic/apart';
import type { Pattern } from '../support/pattern';

const ranges = fc.array(fc.constantFrom('203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/25'), {
  maxLength: 2,
});

export const cidrLocations: Pattern<Record<string, string[]>> = {
  construct: 'CidrLocations',
  tierDecidesNothing: 'whose addresses belong to which network is a fact of those networks, and of no tier',
  build: (region, around) => {
    const stack = stackApart(region, around, region.region);
    if (!stack) return;
    // minimal
    new CidrLocations(stack, 'Networks', { locations: { fiber: ['203.0.113.0/24'] } });
    // end
  },
  options: fc.dictionary(fc.constantFrom('fiber', 'mobile', 'a_name_too_long_to_be_one'), ranges),
  buildWith: (region, locations, around) => {
    const stack = stackApart(region, around, region.region);
    if (stack) new CidrLocations(stack, 'Networks', { locations });
  },
};
