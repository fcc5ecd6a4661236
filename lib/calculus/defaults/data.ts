import type { ServiceDefault, ServiceDefaults } from '../service-default';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

const of =
  (page: string) =>
  (value: ServiceDefault['value'], source = `${CFN}/${page}.html`): ServiceDefault => ({ value, source });

const docdb = of('aws-resource-docdb-dbcluster');
const neptune = of('aws-resource-neptune-dbcluster');
const replicationGroup = of('aws-resource-elasticache-replicationgroup');
const cacheCluster = of('aws-resource-elasticache-cachecluster');
const memorydb = of('aws-resource-memorydb-cluster');
const opensearch = of('aws-properties-opensearchservice-domain-clusterconfig');
const elasticsearch = of('aws-properties-elasticsearch-domain-elasticsearchclusterconfig');
const redshift = of('aws-resource-redshift-cluster');
const dms = of('aws-resource-dms-replicationinstance');

/** Where there are any, the service refuses fewer. */
const MASTERS = 'https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_ClusterConfig.html';
const NEPTUNE_API = 'https://docs.aws.amazon.com/neptune/latest/userguide/api-instances.html';
const UPDATES =
  'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/service-software.html#service-software-optional-required';

/** What the services of this area take where a property is left out. @internal */
export const DATA_DEFAULTS: ServiceDefaults = {
  'AWS::DMS::ReplicationInstance': { AutoMinorVersionUpgrade: dms(true), MultiAZ: dms(false) },
  'AWS::DocDB::DBCluster': {
    BackupRetentionPeriod: docdb(1),
    DeletionProtection: docdb(false),
    StorageEncrypted: docdb(false),
  },
  'AWS::ElastiCache::CacheCluster': {
    AutoMinorVersionUpgrade: cacheCluster(true),
    SnapshotRetentionLimit: cacheCluster(0),
  },
  'AWS::ElastiCache::ReplicationGroup': {
    AutoMinorVersionUpgrade: replicationGroup(true),
    AutomaticFailoverEnabled: replicationGroup(false),
    MultiAZEnabled: replicationGroup(false),
    NumCacheClusters: replicationGroup(1),
    SnapshotRetentionLimit: replicationGroup(0),
  },
  'AWS::Elasticsearch::Domain': {
    'ElasticsearchClusterConfig.DedicatedMasterCount': elasticsearch(3, MASTERS),
    'ElasticsearchClusterConfig.DedicatedMasterEnabled': elasticsearch(false),
    'ElasticsearchClusterConfig.InstanceCount': elasticsearch(1),
    'ElasticsearchClusterConfig.ZoneAwarenessEnabled': elasticsearch(false),
  },
  'AWS::MemoryDB::Cluster': {
    AutoMinorVersionUpgrade: memorydb(true),
    NumReplicasPerShard: memorydb(1),
    SnapshotRetentionLimit: memorydb(0),
  },
  'AWS::Neptune::DBCluster': {
    BackupRetentionPeriod: neptune(1),
    CopyTagsToSnapshot: neptune(false),
    DeletionProtection: neptune(false),
    StorageEncrypted: neptune(false),
  },
  'AWS::Neptune::DBInstance': {
    AutoMinorVersionUpgrade: neptune(true, NEPTUNE_API),
  },
  'AWS::OpenSearchService::Domain': {
    'ClusterConfig.DedicatedMasterCount': opensearch(3, MASTERS),
    'ClusterConfig.DedicatedMasterEnabled': opensearch(false),
    'ClusterConfig.InstanceCount': opensearch(1),
    'ClusterConfig.MultiAZWithStandbyEnabled': opensearch(false),
    'ClusterConfig.ZoneAwarenessEnabled': opensearch(false),
    'SoftwareUpdateOptions.AutoSoftwareUpdateEnabled': opensearch(false, UPDATES),
  },
  'AWS::QLDB::Ledger': { DeletionProtection: of('aws-resource-qldb-ledger')(true) },
  'AWS::Redshift::Cluster': {
    AllowVersionUpgrade: redshift(true),
    AutomatedSnapshotRetentionPeriod: redshift(1),
    Encrypted: redshift(true),
    EnhancedVpcRouting: redshift(false),
    MultiAZ: redshift(false),
  },
};
