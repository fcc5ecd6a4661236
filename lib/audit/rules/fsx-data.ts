import { coveredByBackup } from '../../assembly/backup/backup-coverage';
import { fsxBackups } from '../../assembly/data/stateful-protections';
import { all, any, fail, type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import * as families from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const FILES = ['AWS::FSx::FileSystem'];

export const fileServerIsBackedUp: Rule = {
  id: 'FSX-01',
  title: 'File servers are backed up, by themselves or by a backup plan.',
  kind: 'backup',
  why: 'When files are deleted or encrypted by an intruder, nothing older is left.',
  fix: 'set AutomaticBackupRetentionDays to 1 or more, or select the file system in a backup plan',
  severity: MEDIUM,
  appliesTo: FILES,
  controls: families.BACKUP_COVERAGE,
  sources: [
    'https://docs.aws.amazon.com/config/latest/developerguide/fsx-resources-protected-by-backup-plan.html',
  ],
  check: (fileSystem, { service }) =>
    unlessRebuildable(fileSystem, service, (own) => unlessScratch(own, isBackedUp)),
};

export const fileServerTagsReachBackups: Rule = {
  id: 'FSX-03',
  title: 'Backups and volumes of file servers carry the tags of the file server.',
  kind: 'backup',
  why: 'Tags select what is kept, copied and cleaned up: a backup without them is found by nobody.',
  fix: 'set CopyTagsToBackups to true, for OpenZFS CopyTagsToVolumes too',
  severity: LOW,
  appliesTo: FILES,
  replaces: ['LustreConfiguration.CopyTagsToBackups', 'WindowsConfiguration.CopyTagsToBackups'],
  controls: families.BACKUP,
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/fsx-controls.html#fsx-1'],
  check: (fileSystem) => unlessScratch(fileSystem, copiesTags),
};

/** The properties that copy tags, by the kind of file system. ONTAP has none. */
const TAGS: Readonly<Record<string, readonly string[]>> = {
  LUSTRE: ['LustreConfiguration.CopyTagsToBackups'],
  ONTAP: [],
  OPENZFS: ['OpenZFSConfiguration.CopyTagsToBackups', 'OpenZFSConfiguration.CopyTagsToVolumes'],
  WINDOWS: ['WindowsConfiguration.CopyTagsToBackups'],
};

function copiesTags(fileSystem: Resource): Judgement {
  const kind = kindOf(fileSystem);
  if (kind instanceof Unknown) return unknown('FileSystemType', kind);
  const paths = Object.hasOwn(TAGS, kind) ? TAGS[kind] : undefined;
  if (!paths) return unknown('FileSystemType', `${kind} is no file system that is known here`);
  const judged = all(...paths.map((path) => fileSystem.is(path, true)));
  return judged.outcome === 'notApplicable' ? notApplicable(`${kind} copies no tags to backups`) : judged;
}

function isBackedUp(fileSystem: Resource): Judgement {
  const own = fsxBackups(fileSystem);
  const judged = any(own, coveredByBackup(fileSystem));
  return judged.outcome === 'fail' && own.property !== undefined
    ? fail({
        property: own.property,
        found: `${own.found ?? 'no automatic backups'}, and no backup plan that selects it`,
        needed: 'at least 1 day, or a backup plan',
      })
    : judged;
}

/** Scratch file systems are for data that is made again: AWS backs none of them up. */
function unlessScratch(fileSystem: Resource, judge: (fileSystem: Resource) => Judgement): Judgement {
  const path = 'LustreConfiguration.DeploymentType';
  const kind = kindOf(fileSystem);
  if (kind !== 'LUSTRE') return judge(fileSystem);
  const lasting = fileSystem.judge(path, (type) => /^PERSISTENT/.test(String(type)), 'a lasting type');
  if (lasting.outcome === 'fail') return notApplicable('a scratch file system cannot be backed up');
  const judged = judge(fileSystem);
  return lasting.outcome === 'unknown' && judged.outcome === 'fail' ? lasting : judged;
}

function kindOf(fileSystem: Resource): string | Unknown {
  const kind = fileSystem.text('FileSystemType');
  return kind instanceof Unknown ? kind : (kind ?? 'nothing').toUpperCase();
}
