import fc from 'fast-check';
import { SearchDomain } from '../../lib/constructs/data/search/search-domain';
import type { SearchDomainProps } from '../../lib/constructs/data/search/search-domain-props';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';

export const searchDomain: Pattern<Partial<SearchDomainProps>> = {
  construct: 'SearchDomain',
  service: { dataClasses: [{ name: 'product-index', rebuildable: true }] },
  build: (stack) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new SearchDomain(stack, 'Search', { vpc, dataClass: 'product-index' });
    // end
  },
  options: fc.record(
    {
      standby: fc.boolean(),
      dataNodes: fc.constantFrom(3, 6, 6, 12, 2, 4, 0),
      volumeSizeGiB: fc.constantFrom(10, 100, 1000, 9),
      engineVersion: fc.constantFrom('2.17', '2.19'),
      offPeakStartHour: fc.constantFrom(0, 12, 23, 24),
      passwordAdministrator: fc.constantFrom(false, false, true),
      domainName: fc.constantFrom('products', 'product-search', 'Products'),
      dataClass: fc.constantFrom('product-index', 'product-index', 'product-index', 'unheard-of'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    new SearchDomain(stack, 'Search', { vpc, ...options });
  },
};
