import { fileServerIsBackedUp, fileServerTagsReachBackups } from '../../../lib/audit/rules/fsx-data';
import { REBUILDABLE } from '../../support/rebuildable';
import { checks } from '../../support/rule-cases';

const PARAMETERS = { Given: { Type: 'String' } };
const one = (Properties: object, more: object = {}) => ({
  Parameters: PARAMETERS,
  Resources: { Subject: { Type: 'AWS::FSx::FileSystem', Properties }, ...more },
});
const windows = (WindowsConfiguration: object) => ({ FileSystemType: 'WINDOWS', WindowsConfiguration });
const lustre = (LustreConfiguration: object) => ({ FileSystemType: 'LUSTRE', LustreConfiguration });
const openZfs = (OpenZFSConfiguration: object) => ({ FileSystemType: 'OPENZFS', OpenZFSConfiguration });
const PLAN = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{}] } } };

checks(fileServerIsBackedUp, {
  passes: {
    'backups are kept for a week': windows({ AutomaticBackupRetentionDays: 7 }),
    'files for computing are backed up': lustre({
      DeploymentType: 'PERSISTENT_2',
      AutomaticBackupRetentionDays: 7,
    }),
    'a plan selects it': one(windows({ AutomaticBackupRetentionDays: 0 }), {
      Plan: PLAN,
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: {
          BackupPlanId: { Ref: 'Plan' },
          BackupSelection: { Resources: ['arn:aws:fsx:*:*:file-system/*'] },
        },
      },
    }),
  },
  fails: {
    'its backups are off': windows({ AutomaticBackupRetentionDays: 0 }),
    'files for computing have none by default': lustre({ DeploymentType: 'PERSISTENT_1' }),
  },
  unknown: {
    'the days are a parameter without a default': one(
      windows({ AutomaticBackupRetentionDays: { Ref: 'Given' } }),
    ),
    'the kind is a parameter without a default': one({ FileSystemType: { Ref: 'Given' } }),
    'whether it lasts is a parameter without a default': one(lustre({ DeploymentType: { Ref: 'Given' } })),
  },
  notApplicable: {
    'it is scratch space': lustre({ DeploymentType: 'SCRATCH_2' }),
    'it is scratch space by default': lustre({}),
    'it is declared rebuildable': { ...windows({ AutomaticBackupRetentionDays: 0 }), ...REBUILDABLE },
  },
  equivalent: {
    '*.FileSystemType': 'each kind has settings and defaults of its own',
    '*.DeploymentType': 'what does not last need not be backed up',
    'Subject.WindowsConfiguration.AutomaticBackupRetentionDays':
      'where a plan selects it, or by default, there are backups',
  },
});

checks(fileServerTagsReachBackups, {
  passes: {
    'backups of Windows have them': windows({ CopyTagsToBackups: true }),
    'backups of files for computing have them': lustre({
      DeploymentType: 'PERSISTENT_2',
      CopyTagsToBackups: 'true',
    }),
    'backups and volumes of OpenZFS have them': openZfs({ CopyTagsToBackups: true, CopyTagsToVolumes: true }),
  },
  fails: {
    'nothing is said': windows({}),
    'volumes of OpenZFS do not have them': openZfs({ CopyTagsToBackups: true }),
  },
  unknown: {
    'it is a parameter without a default': one(windows({ CopyTagsToBackups: { Ref: 'Given' } })),
    'the kind is a parameter without a default': one({ FileSystemType: { Ref: 'Given' } }),
    'the kind is new': { FileSystemType: 'NEW' },
  },
  notApplicable: {
    'it is ONTAP, which copies none': { FileSystemType: 'ONTAP' },
    'it is scratch space': lustre({}),
  },
  equivalent: {
    '*.DeploymentType': 'what does not last has no backups',
  },
});
