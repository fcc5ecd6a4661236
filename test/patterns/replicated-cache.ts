import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ReplicatedCache } from '../../lib/constructs/data/caches/replicated-cache';
import type { ReplicatedCacheProps } from '../../lib/constructs/data/caches/replicated-cache-props';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';
import { anyRegionChoice, chosenRegion } from '../support/region-choice';

export const replicatedCache: Pattern<Partial<ReplicatedCacheProps>> = {
  construct: 'ReplicatedCache',
  service: { dataClasses: [{ name: 'sessions', rebuildable: true }] },
  build: (stack) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new ReplicatedCache(stack, 'Cache', { vpc, dataClass: 'sessions' });
    // end
  },
  options: fc.record(
    {
      globalDatastore: fc.boolean(),
      homeRegion: anyRegionChoice,
      globalDatastoreId: fc.constantFrom('gxeiz-shop-cache'),
      replicas: fc.constantFrom(2, 2, 3, 5, 1, 0, 6),
      shards: fc.constantFrom(1, 2, 3, 0),
      nodeType: fc.constantFrom('cache.r7g.large', 'cache.m7g.xlarge'),
      snapshotRetention: fc.constantFrom(35, 35, 20, 36).map((days) => Duration.days(days)),
      port: fc.constantFrom(6379, 7000),
      dataClass: fc.constantFrom('sessions', 'sessions', 'sessions', 'unheard-of'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, { homeRegion, ...options }, around) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    const region = chosenRegion(homeRegion, around);
    new ReplicatedCache(stack, 'Cache', {
      vpc,
      ...(region !== undefined && { homeRegion: region }),
      ...options,
    });
  },
};
