import type { Fact } from './fact';

const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/**
 * Changes that keep what holds data in place and stop it for a while. The resource schemas do not tell of them; the pages of
 * the types do.
 */
export const INTERRUPTING_PROPERTIES: Readonly<Record<string, Fact<readonly string[]>>> = {
  'AWS::RDS::DBInstance': interrupting('aws-resource-rds-dbinstance', [
    'DBInstanceClass',
    'EngineVersion',
    'StorageType',
  ]),
  'AWS::RDS::DBCluster': interrupting('aws-resource-rds-dbcluster', [
    'EngineVersion',
    'DBClusterInstanceClass',
  ]),
  'AWS::DocDB::DBCluster': interrupting('aws-resource-docdb-dbcluster', ['EngineVersion']),
  'AWS::Neptune::DBCluster': interrupting('aws-resource-neptune-dbcluster', ['EngineVersion']),
  'AWS::ElastiCache::ReplicationGroup': interrupting('aws-resource-elasticache-replicationgroup', [
    'CacheNodeType',
    'EngineVersion',
  ]),
  'AWS::EC2::Instance': interrupting('aws-resource-ec2-instance', ['InstanceType', 'EbsOptimized']),
};

function interrupting(page: string, value: readonly string[]): Fact<readonly string[]> {
  return { value, source: `${GUIDE}/${page}.html`, asOf: '2026-11', confidence: 'unverified' };
}
