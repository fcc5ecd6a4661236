import {
  AlarmStatusWidget,
  AlarmWidget,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  LegendPosition,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { errorBudgetSeconds } from '../../../calculus/error-budget';
import { formatSeconds } from '../../../calculus/time-span';
import { objectiveTitle, percentOf } from '../../../objectives/measured-figures';
import type { BurnRateAlarms } from '../slo/burn-rate-alarms';
import type { ContractAndRaw } from '../slo/contract-and-raw';
import type { ContractSeries } from '../slo/contract-in-signals';
import type { ServiceLevelObjective } from '../slo/service-level-objective';
import { MOST_ALARMS_IN_WIDGET } from './checked-dashboard';
import { ObjectiveSeries } from './objective-series';

/** The columns of a dashboard. */
const FULL = 24;

const HALF = 12;
const THIRD = 8;
const GRAPH_HEIGHT = 5;

/** Alarms in one line of a widget of alarm states, about. */
const ALARMS_IN_LINE = 4;

/** How to read what follows: dashboards are looked at by those who have never seen one. @internal */
export function heading(...lines: readonly string[]): IWidget {
  return new TextWidget({ markdown: lines.join('\n\n'), width: FULL, height: 1 + lines.length });
}

/**
 * The figures of one objective: attained, budget left, and how long it lasts.
 *
 * @internal
 */
export function figures(slo: ServiceLevelObjective, width: number): IWidget {
  const series = new ObjectiveSeries(slo);
  return new SingleValueWidget({
    title: objectiveTitle({
      name: slo.name,
      objective: slo.objective,
      windowSeconds: slo.window.toSeconds(),
    }),
    metrics: [series.attained(), series.budgetLeft()],
    // Two decimals would show 99.995 % as kept where 99.999 % is owed. The series are cut to four.
    fullPrecision: true,
    start: series.start,
    width,
    height: GRAPH_HEIGHT,
  });
}

/**
 * All about one objective, row by row.
 *
 * @internal
 */
export function objectiveRows(slo: ServiceLevelObjective): readonly (readonly IWidget[])[] {
  const series = new ObjectiveSeries(slo);
  const { minutes } = slo.indicator;
  const left = graph('Error budget left over the window, %', series.budgetLeft(), {
    start: series.start,
    width: HALF,
    annotation: { value: 0, label: '0 %: below, the objective is missed' },
  });
  return [
    [heading(...explained(slo))],
    [figures(slo, minutes ? HALF : 6), ...(minutes ? [] : [daysLeft(series)]), left],
    ...inRows(slo.alarms.map(burning), 4),
    [
      graph('Traffic: events', series.traffic(), { width: HALF }),
      graph(`Failures: events that are not ${slo.indicator.good}`, series.failures(), { width: HALF }),
    ],
  ];
}

/**
 * One objective measured twice: the contract and the raw series beside each other, and the alarms on the gap.
 *
 * @internal
 */
export function contractRows(measured: ContractAndRaw): readonly (readonly IWidget[])[] {
  const { objective: slo, series, gaps } = measured;
  return [
    [
      heading(
        `## ${slo.name}: contract and raw`,
        'The contract leaves maintenance out, raw leaves nothing out: what lies between them is what users met during maintenance.',
      ),
    ],
    ...series.map((each, index) => contractRow(slo.name, each, index > 0)),
    alarmStates(`${slo.name}: alarms on what maintenance hides`, gaps),
  ];
}

/** Contract and raw over one window. */
function contractRow(
  name: string,
  { window, owed, contractAttainment, rawAttainment }: ContractSeries,
  further: boolean,
): readonly IWidget[] {
  const over = formatSeconds(window.toSeconds());
  const start = `-${window.toIsoString()}`;
  const annotation = { value: Number((owed * 100).toPrecision(12)), label: `${percentOf(owed)} owed` };
  const options = { start, width: THIRD, annotation };
  const said = further ? `, over ${over}` : '';
  return [
    new SingleValueWidget({
      title: `${name}: contract and raw over ${over}, %`,
      metrics: [contractAttainment, rawAttainment],
      fullPrecision: true,
      start,
      width: THIRD,
      height: GRAPH_HEIGHT,
    }),
    graph(`${name}: contract, without maintenance${said}, %`, contractAttainment, options),
    graph(`${name}: raw, all time${said}, %`, rawAttainment, options),
  ];
}

/** What is measured, against what, and what the numbers mean. */
function explained(slo: ServiceLevelObjective): readonly string[] {
  const { name, objective, window, indicator } = slo;
  const budget = formatSeconds(Math.round(errorBudgetSeconds(objective, window)));
  const counted = indicator.minutes
    ? ' Counted in steps of five minutes, each as bad as its worst minute: the service keeps single minutes for 15 days only, so this shows a little less than what was attained.'
    : '';
  return [
    `## ${name}: ${percentOf(objective)} of ${indicator.good}, over ${windowOf(slo)}`,
    `The error budget is ${percentOf(1 - objective)} of the events: ${budget} of a total outage. 100 % left: nothing is spent; 0 %: all is spent; below: the objective is missed.${counted}`,
  ];
}

function daysLeft(series: ObjectiveSeries): IWidget {
  return new SingleValueWidget({
    title: `Budget lasts at the pace of this day (UTC), ${windowOf(series.slo)} at most`,
    metrics: [series.daysLeft()],
    start: series.start,
    width: 6,
    height: GRAPH_HEIGHT,
  });
}

/** The alarm on the long window of a pair, with its threshold as a line. */
function burning({ long, check: { window, burnRate, threshold } }: BurnRateAlarms): IWidget {
  const rate = Number(burnRate.toFixed(2));
  return new AlarmWidget({
    title: `Burn over ${formatSeconds(window.longWindow.toSeconds())}: ${window.severity} at ${rate} times, ${percentOf(threshold)} bad`,
    alarm: long,
    width: 6,
    height: GRAPH_HEIGHT,
  });
}

interface GraphOptions {
  readonly width: number;
  readonly start?: string;
  readonly annotation?: { readonly value: number; readonly label: string };
}

/** One line each, so that no colour has to be told from another. */
function graph(title: string, metric: IMetric, { width, start, annotation }: GraphOptions): IWidget {
  return new GraphWidget({
    title,
    left: [metric],
    ...(annotation && { leftAnnotations: [annotation] }),
    ...(start !== undefined && { start }),
    leftYAxis: { showUnits: false },
    legendPosition: LegendPosition.HIDDEN,
    width,
    height: GRAPH_HEIGHT,
  });
}

/**
 * The states of alarms, in words; a widget holds a hundred.
 *
 * @internal
 */
export function alarmStates(title: string, alarms: readonly IAlarm[], width = FULL): readonly IWidget[] {
  const parts = inRows(alarms, MOST_ALARMS_IN_WIDGET);
  return parts.map(
    (part, index) =>
      new AlarmStatusWidget({
        title: parts.length > 1 ? `${title} (${index + 1} of ${parts.length})` : title,
        alarms: [...part],
        width,
        height: 2 + Math.ceil((part.length * FULL) / (ALARMS_IN_LINE * width)),
      }),
  );
}

/** The alarms of an objective that tell somebody. @internal */
export function tellingAlarms({ alarms, silence, neverMeasured }: ServiceLevelObjective): readonly IAlarm[] {
  return [
    ...alarms.map(({ both }) => both),
    ...[silence, neverMeasured].filter((each) => each !== undefined),
  ];
}

/** A list in parts of so many. @internal */
export function inRows<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

function windowOf({ window }: ServiceLevelObjective): string {
  return formatSeconds(window.toSeconds());
}
