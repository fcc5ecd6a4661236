import { backupCoverageOf } from '../../assembly/backup/backup-coverage';
import { oldestNewestBackup } from '../../assembly/backup/backup-interval';
import {
  canComeBackToAnyMoment,
  recoverable,
  recoverableToAnyMoment,
  STATEFUL_BACKUP_TYPES,
  STATEFUL_TYPES,
  waysToRecover,
  withoutOwnData,
} from '../../assembly/data/stateful';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { formatSeconds } from '../../calculus/time-span';
import * as families from '../control-families';
import { type OwedPoint, owedRecoveryPoint } from '../owed-recovery-point';
import { isRebuildable, unlessRebuildable } from '../rebuildable';
import type { Rule, RuleContext } from '../rule';
import { HIGH } from '../severity';

export const backupsKeepTheRecoveryPoint: Rule = {
  id: 'X-30',
  title: 'Backups are made as often as the recovery point demands, or continuously.',
  kind: 'backup',
  why: 'After a bad deploy or a deletion, everything written since the newest backup is gone.',
  fix: 'turn on point-in-time recovery, or let the rules of the plan run more often with shorter start windows',
  severity: HIGH,
  appliesTo: STATEFUL_BACKUP_TYPES,
  subsumes: ['BKP-10'],
  controls: families.BACKUP,
  check: (resource, { service }) =>
    withoutOwnData(resource) ??
    unlessRebuildable(resource, service, (data) =>
      judgeAge(data, owedRecoveryPoint(data, service, 'dataRepair')),
    ),
};

export const dataCanComeBack: Rule = {
  id: 'X-39',
  title: 'All data can come back by some means.',
  kind: 'backup',
  why: 'When the resource is lost or its data is damaged, nothing is left to bring the data back from.',
  fix: 'back the resource up, keep versions or a replica, or tag what can be made again resilience:rebuildable = true',
  severity: HIGH,
  appliesTo: STATEFUL_TYPES,
  controls: families.BACKUP_COVERAGE,
  check: (resource, context) => withoutOwnData(resource) ?? judgeMeans(resource, context),
};

/** What is left for types that AWS gives no point-in-time recovery. */
const OFTEN_ONLY =
  'let the rules of the plan run more often, or declare the recovery point that this data really needs';

function judgeAge(resource: Resource, { seconds: rpoSeconds, unknown: ofClass }: OwedPoint): Judgement {
  if (rpoSeconds === undefined) return notApplicable('no recovery point is owed');
  const { rules, unknown: others } = backupCoverageOf(resource);
  if (rules.length === 0 && !others) return notApplicable('no backup plan selects it');
  const age = oldestNewestBackup(rules);
  if (age.seconds <= rpoSeconds) return pass({ found: `backups at most ${formatSeconds(age.seconds)} old` });
  const moment = recoverableToAnyMoment(resource);
  if (moment.outcome !== 'fail') return moment;
  const open = age.unknown ?? others ?? ofClass;
  if (open) return unknown(undefined, open);
  return fail({
    found: Number.isFinite(age.seconds)
      ? `the newest backup up to ${formatSeconds(age.seconds)} old, and nothing continuous`
      : 'no further backup, and nothing continuous',
    needed: `at most ${formatSeconds(rpoSeconds)}`,
    ...(!canComeBackToAnyMoment(resource.type) && { fix: OFTEN_ONLY }),
  });
}

function judgeMeans(resource: Resource, { service }: RuleContext): Judgement {
  const rebuildable = isRebuildable(resource, service);
  if (rebuildable === true) return pass({ found: 'declared rebuildable' });
  const judged = recoverable(resource);
  if (judged.outcome !== 'fail') return judged;
  if (rebuildable instanceof Unknown) return unknown(undefined, rebuildable);
  return fail({ found: 'no means of recovery', needed: waysToRecover(resource.type) });
}
