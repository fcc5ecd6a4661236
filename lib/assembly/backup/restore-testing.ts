import { largestGap } from '../../calculus/schedule';
import { formatSeconds } from '../../calculus/time-span';
import type { Truth } from '../conditions';
import { engineOf } from '../data/database-members';
import { placeInArn } from '../iam/arn-fields';
import { type ArnTest, arnTest } from '../iam/arn-selector';
import { any, fail, type Judgement, pass, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { inSamePlace, isAccountOf, isRegionOf } from '../same-place';
import { type TagTest, tagConditions } from '../tag-conditions';
import { everyTruth, negated, someTruth } from '../truth';
import { Unknown, type Value } from '../value';
import { arnOf } from './backup-arn';
import { type BackupCoverage, backupCoverageOf } from './backup-coverage';
import type { PlanRule } from './backup-plan';
import { vaultOf } from './backup-vaults';

const SECONDS_PER_HOUR = 3600;

/**
 * What restore testing calls the types that it restores.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html
 */
const RESTORED_TYPES: Readonly<Record<string, string>> = {
  'AWS::DocDB::DBCluster': 'DocumentDB',
  'AWS::DynamoDB::GlobalTable': 'DynamoDB',
  'AWS::DynamoDB::Table': 'DynamoDB',
  'AWS::EC2::Instance': 'EC2',
  'AWS::EC2::Volume': 'EBS',
  'AWS::EFS::FileSystem': 'EFS',
  'AWS::FSx::FileSystem': 'FSx',
  'AWS::Neptune::DBCluster': 'Neptune',
  'AWS::RDS::DBCluster': 'Aurora',
  'AWS::RDS::DBInstance': 'RDS',
  'AWS::S3::Bucket': 'S3',
};

/** The types whose backups AWS Backup can restore as a test. */
export const RESTORE_TESTED_TYPES: readonly string[] = Object.keys(RESTORED_TYPES);

/** Judges whether a restore testing plan of the app restores backups of a resource from a vault that holds them. */
export function restoreTested(resource: Resource): Judgement {
  const { unseen } = testsIn(resource.stack.graph);
  let open: Unknown | undefined;
  for (const test of testsThatMayCover(resource)) {
    const truth = covers(test, resource);
    // The first that surely does answers: a large app has very many selections.
    if (truth === true) return pass({ found: `tested by ${test.selection.logicalId}` });
    if (truth instanceof Unknown) open ??= truth;
  }
  const doubt = open ?? unseen;
  if (doubt) return unknown(undefined, doubt);
  return fail({
    found: 'no restore testing selection that covers it',
    needed: 'a restore testing plan with a selection that covers it',
  });
}

/** Judges whether the plans of the app that restore backups of a resource do so at least once in a time. */
export function restoreTestedEvery(resource: Resource, longestSeconds: number): Judgement {
  const { unseen } = testsIn(resource.stack.graph);
  const judged: Judgement[] = [];
  for (const test of testsThatMayCover(resource)) {
    const truth = covers(test, resource);
    if (truth === false) continue;
    const judgement = truth === true ? runsEvery(test, longestSeconds) : unknown(undefined, truth);
    if (judgement.outcome === 'pass') return judgement;
    judged.push(judgement);
  }
  const none = fail({ found: 'no restore testing selection that covers it', needed: 'one that covers it' });
  return any(
    ...judged,
    ...(unseen ? [unknown(undefined, unseen)] : []),
    ...(judged.length === 0 ? [none] : []),
  );
}

function runsEvery({ plan }: RestoreTest, longestSeconds: number): Judgement {
  if (plan instanceof Unknown) return unknown(undefined, plan);
  const schedule = plan.text('ScheduleExpression');
  const zone = plan.text('ScheduleExpressionTimezone') ?? 'UTC';
  if (schedule instanceof Unknown) return unknown(undefined, schedule);
  if (zone instanceof Unknown) return unknown(undefined, zone);
  if (schedule === undefined) return unknown(undefined, `${plan.logicalId} has no schedule`);
  const gap = largestGap([schedule], zone);
  const seconds = 'seconds' in gap ? gap.seconds : gap.atMostSeconds;
  const found = `${plan.logicalId} ${Number.isFinite(seconds) ? `runs every ${formatSeconds(seconds)}` : 'runs no more'}`;
  // A day has an hour more when the clocks go back.
  if (seconds <= longestSeconds + SECONDS_PER_HOUR) return pass({ found });
  return 'unknown' in gap
    ? unknown(undefined, gap.unknown)
    : fail({ found, needed: `at least once in ${formatSeconds(longestSeconds)}` });
}

/** A selection of a restore testing plan. */
interface RestoreTest {
  readonly selection: Resource;

  /** The plan; an unknown for one that is not in the app. */
  readonly plan: Resource | Unknown;
  readonly arns: ArnTest | undefined;

  /** Undefined where the selection has no conditions. */
  readonly conditions: TagTest | undefined;
  readonly included: ArnTest | undefined;
  readonly excluded: ArnTest | undefined;

  /** Whether it takes backups from a vault, as far as anybody has asked. */
  readonly vaults: Map<Resource, Truth>;
}

const testsIn = oncePerGraph((graph) => {
  const [macro] = graph.unreadable;
  const tests = graph.ofType('AWS::Backup::RestoreTestingSelection').map(restoreTest);
  const byType = new Map<string, RestoreTest[]>();
  for (const test of tests) {
    const type = test.selection.text('ProtectedResourceType');
    const key = typeof type === 'string' ? type : OPEN_TYPE;
    byType.set(key, [...(byType.get(key) ?? []), test]);
  }
  return { byType, unseen: macro === undefined ? undefined : new Unknown(macro) };
});

/** Stands for a type that only deploy knows. */
const OPEN_TYPE = '';

/** Few selections can cover a resource: those of its type that do not name others only. */
function testsThatMayCover(resource: Resource): readonly RestoreTest[] {
  const { byType } = testsIn(resource.stack.graph);
  const names =
    resource.type === 'AWS::RDS::DBCluster'
      ? ['Aurora', 'RDS']
      : [RESTORED_TYPES[resource.type] ?? OPEN_TYPE];
  return [...names, OPEN_TYPE]
    .flatMap((name) => byType.get(name) ?? [])
    .filter(({ arns }) => arns?.only?.has(resource) !== false);
}

const VAULTS = 'RecoveryPointSelection';

function restoreTest(selection: Resource): RestoreTest {
  const conditions = 'ProtectedResourceConditions';
  const plan = selection.target('RestoreTestingPlanName') ?? new Unknown('no plan is named');
  return {
    selection,
    plan,
    arns: arnTest(selection, 'ProtectedResourceArns'),
    conditions:
      selection.get(conditions) === undefined
        ? undefined
        : tagConditions(selection, conditions, { key: 'Key', value: 'Value' }),
    included: plan instanceof Resource ? arnTest(plan, `${VAULTS}.IncludeVaults`) : undefined,
    excluded: plan instanceof Resource ? arnTest(plan, `${VAULTS}.ExcludeVaults`) : undefined,
    vaults: new Map(),
  };
}

function covers(test: RestoreTest, resource: Resource): Truth {
  const isType = isOfType(test.selection, resource);
  const selected = isType === false ? false : everyTruth([isType, selects(test, resource)]);
  if (selected === false || test.selection.get('RestoreTestingPlanName') === undefined) return false;
  if (test.plan instanceof Unknown) return everyTruth([selected, test.plan]);
  return everyTruth([
    selected,
    existsWith(test.selection, resource),
    existsWith(test.plan, resource),
    readsVaults(test, test.plan, resource),
  ]);
}

function isOfType(selection: Resource, resource: Resource): Truth {
  const wanted = selection.text('ProtectedResourceType');
  if (wanted instanceof Unknown) return wanted;
  if (resource.type !== 'AWS::RDS::DBCluster') return wanted === RESTORED_TYPES[resource.type];
  const engine = engineOf(resource);
  if (engine instanceof Unknown) return engine;
  return wanted === (engine?.startsWith('aurora') ? 'Aurora' : 'RDS');
}

/** ARNs, conditions, or the wildcard with conditions. */
function selects({ arns, conditions }: RestoreTest, resource: Resource): Truth {
  const arn = arnOf(resource);
  if (arn === undefined || (!arns && !conditions)) return false;
  return everyTruth([arns?.(resource, arn) ?? true, conditions?.(resource) ?? true]);
}

/** Backups lie in the vaults of the rules that make them and of their copies. */
function readsVaults(test: RestoreTest, plan: Resource, resource: Resource): Truth {
  const coverage = backupCoverageOf(resource);
  const anywhere = everyTruth([inSamePlace(plan, resource), readsAny(test)]);
  let truth: Truth = someTruth([anywhere === true, ...(coverage.unknown ? [coverage.unknown] : [])]);
  for (const vault of vaultsIn(coverage)) {
    if (truth === true) break;
    truth = someTruth([readsVault(test, plan, vault), truth]);
  }
  return truth;
}

const VAULTS_OF = new WeakMap<BackupCoverage, readonly Vault[]>();

/** The vaults that the rules of a coverage fill, each once. */
function vaultsIn(coverage: BackupCoverage): readonly Vault[] {
  const vaults = VAULTS_OF.get(coverage) ?? [
    ...new Set(coverage.rules.flatMap(vaultsOf).map(({ from, value }) => vaultIn(from, value))),
  ];
  VAULTS_OF.set(coverage, vaults);
  return vaults;
}

interface VaultName {
  readonly from: Resource;
  readonly value: Value;
}

function vaultsOf({ plan, targetVault, copyActions }: PlanRule): readonly VaultName[] {
  const copies =
    copyActions instanceof Unknown ? [copyActions] : copyActions.map(({ destination }) => destination);
  const named = [targetVault, ...copies].filter((value) => value !== undefined);
  return named.map((value) => ({ from: plan, value }));
}

type Vault = Resource | Unknown | { readonly literal: Value };

function vaultIn(from: Resource, value: Value): Vault {
  const vault = vaultOf(value, from);
  return vault instanceof Unknown && typeof value === 'string' && value.startsWith('arn:')
    ? { literal: value }
    : vault;
}

function readsVault(test: RestoreTest, plan: Resource, vault: Vault): Truth {
  if (vault instanceof Unknown) return vault;
  if (vault instanceof Resource) return takesFromVault(test, plan, vault);
  const place = placeInArn(vault.literal);
  if (place instanceof Unknown) return place;
  return everyTruth([isRegionOf(place.region, plan), isAccountOf(place.account, plan), readsAny(test)]);
}

/** Few vaults hold the backups of very many resources. */
function takesFromVault(test: RestoreTest, plan: Resource, vault: Resource): Truth {
  const known = test.vaults.get(vault) ?? everyTruth([inSamePlace(plan, vault), matchesVault(test, vault)]);
  test.vaults.set(vault, known);
  return known;
}

function matchesVault({ included, excluded }: RestoreTest, vault: Resource): Truth {
  const arn = arnOf(vault);
  if (arn === undefined) return false;
  return everyTruth([included?.(vault, arn) ?? false, negated(excluded?.(vault, arn) ?? false)]);
}

/** Whether a plan takes its backups from every vault. */
function readsAny({ plan, excluded }: RestoreTest): Truth {
  if (plan instanceof Unknown) return plan;
  const vaults = plan.list(`${VAULTS}.IncludeVaults`);
  if (vaults instanceof Unknown) return vaults;
  const all = vaults.includes('*');
  return all && excluded ? new Unknown('a restore testing plan leaves some vaults out') : all;
}
