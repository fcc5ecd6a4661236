import { MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { unavailability } from '../../../calculus/error-budget';
import { MeasuredPart, OBJECTIVE_LABELS } from '../../../objectives/measured-figures';
import type { MaintenanceMask } from '../slo/maintenance-mask';
import type { ServiceLevelObjective } from '../slo/service-level-objective';

/** Hours of an SLO window are few enough to add up, and are kept for 15 months. */
const COUNTED_BY = Duration.hours(1);

/** Of minutes only those of 15 days are kept; of five minutes, those of 63 days. */
const FIVE_MINUTES = Duration.minutes(5);

/** Four decimals, cut off: what is missed must not look kept. */
const PRECISION = 10_000;

/**
 * The figures of one objective as metric math, to be drawn over its own window: `start` of the widget says so.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * @internal
 */
export class ObjectiveSeries {
  /** The range of a widget that ends with the figures of the whole window: `-P30D`. */
  readonly start: string;

  /**
   * @param slo the objective
   * @param prefix what the ids of its metrics begin with, so that several objectives fit one widget
   * @param leftOut the time that is not counted, in steps of five minutes. @default - all time is counted
   */
  constructor(
    readonly slo: ServiceLevelObjective,
    private readonly prefix = '',
    private readonly leftOut?: MaintenanceMask,
  ) {
    this.start = `-${slo.window.toIsoString()}`;
  }

  /** How many metrics a widget with one of the series reads. */
  get size(): number {
    return (
      Object.keys(this.slo.indicator.metrics).length + Object.keys(this.leftOut?.clocks ?? {}).length + 3
    );
  }

  /** The share of good events since the start, per cent. */
  attained(label: string = OBJECTIVE_LABELS[MeasuredPart.ATTAINED]): MathExpression {
    const { bad, total } = this.running;
    return this.exact(`100 * (1 - ${bad} / ${total})`, label);
  }

  /** The share of the error budget that is left, per cent; below 0 the objective is missed. */
  budgetLeft(): MathExpression {
    return this.exact(`100 * ${this.left}`, OBJECTIVE_LABELS[MeasuredPart.BUDGET_LEFT]);
  }

  /** Days until the budget is gone at the pace of the last day. At most the window: by then all of it is new. */
  daysLeft(): MathExpression {
    const { bad, total } = this.ids;
    const days = this.slo.window.toDays({ integral: false });
    const burnt = `${bad} / (${this.budget} * ${total})`;
    const expression = `IF(${burnt} > ${this.left}, ${days} * ${this.left} / (${burnt}), ${days})`;
    return this.exact(expression, 'Days', Duration.days(1));
  }

  /** The share of good events in each period, per cent. */
  attainedPer(period: Duration): MathExpression {
    const { bad, total } = this.ids;
    return this.exact(`100 * (1 - ${bad} / ${total})`, this.slo.name, period);
  }

  /** Events in each five minutes. */
  traffic(): MathExpression {
    return this.counted(this.slo.indicator.total, 'Events per 5 min', FIVE_MINUTES);
  }

  /** Bad events in each five minutes. */
  failures(): MathExpression {
    return this.counted(this.slo.indicator.bad, 'Bad events per 5 min', FIVE_MINUTES);
  }

  private get ids(): { readonly total: string; readonly bad: string } {
    return { total: `${this.prefix}slo_total`, bad: `${this.prefix}slo_bad` };
  }

  private get running(): { readonly total: string; readonly bad: string } {
    return { total: `RUNNING_SUM(${this.ids.total})`, bad: `RUNNING_SUM(${this.ids.bad})` };
  }

  private get budget(): number {
    return Number(unavailability(this.slo.objective).toPrecision(12));
  }

  private get left(): string {
    return `(1 - ${this.running.bad} / (${this.budget} * ${this.running.total}))`;
  }

  /** A figure from both counts, which have ids of their own so that it stays short. */
  private exact(expression: string, label: string, given?: Duration): MathExpression {
    const { minutes, total, bad } = this.slo.indicator;
    const period = given ?? (minutes || this.leftOut ? FIVE_MINUTES : COUNTED_BY);
    return new MathExpression({
      expression: `FLOOR(${PRECISION} * (${expression})) / ${PRECISION}`,
      label,
      period,
      usingMetrics: {
        [this.ids.total]: this.counted(total, 'Events', period),
        [this.ids.bad]: this.counted(bad, 'Bad events', period),
      },
    });
  }

  private counted(expression: string, label: string, period: Duration): MathExpression {
    const { open = '', clocks = {} } = this.leftOut ?? {};
    const usingMetrics = this.metricsOver(period);
    const clocksOver = Object.entries(clocks).map(([id, clock]) => [
      this.prefix + id,
      new MathExpression({ expression: this.prefixed(clock), period, usingMetrics }),
    ]);
    return new MathExpression({
      expression: this.prefixed(open === '' ? expression : `IF(${open}, 0, ${expression})`),
      label,
      period,
      usingMetrics: { ...usingMetrics, ...Object.fromEntries(clocksOver) },
    });
  }

  private prefixed(expression: string): string {
    const ids = [...Object.keys(this.slo.indicator.metrics), ...Object.keys(this.leftOut?.clocks ?? {})];
    return expression.replace(new RegExp(`\\b(${ids.join('|')})\\b`, 'g'), `${this.prefix}$1`);
  }

  /** A metric made by hand says no region: it is that of its objective, wherever the dashboard stands. */
  private metricsOver(period: Duration): Readonly<Record<string, Metric>> {
    return Object.fromEntries(
      Object.entries(this.slo.indicator.metrics).map(([name, metric]) => [
        this.prefix + name,
        metric.with({ period }).attachTo(this.slo),
      ]),
    );
  }
}
