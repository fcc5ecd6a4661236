import { keyOutlivesData } from '../../../lib/audit/rules/key-lifetime';
import { checks } from '../../support/rule-cases';

const KEY = 'AWS::KMS::Key';
const ARN = { 'Fn::GetAtt': ['Subject', 'Arn'] };
const VOLUME = { Type: 'AWS::EC2::Volume', Properties: { KmsKeyId: ARN } };
const keyed = (key: object, users: object = { Volume: VOLUME }) => ({
  Parameters: { Given: { Type: 'String' } },
  Resources: { Subject: { Type: KEY, DeletionPolicy: 'Retain', ...key }, ...users },
});
const window = (PendingWindowInDays: unknown) => ({ Properties: { PendingWindowInDays } });
const logs = (RetentionInDays: unknown) => ({
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: ARN, RetentionInDays } },
});
const BACKUPS = {
  Vault: { Type: 'AWS::Backup::BackupVault', Properties: { EncryptionKeyArn: ARN } },
  Plan: {
    Type: 'AWS::Backup::BackupPlan',
    Properties: {
      BackupPlan: {
        BackupPlanRule: [{ TargetBackupVault: { Ref: 'Vault' }, Lifecycle: { DeleteAfterDays: 14 } }],
      },
    },
  },
};
const NO_USER = 'a key that encrypts nothing may go';

checks(keyOutlivesData, {
  passes: {
    'it stays, and waits for a month': keyed(window(30)),
    'it waits as long as logs are kept': keyed(window(14), logs(14)),
    'it waits as long as messages are kept': keyed(window(14), {
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: { KmsMasterKeyId: ARN, MessageRetentionPeriod: 1_209_600 },
      },
    }),
    'it waits as long as backups are kept': keyed(window(14), BACKUPS),
    'a replica waits for a month': {
      Resources: {
        Subject: { Type: 'AWS::KMS::ReplicaKey', DeletionPolicy: 'Retain', ...window(30) },
        Volume: VOLUME,
      },
    },
  },
  fails: {
    'it goes with its stack': keyed({ DeletionPolicy: 'Delete' }),
    'it goes before its data': keyed(window(7)),
    'it goes before logs': keyed(window(7), logs(14)),
    'it goes before backups': keyed(window(7), BACKUPS),
    'it goes before logs that are kept for ever': keyed(window(7), {
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: ARN } },
    }),
  },
  unknown: {
    'the days are a parameter without a default': keyed(window({ Ref: 'Given' })),
    'how long logs are kept is a parameter without a default': keyed(window(7), logs({ Ref: 'Given' })),
    'a macro may write what it encrypts': { Transform: 'Data', Resources: { Subject: { Type: KEY } } },
  },
  notApplicable: { 'it encrypts nothing': { Resources: { Subject: { Type: KEY } } } },
  equivalent: {
    'Volume.KmsKeyId': NO_USER,
    'Logs.KmsKeyId': NO_USER,
    'Queue.KmsMasterKeyId': NO_USER,
    'Vault.EncryptionKeyArn': NO_USER,
  },
});
