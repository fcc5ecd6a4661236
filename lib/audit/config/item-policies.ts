/**
 * Rules without a managed rule whose properties stand in the configuration item as in the template, by the type that
 * AWS Config records.
 *
 * @see https://github.com/awslabs/aws-config-resource-schema
 */
export const SAME_IN_ITEM: Readonly<Record<string, string>> = {
  'AMQ-03': 'AWS::AmazonMQ::Broker',
  'BKP-04': 'AWS::Backup::BackupVault',
  'EVB-01': 'AWS::Events::Rule',
  'MSK-04': 'AWS::MSK::Cluster',
};

const OTHER_NAMES = 'its configuration item has names of its own, not those of CloudFormation';
const NOT_IN_ITEM = 'the property is not in the schema of its configuration item';
const NOT_RECORDED = 'AWS Config has no schema for the type, or records it as part of another';

/** Rules that CloudFormation Guard can judge in a template, and AWS Config not: why. */
export const NOT_IN_CONFIG: Readonly<Record<string, string>> = {
  'API-04': 'the managed rule asks for encryption of the cache, too',
  'ASG-04': OTHER_NAMES,
  'ASG-06': OTHER_NAMES,
  'DDB-02': OTHER_NAMES,
  'DDB-08': OTHER_NAMES,
  'EC2-01': NOT_IN_ITEM,
  'EKS-01': NOT_IN_ITEM,
  'ELB-05': OTHER_NAMES,
  'LAM-02': NOT_RECORDED,
  'LAM-08': OTHER_NAMES,
  'MDB-02': NOT_RECORDED,
  'MDB-03': NOT_RECORDED,
  'MWA-01': NOT_RECORDED,
  'NEP-04': NOT_RECORDED,
  'QLD-01': 'AWS has ended QLDB',
  'RDS-16': OTHER_NAMES,
  'SNS-01': NOT_RECORDED,
};
