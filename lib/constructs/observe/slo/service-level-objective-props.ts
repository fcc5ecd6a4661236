import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import type { ServiceLevelEngine } from '../../../objectives/catalogue';
import type { AlertSeverity, BurnRateAlert } from '../../../objectives/policy/operations';
import type { TieredProps } from '../../governance/tier-choices';
import type { Indicator } from './indicator';

/** Properties of a {@link ServiceLevelObjective}. */
export interface ServiceLevelObjectiveProps extends TieredProps {
  /** What is counted, and what of it is bad: `loadBalancerAvailability(…)` and its like, or your own metrics. */
  readonly indicator: Indicator;

  /**
   * Its name, for alarms and reports.
   *
   * @default - the name of the service and the kind of the indicator: `shop-availability`
   */
  readonly name?: string;

  /**
   * The share of events that must be good, as a fraction: 0.999.
   *
   * @default - the SLO of the service, else of the tier; for latency and freshness a tenth of its strictness: 0.99 for 0.999
   */
  readonly objective?: number;

  /**
   * The time over which it is measured.
   *
   * @default - the SLO window of the service, else of the tier: 30 days
   */
  readonly window?: Duration;

  /**
   * Further times over which the same events are measured, such as the week of a sprint beside the month of the contract. Each
   * has alarms of its own; slower ones stay silent while faster ones fire, whatever their window.
   *
   * @default - none
   */
  readonly furtherWindows?: readonly SloWindow[];

  /**
   * When somebody is told that the budget burns, the fastest first.
   *
   * @default - those of the tier: pages for 2 % of the budget within 1 h and 5 % within 6 h, tickets for 10 % within a day
   * and within 3 days at tiers 0 and 1; fewer at tier 2; none at tier 3. For a window below four weeks their times are
   * shortened in proportion, for one above 30 days their shares of the budget are smaller: burn rates stay.
   */
  readonly alerts?: readonly BurnRateAlert[];

  /**
   * Who is told by each of the alerts, in their order: for those who want the alerts of the tier and other severities.
   *
   * @default - as the alerts say
   */
  readonly severities?: readonly AlertSeverity[];

  /**
   * So many events must have gone wrong in the long window: with little traffic a single one would be a large share. From 1 to
   * 1,000,000, and no more than the long window holds where the indicator says how many there are.
   *
   * @default - 10; 1 where the events are minutes; where the indicator says that there are few, as many as come in a thirtieth of the
   * fastest window, and at least 2
   */
  readonly leastBadEvents?: number;

  /**
   * Until a person who is paged has begun to help.
   *
   * @default Duration.minutes(5)
   */
  readonly responseTime?: Duration;

  /**
   * Whether the service recovers from what it meets without people: then the budget may be too small for them.
   *
   * @default - true at tier 0, whose budget of minutes no person can keep; else false
   */
  readonly recoversAlone?: boolean;

  /**
   * Whether somebody is told when nothing is measured for a quarter of an hour, or for as long as three events take where the
   * indicator says how many there are. Turn it off where nothing happens for so long by nature.
   *
   * @default - true at tiers 0 and 1, but in a standby region only where the indicator says how many events there are
   */
  readonly alertOnSilence?: boolean;

  /**
   * What works out how fast the budget burns. Application Signals does so each minute, for windows over a day too, and keeps
   * attainment and budget as metrics; it costs more, and an alarm on metric math beside it counts the bad events. The engine of an objective that is
   * deployed can be changed: alarms keep their names.
   *
   * @default ServiceLevelEngine.METRIC_MATH
   */
  readonly engine?: ServiceLevelEngine;

  /**
   * Who is woken: a topic of this region to which CloudWatch may publish.
   *
   * @default - one topic for the alarms of the stack, encrypted, to subscribe to
   */
  readonly notifications?: ITopic;

  /**
   * Who gets tickets.
   *
   * @default - those who are woken
   */
  readonly tickets?: ITopic;

  /**
   * What to do when it fires, a path or an address.
   *
   * @default - the runbook of the service
   */
  readonly runbook?: string;
}

/** A further time over which an objective is measured. */
export interface SloWindow {
  /** At least a day. */
  readonly window: Duration;

  /**
   * The share of events that must be good within it.
   *
   * @default - that of the objective
   */
  readonly objective?: number;

  /**
   * When somebody is told that its budget burns, the fastest first.
   *
   * @default - those of the objective where they are given, else of the tier, both in proportion to the window
   */
  readonly alerts?: readonly BurnRateAlert[];
}
