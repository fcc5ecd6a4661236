import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { DurableCache } from '../../lib/constructs/data/caches/durable-cache';
import type { DurableCacheProps } from '../../lib/constructs/data/caches/durable-cache-props';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';
import { anyRegionChoice, chosenRegion } from '../support/region-choice';

const NEEDS_ONE_ACCOUNT = /a Multi-Region cluster stays within one account/;

export const durableCache: Pattern<Partial<DurableCacheProps>> = {
  construct: 'DurableCache',
  // Its snapshots are daily: data that is owed a nearer repair point is not for it.
  service: { dataClasses: [{ name: 'carts', rpo: { dataRepair: Duration.hours(48) } }] },
  refusedInTwoAccounts: {
    0: NEEDS_ONE_ACCOUNT,
    1: NEEDS_ONE_ACCOUNT,
    2: NEEDS_ONE_ACCOUNT,
    3: NEEDS_ONE_ACCOUNT,
  },
  build: (stack, { regions: [homeRegion] }) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new DurableCache(stack, 'Carts', { vpc, dataClass: 'carts', multiRegion: true, homeRegion });
    // end
  },
  options: fc.record(
    {
      multiRegion: fc.boolean(),
      homeRegion: anyRegionChoice,
      multiRegionClusterName: fc.constantFrom('gxeiz-shop-carts'),
      replicas: fc.constantFrom(2, 2, 3, 5, 1, 0, 6),
      shards: fc.constantFrom(1, 2, 3, 0),
      nodeType: fc.constantFrom('db.r7g.2xlarge', 'db.r7g.2xlarge', 'db.r7g.large'),
      snapshotRetention: fc.constantFrom(35, 35, 20, 36).map((days) => Duration.days(days)),
      port: fc.constantFrom(6379, 7000),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, { homeRegion, ...options }, around) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    const region = chosenRegion(homeRegion, around);
    new DurableCache(stack, 'Carts', {
      vpc,
      dataClass: 'carts',
      ...(region !== undefined && { homeRegion: region }),
      ...options,
    });
  },
};
