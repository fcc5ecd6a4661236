import { instancesInZones } from '../../assembly/data/cluster-instances';
import { storageEncryption } from '../../assembly/data/database-encryption';
import { judgeInherited } from '../../assembly/data/database-origin';
import { all, notApplicable } from '../../assembly/judgement';
import { logExport } from '../../assembly/observe/log-exports';
import { BACKUP, DELETION_PROTECTION, ENCRYPTION_KEYS, LOG_RETENTION, REDUNDANCY } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';
import { whyOneUnitWillDo } from '../standby';

const CLUSTER = 'AWS::DocDB::DBCluster';
const PARAMETERS = 'AWS::DocDB::DBClusterParameterGroup';
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/documentdb-controls.html';
const GUIDE = 'https://docs.aws.amazon.com/documentdb/latest/devguide';
const RETENTION = 'BackupRetentionPeriod';

/** The least that backups are kept, in days: the default of Security Hub. */
const MINIMUM_RETENTION_DAYS = 7;

export const documentBackupsKept: Rule = {
  id: 'DOC-01',
  title: `DocumentDB clusters keep automated backups for at least ${MINIMUM_RETENTION_DAYS} days.`,
  kind: 'backup',
  why: 'Damage that is noticed after the last backup expired cannot be undone.',
  fix: `set BackupRetentionPeriod to ${MINIMUM_RETENTION_DAYS} or more`,
  severity: MEDIUM,
  appliesTo: [CLUSTER],
  subsumes: ['CFN-06'],
  controls: BACKUP,
  sources: [`${SECURITY_HUB}#documentdb-2`],
  check: (cluster, { service }) =>
    unlessRebuildable(cluster, service, (own) =>
      judgeInherited(own, {
        path: RETENTION,
        from: ['snapshot', 'pointInTime'],
        judge: (one) => one.atLeast(RETENTION, MINIMUM_RETENTION_DAYS, { unit: 'days' }),
      }),
    ),
};

export const documentsProtectedFromDeletion: Rule = {
  id: 'DOC-02',
  title: 'DocumentDB clusters cannot be deleted by mistake.',
  kind: 'protection',
  why: 'One wrong call deletes the cluster and its automated backups with it.',
  fix: 'set DeletionProtection to true',
  severity: MEDIUM,
  appliesTo: [CLUSTER],
  controls: DELETION_PROTECTION,
  sources: [`${SECURITY_HUB}#documentdb-5`],
  check: (cluster) => cluster.is('DeletionProtection', true),
};

export const documentsSurviveZone: Rule = {
  id: 'DOC-03',
  title: 'DocumentDB clusters have instances in several zones.',
  kind: 'redundancy',
  why: 'A cluster with one instance is down for the ten minutes or more in which AWS builds another one.',
  fix: 'add an instance to the cluster, in another zone',
  severity: HIGH,
  appliesTo: [CLUSTER],
  controls: REDUNDANCY,
  parameters: {
    minimumInstances: {
      // Trusted Advisor asks for three zones, Prowler for two instances: the storage spans three zones anyway.
      meaning: 'How many instances a cluster has at the least, not all of them in one zone.',
      default: 2,
    },
  },
  sources: [`${GUIDE}/replication.html`],
  check: (cluster, { parameters, service }) => {
    const why = whyOneUnitWillDo(service);
    return why ? notApplicable(why) : instancesInZones(cluster, Number(parameters.minimumInstances));
  },
};

export const documentLogsExported: Rule = {
  id: 'DOC-04',
  title: 'DocumentDB clusters export their audit and profiler logs.',
  kind: 'monitoring',
  why: 'Who changed what, and which query brought the cluster down, is found nowhere once the instance is gone.',
  fix: 'set EnableCloudwatchLogsExports to audit and profiler, and the parameter audit_logs to enabled',
  severity: LOW,
  appliesTo: [CLUSTER, PARAMETERS],
  controls: LOG_RETENTION,
  sources: [`${SECURITY_HUB}#documentdb-4`, `${GUIDE}/event-auditing.html`],
  check: (resource) =>
    resource.type === PARAMETERS
      ? resource.isNot('Parameters.audit_logs', ['disabled', 'none'], { default: 'disabled' })
      : all(logExport(resource, 'audit'), logExport(resource, 'profiler')),
};

export const documentsEncrypted: Rule = {
  id: 'DOC-05',
  title: 'The storage of DocumentDB clusters is encrypted.',
  kind: 'compliance',
  why: 'Snapshots and copies can be read by whoever gets hold of them, and storage is encrypted only by a restore.',
  fix: 'restore a snapshot into a new one with StorageEncrypted',
  severity: HIGH,
  appliesTo: [CLUSTER],
  replaces: ['StorageEncrypted'],
  controls: ENCRYPTION_KEYS,
  sources: [`${SECURITY_HUB}#documentdb-1`],
  check: (cluster) => storageEncryption(cluster),
};
