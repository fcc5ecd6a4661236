import { backupCoverageOf } from '../../assembly/backup/backup-coverage';
import type { PlanRule } from '../../assembly/backup/backup-plan';
import { fillsAirGappedVault, placeOfCopy } from '../../assembly/backup/backup-vaults';
import type { Truth } from '../../assembly/conditions';
import { replicationRulesOf } from '../../assembly/data/bucket-replication';
import { STATEFUL_BACKUP_TYPES, withoutOwnData } from '../../assembly/data/stateful';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { inSameAccount, isAccountOf } from '../../assembly/same-place';
import { everyTruth, negated, someTruth } from '../../assembly/truth';
import { Unknown } from '../../assembly/value';
import { IMMUTABILITY } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

/**
 * Types whose backups AWS Backup copies to no other account.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
const BOUND: readonly string[] = ['AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Namespace'];

export const criticalDataLeavesAccount: Rule = {
  id: 'X-33',
  title: 'Data of tier 0 has a copy outside of its account.',
  kind: 'backup',
  why: 'An intruder who owns the account deletes the data and every copy in it, in all regions.',
  fix: 'copy the backups to a vault of another account, or to a logically air-gapped vault',
  severity: HIGH,
  appliesTo: STATEFUL_BACKUP_TYPES.filter((type) => !BOUND.includes(type)),
  controls: IMMUTABILITY,
  subsumes: ['BKP-09'],
  sources: ['https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html'],
  check: (resource, { service }) => {
    if (!service.policy.backupAirGappedCopy.value)
      return notApplicable(`tier ${service.tier} owes no copy outside of its account`);
    return withoutOwnData(resource) ?? unlessRebuildable(resource, service, judgeCopies);
  },
};

function judgeCopies(resource: Resource): Judgement {
  const { rules, unknown: others } = backupCoverageOf(resource);
  const away = someTruth([
    ...rules.map(leavesAccount),
    isReplicatedAway(resource),
    ...(others ? [others] : []),
  ]);
  if (away === true) return pass({ found: 'a copy outside of its account' });
  if (away instanceof Unknown) return unknown(undefined, away);
  return fail({
    found: rules.length === 0 ? 'no backup plan that selects it' : 'copies in its own account only',
    needed: 'a copy in another account or in a logically air-gapped vault',
  });
}

function leavesAccount(rule: PlanRule): Truth {
  const { plan, copyActions } = rule;
  if (copyActions instanceof Unknown) return copyActions;
  return someTruth([
    fillsAirGappedVault(rule),
    ...copyActions.map((action) => placeOfCopy(action, plan).otherPurpose),
  ]);
}

function isReplicatedAway(bucket: Resource): Truth {
  if (bucket.type !== 'AWS::S3::Bucket') return false;
  const { rules, unknown: others } = replicationRulesOf(bucket);
  const away = rules.map(({ path, enabled, destination }) => {
    const account = bucket.get(`${path}.Destination.Account`);
    const named = account === undefined ? false : negated(isAccountOf(account, bucket));
    const seen = destination instanceof Unknown ? false : negated(inSameAccount(destination, bucket));
    return everyTruth([enabled, someTruth([named, seen])]);
  });
  return someTruth([...away, ...(others ? [others] : [])]);
}
