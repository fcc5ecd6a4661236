import { coveredByBackup } from '../../assembly/backup/backup-coverage';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { describe, isList, Unknown } from '../../assembly/value';
import { BACKUP, BACKUP_COVERAGE, DELETION_PROTECTION, ENCRYPTION_KEYS } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL_TABLE = 'AWS::DynamoDB::GlobalTable';
const GUIDE = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';
const POINT_IN_TIME = 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';
const PITR_WHY =
  'Data that a bad deploy or a person overwrites is gone; no replica helps, for it gets the damage too.';

/** The key that AWS manages for all tables of an account. */
const AWS_MANAGED_KEY = /(^|:|\/)alias\/aws\/dynamodb$/;

/** The keys of a global table are those of its replicas. */
const NO_REPLICA = fail({
  property: 'Replicas',
  found: 'no replica that could name a key',
  needed: 'the key of the customer in every replica',
});

export const tableHasPointInTimeRecovery: Rule = {
  id: 'DDB-01',
  title: 'Tables can be restored to a point in time.',
  kind: 'backup',
  why: PITR_WHY,
  fix: 'set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled to true',
  severity: HIGH,
  appliesTo: [TABLE],
  controls: BACKUP,
  sources: [`${GUIDE}/Point-in-time-recovery.html`],
  check: (table, { service }) =>
    unlessRebuildable(table, service, () => table.is(POINT_IN_TIME, true, { default: false })),
};

export const replicasHavePointInTimeRecovery: Rule = {
  id: 'DDB-02',
  title: 'Every replica of a global table can be restored to a point in time.',
  kind: 'backup',
  why: PITR_WHY,
  fix: 'set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled to true in every replica',
  severity: HIGH,
  appliesTo: [GLOBAL_TABLE],
  controls: BACKUP,
  sources: [`${GUIDE}/Point-in-time-recovery.html`],
  check: (table, { service }) =>
    unlessRebuildable(table, service, () =>
      eachReplica(table, (replica) => table.is(`${replica}.${POINT_IN_TIME}`, true, { default: false })),
    ),
};

export const tableIsBackedUp: Rule = {
  id: 'DDB-04',
  title: 'Tables are in a backup plan.',
  kind: 'backup',
  why: 'Point-in-time recovery ends after 35 days and with the account: only a backup outlives both.',
  fix: 'let a backup selection of the app select the table, by ARN or by tag',
  severity: MEDIUM,
  appliesTo: [TABLE, GLOBAL_TABLE],
  controls: BACKUP_COVERAGE,
  sources: [
    'https://docs.aws.amazon.com/config/latest/developerguide/dynamodb-resources-protected-by-backup-plan.html',
  ],
  check: (table, { service }) => unlessRebuildable(table, service, coveredByBackup),
};

export const tableIsProtectedFromDeletion: Rule = {
  id: 'DDB-05',
  title: 'Tables and their replicas are protected from deletion.',
  kind: 'protection',
  why: 'One wrong delete takes the table and its point-in-time recovery with it; a restore takes hours.',
  fix: 'set DeletionProtectionEnabled to true, for a global table in every replica',
  severity: MEDIUM,
  appliesTo: [TABLE, GLOBAL_TABLE],
  controls: DELETION_PROTECTION,
  sources: [`${GUIDE}/WorkingWithTables.Basics.html#WorkingWithTables.Basics.DeletionProtection`],
  check: (table) =>
    table.type === TABLE
      ? table.is('DeletionProtectionEnabled', true, { default: false })
      : eachReplica(table, (replica) =>
          table.is(`${replica}.DeletionProtectionEnabled`, true, { default: false }),
        ),
};

export const tableIsEncryptedWithOwnKey: Rule = {
  id: 'DDB-07',
  title: 'Tables are encrypted with a KMS key of the customer.',
  kind: 'compliance',
  why: "A table under AWS's own key cannot be shared with a backup account, nor closed by whoever answers for the data.",
  fix: 'set SSESpecification with SSEEnabled: true and a KMSMasterKeyId, for a global table in every replica',
  severity: MEDIUM,
  appliesTo: [TABLE, GLOBAL_TABLE],
  controls: ENCRYPTION_KEYS,
  subsumes: ['DDB-08'],
  sources: [`${GUIDE}/encryption.howitworks.html`],
  check: (table) => {
    // A replica of a table in another account has but a key of its own.
    const follows = isSet(table, 'GlobalTableSourceArn');
    if (follows instanceof Unknown) return unknown('GlobalTableSourceArn', follows);
    const enabled = follows ? pass() : table.is('SSESpecification.SSEEnabled', true, { default: false });
    if (table.type === TABLE) return all(enabled, ownKey(table, 'SSESpecification.KMSMasterKeyId'));
    const replicas = all(...eachReplica(table, replicaKey(table)));
    return all(enabled, replicas.outcome === 'notApplicable' ? NO_REPLICA : replicas);
  },
};

export const replicasHaveKeys: Rule = {
  id: 'DDB-08',
  title: 'Every replica of a global table names a KMS key of its region.',
  kind: 'compliance',
  why: "A replica without a key of its own falls back to AWS's key, and the data leaves the customer's control there.",
  fix: 'set SSESpecification.KMSMasterKeyId in every replica',
  severity: MEDIUM,
  appliesTo: [GLOBAL_TABLE],
  controls: ENCRYPTION_KEYS,
  sources: [`${GUIDE}/encryption.howitworks.html`],
  check: (table) => eachReplica(table, replicaKey(table)),
};

/** Judges every replica by its path, such as `Replicas.0`. */
function eachReplica(table: Resource, judge: (replica: string) => Judgement): readonly Judgement[] {
  const replicas = table.get('Replicas');
  if (replicas instanceof Unknown) return [unknown('Replicas', replicas)];
  if (!isList(replicas) || replicas.length === 0) return [notApplicable('the table names no replica')];
  return replicas.map((_, index) => judge(`Replicas.${index}`));
}

const replicaKey = (table: Resource) => (replica: string) =>
  ownKey(table, `${replica}.SSESpecification.KMSMasterKeyId`);

/** A key that is set and not the one that AWS manages; a key that only deploy names is a key of the customer. */
function ownKey(table: Resource, property: string): Judgement {
  const set = table.isSet(property, 'the key of the customer');
  const key = table.get(property);
  if (set.outcome !== 'pass' || typeof key !== 'string' || !AWS_MANAGED_KEY.test(key)) return set;
  return fail({ property, found: `${describe(key)}, which AWS manages`, needed: 'the key of the customer' });
}
