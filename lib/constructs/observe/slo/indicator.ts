import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';

/** What an indicator looks at. */
export enum IndicatorKind {
  /** Whether requests are answered. */
  AVAILABILITY = 'availability',

  /** Whether they are answered soon enough. */
  LATENCY = 'latency',

  /** Whether what waits is taken soon enough. */
  FRESHNESS = 'freshness',
}

/**
 * What a service-level objective counts: events, and those of them that went wrong.
 *
 * `loadBalancerAvailability` and its like are ready-made ones.
 *
 * @see https://sre.google/workbook/implementing-slos/
 */
export interface Indicator {
  readonly kind: IndicatorKind;

  /** What counts as good, in words: `requests that are answered without a 5xx`. */
  readonly good: string;

  /** The metrics by the ids that the expressions use; their periods are set by each alarm. At most nine. */
  readonly metrics: Readonly<Record<string, Metric>>;

  /** Metric math: how many events there were. Where nothing happened it must be 0 rather than missing. */
  readonly total: string;

  /** Metric math: how many of them went wrong. */
  readonly bad: string;

  /**
   * Whether the events are minutes: of each, `total` is 1 where it was measured, and `bad` is 1 where it was bad. For
   * metrics that are no counts, such as an age. Alarms look back a day at most.
   *
   * @default false
   */
  readonly minutes?: boolean;

  /**
   * The most events that there are in an hour, at even distances: for what happens so seldom that each event counts, such as the runs
   * of a canary. From it follow how many must go wrong, how long the short windows are, and when a failure is told.
   *
   * @default - 60 where the events are minutes; else there is plenty of traffic
   */
  readonly eventsPerHour?: number;

  /**
   * Whether it is a failure that nothing is measured: what runs by a schedule, and publishes nothing where it hangs. Then the silence of
   * what was measured before is told as urgently as the most urgent alert, where `eventsPerHour` says when an event is due.
   *
   * @default false
   */
  readonly failsSilently?: boolean;

  /**
   * The region in which the metrics are, where AWS keeps them in one only.
   *
   * @default - every region has its own
   */
  readonly onlyIn?: string;

  /**
   * The service of Application Signals that it is about.
   *
   * @default - it is about metrics
   */
  readonly discovered?: DiscoveredService;
}

/** A service that Application Signals discovers by what it reports. */
export interface DiscoveredService {
  readonly name: string;

  /** `eks:cluster/namespace`, `ecs:cluster`, `lambda:default` … */
  readonly environment: string;

  /**
   * One of its operations: `GET /orders`.
   *
   * @default - all of them
   */
  readonly operation?: string;

  /**
   * Whether it has reported to Application Signals in this account and region. Before it has, an objective on it cannot be made.
   *
   * @default false
   */
  readonly reportsAlready?: boolean;
}
