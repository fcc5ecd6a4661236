import { Grouped } from '../grouped';
import { valuesAt } from '../network/zones';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { isMap, type Unknown, type Value } from '../value';

/** Where the types that hold data or backups name the keys that encrypt them. */
const KEY_PATHS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Backup::BackupVault': ['EncryptionKeyArn'],
  'AWS::Backup::LogicallyAirGappedBackupVault': ['EncryptionKeyArn'],
  'AWS::Cassandra::Table': ['EncryptionSpecification.KmsKeyIdentifier'],
  'AWS::CloudTrail::Trail': ['KMSKeyId'],
  'AWS::DSQL::Cluster': ['KmsEncryptionKey'],
  'AWS::DocDB::DBCluster': ['KmsKeyId'],
  'AWS::DocDBElastic::Cluster': ['KmsKeyId'],
  'AWS::DynamoDB::GlobalTable': ['Replicas.*.SSESpecification.KMSMasterKeyId'],
  'AWS::DynamoDB::Table': ['SSESpecification.KMSMasterKeyId'],
  'AWS::EC2::Instance': ['BlockDeviceMappings.*.Ebs.KmsKeyId'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData.BlockDeviceMappings.*.Ebs.KmsKeyId'],
  'AWS::EC2::Volume': ['KmsKeyId'],
  'AWS::ECR::Repository': ['EncryptionConfiguration.KmsKey'],
  'AWS::EFS::FileSystem': ['KmsKeyId'],
  'AWS::ElastiCache::ReplicationGroup': ['KmsKeyId'],
  'AWS::ElastiCache::ServerlessCache': ['KmsKeyId'],
  'AWS::FSx::FileSystem': ['KmsKeyId'],
  'AWS::Kinesis::Stream': ['StreamEncryption.KeyId'],
  'AWS::Logs::LogGroup': ['KmsKeyId'],
  'AWS::MSK::Cluster': ['EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId'],
  'AWS::MemoryDB::Cluster': ['KmsKeyId'],
  'AWS::Neptune::DBCluster': ['KmsKeyId'],
  'AWS::OpenSearchService::Domain': ['EncryptionAtRestOptions.KmsKeyId'],
  'AWS::RDS::DBCluster': ['KmsKeyId', 'MasterUserSecret.KmsKeyId', 'PerformanceInsightsKmsKeyId'],
  'AWS::RDS::DBInstance': ['KmsKeyId', 'MasterUserSecret.KmsKeyId', 'PerformanceInsightsKMSKeyId'],
  'AWS::Redshift::Cluster': ['KmsKeyId'],
  'AWS::RedshiftServerless::Namespace': ['KmsKeyId'],
  'AWS::S3::Bucket': [
    'BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault.KMSMasterKeyID',
  ],
  'AWS::SQS::Queue': ['KmsMasterKeyId'],
  'AWS::SecretsManager::Secret': ['KmsKeyId'],
  'AWS::Timestream::Database': ['KmsKeyId'],
};

/** The types that name the keys that encrypt them. */
export const ENCRYPTED_TYPES: readonly string[] = Object.keys(KEY_PATHS);

/** A key that a resource names. */
export interface NamedKey {
  /** The property that names it; `*` stands for any entry of a list. */
  readonly path: string;
  readonly value: Value;

  /** The key, or why it cannot be told. */
  readonly key: Resource | Unknown;
}

/** The keys that encrypt a resource, as far as it names any. */
export function keysOf(resource: Resource): readonly NamedKey[] {
  return (KEY_PATHS[resource.type] ?? []).flatMap((path) =>
    valuesAt(resource, path)
      .filter((value) => value !== null && value !== '' && !isMap(value))
      .map((value) => ({ path, value, key: keyNamed(value, resource) })),
  );
}

/** The key that a value names, by reference, ARN or alias. */
export function keyNamed(value: Value, from: Resource): Resource | Unknown {
  const found = from.stack.graph.resolve(value, from);
  if (!(found instanceof Resource) || found.type !== 'AWS::KMS::Alias') return found;
  return found.target('TargetKeyId') ?? found;
}

/** What a key of the app encrypts. */
export function encryptedBy(key: Resource): readonly Resource[] {
  return usersOfKeys(key.stack.graph).of(key);
}

const usersOfKeys = oncePerGraph((graph) => {
  const users = new Grouped<Resource, Resource>();
  for (const resource of graph.ofType(...ENCRYPTED_TYPES)) {
    for (const { key } of keysOf(resource)) {
      if (key instanceof Resource) users.add(key, resource);
    }
  }
  return users;
});

/** A key that AWS manages for all resources of a service, named by its alias. */
const AWS_MANAGED = /(^|:|\/)alias\/aws\//;

/** Whether a value names a key that AWS manages. */
export function isAwsManaged(value: Value | undefined): boolean {
  return typeof value === 'string' && AWS_MANAGED.test(value);
}
