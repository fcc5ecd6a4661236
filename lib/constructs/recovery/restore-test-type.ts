/**
 * A type of resource that AWS Backup restores as a test.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html
 */
export enum RestoreTestType {
  /** Clusters of Amazon Aurora. */
  AURORA = 'Aurora',

  /** Clusters of Amazon DocumentDB. */
  DOCUMENTDB = 'DocumentDB',

  /** Tables of Amazon DynamoDB. */
  DYNAMODB = 'DynamoDB',

  /** Volumes of Amazon EBS. */
  EBS = 'EBS',

  /** Instances of Amazon EC2. */
  EC2 = 'EC2',

  /** File systems of Amazon EFS. */
  EFS = 'EFS',

  /** File systems of Amazon FSx. */
  FSX = 'FSx',

  /** Clusters of Amazon Neptune. */
  NEPTUNE = 'Neptune',

  /** Instances of Amazon RDS, and clusters that are not Aurora. */
  RDS = 'RDS',

  /** Buckets of Amazon S3. */
  S3 = 'S3',
}
