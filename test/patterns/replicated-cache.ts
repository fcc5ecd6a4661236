import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ReplicatedCache } from '../../lib/constructs/data/replicated-cache';
import type { ReplicatedCacheProps } from '../../lib/constructs/data/replicated-cache-props';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';

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
      homeRegion: fc.constantFrom('eu-west-1', 'us-east-1', 'ap-northeast-1', 'nowhere'),
      globalDatastoreId: fc.constantFrom('gxeiz-shop-cache'),
      replicas: fc.integer({ min: 0, max: 6 }),
      shards: fc.integer({ min: 0, max: 4 }),
      nodeType: fc.constantFrom('cache.r7g.large', 'cache.m7g.xlarge'),
      snapshotRetention: fc.integer({ min: 1, max: 40 }).map((days) => Duration.days(days)),
      port: fc.constantFrom(6379, 7000),
      dataClass: fc.constantFrom('sessions', 'unheard-of'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    new ReplicatedCache(stack, 'Cache', { vpc, ...options });
  },
};
