import { AWS_FACTS } from '../aws-facts';
import { LOST, type StoreFact, UNHARMED } from './store';

const ELASTICACHE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const MEMORYDB = 'https://docs.aws.amazon.com/memorydb/latest/devguide';

const failover = AWS_FACTS.elastiCacheFailoverSeconds.value.worst;

/** Replicas follow asynchronously; no page says how far behind they may be. */
const NODE_LOST = { rpoSeconds: 5, rtoSeconds: failover };

/** A write is acknowledged when the transaction log of several zones has it. */
const LOGGED = { rpoSeconds: 0, rtoSeconds: failover };

/**
 * Its own snapshots are daily, and take up to an hour; AWS Backup does not know it. How long a restore takes depends on the
 * size: four hours is what we reckon with.
 */
const BY_DAILY_SNAPSHOTS = { rpoSeconds: 25 * 3600, rtoSeconds: 4 * 3600 };

/**
 * Caches and stores in memory, each in every way of replicating. Damage to a cache is not repaired: what is in it is made
 * again from the store behind it, so no repair is owed. A durable store in memory has its daily snapshots.
 *
 * @internal
 */
export const CACHES = {
  elastiCache: {
    store: 'ElastiCache Multi-AZ',
    family: 'cache',
    instance: NODE_LOST,
    availabilityZone: NODE_LOST,
    region: LOST,
    dataRepair: LOST,
    source: `${ELASTICACHE}/AutoFailover.html`,
    asOf: '2026-11',
    confidence: 'assumed',
  },
  elastiCacheGlobal: {
    store: 'ElastiCache Global Datastore',
    family: 'cache',
    instance: NODE_LOST,
    availabilityZone: NODE_LOST,
    // The page says "typically under one second" and "under a minute" for the promotion, which somebody must start.
    region: { rpoSeconds: 10, rtoSeconds: 300 },
    dataRepair: LOST,
    source: `${ELASTICACHE}/Redis-Global-Datastore.html`,
    asOf: '2026-11',
    confidence: 'assumed',
  },
  memoryDb: {
    store: 'MemoryDB Multi-AZ',
    family: 'cache',
    instance: LOGGED,
    availabilityZone: LOGGED,
    region: LOST,
    dataRepair: BY_DAILY_SNAPSHOTS,
    source: `${MEMORYDB}/autofailover.html`,
    asOf: '2026-11',
    // That nothing is lost is documented; how long a failover takes is not.
    confidence: 'assumed',
  },
  memoryDbMultiRegion: {
    store: 'MemoryDB Multi-Region',
    family: 'cache',
    instance: LOGGED,
    availabilityZone: LOGGED,
    // Every region takes writes, so nobody waits; what it has not sent yet is lost.
    region: { ...UNHARMED, rpoSeconds: 10 },
    dataRepair: BY_DAILY_SNAPSHOTS,
    source: `${MEMORYDB}/multi-Region.monitoring.html`,
    asOf: '2026-11',
    confidence: 'assumed',
  },
} as const satisfies Record<string, StoreFact>;
