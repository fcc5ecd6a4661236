import { deletesDataAndBackups } from '../../assembly/backup/deleting-roles';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { VaultLock } from '../../objectives/policy/backup';
import { IMMUTABILITY } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { HIGH } from '../severity';

const VAULT = 'AWS::Backup::BackupVault';
const LOCK = 'LockConfiguration';

export const nobodyHoldsDataAndBackups: Rule = {
  id: 'X-37',
  title: 'Vaults are locked as the tier owes, and no role may delete both data and its backups.',
  kind: 'compliance',
  why: 'Who takes over one role, or makes one mistake with it, deletes the data and all that could bring it back.',
  fix: 'lock the vault, at tier 0 with ChangeableForDays, and keep backup:DeleteRecoveryPoint from roles that delete data',
  severity: HIGH,
  appliesTo: [VAULT, 'AWS::IAM::Role'],
  controls: IMMUTABILITY,
  sources: ['https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html'],
  check: (resource, context) =>
    resource.type === VAULT ? judgeLock(resource, context) : judgeRole(resource),
};

function judgeLock(vault: Resource, { service }: RuleContext): Judgement {
  const owed = service.policy.vaultLock.value;
  if (owed === VaultLock.NONE) return notApplicable(`tier ${service.tier} owes no lock`);
  const locked = vault.isSet(`${LOCK}.MinRetentionDays`, 'a lock');
  return owed === VaultLock.COMPLIANCE
    ? all(locked, vault.isSet(`${LOCK}.ChangeableForDays`, 'days after which nobody can take the lock off'))
    : locked;
}

function judgeRole(role: Resource): Judgement {
  const found = deletesDataAndBackups(role);
  if (!found) return notApplicable('the app holds no data that can be deleted');
  const { truth, action } = found;
  if (truth instanceof Unknown) return unknown(undefined, truth);
  return truth
    ? fail({
        found: `a role that may do ${action} and backup:DeleteRecoveryPoint`,
        needed: 'at most one of both',
        fix: 'take backup:DeleteRecoveryPoint from the role',
      })
    : pass({ found: 'at most one of both' });
}
