import { RestoreTestType } from './restore-test-type';

/**
 * What AWS Backup backs up, by the type in a template, and what restore testing calls it; `undefined` where it restores
 * no such thing as a test.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html
 * @internal
 */
export const BACKED_UP_TYPES: Readonly<Record<string, RestoreTestType | undefined>> = {
  'AWS::DSQL::Cluster': undefined,
  'AWS::DocDB::DBCluster': RestoreTestType.DOCUMENTDB,
  'AWS::DynamoDB::GlobalTable': RestoreTestType.DYNAMODB,
  'AWS::DynamoDB::Table': RestoreTestType.DYNAMODB,
  'AWS::EC2::Instance': RestoreTestType.EC2,
  'AWS::EC2::Volume': RestoreTestType.EBS,
  'AWS::EFS::FileSystem': RestoreTestType.EFS,
  'AWS::EKS::Cluster': undefined,
  'AWS::FSx::FileSystem': RestoreTestType.FSX,
  'AWS::FSx::Volume': undefined,
  'AWS::Neptune::DBCluster': RestoreTestType.NEPTUNE,
  'AWS::RDS::DBCluster': RestoreTestType.AURORA,
  'AWS::RDS::DBInstance': RestoreTestType.RDS,
  'AWS::Redshift::Cluster': undefined,
  'AWS::RedshiftServerless::Namespace': undefined,
  'AWS::S3::Bucket': RestoreTestType.S3,
  'AWS::Timestream::Table': undefined,
};
