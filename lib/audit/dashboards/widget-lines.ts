import { describe, isList, isMap, isScalar, type Value, type ValueMap } from '../../assembly/value';

/** A line of a widget: a metric, or math on other lines. */
export interface WidgetLine {
  /** What math calls it. @default - nothing refers to it */
  readonly id?: string;
  readonly label: string;

  /** Math on other lines. @default - it is a metric */
  readonly expression?: string;

  /** Namespace, name, and the names and values of dimensions, some of which only deploy may know. */
  readonly metric: readonly Value[];
  readonly statistic: string;

  /** Seconds. */
  readonly period: number;

  /** @default - only deploy knows it */
  readonly region?: string;

  /** @default - that of the dashboard */
  readonly account?: string;
}

/** A widget of metrics on a dashboard. */
export interface MetricWidget {
  readonly title: string;

  /** How many seconds it looks back. @default - as whoever looks at it has chosen */
  readonly seconds?: number;

  /** Whether the period of its metrics is all of that time. */
  readonly isWhole: boolean;
  readonly lines: readonly WidgetLine[];
}

/** CloudWatch's own, where a widget says none. */
const [PERIOD, STATISTIC] = [300, 'Average'] as const;

/**
 * The widgets of metrics in the body of a dashboard.
 *
 * @param region where a widget reads that says no region
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function metricWidgets(body: Value | undefined, region: string | undefined): readonly MetricWidget[] {
  const widgets = isMap(body) ? body.widgets : undefined;
  if (!isList(widgets)) return [];
  return widgets.flatMap((widget) => {
    if (!isMap(widget) || widget.type !== 'metric' || !isMap(widget.properties)) return [];
    return [metricWidget(widget.properties, region)];
  });
}

function metricWidget(properties: ValueMap, region: string | undefined): MetricWidget {
  const { title, start, metrics, setPeriodToTimeRange } = properties;
  const near = textOf(properties.region) ?? region;
  const defaults = {
    period: numberOf(properties.period) ?? PERIOD,
    statistic: textOf(properties.stat) ?? STATISTIC,
    ...(near !== undefined && { region: near }),
  };
  const seconds = secondsBack(textOf(start) ?? '');
  return {
    title: textOf(title) ?? '',
    ...(seconds !== undefined && { seconds }),
    isWhole: setPeriodToTimeRange === true,
    lines: isList(metrics) ? metrics.flatMap((line) => (isList(line) ? [lineOf(line, defaults)] : [])) : [],
  };
}

function lineOf(
  line: readonly Value[],
  defaults: Pick<WidgetLine, 'period' | 'statistic' | 'region'>,
): WidgetLine {
  const last = line.at(-1);
  const options = isMap(last) ? last : {};
  const metric = isMap(last) ? line.slice(0, -1) : line;
  const [id, expression, region, account] = [
    options.id,
    options.expression,
    options.region,
    options.accountId,
  ].map(textOf);
  return {
    ...defaults,
    ...(id !== undefined && { id }),
    ...(expression !== undefined && { expression }),
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    label: textOf(options.label) ?? metric.map(describe).join(' '),
    metric,
    statistic: textOf(options.stat) ?? defaults.statistic,
    period: numberOf(options.period) ?? defaults.period,
  };
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: Value | undefined): number | undefined {
  return isScalar(value) && typeof value === 'number' && value > 0 ? value : undefined;
}

const UNITS = { D: 86_400, H: 3_600, M: 60 } as const;

/** `-P30D`, `-PT36H`. */
function secondsBack(start: string): number | undefined {
  const [, days, hours, minutes] = /^-P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(start) ?? [];
  const seconds = Number(days ?? 0) * UNITS.D + Number(hours ?? 0) * UNITS.H + Number(minutes ?? 0) * UNITS.M;
  return seconds > 0 ? seconds : undefined;
}
