import { fileSystemIsBackedUp, fileSystemIsEncrypted } from '../../../lib/audit/rules/efs-data';
import { MAYBE_REBUILDABLE } from '../../support/rebuildable';
import { checks } from '../../support/rule-cases';

const FILES = 'AWS::EFS::FileSystem';
const PARAMETERS = { Given: { Type: 'String' } };
const one = (Properties: object, more: object = {}) => ({
  Parameters: PARAMETERS,
  Resources: { Subject: { Type: FILES, Properties }, ...more },
});
const PLAN = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{}] } } };
const planned = (arn: string) =>
  one(
    {},
    {
      Plan: PLAN,
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: [arn] } },
      },
    },
  );

checks(fileSystemIsBackedUp, {
  passes: {
    'it is backed up by itself': { BackupPolicy: { Status: 'ENABLED' } },
    'a plan selects it': planned('arn:aws:elasticfilesystem:*:*:file-system/*'),
  },
  fails: {
    'nothing backs it up': {},
    'its backups are off': { BackupPolicy: { Status: 'DISABLED' } },
    'the plan selects tables': planned('arn:aws:dynamodb:*:*:table/*'),
  },
  unknown: {
    'its backups are a parameter without a default': one({ BackupPolicy: { Status: { Ref: 'Given' } } }),
    'whether it is rebuildable is known only at deploy': {
      Parameters: MAYBE_REBUILDABLE.template.Parameters,
      Resources: {
        Subject: { Type: FILES, Properties: { FileSystemTags: MAYBE_REBUILDABLE.Properties.Tags } },
      },
    },
  },
  notApplicable: {
    'it is declared rebuildable': { FileSystemTags: [{ Key: 'resilience:rebuildable', Value: 'true' }] },
  },
});

checks(fileSystemIsEncrypted, {
  passes: {
    'it is encrypted': { Encrypted: true },
    'it is encrypted by a text': { Encrypted: 'true' },
  },
  fails: {
    'nothing is said': {},
    'it is not encrypted': { Encrypted: false },
  },
  unknown: { 'it is a parameter without a default': one({ Encrypted: { Ref: 'Given' } }) },
  notApplicable: 'every file system can be encrypted',
});
