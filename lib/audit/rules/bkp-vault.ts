import { type PlanRule, planRulesOf } from '../../assembly/backup/backup-plan';
import { DEFAULT_VAULT, vaultOf } from '../../assembly/backup/backup-vaults';
import type { Graph } from '../../assembly/graph';
import { type Denial, deniesEveryone } from '../../assembly/iam/policy-denial';
import { all, any, fail, type Judgement, pass, unknown } from '../../assembly/judgement';
import { existsWith } from '../../assembly/presence';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import * as families from '../control-families';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';

const VAULT = 'AWS::Backup::BackupVault';

export const plansHaveTheirOwnVault: Rule = {
  id: 'BKP-03',
  title: 'Backup plans fill vaults of the app, not the default vault.',
  kind: 'backup',
  why: 'The default vault has no lock, no policy and the key of AWS: whoever can delete the data can delete its backups.',
  fix: 'define a backup vault and name it as the target of the rule',
  severity: LOW,
  appliesTo: ['AWS::Backup::BackupPlan'],
  scope: 'app',
  controls: families.BACKUP_COVERAGE,
  check: (_, { graph }) => all(...graph.ofType('AWS::Backup::BackupPlan').map(judgeTargets)),
};

export const vaultHasItsOwnKey: Rule = {
  id: 'BKP-04',
  title: 'Backup vaults are encrypted with a key of yours.',
  kind: 'compliance',
  why: 'Backups under the key of AWS cannot be shared with the recovery account or kept from people by the policy of a key.',
  fix: 'make a new vault with EncryptionKeyArn, copy the recovery points into it, and let the plans name it',
  severity: MEDIUM,
  appliesTo: [VAULT],
  replaces: ['EncryptionKeyArn'],
  controls: families.IMMUTABILITY,
  check: (vault) => vault.isSet('EncryptionKeyArn', 'the ARN of a key of yours'),
};

export const nobodyDeletesBackups: Rule = {
  id: 'BKP-07',
  title: 'Nobody deletes backups by hand.',
  kind: 'compliance',
  why: 'An intruder, or a mistake, that reaches the vault deletes the backups together with the data.',
  fix: 'lock the vault with LockConfiguration, or deny the three actions to everybody in its AccessPolicy',
  severity: HIGH,
  appliesTo: [VAULT],
  controls: families.IMMUTABILITY,
  sources: [
    'https://docs.aws.amazon.com/config/latest/developerguide/backup-recovery-point-manual-deletion-disabled.html',
  ],
  check: (vault) =>
    any(
      denialJudgement(deniesEveryone(vault, 'AccessPolicy', DELETING_ACTIONS)),
      vault.isSet('LockConfiguration.MinRetentionDays', 'a lock with a minimum retention'),
    ),
};

/** With any one of these a recovery point can be deleted before its time. */
const DELETING_ACTIONS = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:PutBackupVaultAccessPolicy',
];

function denialJudgement({ missing, unknown: open }: Denial): Judgement {
  if (missing.length === 0) return pass({ property: 'AccessPolicy', found: 'denies deletion to everybody' });
  if (open) return unknown('AccessPolicy', open);
  return fail({
    property: 'AccessPolicy',
    found: `no lock, and no denial of ${missing.join(', ')}`,
    needed: 'a lock, or a denial to everybody',
  });
}

function judgeTargets(plan: Resource): Judgement {
  const { rules, unknown: others } = planRulesOf(plan);
  const open = others ? [unknown(undefined, others)] : [];
  return all(...rules.map((rule) => judgeTarget(rule, plan.stack.graph)), ...open);
}

function judgeTarget({ plan, path, targetVault }: PlanRule, graph: Graph): Judgement {
  const property = `${path}.TargetBackupVault`;
  const vault = vaultOf(targetVault, plan);
  if (!(vault instanceof Unknown)) {
    const exists = existsWith(vault, plan);
    return exists === true ? pass({ property, found: vault.logicalId }) : unknown(property, exists);
  }
  if (targetVault !== undefined && targetVault !== '' && targetVault !== DEFAULT_VAULT)
    return unknown(property, vault);
  const [macro] = graph.unreadable;
  if (macro !== undefined && targetVault !== DEFAULT_VAULT) return unknown(property, macro);
  return fail({
    property,
    found: `${targetVault === DEFAULT_VAULT ? 'the default vault' : 'no vault'} in ${plan.logicalId}`,
    needed: 'a vault of the app',
  });
}
