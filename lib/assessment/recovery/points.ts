import { backupCoverageOf } from '../../assembly/backup/backup-coverage';
import { largestWallClockGap, oldestNewestBackup } from '../../assembly/backup/backup-interval';
import type { PlanRule } from '../../assembly/backup/backup-plan';
import { placeOfCopy } from '../../assembly/backup/backup-vaults';
import type { Judgement } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import type { Fact } from '../../calculus/fact';
import { RECOVERY_FACTS, type RecoveryFactName } from '../../calculus/recovery-facts';
import type { RecoveryTerm } from '../assessment';
import { type Step, taking } from './path';
import type { Point } from './store';

/** The facts on how long a restore takes. */
export type RestoreFact = Extract<RecoveryFactName, `restore${string}` | `replay${string}`>;

/** A restore makes a new resource, to which callers are led. */
export function restored(resource: Resource, fact: RestoreFact = 'restoreSeconds'): readonly Step[] {
  return [
    taking(RECOVERY_FACTS[fact], {
      what: 'restore to a new resource',
      resource,
      controlPlane: 'makes a new resource',
    }),
    taking(RECOVERY_FACTS.endpointSwitchSeconds, {
      what: 'callers are led to the new resource',
      resource,
      controlPlane: 'changes the settings of callers',
    }),
  ];
}

/** Versions are copied back where they are. */
export function copiedBack(resource: Resource): readonly Step[] {
  return [
    taking(RECOVERY_FACTS.restoreVersionsSeconds, { what: 'earlier versions are copied back', resource }),
  ];
}

/** Continuous backups, whose newest moment lies behind now. */
export function continuous(
  resource: Resource,
  lag: Fact<number>,
  restore: readonly Step[] = restored(resource),
  elsewhere = false,
): Point {
  const what = 'point-in-time recovery';
  const loss = [{ what: `lag of ${what}`, seconds: lag.value, source: lag.source, resource }];
  return { what, loss, restore, elsewhere };
}

/** Snapshots that the service makes by itself. */
export function ownSnapshots(resource: Resource, everySeconds: number, source: string): Point {
  const { value } = AWS_FACTS.backupDurationSeconds;
  return {
    what: 'snapshots of its own',
    loss: [
      { what: 'interval of snapshots', seconds: everySeconds, source, resource },
      { what: 'duration of a snapshot', seconds: value.worst, source: 'assumed', resource },
    ],
    restore: restored(resource),
    elsewhere: false,
  };
}

/** What is there where a judgement says so, and why that may be. */
export function pointsWhere(judged: Judgement, points: () => readonly Point[]): readonly Point[] {
  return judged.outcome === 'pass' ? points() : [];
}

/** Why it cannot be known whether something holds. */
export function whyOpen(...judged: readonly (Judgement | Unknown | undefined)[]): string | undefined {
  for (const each of judged) {
    if (each instanceof Unknown) return each.reason;
    if (each?.outcome === 'unknown') return each.reason;
  }
  return undefined;
}

/** How a type is backed up by plans. */
export interface PlannedBackups {
  /** How far its continuous backups lie behind. @default - AWS Backup makes none of it */
  readonly lag?: Fact<number>;

  /** @default - that of most stores */
  readonly restore?: RestoreFact;
}

/** What the backup plans of the app keep of a resource, and why there may be more. */
export function plannedPoints(
  resource: Resource,
  { lag, restore = 'restoreSeconds' }: PlannedBackups = {},
): { readonly points: readonly Point[]; readonly open?: string } {
  const { rules, unknown } = backupCoverageOf(resource);
  const steps = restored(resource, restore);
  const copied = rules.filter(copiesElsewhere);
  const running = rules.filter(({ continuous: runs }) => runs === true);
  const points = [
    ...(lag && running.length > 0 ? [continuous(resource, lag, steps)] : []),
    ...(rules.length > 0 ? [snapshots(rules, steps, false)] : []),
    ...(copied.length > 0 ? [snapshots(copied, steps, true)] : []),
  ];
  const open = unknown?.reason ?? (copied.length === 0 ? whyCopiesAreOpen(rules) : undefined);
  return { points, ...(open !== undefined && { open }) };
}

function whyCopiesAreOpen(rules: readonly PlanRule[]): string | undefined {
  const places = rules.flatMap(({ plan, copyActions }) =>
    copyActions instanceof Unknown
      ? [copyActions]
      : copyActions.map((action) => placeOfCopy(action, plan).sameRegion),
  );
  return places.find((place) => place instanceof Unknown)?.reason;
}

function copiesElsewhere({ plan, copyActions }: PlanRule): boolean {
  const actions = copyActions instanceof Unknown ? [] : copyActions;
  return actions.some((action) => placeOfCopy(action, plan).sameRegion === false);
}

function snapshots(rules: readonly PlanRule[], restore: readonly Step[], elsewhere: boolean): Point {
  const [rule] = rules;
  const resource = rule?.plan;
  const path = rule?.path ?? '';
  const { interval, window } = intervalOf(rules);
  const duration = AWS_FACTS.backupDurationSeconds;
  const copy = AWS_FACTS.backupCopySeconds;
  const term = (what: string, seconds: number, source: string): RecoveryTerm => ({
    what,
    seconds,
    source,
    ...(resource && { resource }),
  });
  const loss = [
    term('interval of backups', interval, `${path}.ScheduleExpression`),
    term('start window', window, `${path}.StartWindowMinutes`),
    term('duration of a backup', duration.value.worst, 'assumed'),
    ...(elsewhere ? [term('copy to the other region', copy.value.worst, 'assumed')] : []),
  ];
  return { what: elsewhere ? 'copies of backups' : 'backups', loss, restore, elsewhere };
}

/** What only deploy knows counts as what AWS does where nothing is set. */
function intervalOf(rules: readonly PlanRule[]): { readonly interval: number; readonly window: number } {
  const oldest = oldestNewestBackup(rules).seconds;
  const gap = largestWallClockGap(rules).seconds;
  const day = 24 * 3600;
  const interval = Number.isFinite(gap) ? gap : day;
  const usual = interval + AWS_FACTS.backupDefaultStartWindowSeconds.value;
  const whole = Number.isFinite(oldest) ? Math.max(oldest, interval) : usual;
  return { interval, window: whole - interval };
}
