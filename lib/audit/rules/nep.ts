import { instancesInZones } from '../../assembly/data/cluster-instances';
import { storageEncryption } from '../../assembly/data/database-encryption';
import { judgeInherited } from '../../assembly/data/database-origin';
import { notApplicable } from '../../assembly/judgement';
import { logExport } from '../../assembly/observe/log-exports';
import {
  BACKUP,
  DELETION_PROTECTION,
  ENCRYPTION_KEYS,
  LOG_RETENTION,
  PATCHING,
  REDUNDANCY,
} from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';
import { whyOneUnitWillDo } from '../standby';

const CLUSTER = 'AWS::Neptune::DBCluster';
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/neptune-controls.html';
const GUIDE = 'https://docs.aws.amazon.com/neptune/latest/userguide';
const RETENTION = 'BackupRetentionPeriod';

/** The least that backups are kept, in days: the default of Security Hub. */
const MINIMUM_RETENTION_DAYS = 7;

export const graphBackupsKept: Rule = {
  id: 'NEP-01',
  title: `Neptune clusters keep automated backups for at least ${MINIMUM_RETENTION_DAYS} days.`,
  kind: 'backup',
  why: 'Damage that is noticed after the last backup expired cannot be undone.',
  fix: `set BackupRetentionPeriod to ${MINIMUM_RETENTION_DAYS} or more`,
  severity: MEDIUM,
  appliesTo: [CLUSTER],
  subsumes: ['CFN-06'],
  controls: BACKUP,
  sources: [`${SECURITY_HUB}#neptune-5`],
  check: (cluster, { service }) =>
    unlessRebuildable(cluster, service, (own) =>
      judgeInherited(own, {
        path: RETENTION,
        from: ['snapshot', 'pointInTime'],
        judge: (one) => one.atLeast(RETENTION, MINIMUM_RETENTION_DAYS, { unit: 'days' }),
      }),
    ),
};

export const graphProtectedFromDeletion: Rule = {
  id: 'NEP-02',
  title: 'Neptune clusters cannot be deleted by mistake.',
  kind: 'protection',
  why: 'One wrong call deletes the cluster and its automated backups with it.',
  fix: 'set DeletionProtection to true',
  severity: MEDIUM,
  appliesTo: [CLUSTER],
  controls: DELETION_PROTECTION,
  sources: [`${SECURITY_HUB}#neptune-4`],
  check: (cluster) => cluster.is('DeletionProtection', true),
};

export const graphSurvivesZone: Rule = {
  id: 'NEP-03',
  title: 'Neptune clusters have at least two instances, in different zones.',
  kind: 'redundancy',
  why: 'A cluster with one instance is down for the ten minutes or more in which AWS builds another one.',
  fix: 'add an instance to the cluster, in another zone',
  severity: HIGH,
  appliesTo: [CLUSTER],
  controls: REDUNDANCY,
  sources: [`${SECURITY_HUB}#neptune-9`, `${GUIDE}/feature-overview-availability.html`],
  check: (cluster, { service }) => {
    const why = whyOneUnitWillDo(service);
    return why ? notApplicable(why) : instancesInZones(cluster, 2);
  },
};

export const graphPatchedByItself: Rule = {
  id: 'NEP-04',
  title: 'Neptune instances take minor versions by themselves.',
  kind: 'protection',
  why: 'Corrections of crashes and data loss wait for somebody to remember the database.',
  fix: 'set AutoMinorVersionUpgrade to true',
  severity: LOW,
  appliesTo: ['AWS::Neptune::DBInstance'],
  controls: PATCHING,
  sources: [`${GUIDE}/engine-updates.html`],
  check: (instance) => instance.is('AutoMinorVersionUpgrade', true),
};

export const graphTagsReachSnapshots: Rule = {
  id: 'NEP-05',
  title: 'Snapshots of Neptune clusters carry the tags of the cluster.',
  kind: 'backup',
  why: 'Tags select what is backed up, kept and cleaned up: a snapshot without them is found by nobody.',
  fix: 'set CopyTagsToSnapshot to true',
  severity: LOW,
  appliesTo: [CLUSTER],
  controls: BACKUP,
  sources: [`${SECURITY_HUB}#neptune-8`],
  check: (cluster) => cluster.is('CopyTagsToSnapshot', true),
};

export const graphEncrypted: Rule = {
  id: 'NEP-06',
  title: 'The storage of Neptune clusters, and so their snapshots, is encrypted.',
  kind: 'compliance',
  why: 'Snapshots and copies can be read by whoever gets hold of them, and storage is encrypted only by a restore.',
  fix: 'restore a snapshot into a new one with StorageEncrypted',
  severity: HIGH,
  appliesTo: [CLUSTER],
  replaces: ['StorageEncrypted'],
  controls: ENCRYPTION_KEYS,
  sources: [`${SECURITY_HUB}#neptune-1`, `${SECURITY_HUB}#neptune-6`],
  check: (cluster) => storageEncryption(cluster),
};

export const graphLogsExported: Rule = {
  id: 'NEP-07',
  title: 'Neptune clusters export their audit log.',
  kind: 'monitoring',
  why: 'Who changed what is found nowhere once the instance that wrote it down is gone.',
  fix: 'add audit to EnableCloudwatchLogsExports',
  severity: LOW,
  appliesTo: [CLUSTER],
  controls: LOG_RETENTION,
  sources: [`${SECURITY_HUB}#neptune-2`],
  check: (cluster) => logExport(cluster, 'audit'),
};
