import { type Alarm, AlarmRule, CompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type BurnRateCheck, detectionSeconds } from '../../../calculus/burn-rate-windows';
import { formatSeconds, type TimeSpan } from '../../../calculus/time-span';
import { AlertSeverity, type BurnRateAlert } from '../../../objectives/policy/operations';
import type { Tier } from '../../../objectives/tier';
import { runbookWords } from '../../governance/runbook';
import { AlarmLayer, type AlarmTags, tagAlarm } from '../alarm-tags';
import { oneAlarm } from '../correlation/joined-alarm';
import { letTell } from '../told-alarm';
import { countedOf } from './event-counts';
import type { Indicator } from './indicator';
import { isAsSevere, type WatchedWindow } from './slo-choices';
import type { WindowAlarm } from './window-alarm';

/**
 * Seconds that an alarm waits to see whether a faster one fires, before it tells anybody.
 *
 * @internal
 */
export const SUPPRESSOR_WAIT = 120;

/**
 * What the burn-rate alarms of an objective are made from.
 *
 * @internal
 */
export interface BurnRateAlarmsProps {
  readonly indicator: Indicator;
  readonly windows: readonly WatchedWindow[];

  /** So many bad events must be in the long window: a handful at night is no incident. */
  readonly leastBad: number;
  readonly pages: ITopic;
  readonly tickets: ITopic;

  /** What to do, for who is called. */
  readonly runbook: string | undefined;
  readonly tier: Tier;

  /** Makes the alarm on one window of a pair. */
  readonly windowAlarm: (watched: WatchedWindow) => WindowAlarm;

  /** Makes the alarm on enough bad events, where that on a window does not count them. */
  readonly enoughAlarm: WindowAlarm | undefined;
}

/** One pair of windows: the alarm on each, and the one on both that tells somebody. */
export interface BurnRateAlarms {
  readonly check: BurnRateCheck<BurnRateAlert>;

  /** The window of the objective whose budget burns. */
  readonly sloWindow: Duration;
  readonly long: Alarm;
  readonly short: Alarm;

  /** The alarm on enough bad events in the long window, where that on their share does not count them. */
  readonly enough: Alarm | undefined;
  readonly both: CompositeAlarm;
}

/**
 * The alarms of an objective, a pair of windows each, the fastest first. While any faster pair fires that tells at least as
 * surely, slower ones stay silent: they would say the same later.
 *
 * @internal
 */
export function burnRateAlarms(scope: Construct, props: BurnRateAlarmsProps): readonly BurnRateAlarms[] {
  const made: BurnRateAlarms[] = [];
  for (const [watched, check] of fastestFirst(props.windows)) {
    const { severity } = check.window;
    const faster = made.filter((each) => isAsSevere(each.check.window.severity, severity));
    made.push(burnRateAlarm(placeOf(scope, watched), { props, watched, check, faster }));
  }
  return made;
}

/** By the time of a total outage that each takes to fire; of those that take the same the shorter window is first. */
function fastestFirst(
  windows: readonly WatchedWindow[],
): readonly (readonly [WatchedWindow, BurnRateCheck<BurnRateAlert>])[] {
  const longOf = (check: BurnRateCheck) => check.window.longWindow.toSeconds();
  return windows
    .flatMap((watched) => watched.checks.map((check) => [watched, check] as const))
    .sort(([, one], [, other]) => outageSeconds(one) - outageSeconds(other) || longOf(one) - longOf(other));
}

/** In thousandths of a second: fractions in binary have tails by which no pair is faster. */
function outageSeconds({ threshold, window: { longWindow } }: BurnRateCheck): number {
  const seconds = longWindow.toSeconds();
  const lookedAt = seconds > DAY ? HOUR : 0;
  return Number((threshold * seconds + lookedAt).toFixed(3));
}

/** Alarms that look back over more than a day are evaluated once an hour. */
const DAY = 86_400;
const HOUR = 3_600;

/**
 * The alarms of a further window have a place of their own; those of the first keep theirs when one is added.
 *
 * @internal
 */
export function placeOf(scope: Construct, { further, window }: WatchedWindow): Construct {
  if (!further) return scope;
  const id = `Over${inId(window)}`;
  return (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
}

interface Pair {
  readonly props: BurnRateAlarmsProps;
  readonly watched: WatchedWindow;
  readonly check: BurnRateCheck<BurnRateAlert>;
  readonly faster: readonly BurnRateAlarms[];
}

function burnRateAlarm(scope: Construct, { props, watched, check, faster }: Pair): BurnRateAlarms {
  const { window } = check;
  const { indicator, leastBad, tier, runbook } = props;
  // By its long window, which stays when pairs are added.
  const place = new Construct(scope, `Within${inId(window.longWindow)}`);
  const make = props.windowAlarm(watched);
  const common = { name: watched.name, indicator, check };
  const long = make(place, 'Long', { ...common, span: window.longWindow, leastBad });
  const short = make(place, 'Short', { ...common, span: window.shortWindow, leastBad: 1 });
  const enough = props.enoughAlarm?.(place, 'Enough', { ...common, span: window.longWindow, leastBad });
  const parts = enough ? [long, short, enough] : [long, short];
  const suppressor = anyOf(place, faster, { layer: AlarmLayer.SERVICE, tier, runbook });
  const both = new CompositeAlarm(place, 'Both', {
    alarmDescription: described(props, watched, check),
    alarmRule: AlarmRule.allOf(...parts),
    ...(suppressor && {
      actionsSuppressor: suppressor,
      actionsSuppressorWaitPeriod: Duration.seconds(SUPPRESSOR_WAIT),
      actionsSuppressorExtensionPeriod: Duration.seconds(window.shortWindow.toSeconds()),
    }),
  });
  const topic = window.severity === AlertSeverity.TICKET ? props.tickets : props.pages;
  for (const alarm of parts) tagAlarm(alarm, { layer: AlarmLayer.SERVICE, tier, runbook });
  letTell(both, { topic, layer: AlarmLayer.SERVICE, tier, runbook, severity: window.severity });
  return { check, sloWindow: watched.window, long, short, enough, both };
}

/**
 * CloudWatch takes one suppressor, and the next faster pair is not enough: it may have ended, or not have begun, while one before it
 * fires.
 */
function anyOf(place: Construct, faster: readonly BurnRateAlarms[], tags: AlarmTags): IAlarm | undefined {
  const alarms = faster.map(({ both }) => both);
  return oneAlarm(place, 'Faster', alarms, { ...tags, what: 'A faster pair of windows fires.' });
}

/** The text on the pager: what is wrong, why it matters, and what to do. */
function described(
  { runbook, leastBad, indicator }: BurnRateAlarmsProps,
  { name, objective, window: sloWindow }: WatchedWindow,
  check: BurnRateCheck<BurnRateAlert>,
): string {
  const { window, burnRate, threshold } = check;
  const share = percent(threshold);
  const full = formatSeconds(Math.ceil(detectionSeconds(check, 1, countedOf(indicator, leastBad))));
  const [long, short] = [window.longWindow, window.shortWindow].map((span) =>
    formatSeconds(span.toSeconds()),
  );
  const what = indicator.minutes ? 'minutes' : 'events';
  return [
    `${name} (objective ${percent(objective)} in ${formatSeconds(sloWindow.toSeconds())}) burns its error budget ${Number(burnRate.toFixed(2))} times too fast: more than ${share} of ${what} fail over ${long} and over ${short}, and at least ${leastBad} do.`,
    `When it fires ${percent(window.budgetShare)} of the budget are gone; a total outage is found after ${full}.`,
    `Good are ${indicator.good}.${runbookWords({ runbook })}`,
  ].join(' ');
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}

function inId(span: TimeSpan): string {
  return formatSeconds(span.toSeconds()).replaceAll(' ', '');
}
