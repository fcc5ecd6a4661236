import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type IMetric, type IWidget, SingleValueWidget, Stats, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Mistake } from '../../../objectives/mistakes';

/** A figure of a business, from where it is kept. One of the two is needed. */
export interface ExecutiveFigure {
  /**
   * The metric that has it; its last value is shown.
   *
   * @default - it is said in words
   */
  readonly metric?: IMetric;

  /**
   * What is to be said of it, in Markdown: a number with its date and source, a link to the report. It ends up in the template.
   *
   * @default - it is a metric
   */
  readonly text?: string;
}

/** The figures that no service of AWS measures. */
export interface ExecutiveFigures {
  /**
   * How long incidents took until users were served again: a metric with one sample for each, in seconds.
   *
   * @default - left out, and said so: nothing that this library builds measures it
   */
  readonly recoveryTime?: Metric;

  /**
   * How many drills are overdue, such as restores: `RestoreTesting` measures `Overdue` in `Nines/RestoreTesting`.
   *
   * @default - left out, and said so
   */
  readonly drills?: ExecutiveFigure;

  /**
   * How many accepted risks are open.
   *
   * @default - left out, and said so
   */
  readonly risks?: ExecutiveFigure;

  /**
   * The minutes a year of the single points of failure that are known: `nines report` has them.
   *
   * @default - left out, and said so
   */
  readonly debt?: ExecutiveFigure;

  /**
   * What outages cost. What an hour of the service costs stays out of templates: it is not worked out here.
   *
   * @default - left out, and said so
   */
  readonly costOfDowntime?: ExecutiveFigure;
}

type FigureName = 'drills' | 'risks' | 'debt' | 'costOfDowntime';

const TITLES: Readonly<Record<FigureName, string>> = {
  drills: 'Drills overdue',
  risks: 'Accepted risks that are open',
  debt: 'Availability debt: known single points of failure, min a year',
  costOfDowntime: 'Cost of downtime',
};

const NAMES: readonly FigureName[] = ['drills', 'risks', 'debt', 'costOfDowntime'];

/** The time of incidents that is looked at: long enough for a median, short enough to show what was learnt. */
const INCIDENTS_SINCE = '-P90D';

const THIRD = 8;
const HEIGHT = 4;

/**
 * The widgets of the figures that have a source, and the names of those that have none.
 *
 * @internal
 */
export function executiveFigures(given: ExecutiveFigures): {
  readonly widgets: readonly IWidget[];
  readonly without: readonly string[];
} {
  const shown = NAMES.filter((name) => given[name]);
  const left = NAMES.filter((name) => !given[name]).map((name) => TITLES[name]);
  const { recoveryTime } = given;
  return {
    widgets: [
      ...(recoveryTime ? [recovery(recoveryTime)] : []),
      ...shown.map((name) => figure(TITLES[name], given[name] ?? {})),
    ],
    without: [...(recoveryTime ? [] : ['Time to recover (MTTR)']), ...left],
  };
}

/** Figures that say nothing, or two things. @internal */
export function figureMistakes(given: ExecutiveFigures): Mistake[] {
  return NAMES.flatMap((name) => {
    const { metric, text } = given[name] ?? { text: '-' };
    const said = text?.trim() ? 1 : 0;
    if (said + (metric ? 1 : 0) === 1) return [];
    return [
      {
        problem: metric ? `${name} has a metric and a text` : `${name} has neither a metric nor a text`,
        fix: 'give one of the two, or leave it out',
      },
    ];
  });
}

/** Median and p90, for a few long incidents make a mean of nothing; and of how many incidents. */
function recovery(metric: Metric): IWidget {
  const as = (statistic: string, label: string) => metric.with({ statistic, label });
  return new SingleValueWidget({
    title: 'Time to recover, s, incidents of 90 d',
    metrics: [as(Stats.p(50), 'Median'), as(Stats.p(90), 'p90'), as(Stats.SAMPLE_COUNT, 'n, incidents')],
    setPeriodToTimeRange: true,
    start: INCIDENTS_SINCE,
    width: THIRD,
    height: HEIGHT,
  });
}

function figure(title: string, { metric, text = '' }: ExecutiveFigure): IWidget {
  return metric
    ? new SingleValueWidget({ title, metrics: [metric], width: THIRD, height: HEIGHT })
    : new TextWidget({ markdown: `**${title}**\n\n${text}`, width: THIRD, height: HEIGHT });
}
