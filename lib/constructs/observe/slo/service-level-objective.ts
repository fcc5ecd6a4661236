import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ServiceLevelEngine } from '../../../objectives/catalogue';
import { missing, refuse } from '../../../objectives/mistakes';
import { ServiceScope } from '../../governance/service-scope';
import { stackNotices } from '../../governance/stack-notices';
import { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer, tagAlarm } from '../alarm-tags';
import { type BurnRateAlarms, burnRateAlarms } from './burn-rate-alarms';
import type { Indicator } from './indicator';
import type { ServiceLevelObjectiveProps } from './service-level-objective-props';
import { serviceLevelOf } from './service-level-record';
import { silenceAlarm } from './silence-alarm';
import { chosenSilence, type WatchedWindow, watchedWindows } from './slo-choices';
import { feasibilityMistakes, indicatorMistakes, placeMistakes, windowMistakes } from './slo-mistakes';
import { mathWindowAlarm } from './window-alarm';

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
    const { path } = this.node;
    refuse(path, missing(props, 'indicator'));
    refuse(path, [...indicatorMistakes(props.indicator), ...placeMistakes(this, props.indicator)]);
    const choices = new TierChoices(this, props);
    const declared = ServiceScope.of(this);
    const service = declared?.service;
    this.indicator = props.indicator;
    this.name = props.name ?? `${service?.name ?? this.node.id}-${props.indicator.kind}`;
    const windows = watchedWindows(choices, props, { name: this.name, service, path });
    this.objective = windows[0].objective;
    this.window = windows[0].window;
    refuse(path, windowMistakes(windows, props.indicator));
    const response = props.responseTime ?? RESPONSE;
    const recoversAlone = props.recoversAlone ?? choices.tier === 0;
    refuse(
      path,
      windows.flatMap((watched) => feasibilityMistakes({ ...watched, response, recoversAlone, service })),
    );
    const pages = props.notifications ?? stackNotices(this, choices, 'AlarmNotices');
    const tickets = props.tickets ?? pages;
    const runbook = props.runbook ?? service?.runbook;
    const { indicator } = this;
    const leastBad = props.leastBadEvents ?? (indicator.minutes ? 1 : LEAST_BAD);
    const { tier } = choices;
    this.alarms = burnRateAlarms(this, {
      indicator,
      windows,
      leastBad,
      pages,
      tickets,
      runbook,
      tier,
      windowAlarm: () => mathWindowAlarm,
    });
    if (chosenSilence(choices, props.alertOnSilence)) {
      this.silence = silenceAlarm(this, { name: this.name, indicator, topic: tickets, runbook });
      tagAlarm(this.silence, { layer: AlarmLayer.SERVICE, tier, runbook, severity: 'ticket' });
    }
    for (const watched of windows)
      declared?.watch(this, () => serviceLevelOf(this.recordOf(watched, leastBad)));
  }

  private recordOf(watched: WatchedWindow, leastBad: number) {
    return {
      watched,
      indicator: this.indicator,
      leastBad,
      engine: ServiceLevelEngine.METRIC_MATH,
      alarms: this.alarms.filter(({ check }) => watched.checks.includes(check)),
      silence: this.silence,
      signals: undefined,
    };
  }
}
