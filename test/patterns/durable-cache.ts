import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { DurableCache } from '../../lib/constructs/data/durable-cache';
import type { DurableCacheProps } from '../../lib/constructs/data/durable-cache-props';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';

const NEEDS_ONE_ACCOUNT = /a Multi-Region cluster stays within one account/;

export const durableCache: Pattern<Partial<DurableCacheProps>> = {
  construct: 'DurableCache',
  refusedInTwoAccounts: {
    0: NEEDS_ONE_ACCOUNT,
    1: NEEDS_ONE_ACCOUNT,
    2: NEEDS_ONE_ACCOUNT,
    3: NEEDS_ONE_ACCOUNT,
  },
  build: (stack, { regions: [homeRegion] }) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new DurableCache(stack, 'Carts', { vpc, multiRegion: true, homeRegion });
    // end
  },
  options: fc.record(
    {
      multiRegion: fc.boolean(),
      homeRegion: fc.constantFrom('eu-west-1', 'us-east-1', 'ap-northeast-1', 'ca-west-1', 'nowhere'),
      multiRegionClusterName: fc.constantFrom('gxeiz-shop-carts'),
      replicas: fc.integer({ min: 0, max: 6 }),
      shards: fc.integer({ min: 0, max: 4 }),
      nodeType: fc.constantFrom('db.r7g.large', 'db.r7g.2xlarge'),
      snapshotRetention: fc.integer({ min: 1, max: 40 }).map((days) => Duration.days(days)),
      port: fc.constantFrom(6379, 7000),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    new DurableCache(stack, 'Carts', { vpc, ...options });
  },
};
