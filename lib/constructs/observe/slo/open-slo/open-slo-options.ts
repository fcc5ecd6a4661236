import type { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { AlertSeverity } from '../../../../objectives/policy/operations';

/** Where an SLI of OpenSLO reads its numbers, for whoever knows the same numbers in CloudWatch. */
export interface OpenSloSource {
  /**
   * `Prometheus`, `Datadog` …, of the source itself or of the data source that it refers to.
   *
   * @default - the document does not say
   */
  readonly type?: string;

  /**
   * The data source that it refers to.
   *
   * @default - none
   */
  readonly dataSource?: string;

  /** What is read, as the document has it: `{ query: 'sum(http_requests{code=~"2.."})' }`. */
  readonly spec: unknown;

  /** What is read there. */
  readonly part: 'good' | 'bad' | 'total' | 'raw' | 'threshold';

  /** The SLO that asks. */
  readonly slo: string;
}

/** What OpenSLO says and alarms of CloudWatch cannot do, and what may be done instead. Each is refused unless it is accepted. */
export enum OpenSloApproximation {
  /** A window of the calendar becomes one of the same length that ends now: its budget never begins anew at once. */
  CALENDAR_AS_ROLLING = 'calendar-as-rolling',

  /** The delay of an alert (`alertAfter`) becomes its short window: in both the budget must burn too fast. */
  DELAY_AS_SHORT_WINDOW = 'delay-as-short-window',

  /** The alert policies of the document are left out, and those of the tier take their place. */
  ALERTS_OF_THE_TIER = 'alerts-of-the-tier',

  /** Slices of time of another length are counted minute by minute. */
  SLICES_AS_MINUTES = 'slices-as-minutes',

  /** The mean of the ratios of slices becomes the ratio of all events: minutes with more traffic weigh more. */
  RATIO_TIMESLICES_AS_OCCURRENCES = 'ratio-timeslices-as-occurrences',

  /** The parts of a composite objective are watched each by itself, without their weights. */
  COMPOSITE_AS_PARTS = 'composite-as-parts',
}

/** How documents of OpenSLO are read. */
export interface OpenSloOptions {
  /**
   * The name of the SLO.
   *
   * @default - the only one; of `openSloObjectives` all
   */
  readonly name?: string;

  /**
   * The `displayName` of the objective, where the SLO has several.
   *
   * @default - the only one; of `openSloObjectives` all
   */
  readonly objective?: string;

  /**
   * The metric of CloudWatch that has the numbers of a source: with the statistic that counts, `Sum` for counts. It is asked for
   * every source, and `undefined` leaves those of CloudWatch as they are. Whether the source counts upwards for ever (`counter`)
   * does not matter then: metrics of CloudWatch have the number of each minute.
   *
   * @default - only sources of type CloudWatch are read
   */
  readonly metrics?: (source: OpenSloSource) => Metric | MathExpression | undefined;

  /**
   * What may be watched in another way than the document says.
   *
   * @default - nothing: it is refused
   */
  readonly accept?: readonly OpenSloApproximation[];

  /**
   * What the severities of the documents mean: `{ sev1: AlertSeverity.PAGE }`.
   *
   * @default - only `page`, `page-in-hours` and `ticket` are known
   */
  readonly severities?: Readonly<Record<string, AlertSeverity>>;

  /**
   * The topics of notification targets, by the name of the target: `{ 'on-call': topic }`. Pages go to one topic, and tickets to one.
   *
   * @default - those of the `ServiceLevelObjective`: targets say nothing that CloudWatch could tell
   */
  readonly topics?: Readonly<Record<string, ITopic>>;
}
