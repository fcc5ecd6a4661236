import { storageEncryption } from '../../assembly/data/database-encryption';
import { engineOf, isMultiAzDbCluster, judgeStandalone } from '../../assembly/data/database-members';
import { judgeInherited } from '../../assembly/data/database-origin';
import { type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { DELETION_PROTECTION, ENCRYPTION_KEYS, IMMUTABILITY, PATCHING } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';
import { judgeVersion, versionOf } from '../version-support';

const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html';
const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

export const instanceProtectedFromDeletion: Rule = {
  id: 'RDS-09',
  title: 'Database instances cannot be deleted by mistake.',
  kind: 'protection',
  why: 'One wrong call deletes the database and its automated backups with it.',
  fix: 'set DeletionProtection to true',
  severity: MEDIUM,
  appliesTo: [INSTANCE],
  controls: DELETION_PROTECTION,
  sources: [`${CONFIG}/rds-instance-deletion-protection-enabled.html`, `${SECURITY_HUB}#rds-8`],
  check: (instance) => judgeStandalone(instance, isProtected),
};

export const clusterProtectedFromDeletion: Rule = {
  id: 'RDS-10',
  title: 'Database clusters and global databases cannot be deleted by mistake.',
  kind: 'protection',
  why: 'One wrong call deletes the database and its automated backups with it.',
  fix: 'set DeletionProtection to true',
  severity: MEDIUM,
  appliesTo: [CLUSTER, 'AWS::RDS::GlobalCluster'],
  controls: DELETION_PROTECTION,
  sources: [`${CONFIG}/rds-cluster-deletion-protection-enabled.html`, `${SECURITY_HUB}#rds-7`],
  check: isProtected,
};

export const instancePatchedByItself: Rule = {
  id: 'RDS-14',
  title: 'Database instances take minor versions by themselves.',
  kind: 'protection',
  why: 'Corrections of crashes and data loss wait for somebody to remember the database.',
  fix: 'set AutoMinorVersionUpgrade to true',
  severity: MEDIUM,
  appliesTo: [INSTANCE],
  controls: PATCHING,
  sources: [`${CONFIG}/rds-automatic-minor-version-upgrade-enabled.html`, `${SECURITY_HUB}#rds-13`],
  check: unlessCustom(takesMinorVersions),
};

export const multiAzClusterPatchedByItself: Rule = {
  id: 'RDS-15',
  title: 'Multi-AZ database clusters take minor versions by themselves.',
  kind: 'protection',
  why: 'Corrections of crashes and data loss wait for somebody to remember the database.',
  fix: 'set AutoMinorVersionUpgrade to true',
  severity: MEDIUM,
  appliesTo: [CLUSTER],
  controls: PATCHING,
  sources: [`${CONFIG}/rds-cluster-auto-minor-version-upgrade-enable.html`, `${SECURITY_HUB}#rds-35`],
  check: multiAzClusterTakesMinorVersions,
};

export const storageEncrypted: Rule = {
  id: 'RDS-20',
  title: 'The storage of databases is encrypted.',
  kind: 'compliance',
  why: 'Snapshots and copies can be read by whoever gets hold of them, and storage is encrypted only by a restore.',
  fix: 'restore a snapshot into a new one with StorageEncrypted',
  severity: HIGH,
  appliesTo: [INSTANCE, CLUSTER],
  replaces: ['StorageEncrypted'],
  controls: ENCRYPTION_KEYS,
  sources: [`${CONFIG}/rds-storage-encrypted.html`, `${SECURITY_HUB}#rds-3`],
  check: (database) => judgeStandalone(database, storageEncryption),
};

export const replicatedBackupsEncrypted: Rule = {
  id: 'RDS-22',
  title: 'Backups that go to another region are encrypted with a key of that region.',
  kind: 'compliance',
  why: 'AWS replicates encrypted backups only with a key of the other region: without it there is nothing to restore.',
  fix: 'set AutomaticBackupReplicationKmsKeyId to a key of the other region',
  severity: HIGH,
  appliesTo: [INSTANCE],
  controls: IMMUTABILITY,
  sources: [`${RDS}/USER_ReplicateBackups.html`],
  check: (instance) => judgeStandalone(instance, replicatesWithKey),
};

export const engineVersionSupported: Rule = {
  id: 'RDS-28',
  title: 'Databases run a version that is in standard support.',
  kind: 'protection',
  why: 'AWS upgrades a version without support when it chooses to, and corrects only the worst of it until then.',
  fix: 'upgrade EngineVersion to a major version in standard support',
  severity: MEDIUM,
  appliesTo: [INSTANCE, CLUSTER],
  controls: PATCHING,
  sources: [`${RDS}/extended-support.html`],
  subsumes: ['LIF-02'],
  check: (database, { today }) => judgeStandalone(database, (own) => judgeVersion(versionOf(own), { today })),
};

function isProtected(database: Resource): Judgement {
  return database.is('DeletionProtection', true, { default: false });
}

/** What runs on RDS Custom is patched by its owner, and RDS refuses to do so. */
function unlessCustom(judge: (instance: Resource) => Judgement) {
  return (instance: Resource): Judgement => {
    const engine = engineOf(instance);
    return typeof engine === 'string' && engine.startsWith('custom-')
      ? notApplicable('RDS Custom leaves it to the owner')
      : judge(instance);
  };
}

function takesMinorVersions(database: Resource): Judgement {
  return judgeInherited(database, {
    path: 'AutoMinorVersionUpgrade',
    from: ['replica'],
    judge: (own) => own.is('AutoMinorVersionUpgrade', true, { default: true }),
  });
}

function multiAzClusterTakesMinorVersions(cluster: Resource): Judgement {
  const isMultiAz = isMultiAzDbCluster(cluster);
  const judged = cluster.is('AutoMinorVersionUpgrade', true, { default: true });
  if (isMultiAz instanceof Unknown) return unknown('Engine', isMultiAz);
  return isMultiAz ? judged : notApplicable('not a Multi-AZ DB cluster');
}

function replicatesWithKey(instance: Resource): Judgement {
  const region = isSet(instance, 'AutomaticBackupReplicationRegion');
  if (region === false) return notApplicable('backups are not replicated');
  const path = 'AutomaticBackupReplicationKmsKeyId';
  const judged = instance.isSet(path, 'a key of the other region');
  if (judged.outcome !== 'fail') return judged;
  if (region instanceof Unknown) return unknown('AutomaticBackupReplicationRegion', region);
  const { outcome, reason } = storageEncryption(instance);
  if (outcome === 'fail') return notApplicable('the storage is not encrypted, and so are its backups');
  return outcome === 'pass' ? judged : unknown('StorageEncrypted', reason ?? 'not known');
}
