import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { burnRateChecks } from '../../../calculus/burn-rate-windows';
import { missing, refuse } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import type { BurnRateAlert } from '../../../objectives/policy/operations';
import { OWN_DECISION, SRE_WORKBOOK } from '../../../objectives/policy/sources';
import { ServiceScope } from '../../governance/service-scope';
import { stackNotices } from '../../governance/stack-notices';
import { TierChoices, type TieredProps } from '../../governance/tier-choices';
import { type BurnRateAlarms, burnRateAlarms } from './burn-rate-alarms';
import { type Indicator, IndicatorKind } from './indicator';
import { feasibilityMistakes, indicatorMistakes } from './slo-mistakes';

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
   * @default - the SLO of the service, else of the tier; for latency a tenth of its strictness: 0.99 for 0.999
   */
  readonly objective?: number;

  /**
   * The time over which it is measured.
   *
   * @default - the SLO window of the service, else of the tier: 30 days
   */
  readonly window?: Duration;

  /**
   * When somebody is told that the budget burns, the fastest first.
   *
   * @default - those of the tier: pages for 2 % of the budget within 1 h and 5 % within 6 h, tickets for 10 % within a day
   * and within 3 days at tiers 0 and 1; fewer at tier 2; none at tier 3
   */
  readonly alerts?: readonly BurnRateAlert[];

  /**
   * So many events must have gone wrong in the long window: with little traffic a single one would be a large share.
   *
   * @default 10
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
   * Whether somebody is told when nothing is measured for a quarter of an hour. Turn it off where nothing happens for so
   * long by nature.
   *
   * @default - true at tiers 0 and 1
   */
  readonly alertOnSilence?: boolean;

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

const QUARTER_HOUR = 3;
const RESPONSE = Duration.minutes(5);

/** A single error at night is no incident. An own decision. */
const LEAST_BAD = 10;

/**
 * A service-level objective on metrics of CloudWatch, with alarms on the rate at which its error budget burns: for each pair
 * of windows one alarm on the long, one on the short, and one on both, which stays silent while a faster pair fires.
 *
 * @throws ConfigurationError where an alarm could never fire, where people could not keep the objective, where a third party
 * promises less, and where it is weaker than the tier owes without a weakening
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export class ServiceLevelObjective extends Construct {
  readonly name: string;

  /** The share of events that must be good, as a fraction. */
  readonly objective: number;
  readonly window: Duration;
  readonly indicator: Indicator;

  /** The alarms of each pair of windows, the fastest first; `both` tells somebody. */
  readonly alarms: readonly BurnRateAlarms[];

  /** The alarm on nothing being measured, where there is one. */
  readonly silence: Alarm | undefined;

  constructor(scope: Construct, id: string, props: ServiceLevelObjectiveProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'indicator'));
    refuse(this.node.path, indicatorMistakes(props.indicator));
    const choices = new TierChoices(this, props);
    const service = ServiceScope.of(this)?.service;
    this.indicator = props.indicator;
    this.name = props.name ?? `${service?.name ?? this.node.id}-${props.indicator.kind}`;
    this.objective = chosenObjective(choices, props, service?.objectives.slo);
    this.window = Duration.seconds(
      (props.window ?? service?.objectives.sloWindow ?? choices.policy.sloWindow.value).toSeconds(),
    );
    const alerts = chosenAlerts(choices, props.alerts);
    const checks = burnRateChecks(this.objective, this.window, alerts);
    refuse(
      this.node.path,
      feasibilityMistakes({
        slo: this.objective,
        sloWindow: this.window,
        checks,
        response: props.responseTime ?? RESPONSE,
        recoversAlone: props.recoversAlone ?? choices.tier === 0,
        service,
      }),
    );
    const pages = props.notifications ?? stackNotices(this, choices, 'AlarmNotices');
    const told = {
      pages,
      tickets: props.tickets ?? pages,
      runbook: props.runbook ?? service?.runbook,
    };
    const { name, objective: slo, indicator } = this;
    const leastBad = props.leastBadEvents ?? LEAST_BAD;
    this.alarms = burnRateAlarms(this, { name, slo, indicator, checks, leastBad, ...told });
    const silent = choices.on({
      what: 'alertOnSilence',
      owed: silence(choices.tier <= 1),
      chosen: props.alertOnSilence,
    });
    this.silence = silent ? silenceAlarm(this, indicator, told.tickets) : undefined;
  }
}

function silence(value: boolean): Decided<boolean> {
  const because = value
    ? 'an objective of which nothing is measured looks as if it were kept'
    : 'silence at night is normal for a service that few use';
  return { value, because, source: OWN_DECISION };
}

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

function chosenAlerts(
  choices: TierChoices,
  given: readonly BurnRateAlert[] | undefined,
): readonly BurnRateAlert[] {
  const { value, because, source } = choices.policy.sloAlerts;
  const alerts = given ?? value;
  choices.record({
    what: 'alerts',
    value:
      alerts.length === 0
        ? 'none'
        : alerts.map(({ severity, budgetShare }) => `${severity} at ${budgetShare * 100} %`).join(', '),
    because: given ? 'given' : because,
    source,
  });
  return alerts;
}

function silenceAlarm(scope: Construct, indicator: Indicator, topic: ITopic): Alarm {
  const period = Duration.minutes(5);
  const alarm = new Alarm(scope, 'Silence', {
    alarmDescription: `Nothing is measured for a quarter of an hour of ${scope.node.path}: either nobody reaches the service, or its metric is gone, and no other alarm of the objective can fire.`,
    metric: new MathExpression({
      expression: indicator.total,
      label: 'Events',
      period,
      usingMetrics: Object.fromEntries(
        Object.entries(indicator.metrics).map(([name, metric]) => [name, metric.with({ period })]),
      ),
    }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: QUARTER_HOUR,
    treatMissingData: TreatMissingData.BREACHING,
  });
  const action = new SnsAction(topic);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  return alarm;
}
