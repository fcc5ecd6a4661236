import {
  absent,
  atLeast,
  filled,
  type GuardRule,
  guard,
  guardBy,
  guardParts,
  guardWhen,
  is,
  matches,
  NOT_REBUILDABLE,
  orAbsent,
} from './clause';

const BUCKET = ['AWS::S3::Bucket'];
const TRAIL = ['AWS::CloudTrail::Trail'];
const LOG_GROUP = ['AWS::Logs::LogGroup'];
const RETENTION = 'ObjectLockConfiguration.Rule.DefaultRetention';
const ALGORITHM =
  'BucketEncryption.ServerSideEncryptionConfiguration[*].ServerSideEncryptionByDefault.SSEAlgorithm';

/** Files, objects, keys, vaults and what is logged. */
export const STORAGE: readonly GuardRule[] = [
  guardWhen('S3-01', BUCKET, [NOT_REBUILDABLE], is('VersioningConfiguration.Status', 'Enabled')),
  guard('S3-04', BUCKET, is('ObjectLockEnabled', true), is(`${RETENTION}.Mode`, 'GOVERNANCE', 'COMPLIANCE'), [
    atLeast(`${RETENTION}.Days`, 1),
    atLeast(`${RETENTION}.Years`, 1),
  ]),
  guard('S3-10', BUCKET, filled('LoggingConfiguration')),
  guard('S3-11', BUCKET, [absent('BucketEncryption'), is(ALGORITHM, 'AES256', 'aws:kms', 'aws:kms:dsse')]),
  guard('S3-12', BUCKET, is(ALGORITHM, 'aws:kms', 'aws:kms:dsse')),
  guard('EFS-03', ['AWS::EFS::FileSystem'], is('Encrypted', true)),
  guardParts(
    'FSX-02',
    fileServer('^[wW][iI][nN][dD][oO][wW][sS]$', 'WindowsConfiguration'),
    fileServer('^[oO][nN][tT][aA][pP]$', 'OntapConfiguration'),
    fileServer('^[oO][pP][eE][nN][zZ][fF][sS]$', 'OpenZFSConfiguration'),
  ),
  guard('BKP-04', ['AWS::Backup::BackupVault'], filled('EncryptionKeyArn')),
  guardWhen(
    'KMS-01',
    ['AWS::KMS::Key'],
    [orAbsent(is('KeySpec', 'SYMMETRIC_DEFAULT')), orAbsent(is('Origin', 'AWS_KMS'))],
    is('EnableKeyRotation', true),
  ),
  guardBy('CWL-01', LOG_GROUP, ({ minimumDays }) => [atLeast('RetentionInDays', Number(minimumDays))]),
  guard('CWL-02', LOG_GROUP, filled('KmsKeyId')),
  guard('CTR-02', TRAIL, is('IsMultiRegionTrail', true)),
  guard('CTR-03', TRAIL, is('EnableLogFileValidation', true)),
  guard('CTR-04', TRAIL, filled('CloudWatchLogsLogGroupArn')),
  guard('CTR-05', TRAIL, filled('KMSKeyId')),
];

function fileServer(kind: string, configuration: string) {
  return {
    types: ['AWS::FSx::FileSystem'],
    when: [matches('FileSystemType', kind)],
    needs: [matches(`${configuration}.DeploymentType`, '^MULTI_AZ_')],
  };
}
