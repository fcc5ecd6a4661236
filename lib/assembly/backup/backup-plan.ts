import type { Truth } from '../conditions';
import { textOfBoolean } from '../question';
import type { Resource } from '../resource';
import { agreed, someTruth } from '../truth';
import { isList, isMap, Unknown, type Value } from '../value';

/** A number that is set, is not set, or is known only at deploy. */
export type OptionalNumber = number | Unknown | undefined;

/** A copy that a rule makes of each of its backups. */
export interface CopyAction {
  /** Where it stands in the plan's properties. */
  readonly path: string;

  /** The vault that takes the copy. */
  readonly destination: Value | undefined;

  /** How long the copy is kept; undefined where it takes over from the source. */
  readonly deleteAfterDays: OptionalNumber;
  readonly moveToColdStorageAfterDays: OptionalNumber;
}

/** One rule of a backup plan. Undefined is "not set", for which AWS has a default (`AWS_FACTS`). */
export interface PlanRule {
  readonly plan: Resource;
  readonly index: number;

  /** Where it stands in the plan's properties, such as `BackupPlan.BackupPlanRule.0`. */
  readonly path: string;

  /** A cron expression. @default - daily at 05:00 */
  readonly schedule: string | Unknown | undefined;

  /** The time zone that the schedule is read in. @default - UTC */
  readonly timeZone: string | Unknown | undefined;

  /** Whether it makes backups for point-in-time recovery. */
  readonly continuous: boolean | Unknown;

  /** How long a backup that is due may wait for its start. @default - 8 hours */
  readonly startWindowMinutes: OptionalNumber;

  /** How long a backup may take. @default - 7 days */
  readonly completionWindowMinutes: OptionalNumber;

  /** @default - backups are kept for ever */
  readonly deleteAfterDays: OptionalNumber;

  /** @default - backups stay in warm storage */
  readonly moveToColdStorageAfterDays: OptionalNumber;
  readonly copyActions: readonly CopyAction[] | Unknown;

  /** The vault that takes the backups, by name. */
  readonly targetVault: Value | undefined;

  /** The logically air-gapped vault that takes them too, by ARN. */
  readonly airGappedVault: Value | undefined;
}

const RULES_PATH = 'BackupPlan.BackupPlanRule';

/** The rules of a plan that can be read, or why there may be others. */
export interface PlanRules {
  readonly rules: readonly PlanRule[];
  readonly unknown?: Unknown;
}

const rulesByPlan = new WeakMap<Resource, PlanRules>();

/** The rules of an `AWS::Backup::BackupPlan`, read once: every resource that it selects asks for them. */
export function planRulesOf(plan: Resource): PlanRules {
  const rules = rulesByPlan.get(plan) ?? readRules(plan);
  rulesByPlan.set(plan, rules);
  return rules;
}

function readRules(plan: Resource): PlanRules {
  const entries = plan.list(RULES_PATH);
  if (entries instanceof Unknown) return { rules: [], unknown: entries };
  const paths = entries.map((entry, index) => ({ entry, index, path: entryPath(plan, RULES_PATH, index) }));
  const unreadable = entries.find((entry) => !isMap(entry));
  return {
    rules: paths.filter(({ entry }) => isMap(entry)).map(({ index, path }) => planRule(plan, index, path)),
    ...(unreadable !== undefined && {
      unknown:
        unreadable instanceof Unknown
          ? unreadable
          : new Unknown('a rule of the plan is known only at deploy'),
    }),
  };
}

/** Where an entry of a list stands: one that is written without a list stands where the list would. */
function entryPath(plan: Resource, path: string, index: number): string {
  return isList(plan.get(path)) ? `${path}.${index}` : path;
}

/** Whether a plan has any rule. What is known only at deploy is one, unless it may be left out. */
export function hasRules(plan: Resource): Truth {
  return hasEntries(plan.get(RULES_PATH));
}

function hasEntries(value: Value | undefined): Truth {
  if (value === undefined || value === null) return false;
  if (isList(value)) return someTruth(value.map(hasEntries));
  if (!(value instanceof Unknown) || !value.alternatives) return true;
  return agreed(value.alternatives.map(hasEntries), value.reason);
}

function planRule(plan: Resource, index: number, path: string): PlanRule {
  return {
    plan,
    index,
    path,
    schedule: plan.text(`${path}.ScheduleExpression`),
    timeZone: plan.text(`${path}.ScheduleExpressionTimezone`),
    continuous: flag(plan.text(`${path}.EnableContinuousBackup`)),
    startWindowMinutes: plan.number(`${path}.StartWindowMinutes`),
    completionWindowMinutes: plan.number(`${path}.CompletionWindowMinutes`),
    ...lifecycle(plan, path),
    copyActions: copyActions(plan, `${path}.CopyActions`),
    targetVault: plan.get(`${path}.TargetBackupVault`),
    airGappedVault: plan.get(`${path}.TargetLogicallyAirGappedBackupVaultArn`),
  };
}

function flag(text: string | Unknown | undefined): boolean | Unknown {
  return text instanceof Unknown ? text : textOfBoolean(text ?? false) === 'true';
}

function lifecycle(plan: Resource, path: string) {
  return {
    deleteAfterDays: plan.number(`${path}.Lifecycle.DeleteAfterDays`),
    moveToColdStorageAfterDays: plan.number(`${path}.Lifecycle.MoveToColdStorageAfterDays`),
  };
}

function copyActions(plan: Resource, path: string): readonly CopyAction[] | Unknown {
  const actions = plan.list(path);
  if (actions instanceof Unknown) return actions;
  const unreadable = actions.find((action) => action instanceof Unknown);
  if (unreadable instanceof Unknown) return unreadable;
  return actions.map((_, index) => {
    const at = entryPath(plan, path, index);
    return { path: at, destination: plan.get(`${at}.DestinationBackupVaultArn`), ...lifecycle(plan, at) };
  });
}
