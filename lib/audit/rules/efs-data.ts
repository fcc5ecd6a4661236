import { coveredByBackup } from '../../assembly/backup/backup-coverage';
import { efsBackupPolicy } from '../../assembly/data/stateful-protections';
import { any, fail, type Judgement } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import * as families from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const FILES = ['AWS::EFS::FileSystem'];
const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';

export const fileSystemIsBackedUp: Rule = {
  id: 'EFS-01',
  title: 'File systems are backed up, by themselves or by a backup plan.',
  kind: 'backup',
  why: 'Zones guard against broken disks, not against people: a deleted or encrypted file is so in every zone at once.',
  fix: 'set BackupPolicy.Status to ENABLED, or select the file system in a backup plan',
  severity: MEDIUM,
  appliesTo: FILES,
  controls: families.BACKUP_COVERAGE,
  sources: [`${CONFIG}/efs-resources-protected-by-backup-plan.html`],
  check: (fileSystem, { service }) => unlessRebuildable(fileSystem, service, isBackedUp),
};

export const fileSystemIsEncrypted: Rule = {
  id: 'EFS-03',
  title: 'File systems are encrypted.',
  kind: 'compliance',
  why: 'Encryption is chosen once, when the file system is made: afterwards all data must be moved to a new one.',
  fix: 'make a new file system with Encrypted, and copy the data',
  severity: HIGH,
  appliesTo: FILES,
  replaces: ['Encrypted'],
  controls: families.ENCRYPTION_KEYS,
  sources: ['https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html'],
  check: (fileSystem) => fileSystem.is('Encrypted', true),
};

function isBackedUp(fileSystem: Resource): Judgement {
  const judged = any(efsBackupPolicy(fileSystem), coveredByBackup(fileSystem));
  return judged.outcome === 'fail'
    ? fail({
        property: 'BackupPolicy.Status',
        found: 'no automatic backups and no backup plan that selects it',
        needed: 'one of both',
      })
    : judged;
}
