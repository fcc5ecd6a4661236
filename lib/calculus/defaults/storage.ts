import type { ServiceDefaults } from '../service-default';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const S3_ENCRYPTION =
  'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm';

/** What the services of this area take where a property is left out. @internal */
export const STORAGE_DEFAULTS: ServiceDefaults = {
  'AWS::EC2::Instance': {
    DisableApiTermination: { value: false, source: `${CFN}/aws-resource-ec2-instance.html` },
    EbsOptimized: { value: false, source: `${CFN}/aws-resource-ec2-instance.html` },
    Monitoring: { value: false, source: `${CFN}/aws-resource-ec2-instance.html` },
  },
  'AWS::EC2::Volume': { Encrypted: { value: false, source: `${CFN}/aws-resource-ec2-volume.html` } },
  'AWS::EFS::FileSystem': { Encrypted: { value: false, source: `${CFN}/aws-resource-efs-filesystem.html` } },
  'AWS::FSx::FileSystem': {
    'LustreConfiguration.AutomaticBackupRetentionDays': {
      value: 0,
      source:
        'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html',
    },
    'LustreConfiguration.CopyTagsToBackups': {
      value: false,
      source:
        'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html',
    },
    'LustreConfiguration.DeploymentType': {
      value: 'SCRATCH_1',
      source:
        'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html',
    },
    'OpenZFSConfiguration.CopyTagsToBackups': {
      value: false,
      source:
        'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemOpenZFSConfiguration.html',
    },
    'OpenZFSConfiguration.CopyTagsToVolumes': {
      value: false,
      source:
        'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemOpenZFSConfiguration.html',
    },
    'WindowsConfiguration.CopyTagsToBackups': {
      value: false,
      source:
        'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemWindowsConfiguration.html',
    },
  },
  'AWS::KMS::Key': {
    EnableKeyRotation: { value: false, source: `${CFN}/aws-resource-kms-key.html` },
    KeySpec: { value: 'SYMMETRIC_DEFAULT', source: `${CFN}/aws-resource-kms-key.html` },
    MultiRegion: { value: false, source: `${CFN}/aws-resource-kms-key.html` },
    Origin: { value: 'AWS_KMS', source: `${CFN}/aws-resource-kms-key.html` },
    PendingWindowInDays: { value: 30, source: `${CFN}/aws-resource-kms-key.html` },
  },
  'AWS::KMS::ReplicaKey': {
    PendingWindowInDays: { value: 30, source: `${CFN}/aws-resource-kms-replicakey.html` },
  },
  'AWS::S3::Bucket': {
    [S3_ENCRYPTION]: {
      value: 'AES256',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html',
    },
    ObjectLockEnabled: { value: false, source: `${CFN}/aws-resource-s3-bucket.html` },
  },
};
