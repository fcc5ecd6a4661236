import { AWS_FACTS } from '../aws-facts';
import { LOST, type StoreFact } from './store';

const DOCS = 'https://docs.aws.amazon.com';
const DOCUMENTDB = `${DOCS}/documentdb/latest/developerguide`;
const NEPTUNE = `${DOCS}/neptune/latest/userguide`;
const OPENSEARCH = `${DOCS}/opensearch-service/latest/developerguide`;

/** The volume is in three zones, so that nothing is lost; no page of DocumentDB gives a time. */
const DOCUMENT_FAILOVER = { rpoSeconds: 0, rtoSeconds: AWS_FACTS.auroraFailoverSeconds.value.worst };

/** "Typically restored in less than 120 seconds, and often less than 60 seconds." */
const GRAPH_FAILOVER = { rpoSeconds: 0, rtoSeconds: 120 };

/** Without a replica the instance is made again, "typically less than 10 minutes". */
const MADE_AGAIN = { rpoSeconds: 0, rtoSeconds: 600 };

/** Without a replica, in another zone: nobody says how long; a person may be needed. */
const MADE_ELSEWHERE = { rpoSeconds: 0, rtoSeconds: 3600 };

/** The same storage replication as that of Aurora, so what is reckoned with there. */
const GLOBAL = {
  rpoSeconds: AWS_FACTS.auroraGlobalLagSeconds.value.worst,
  rtoSeconds: AWS_FACTS.auroraGlobalFailoverSeconds.value.worst,
};

/** Without instances in the other region, one is made before it can be promoted. */
const GLOBAL_HEADLESS = { ...GLOBAL, rtoSeconds: GLOBAL.rtoSeconds + MADE_AGAIN.rtoSeconds };

/** Continuous backups end up to five minutes before now; how long a restore takes depends on the size. */
const POINT_IN_TIME = { rpoSeconds: 300, rtoSeconds: 4 * 3600 };

const DOCUMENTDB_CLUSTER = {
  family: 'document',
  instance: DOCUMENT_FAILOVER,
  availabilityZone: DOCUMENT_FAILOVER,
  dataRepair: POINT_IN_TIME,
  asOf: '2026-11',
  confidence: 'assumed',
} as const;

const NEPTUNE_CLUSTER = {
  family: 'graph',
  instance: GRAPH_FAILOVER,
  availabilityZone: GRAPH_FAILOVER,
  dataRepair: POINT_IN_TIME,
  asOf: '2026-11',
  confidence: 'assumed',
} as const;

/** A snapshot is made each hour and kept for 14 days; it cannot leave the domain. */
const HOURLY_SNAPSHOTS = { rpoSeconds: 3600, rtoSeconds: 4 * 3600 };

const OPENSEARCH_DOMAIN = { family: 'search', dataRepair: HOURLY_SNAPSHOTS, asOf: '2026-11' } as const;

/** Documents, graphs and search, each in every way of replicating. @internal */
export const DOCUMENTS_GRAPHS_SEARCH = {
  documentDb: {
    ...DOCUMENTDB_CLUSTER,
    store: 'DocumentDB cluster with replicas',
    region: LOST,
    source: `${DOCUMENTDB}/failover.html`,
  },
  documentDbAlone: {
    ...DOCUMENTDB_CLUSTER,
    store: 'DocumentDB cluster with one instance',
    instance: MADE_AGAIN,
    availabilityZone: MADE_ELSEWHERE,
    region: LOST,
    source: `${DOCUMENTDB}/failover.html`,
  },
  documentDbGlobal: {
    ...DOCUMENTDB_CLUSTER,
    store: 'DocumentDB global cluster',
    region: GLOBAL,
    source: `${DOCUMENTDB}/global-clusters.html`,
  },
  documentDbGlobalHeadless: {
    ...DOCUMENTDB_CLUSTER,
    store: 'DocumentDB global cluster without instances in the other region',
    region: GLOBAL_HEADLESS,
    source: `${DOCUMENTDB}/global-clusters.html`,
  },
  neptune: {
    ...NEPTUNE_CLUSTER,
    store: 'Neptune cluster with replicas',
    region: LOST,
    source: `${NEPTUNE}/backup-restore-overview-fault-tolerance.html`,
  },
  neptuneAlone: {
    ...NEPTUNE_CLUSTER,
    store: 'Neptune cluster with one instance',
    instance: MADE_AGAIN,
    availabilityZone: MADE_ELSEWHERE,
    region: LOST,
    source: `${NEPTUNE}/backup-restore-overview-fault-tolerance.html`,
  },
  neptuneGlobal: {
    ...NEPTUNE_CLUSTER,
    store: 'Neptune global database',
    region: GLOBAL,
    source: `${NEPTUNE}/neptune-global-database.html`,
  },
  neptuneGlobalHeadless: {
    ...NEPTUNE_CLUSTER,
    store: 'Neptune global database without instances in the other region',
    region: GLOBAL_HEADLESS,
    source: `${NEPTUNE}/neptune-global-database.html`,
  },
  openSearchStandby: {
    ...OPENSEARCH_DOMAIN,
    store: 'OpenSearch domain with Multi-AZ with Standby',
    instance: { rpoSeconds: 0, rtoSeconds: 60 },
    // "In less than a minute", says a post of AWS, not the guide.
    availabilityZone: { rpoSeconds: 0, rtoSeconds: 60 },
    region: LOST,
    source: `${OPENSEARCH}/managedomains-multiaz.html`,
    confidence: 'assumed',
  },
  openSearchMultiAz: {
    ...OPENSEARCH_DOMAIN,
    store: 'OpenSearch domain in several zones',
    instance: { rpoSeconds: 0, rtoSeconds: 300 },
    availabilityZone: { rpoSeconds: 0, rtoSeconds: 600 },
    region: LOST,
    source: `${OPENSEARCH}/managedomains-multiaz.html`,
    confidence: 'assumed',
  },
  openSearchReplicated: {
    ...OPENSEARCH_DOMAIN,
    store: 'OpenSearch with cross-cluster replication, set up by hand since CloudFormation has none',
    instance: { rpoSeconds: 0, rtoSeconds: 60 },
    availabilityZone: { rpoSeconds: 0, rtoSeconds: 60 },
    region: { rpoSeconds: 60, rtoSeconds: 900 },
    source: `${OPENSEARCH}/replication.html`,
    confidence: 'assumed',
  },
} as const satisfies Record<string, StoreFact>;
