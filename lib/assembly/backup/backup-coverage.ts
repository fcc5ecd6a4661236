import type { Truth } from '../conditions';
import type { Graph } from '../graph';
import { fail, type Judgement, pass, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { everyTruth } from '../truth';
import { Unknown, type Value } from '../value';
import { isBackedUpByAwsBackup } from './backup-arn';
import { hasRules, type PlanRule, planRulesOf } from './backup-plan';
import { type BackupSelection, backupSelection } from './backup-selection';

export type { PlanRule } from './backup-plan';

/** The backup rules that select a resource. */
export interface BackupCoverage {
  /** Those that surely do. */
  readonly rules: readonly PlanRule[];

  /** Why there may be others. @default - there are no others in the app */
  readonly unknown?: Unknown;
}

/** A selection of the app, with the plan whose rules it applies. */
interface PlannedSelection extends BackupSelection {
  /** The plan; an unknown for one that is not in the app, undefined where none is named. */
  readonly plan: Resource | Unknown | undefined;
}

/** Whether one selection backs a resource up. */
interface Selected {
  readonly by: PlannedSelection;
  readonly truth: Truth;
}

/** The rules of all backup plans of the app that select a resource, by ARN, tag or condition. */
export function backupCoverageOf(resource: Resource): BackupCoverage {
  const index = indexOf(resource.stack.graph);
  const known = index.coverage.get(resource);
  if (known) return known;
  const coverage = coverageBy(selectedBy(resource), resource);
  index.coverage.set(resource, coverage);
  return coverage;
}

/** Judges whether a backup plan of the app selects a resource: pass when one surely does, fail when surely none. */
export function coveredByBackup(resource: Resource): Judgement {
  const selections = selectedBy(resource);
  const sure = selections.find(({ truth }) => truth === true);
  if (sure) return pass({ found: `selected by ${sure.by.resource.logicalId}` });
  const open = selections.find(({ truth }) => truth instanceof Unknown)?.truth ?? unseen(resource);
  if (open instanceof Unknown) return unknown(undefined, open);
  return fail({
    found: 'no backup plan of the app that selects it',
    needed: 'a backup plan that selects it',
  });
}

/** What each selection of the app says of a resource; those that surely leave it out are left out. */
function selectedBy(resource: Resource): readonly Selected[] {
  const subject = backedUpAs(resource);
  if (!isBackedUpByAwsBackup(subject.type)) return [];
  const { wide, narrow, selected } = indexOf(resource.stack.graph);
  const known = selected.get(subject);
  if (known) return known;
  const found = [...wide, ...(narrow.get(subject) ?? [])]
    .map((by) => ({ by, truth: selectedTruth(by, subject) }))
    .filter(({ truth }) => truth !== false);
  selected.set(subject, found);
  return found;
}

function selectedTruth(by: PlannedSelection, subject: Resource): Truth {
  const selects = by.plan === undefined ? false : by.selects(subject);
  if (selects === false) return false;
  const plan = by.plan instanceof Resource ? existsWith(by.plan, subject) : true;
  // A plan without rules makes no backup of what it selects.
  const backsUp = by.plan instanceof Resource ? hasRules(by.plan) : true;
  return everyTruth([existsWith(by.resource, subject), plan, backsUp, selects]);
}

/** The members of a cluster hold no data of their own: AWS Backup backs up the cluster. */
function backedUpAs(resource: Resource): Resource {
  if (resource.type !== 'AWS::RDS::DBInstance') return resource;
  const cluster = resource.target('DBClusterIdentifier');
  return cluster instanceof Resource ? cluster : resource;
}

function coverageBy(selections: readonly Selected[], resource: Resource): BackupCoverage {
  const sure = selections.filter(({ truth }) => truth === true).map(({ by }) => rulesOf(by.plan));
  const open = selections.find(({ truth }) => truth instanceof Unknown)?.truth;
  const reason =
    (open instanceof Unknown ? open : undefined) ??
    sure.find((rules) => rules.unknown)?.unknown ??
    unseen(resource);
  const rules = [
    ...new Map(
      sure.flatMap((plan) => plan.rules).map((rule) => [`${rule.plan.id} ${rule.path}`, rule]),
    ).values(),
  ];
  return reason ? { rules, unknown: reason } : { rules };
}

function rulesOf(plan: PlannedSelection['plan']) {
  if (plan instanceof Resource) return planRulesOf(plan);
  return plan ? { rules: [], unknown: plan } : { rules: [] };
}

/** Why something that the templates do not show may back a resource up. */
function unseen(resource: Resource): Unknown | undefined {
  if (!isBackedUpByAwsBackup(backedUpAs(resource).type)) return undefined;
  return indexOf(resource.stack.graph).unseen;
}

/** What is worked out once for each app. */
interface CoverageIndex {
  /** Selections that may select any resource. */
  readonly wide: readonly PlannedSelection[];

  /** Selections that list resources one by one, by the resource. */
  readonly narrow: ReadonlyMap<Resource, readonly PlannedSelection[]>;
  readonly unseen: Unknown | undefined;
  readonly selected: WeakMap<Resource, readonly Selected[]>;
  readonly coverage: WeakMap<Resource, BackupCoverage>;
}

const indexOf = oncePerGraph((graph): CoverageIndex => {
  const selections = graph.ofType('AWS::Backup::BackupSelection').map(plannedSelection);
  return {
    wide: selections.filter(({ only }) => !only),
    narrow: byResource(selections),
    unseen: unseenIn(graph),
    selected: new WeakMap<Resource, readonly Selected[]>(),
    coverage: new WeakMap<Resource, BackupCoverage>(),
  };
});

function byResource(
  selections: readonly PlannedSelection[],
): ReadonlyMap<Resource, readonly PlannedSelection[]> {
  const narrow = new Map<Resource, PlannedSelection[]>();
  for (const selection of selections) {
    for (const resource of selection.only ?? []) {
      const others = narrow.get(resource);
      if (others) others.push(selection);
      else narrow.set(resource, [selection]);
    }
  }
  return narrow;
}

function plannedSelection(selection: Resource): PlannedSelection {
  return { ...backupSelection(selection), plan: planOf(selection) };
}

/** A plan that is not in the app exists all the same, or the selection cannot be deployed. */
function planOf(selection: Resource): Resource | Unknown | undefined {
  const id = selection.get('BackupPlanId');
  return isNothing(id) ? undefined : selection.target('BackupPlanId');
}

function isNothing(value: Value | undefined): boolean {
  return value === undefined || value === null || value === '';
}

function unseenIn(graph: Graph): Unknown | undefined {
  const [macro] = graph.unreadable;
  if (macro !== undefined) return new Unknown(macro);
  const policies = graph.ofType('AWS::Organizations::Policy').map((policy) => policy.text('Type'));
  return policies.some((type) => type instanceof Unknown || type === 'BACKUP_POLICY')
    ? new Unknown('a backup policy of the organisation may select it')
    : undefined;
}
