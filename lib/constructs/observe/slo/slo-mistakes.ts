import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { metricMathFaults } from '../../../calculus/alarms/metric-math-faults';
import { type BurnRateCheck, budgetLeftAtDetection } from '../../../calculus/burn-rate-windows';
import type { CountedEvents } from '../../../calculus/counted-events';
import { errorBudgetSeconds } from '../../../calculus/error-budget';
import { formatSeconds, type TimeSpan } from '../../../calculus/time-span';
import { LONGEST_AWAY, WORKING_HOURS } from '../../../calculus/working-hours';
import { type Mistake, repeated } from '../../../objectives/mistakes';
import { AlertSeverity, type BurnRateAlert } from '../../../objectives/policy/operations';
import type { Service } from '../../../objectives/service';
import type { Indicator } from './indicator';
import { thirdPartyMistakes } from './needed-promises';
import type { WatchedWindow } from './slo-choices';

/** An alarm on metric math takes ten metrics, expressions counted in. */
const MOST_METRICS = 9;

/**
 * Seconds from the moment at which a threshold is passed to the page: the period of the metric and the evaluation.
 *
 * @internal
 */
export const PAGE_OVERHEAD = 120;

/**
 * What must hold for an objective to be watched, and to be kept by people.
 *
 * @internal
 */
export interface Feasibility {
  readonly objective: number;
  readonly window: TimeSpan;

  /** Whether it is beside that of the contract. */
  readonly further: boolean;
  readonly checks: readonly BurnRateCheck<BurnRateAlert>[];

  /** Until a person who is paged has begun to help. */
  readonly response: TimeSpan;
  readonly recoversAlone: boolean;
  readonly service: Service | undefined;

  /** What is counted, where it is little; undefined where there is plenty of traffic. */
  readonly counted: CountedEvents | undefined;
}

/**
 * What cannot work, by arithmetic.
 *
 * @internal
 */
export function feasibilityMistakes(feasibility: Feasibility): Mistake[] {
  return [
    ...deafMistakes(feasibility),
    ...tooSlowMistakes(feasibility),
    ...thirdPartyMistakes(feasibility.objective, feasibility.service),
  ];
}

function deafMistakes({ objective: slo, checks }: Feasibility): Mistake[] {
  return checks
    .filter(({ threshold }) => threshold >= 1)
    .map(({ window, threshold }) => ({
      problem: `the alarm on ${formatSeconds(window.longWindow.toSeconds())} can never fire: at an objective of ${percent(slo)} it waits for ${percent(threshold)} of failures`,
      fix: 'leave it out of alerts, give it a smaller budgetShare, or raise the objective',
    }));
}

function tooSlowMistakes({
  objective: slo,
  window: sloWindow,
  further,
  checks,
  response,
  recoversAlone,
  counted,
}: Feasibility): Mistake[] {
  const pages = pagesOf(checks);
  if (recoversAlone || pages.length === 0) return [];
  const left = budgetLeftAtDetection(slo, sloWindow, pages, counted) - PAGE_OVERHEAD;
  if (left >= response.toSeconds()) return [];
  const budget = Math.round(errorBudgetSeconds(slo, sloWindow));
  return [
    {
      problem: `people cannot keep ${percent(slo)}${further ? ` over ${formatSeconds(sloWindow.toSeconds())}` : ''}: the budget is ${formatSeconds(budget)}, of which ${formatSeconds(Math.max(0, Math.round(left)))} are left when the page arrives, and they need ${formatSeconds(response.toSeconds())}`,
      fix: `lower the objective${further ? ' of that window in furtherWindows' : ''}, or set recoversAlone where the service recovers without people`,
    },
  ];
}

/** The alerts that people come for: at night only those that wake somebody, where there are any. */
function pagesOf(checks: Feasibility['checks']): Feasibility['checks'] {
  const of = (severity: AlertSeverity) => checks.filter(({ window }) => window.severity === severity);
  const waking = of(AlertSeverity.PAGE);
  return waking.length > 0 ? waking : of(AlertSeverity.PAGE_IN_HOURS);
}

/**
 * What is kept in working hours only, with its numbers: nobody is woken for it, and a weekend may take its budget.
 *
 * @internal
 */
export function weekendRisks({
  objective: slo,
  window,
  checks,
  recoversAlone,
}: Feasibility): readonly string[] {
  const [page] = pagesOf(checks);
  const budget = Math.round(errorBudgetSeconds(slo, window));
  const isKept = recoversAlone || page?.window.severity !== AlertSeverity.PAGE_IN_HOURS;
  if (isKept || budget >= LONGEST_AWAY) return [];
  return [
    `${percent(slo)} in ${formatSeconds(window.toSeconds())} is a budget of ${formatSeconds(budget)}, and nobody is woken: of a failure on Friday evening people learn on Monday, ${formatSeconds(LONGEST_AWAY)} later (assumed: they work ${WORKING_HOURS}). Name AlertSeverity.PAGE in severities, lower the objective, or acknowledge this.`,
  ];
}

/** The longest that alarms of CloudWatch look back. */
const LONGEST = 7 * 86_400;

/** Over less the windows of alerts are shorter than a minute. */
const SHORTEST = 86_400;
const MINUTE = 60;

/** A budget that burns so slowly lasts for the window, but for the rounding of windows: four weeks with those of a month. */
const SLOWEST_BURN = 0.9;

/**
 * Windows that alarms of CloudWatch cannot have, or that mean nothing.
 *
 * @internal
 */
export function windowMistakes(windows: readonly WatchedWindow[], { minutes }: Indicator): Mistake[] {
  const inWords = (span: TimeSpan) => formatSeconds(span.toSeconds());
  const sloWindows = windows.map(({ window }) => inWords(window));
  const mistakes: Mistake[] = repeated(sloWindows).map((window) => ({
    problem: `two windows of the objective are ${window}`,
    fix: 'leave one out of furtherWindows',
  }));
  for (const { window: sloWindow, checks } of windows) {
    if (sloWindow.toSeconds() < SHORTEST) {
      mistakes.push({
        problem: `the objective is measured over ${inWords(sloWindow)}`,
        fix: 'give it a window of a day or more',
      });
      continue;
    }
    mistakes.push(
      ...repeated(checks.map(({ window }) => inWords(window.longWindow))).map((long) => ({
        problem: `two alerts over ${inWords(sloWindow)} have a long window of ${long}`,
        fix: 'leave one out of alerts, or give it another long window',
      })),
      ...checks.flatMap((check) => pairMistakes(check, sloWindow, minutes ? 86_400 : LONGEST)),
    );
  }
  return mistakes;
}

function pairMistakes(
  { window: { longWindow, shortWindow, budgetShare }, burnRate }: BurnRateCheck,
  sloWindow: TimeSpan,
  longest: number,
): Mistake[] {
  const [long, short] = [longWindow.toSeconds(), shortWindow.toSeconds()];
  const named = `the alert on ${formatSeconds(long)} and ${formatSeconds(short)}`;
  if (long % MINUTE !== 0 || short % MINUTE !== 0)
    return [{ problem: `${named} has a window of no whole minutes`, fix: 'use whole minutes' }];
  if (!(short >= MINUTE && short < long))
    return [
      {
        problem: `${named} has no short window below its long one`,
        fix: 'make it about a twelfth of the long one',
      },
    ];
  if (long > longest)
    return [
      {
        problem: `${named} looks back more than ${formatSeconds(longest)}, which is the most that such an alarm can`,
        fix: `use a long window of ${formatSeconds(longest)} or less`,
      },
    ];
  if (!(budgetShare > 0 && budgetShare <= 1))
    return [
      { problem: `${named} has a budgetShare of ${budgetShare}`, fix: 'write a fraction: 0.02 for 2 %' },
    ];
  if (burnRate >= SLOWEST_BURN) return [];
  return [
    {
      problem: `${named} fires though the objective over ${formatSeconds(sloWindow.toSeconds())} is kept: its burn rate is ${Number(burnRate.toFixed(2))}`,
      fix: 'give it a shorter long window, or a larger budgetShare',
    },
  ];
}

/**
 * Metrics that another region has.
 *
 * @internal
 */
export function placeMistakes(scope: IConstruct, { onlyIn, good, metrics }: Indicator): Mistake[] {
  const { region } = Stack.of(scope);
  if (onlyIn === undefined || region === onlyIn) return elsewhereMistakes(metrics, region);
  const found = Token.isUnresolved(region) ? 'of a region that is known at deployment only' : `in ${region}`;
  return [
    {
      problem: `the metrics of ${good} are in ${onlyIn} only, and the stack is ${found}: its alarms would never fire`,
      fix: `put the objective into a stack in ${onlyIn}`,
    },
  ];
}

/** Alarms of CloudWatch see metrics of other accounts, and of no other region. */
function elsewhereMistakes(metrics: Indicator['metrics'], region: string): Mistake[] {
  return Object.values(metrics).flatMap(({ metricName, region: of }) => {
    if (of === undefined || of === region || [of, region].some((each) => Token.isUnresolved(each))) return [];
    return [
      {
        problem: `the metric ${metricName} is in ${of}, and the stack is in ${region}: its alarms would never fire`,
        fix: `put the objective into a stack in ${of}`,
      },
    ];
  });
}

/**
 * What an indicator cannot be.
 *
 * @internal
 */
export function indicatorMistakes({ metrics, total, bad }: Indicator): Mistake[] {
  const names = Object.keys(metrics);
  if (names.length === 0)
    return [{ problem: 'the indicator has no metrics', fix: 'name in metrics those that total and bad use' }];
  const mistakes: Mistake[] = [];
  if (names.length > MOST_METRICS)
    mistakes.push({
      problem: `the indicator has ${names.length} metrics, and an alarm takes ${MOST_METRICS} beside its expression`,
      fix: `name ${MOST_METRICS} or fewer`,
    });
  for (const name of names.filter((each) => !/^[a-z]\w*$/.test(each)))
    mistakes.push({
      problem: `${name} is no id of a metric`,
      fix: 'begin it with a small letter; letters, digits and _ follow',
    });
  for (const [what, expression] of Object.entries({ total, bad }))
    mistakes.push(...expressionMistakes(what, expression, names));
  return mistakes;
}

function expressionMistakes(what: string, expression: string, names: readonly string[]): Mistake[] {
  const faults = metricMathFaults(expression, names);
  if (faults.length > 0)
    return faults.map(({ problem, fix }) => ({ problem: `in ${what}, ${problem}: ${expression}`, fix }));
  if (names.some((name) => new RegExp(`\\b${name}\\b`).test(expression))) return [];
  return [
    {
      problem: `${what} names none of the metrics: ${expression}`,
      fix: `use ${names.join(', ')} in it`,
    },
  ];
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
