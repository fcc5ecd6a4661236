/**
 * What AWS Backup backs up, by the type in a template, and what restore testing calls it; `undefined` where it restores
 * no such thing as a test.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html
 * @internal
 */
export const BACKED_UP_TYPES: Readonly<Record<string, string | undefined>> = {
  'AWS::DSQL::Cluster': undefined,
  'AWS::DocDB::DBCluster': 'DocumentDB',
  'AWS::DynamoDB::GlobalTable': 'DynamoDB',
  'AWS::DynamoDB::Table': 'DynamoDB',
  'AWS::EC2::Instance': 'EC2',
  'AWS::EC2::Volume': 'EBS',
  'AWS::EFS::FileSystem': 'EFS',
  'AWS::EKS::Cluster': undefined,
  'AWS::FSx::FileSystem': 'FSx',
  'AWS::FSx::Volume': undefined,
  'AWS::Neptune::DBCluster': 'Neptune',
  'AWS::RDS::DBCluster': 'Aurora',
  'AWS::RDS::DBInstance': 'RDS',
  'AWS::Redshift::Cluster': undefined,
  'AWS::RedshiftServerless::Namespace': undefined,
  'AWS::S3::Bucket': 'S3',
  'AWS::Timestream::Table': undefined,
};
