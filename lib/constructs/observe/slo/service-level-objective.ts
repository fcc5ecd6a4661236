import type { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import type { Alarm, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Annotations, Duration, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ServiceLevelEngine } from '../../../objectives/catalogue';
import { missing, refuse } from '../../../objectives/mistakes';
import { fractionMistakes } from '../../../objectives/objectives-props';
import { AlertSeverity } from '../../../objectives/policy/operations';
import type { Service } from '../../../objectives/service';
import { Tier } from '../../../objectives/tier';
import { Readiness, readinessOf } from '../../compute/readiness';
import { ServiceScope } from '../../governance/service-scope';
import { stackNotices } from '../../governance/stack-notices';
import { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer } from '../alarm-tags';
import { type BurnRateAlarms, type BurnRateAlarmsProps, burnRateAlarms, placeOf } from './burn-rate-alarms';
import { countedOf, countMistakes, leastBadOf, seldomMistakes } from './event-counts';
import type { Indicator } from './indicator';
import { checkPromises } from './needed-promises';
import { takenMistakes, warnOfName } from './objective-names';
import { saidMistakes } from './said-mistakes';
import type { ServiceLevelObjectiveProps } from './service-level-objective-props';
import { serviceLevelOf } from './service-level-record';
import { signalsMistakes, signalsObjective, signalsWindowAlarm } from './signals-objective';
import { type SilenceAlarmProps, silenceAlarm } from './silence-alarm';
import { chosenSilence, mostUrgent, type WatchedWindow, watchedWindows } from './slo-choices';
import {
  type Feasibility,
  feasibilityMistakes,
  indicatorMistakes,
  placeMistakes,
  weekendRisks,
  windowMistakes,
} from './slo-mistakes';
import { enoughBadAlarm, mathWindowAlarm } from './window-alarm';

const RESPONSE = Duration.minutes(5);

type Telling = Pick<BurnRateAlarmsProps, 'pages' | 'tickets' | 'runbook' | 'tier'>;

/**
 * A service-level objective on metrics of CloudWatch, with alarms on the rate at which its error budget burns: for each pair
 * of windows one alarm on the long, one on the short, and one on both, which stays silent while a faster pair fires.
 *
 * @throws ConfigurationError where an alarm could never fire for its threshold or for too few events, where people could not keep the objective, where third parties
 * promise less, and where it is weaker than the tier owes without a weakening; synthesis fails where services of the app promise less
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

  /** The alarm on nothing being measured, where there is one; of what was measured before, where silence is a failure. */
  readonly silence: Alarm | CompositeAlarm | undefined;

  /** The alarm on nothing being measured for a week, where silence is a failure and told more urgently. */
  readonly neverMeasured: CompositeAlarm | undefined;

  /** What works out how fast the budget burns. */
  readonly engine: ServiceLevelEngine;

  /** So many events must have gone wrong in a long window before anybody is told. */
  readonly leastBad: number;

  /** What is counted: the window of the contract, and those beside it. @internal */
  readonly windows: readonly [WatchedWindow, ...WatchedWindow[]];

  private readonly signals = new Map<WatchedWindow, CfnServiceLevelObjective>();

  constructor(scope: Construct, id: string, props: ServiceLevelObjectiveProps) {
    super(scope, id);
    const { path } = this.node;
    refuse(path, missing(props, 'indicator'));
    refuse(path, [...indicatorMistakes(props.indicator), ...placeMistakes(this, props.indicator)]);
    refuse(path, [...saidMistakes(props), ...countMistakes(props.indicator, props.leastBadEvents)]);
    refuse(path, fractionsOf(props).flatMap(fractionMistakes));
    const choices = new TierChoices(this, props, { known: ['name', 'objective', 'leastBadEvents'] });
    const declared = ServiceScope.of(this);
    const service = declared?.service;
    this.indicator = props.indicator;
    this.engine = props.engine ?? ServiceLevelEngine.METRIC_MATH;
    this.name = props.name ?? `${service?.name ?? this.node.id}-${props.indicator.kind}`;
    warnOfName(this, this.name);
    const windows = watchedWindows(choices, props, { name: this.name, service, path });
    this.windows = windows;
    this.objective = windows[0].objective;
    this.window = windows[0].window;
    refuse(path, windowMistakes(windows, props.indicator));
    this.leastBad = props.leastBadEvents ?? leastBadOf(props.indicator, windows);
    refuse(path, seldomMistakes(props.indicator, windows, this.leastBad));
    const feasibility = this.feasibility(windows, props, choices.tier, service);
    refuse(path, feasibility.flatMap(feasibilityMistakes));
    this.tellRisks(feasibility);
    const strictness = windows.map(({ objective }) => objective);
    if (service) checkPromises(this, strictness, service);
    if (this.inSignals) this.addSignals(windows, props);
    const { leastBad } = this;
    const told = this.told(props, choices, service);
    const { indicator } = this;
    this.alarms = burnRateAlarms(this, {
      indicator,
      windows,
      leastBad,
      ...told,
      windowAlarm: (watched) => {
        const signals = this.signals.get(watched);
        return signals ? signalsWindowAlarm(signals) : mathWindowAlarm;
      },
      enoughAlarm: this.inSignals && leastBad > 1 ? enoughBadAlarm : undefined,
    });
    const waits = readinessOf(this) !== Readiness.SERVES;
    if (chosenSilence(choices, props.alertOnSilence, { ...indicator, waits })) {
      const silenceTold = toldOfSilence(indicator, windows, told);
      const made = silenceAlarm(this, { name: this.name, indicator, ...silenceTold });
      ({ silence: this.silence, neverMeasured: this.neverMeasured } = made);
    }
    for (const watched of windows)
      declared?.watch(this, () =>
        serviceLevelOf({
          ...this.recordOf(watched, leastBad),
          said: props,
          runbook: service?.runbook,
        }),
      );
  }

  /**
   * The objective of Application Signals over one of its windows, where that is its engine.
   *
   * @internal
   */
  signalsOverAllTime(watched: WatchedWindow): CfnServiceLevelObjective | undefined {
    return this.signals.get(watched);
  }

  private get inSignals(): boolean {
    return this.engine === ServiceLevelEngine.APPLICATION_SIGNALS;
  }

  private feasibility(
    windows: readonly WatchedWindow[],
    { responseTime: response = RESPONSE, recoversAlone }: ServiceLevelObjectiveProps,
    tier: Tier,
    service: Service | undefined,
  ): readonly Feasibility[] {
    const alone = recoversAlone ?? tier === Tier.MISSION_CRITICAL;
    const counted = countedOf(this.indicator, this.leastBad);
    return windows.map((watched) => ({ ...watched, response, recoversAlone: alone, service, counted }));
  }

  /** Once, of the first window that has one. */
  private tellRisks(feasibility: readonly Feasibility[]): void {
    const [risk] = feasibility.flatMap(weekendRisks);
    if (risk) Annotations.of(this).addInfoV2('cdk-nines:nobody-is-woken', risk);
  }

  private addSignals(windows: readonly WatchedWindow[], { indicator }: ServiceLevelObjectiveProps): void {
    const names = windows.map(({ name }) => name);
    refuse(this.node.path, [...signalsMistakes(windows, indicator), ...takenMistakes(this, names)]);
    for (const watched of windows)
      this.signals.set(watched, signalsObjective(placeOf(this, watched), watched, indicator));
  }

  private told(
    props: ServiceLevelObjectiveProps,
    choices: TierChoices,
    service: Service | undefined,
  ): Telling {
    const pages = props.notifications ?? stackNotices(this, choices, 'AlarmNotices');
    const runbook = props.runbook ?? service?.runbook;
    return { pages, tickets: props.tickets ?? pages, runbook, tier: choices.tier };
  }

  private recordOf(watched: WatchedWindow, leastBad: number) {
    return {
      watched,
      name: this.name,
      indicator: this.indicator,
      leastBad,
      engine: this.engine,
      alarms: this.alarms.filter(({ check }) => watched.checks.includes(check)),
      silence: this.silence,
      signals: this.signals.get(watched),
    };
  }
}

/** Who is told of silence: as of the most urgent alert where it is a failure, else by a ticket. */
function toldOfSilence(
  { failsSilently, eventsPerHour }: Indicator,
  windows: readonly WatchedWindow[],
  { pages, tickets, tier, runbook }: Telling,
): Pick<SilenceAlarmProps, 'told' | 'neverTold'> {
  const common = { layer: AlarmLayer.SERVICE, tier, runbook };
  const ticket = { ...common, topic: tickets, severity: AlertSeverity.TICKET };
  const severity = mostUrgent(windows);
  const isFailure = failsSilently === true && eventsPerHour !== undefined;
  return isFailure && severity !== AlertSeverity.TICKET
    ? { told: { ...common, topic: pages, severity }, neverTold: ticket }
    : { told: ticket, neverTold: undefined };
}

/** The objectives that are given in numbers. */
function fractionsOf({ objective, furtherWindows = [] }: ServiceLevelObjectiveProps): readonly number[] {
  const given = [objective, ...furtherWindows.map((each) => each.objective)];
  return given.filter((each): each is number => each !== undefined && !Token.isUnresolved(each));
}
