import { type BurnRateCheck, budgetLeftAtDetection } from '../../../calculus/burn-rate-windows';
import { errorBudgetSeconds } from '../../../calculus/error-budget';
import { formatSeconds, type TimeSpan } from '../../../calculus/time-span';
import { DependencyKind } from '../../../objectives/dependency';
import type { Mistake } from '../../../objectives/mistakes';
import { AlertSeverity, type BurnRateAlert } from '../../../objectives/policy/operations';
import type { Service } from '../../../objectives/service';
import type { Indicator } from './indicator';

/** An alarm on metric math takes ten metrics, expressions counted in. */
const MOST_METRICS = 9;

/** Seconds from the moment at which a threshold is passed to the page: the period of the metric and the evaluation. */
export const PAGE_OVERHEAD = 120;

/** What must hold for an objective to be watched, and to be kept by people. */
export interface Feasibility {
  readonly slo: number;
  readonly sloWindow: TimeSpan;
  readonly checks: readonly BurnRateCheck<BurnRateAlert>[];

  /** Until a person who is paged has begun to help. */
  readonly response: TimeSpan;
  readonly recoversAlone: boolean;
  readonly service: Service | undefined;
}

/** What cannot work, by arithmetic. */
export function feasibilityMistakes(feasibility: Feasibility): Mistake[] {
  return [...deafMistakes(feasibility), ...tooSlowMistakes(feasibility), ...dependencyMistakes(feasibility)];
}

function deafMistakes({ slo, checks }: Feasibility): Mistake[] {
  return checks
    .filter(({ threshold }) => threshold >= 1)
    .map(({ window, threshold }) => ({
      problem: `the alarm on ${formatSeconds(window.longWindow.toSeconds())} can never fire: at an objective of ${percent(slo)} it waits for ${percent(threshold)} of failures`,
      fix: 'leave it out of alerts, give it a smaller budgetShare, or raise the objective',
    }));
}

function tooSlowMistakes({ slo, sloWindow, checks, response, recoversAlone }: Feasibility): Mistake[] {
  const pages = checks.filter(({ window }) => window.severity !== AlertSeverity.TICKET);
  if (recoversAlone || pages.length === 0) return [];
  const left = budgetLeftAtDetection(slo, sloWindow, pages) - PAGE_OVERHEAD;
  if (left >= response.toSeconds()) return [];
  const budget = Math.round(errorBudgetSeconds(slo, sloWindow));
  return [
    {
      problem: `people cannot keep ${percent(slo)}: the budget is ${formatSeconds(budget)}, of which ${formatSeconds(Math.max(0, Math.round(left)))} are left when the page arrives, and they need ${formatSeconds(response.toSeconds())}`,
      fix: 'lower the objective, or set recoversAlone where the service recovers without people',
    },
  ];
}

function dependencyMistakes({ slo, service }: Feasibility): Mistake[] {
  return (service?.thirdParties ?? [])
    .filter(({ kind, sla }) => kind === DependencyKind.HARD && sla !== undefined && sla < slo)
    .map(({ name, sla = 0 }) => ({
      problem: `${percent(slo)} is more than ${name} promises (${percent(sla)}), without which the service does not work`,
      fix: `lower the objective to ${percent(sla)} or less, or do without ${name} while it is down and declare it soft`,
    }));
}

/** What an indicator cannot be. */
export function indicatorMistakes({ metrics, total, bad }: Indicator): Mistake[] {
  const names = Object.keys(metrics);
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
    if (!names.some((name) => new RegExp(`\\b${name}\\b`).test(expression)))
      mistakes.push({
        problem: `${what} names none of the metrics: ${expression}`,
        fix: `use ${names.join(', ')} in it`,
      });
  return mistakes;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
