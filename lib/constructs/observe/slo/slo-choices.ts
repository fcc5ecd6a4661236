import { Duration } from 'aws-cdk-lib/core';
import { type BurnRateCheck, burnRateChecks, scaledTo } from '../../../calculus/burn-rate-windows';
import { formatSeconds } from '../../../calculus/time-span';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import { AlertSeverity, type BurnRateAlert } from '../../../objectives/policy/operations';
import { OWN_DECISION, SRE_WORKBOOK } from '../../../objectives/policy/sources';
import type { Service } from '../../../objectives/service';
import type { TierChoices } from '../../governance/tier-choices';
import { withEvents } from './event-counts';
import { type Indicator, IndicatorKind } from './indicator';
import type { ServiceLevelObjectiveProps, SloWindow } from './service-level-objective-props';

/**
 * An objective over one window, with what its pairs of windows mean.
 *
 * @internal
 */
export interface WatchedWindow {
  /** The name of the objective, with the window where it is a further one. */
  readonly name: string;
  readonly objective: number;
  readonly window: Duration;

  /** The fastest first. */
  readonly checks: readonly BurnRateCheck<BurnRateAlert>[];

  /** Whether it is beside the first. */
  readonly further: boolean;
}

/**
 * The objective over each of its windows, the first being that of the contract.
 *
 * @internal
 */
export function watchedWindows(
  choices: TierChoices,
  props: ServiceLevelObjectiveProps,
  {
    name,
    service,
    path,
  }: { readonly name: string; readonly service: Service | undefined; readonly path: string },
): readonly [WatchedWindow, ...WatchedWindow[]] {
  const objective = chosenObjective(choices, props, service?.objectives.slo);
  const sloWindow = props.window ?? service?.objectives.sloWindow ?? choices.policy.sloWindow.value;
  const window = Duration.seconds(sloWindow.toSeconds());
  const reached = (alerts: readonly BurnRateAlert[]) =>
    props.alerts ? alerts : inReach(props.indicator, scaledTo(window, alerts));
  const alerts = chosenAlerts(choices, props, { path, reached });
  const inTime = reached(alerts);
  const first = {
    name,
    objective,
    window,
    checks: burnRateChecks(objective, window, inTime),
    further: false,
  };
  const furtherOne = (each: SloWindow): WatchedWindow => {
    const own = each.objective ?? objective;
    const over = `${name}-${formatSeconds(each.window.toSeconds()).replaceAll(' ', '')}`;
    const given = each.alerts ?? inReach(props.indicator, scaledTo(each.window, alerts));
    return {
      name: over,
      objective: own,
      window: each.window,
      checks: burnRateChecks(own, each.window, given),
      further: true,
    };
  };
  return [first, ...(props.furtherWindows ?? []).map(furtherOne)];
}

/** What is looked at minute by minute is looked at for a day at most; where little happens short windows are longer. */
function inReach(indicator: Indicator, alerts: readonly BurnRateAlert[]): readonly BurnRateAlert[] {
  const reached = indicator.minutes
    ? alerts.filter(({ longWindow }) => longWindow.toSeconds() <= DAY)
    : alerts;
  return withEvents(indicator, reached);
}

const DAY = 86_400;

/** A slow answer is better than none: what is asked of latency is ten times less strict. */
function chosenObjective(
  choices: TierChoices,
  { objective, indicator }: ServiceLevelObjectiveProps,
  slo = choices.policy.availabilitySlo.value,
): number {
  const strict = indicator.kind === IndicatorKind.AVAILABILITY;
  const value = strict ? slo : Number((1 - (1 - slo) * 10).toPrecision(12));
  const because = strict
    ? 'what the service promises is what is watched'
    : 'a tenth of the strictness of the availability: a slow answer is better than none';
  return choices.atLeast({
    what: 'objective',
    owed: { value, because, source: SRE_WORKBOOK },
    chosen: objective,
  });
}

const RANK: Readonly<Record<AlertSeverity, number>> = {
  [AlertSeverity.PAGE]: 2,
  [AlertSeverity.PAGE_IN_HOURS]: 1,
  [AlertSeverity.TICKET]: 0,
};

/**
 * Whether one severity reaches people at least as surely as another.
 *
 * @internal
 */
export function isAsSevere(one: AlertSeverity, other: AlertSeverity): boolean {
  return RANK[one] >= RANK[other];
}

/**
 * The severity that reaches people most surely; a ticket where there is none.
 *
 * @internal
 */
export function mostUrgent(windows: readonly WatchedWindow[]): AlertSeverity {
  const all = windows.flatMap(({ checks }) => checks.map(({ window }) => window.severity));
  return all.reduce((most, each) => (isAsSevere(most, each) ? most : each), AlertSeverity.TICKET);
}

function chosenAlerts(
  choices: TierChoices,
  { alerts: given, severities }: ServiceLevelObjectiveProps,
  {
    path,
    reached,
  }: { readonly path: string; reached(alerts: readonly BurnRateAlert[]): readonly BurnRateAlert[] },
): readonly BurnRateAlert[] {
  const { value, because, source } = choices.policy.sloAlerts;
  const unnamed = given ?? value;
  refuse(path, severityMistakes(unnamed, severities));
  const alerts = unnamed.map((alert, index) => ({
    ...alert,
    severity: severities?.[index] ?? alert.severity,
  }));
  const chosen = given || severities ? alerts : undefined;
  choices.record({
    what: 'alerts',
    value: inWords(reached(alerts)),
    because: chosen ? 'given' : because,
    source,
  });
  const [strongest] = value.map(({ severity }) => severity).sort((one, other) => RANK[other] - RANK[one]);
  if (strongest === undefined) return alerts;
  const reaching = (each: readonly BurnRateAlert[]) =>
    each.filter(({ severity }) => isAsSevere(severity, strongest)).length;
  const owed: Decided<number> = { value: reaching(value), because, source };
  choices.atLeast({ what: `alerts of severity ${strongest}`, owed, chosen: chosen && reaching(chosen) });
  return alerts;
}

function severityMistakes(
  alerts: readonly BurnRateAlert[],
  severities: readonly AlertSeverity[] | undefined,
): Mistake[] {
  if (severities === undefined || severities.length === alerts.length) return [];
  return [
    {
      problem: `severities has ${severities.length}, and there are ${alerts.length} alerts`,
      fix: `name ${alerts.length}, the fastest alert first`,
    },
  ];
}

function inWords(alerts: readonly BurnRateAlert[]): string {
  const each = alerts.map(
    ({ severity, budgetShare }) => `${severity} at ${Number((budgetShare * 100).toPrecision(3))} %`,
  );
  return alerts.length === 0 ? 'none' : each.join(', ');
}

/**
 * Whether somebody is told that nothing is measured. A standby serves nobody: only what comes at even distances, such as the runs of a
 * canary, comes there as well.
 *
 * @internal
 */
export function chosenSilence(
  choices: TierChoices,
  chosen: boolean | undefined,
  { waits, eventsPerHour }: Pick<Indicator, 'eventsPerHour'> & { readonly waits: boolean },
): boolean {
  const isQuiet = waits && eventsPerHour === undefined;
  const value = choices.tier <= 1 && !isQuiet;
  const because = value
    ? 'an objective of which nothing is measured looks as if it were kept'
    : isQuiet
      ? 'a standby serves nobody until it takes over'
      : 'silence at night is normal for a service that few use';
  return choices.on({ what: 'alertOnSilence', owed: { value, because, source: OWN_DECISION }, chosen });
}
