import { largestWallClockGap } from '../../assembly/backup/backup-interval';
import {
  type CopyAction,
  type OptionalNumber,
  type PlanRule,
  planRulesOf,
} from '../../assembly/backup/backup-plan';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { formatSeconds } from '../../calculus/time-span';
import type { TierPolicy } from '../../objectives/tier-policy';
import * as families from '../control-families';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const PLAN = 'AWS::Backup::BackupPlan';
const RULES = 'BackupPlan.BackupPlanRule';
const SECONDS_PER_DAY = 86_400;

export const planRunsDailyAndKeepsLong: Rule = {
  id: 'BKP-01',
  title: 'Backup plans make a backup each day that is kept as long as its tier owes.',
  kind: 'backup',
  why: 'With rarer backups more work is lost; with shorter retention, damage found late has no clean copy left.',
  fix: 'add a rule that runs at least once a day and deletes its backups after 35 days at the earliest, at tier 3 after 14',
  severity: HIGH,
  appliesTo: [PLAN],
  controls: families.BACKUP_COVERAGE,
  sources: [AWS_FACTS.backupConfigRuleMinimumRetentionSeconds.source],
  check: (plan, { service }) => judgeFrequencyAndRetention(plan, leastDays(service.policy)),
};

export const recoveryPointsAreKept: Rule = {
  id: 'BKP-06',
  title: 'No backup is deleted before the least retention that its tier owes.',
  kind: 'compliance',
  why: 'Damage is often found weeks later, when every backup that is left already holds it.',
  fix: 'raise the retention to what the tier owes',
  severity: HIGH,
  appliesTo: [PLAN, 'AWS::Backup::BackupVault'],
  subsumesProperty: [
    {
      rule: 'BKP-01',
      property: 'BackupPlan.BackupPlanRule.Lifecycle.DeleteAfterDays',
      within: 'resource',
    },
  ],
  controls: families.IMMUTABILITY,
  check: (resource, { service }) => {
    const minimum = leastDays(service.policy);
    return resource.type === PLAN ? judgeRetention(resource, minimum) : judgeLock(resource, minimum);
  },
};

export const coldBackupsLiveLongEnough: Rule = {
  id: 'BKP-12',
  title: 'Backups in cold storage are kept for at least 90 days more.',
  kind: 'backup',
  why: 'AWS refuses the plan, so the deployment fails and nothing is backed up.',
  fix: 'delete backups at least 90 days after they move to cold storage',
  severity: MEDIUM,
  appliesTo: [PLAN],
  controls: families.BACKUP,
  sources: [AWS_FACTS.backupColdStorageMinimumSeconds.source],
  check: (plan) =>
    eachRule(plan, (rule) => all(judgeColdStorage(rule), ...copiesOf(rule).map(judgeColdStorage))),
};

/** Where backups are kept: by a rule, or by one of its copies. */
type Kept = Pick<PlanRule | CopyAction, 'path' | 'deleteAfterDays' | 'moveToColdStorageAfterDays'>;

/**
 * A plan complies when rules that keep backups long enough run often enough. Further rules may run seldom, such as
 * monthly ones for archives, or keep backups for a short time only.
 */
function judgeFrequencyAndRetention(plan: Resource, least: number): Judgement {
  const { rules, unknown: others } = planRulesOf(plan);
  const kept = rules.filter(({ deleteAfterDays }) => keepsLong(deleteAfterDays, least) === true);
  const gap = largestWallClockGap(kept);
  if (gap.seconds <= MOST_SECONDS)
    return pass({ property: RULES, found: `backups every ${formatSeconds(gap.seconds)}` });
  const open = openWithin(rules, least) ?? others;
  if (open) return unknown(RULES, open);
  if (kept.length > 0) return tooSeldom(kept, gap.seconds);
  // Where both are wrong the schedule is told here: the rule on retention tells of the rest.
  const all = largestWallClockGap(rules);
  return rules.length > 0 && !all.unknown && all.seconds > MOST_SECONDS
    ? tooSeldom(rules, all.seconds)
    : tooShort(rules, least);
}

/** Why the plan may comply after all: by schedules, or by retentions, that only deploy knows. */
function openWithin(rules: readonly PlanRule[], least: number): Unknown | undefined {
  const maybe = rules.filter(({ deleteAfterDays }) => keepsLong(deleteAfterDays, least) !== false);
  const best = largestWallClockGap(maybe);
  const [retention] = maybe
    .map(({ deleteAfterDays }) => deleteAfterDays)
    .filter((days) => days instanceof Unknown);
  return best.unknown ?? (best.seconds <= MOST_SECONDS ? retention : undefined);
}

const MOST_SECONDS = AWS_FACTS.backupConfigRuleMaximumIntervalSeconds.value;

/** 35 days, as the AWS Config rule asks, where the tier cannot live with less. */
function leastDays({ minimumBackupRetention }: TierPolicy): number {
  return minimumBackupRetention.value.toSeconds() / SECONDS_PER_DAY;
}

/** Without a number backups are kept for ever. */
function keepsLong(days: OptionalNumber, least: number): boolean | undefined {
  if (days instanceof Unknown) return undefined;
  return days === undefined || days >= least;
}

function tooShort(rules: readonly PlanRule[], least: number): Judgement {
  const longest = rules.reduce<PlanRule | undefined>(
    (best, rule) => (Number(rule.deleteAfterDays) > Number(best?.deleteAfterDays ?? -1) ? rule : best),
    rules[0],
  );
  if (!longest) return fail({ property: RULES, found: 'no rule', needed: 'a daily rule' });
  return fail({
    property: `${longest.path}.Lifecycle.DeleteAfterDays`,
    found: days(longest.deleteAfterDays),
    needed: `at least ${days(least)}`,
  });
}

function tooSeldom([rule]: readonly PlanRule[], seconds: number): Judgement {
  return fail({
    property: rule ? `${rule.path}.ScheduleExpression` : RULES,
    found: Number.isFinite(seconds) ? `${formatSeconds(seconds)} between two backups` : 'no further backup',
    needed: `at most ${formatSeconds(MOST_SECONDS)}`,
  });
}

function judgeRetention(plan: Resource, minimum: number): Judgement {
  return eachRule(plan, (rule) => {
    const copies = copiesOf(rule).filter(({ deleteAfterDays }) => deleteAfterDays !== undefined);
    return all(...[rule, ...copies].map((kept) => judgeKept(kept, minimum)));
  });
}

function judgeKept({ path, deleteAfterDays }: Kept, minimum: number): Judgement {
  const property = `${path}.Lifecycle.DeleteAfterDays`;
  if (deleteAfterDays instanceof Unknown) return unknown(property, deleteAfterDays);
  if (deleteAfterDays === undefined || deleteAfterDays >= minimum)
    return pass({ property, found: days(deleteAfterDays) });
  return fail({ property, found: days(deleteAfterDays), needed: `at least ${days(minimum)}` });
}

/** A lock with a shorter minimum lets backups be made that are deleted too early. */
function judgeLock(vault: Resource, minimum: number): Judgement {
  const property = 'LockConfiguration.MinRetentionDays';
  return vault.get('LockConfiguration') === undefined
    ? notApplicable('the vault has no lock')
    : vault.atLeast(property, minimum, { unit: 'days' });
}

function judgeColdStorage({ path, deleteAfterDays, moveToColdStorageAfterDays: cold }: Kept): Judgement {
  const property = `${path}.Lifecycle.DeleteAfterDays`;
  if (cold === undefined) return pass({ property, found: 'nothing moves to cold storage' });
  if (cold instanceof Unknown) return unknown(`${path}.Lifecycle.MoveToColdStorageAfterDays`, cold);
  if (deleteAfterDays instanceof Unknown) return unknown(property, deleteAfterDays);
  const needed = cold + AWS_FACTS.backupColdStorageMinimumSeconds.value / SECONDS_PER_DAY;
  if (deleteAfterDays === undefined || deleteAfterDays >= needed)
    return pass({ property, found: days(deleteAfterDays) });
  return fail({ property, found: days(deleteAfterDays), needed: `at least ${days(needed)}` });
}

/** Judges every rule of a plan; what deploy decides leaves the answer open unless a known rule fails. */
function eachRule(plan: Resource, judge: (rule: PlanRule) => Judgement): Judgement {
  const { rules, unknown: others } = planRulesOf(plan);
  const hidden = [...rules.map(({ copyActions }) => copyActions), others];
  const open = hidden.filter((value) => value instanceof Unknown).map((value) => unknown(RULES, value));
  return all(...rules.map(judge), ...open);
}

function copiesOf({ copyActions }: PlanRule): readonly CopyAction[] {
  return copyActions instanceof Unknown ? [] : copyActions;
}

function days(count: OptionalNumber): string {
  return typeof count === 'number' ? `${count} ${count === 1 ? 'day' : 'days'}` : 'kept for ever';
}
