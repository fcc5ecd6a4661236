import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { formatSeconds } from '../../../calculus/time-span';
import { DependencyKind } from '../../../objectives/dependency';
import { detectionSeconds } from '../../../objectives/detection';
import { refuse } from '../../../objectives/mistakes';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import type { Service } from '../../../objectives/service';
import type { ThirdParty } from '../../../objectives/third-party';
import { acknowledgeControls } from '../../governance/nag';
import { runbookWords } from '../../governance/runbook';
import { ServiceScope } from '../../governance/service-scope';
import { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer, tagAlarm } from '../alarm-tags';
import { chosenExtension, wholeMinutes } from '../correlation/extension';
import { warmUp } from '../new-properties';
import type { Indicator } from '../slo/indicator';
import { placeMistakes } from '../slo/slo-mistakes';
import { letTell, type TellingProps, type Told, toldBy } from '../told-alarm';
import { secondsOfMeasure, usualFailures } from './third-party-measure';
import { contractMistakes, percent, thirdPartyMistakes, thirdPartyOf } from './third-party-mistakes';
import { statusAlarm, VendorWatch, vendorMetric } from './vendor-watch';

/** Properties of a {@link ThirdPartyDependency}. */
export interface ThirdPartyDependencyProps extends TellingProps {
  /** The third party by its name, as the service names it in `thirdParties`, with what its contract says. */
  readonly thirdParty: string;

  /** What we see of it ourselves: our requests to it, and those of them that fail. What it says of itself is not enough. */
  readonly measured: Indicator;

  /**
   * The address of its summary, as Statuspage of Atlassian writes it.
   *
   * @default - `/api/v2/summary.json` of its status page
   */
  readonly summaryUrl?: string;

  /**
   * The components of its status page that matter to the service, by name.
   *
   * @default - the page as a whole
   */
  readonly components?: readonly string[];

  /**
   * The time between two looks at its page, in whole minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly pollInterval?: Duration;

  /**
   * The share of our requests that may fail before it counts as down, as a fraction.
   *
   * @default 0.1
   */
  readonly failingShare?: number;

  /**
   * So many of them must fail in a minute; where `measured` says how seldom they are, in the time from one to the next.
   *
   * @default 10; 1 where `measured` counts minutes or says how many events there are in an hour
   */
  readonly leastFailures?: number;
}

const FAILING_SHARE = 0.1;

/** One answer may be a hiccup. */
const TIMES = 2;

/**
 * Somebody else's service that ours needs: down when its status page says so or when our own requests fail. While it is down,
 * alarms that only follow from that can be kept silent.
 *
 * @throws ConfigurationError for a third party that the service does not name, without a contract or with one that promises less
 * than the service owes, and where there is no status page to read
 * @see https://metastatuspage.com/api
 */
export class ThirdPartyDependency extends Construct {
  readonly thirdParty: ThirdParty;

  /** What the status page says; tells nobody itself. */
  readonly says: Alarm;

  /** What we measure; tells nobody itself. */
  readonly measures: Alarm;

  /** Tells somebody when either says that it is down. */
  readonly alarm: CompositeAlarm;

  /** Tells somebody when the page could not be read for six hours. */
  readonly unread: Alarm;

  private readonly measuredEach: Duration;
  private readonly told: Told;
  private readonly choices: TierChoices;

  constructor(scope: Construct, id: string, props: ThirdPartyDependencyProps) {
    super(scope, id);
    const declared = ServiceScope.of(this);
    const service = declared?.service;
    const choices = new TierChoices(this, props, { lists: ['components'] });
    this.choices = choices;
    refuse(this.node.path, [
      ...thirdPartyMistakes(props, service),
      ...(props?.measured ? placeMistakes(this, props.measured) : []),
    ]);
    this.thirdParty = thirdPartyOf(props.thirdParty, service);
    const slo = service?.objectives.slo ?? choices.policy.availabilitySlo.value;
    refuse(this.node.path, contractMistakes(this.thirdParty, slo));
    this.promised(choices);
    declared?.need(this, this.thirdParty);
    this.told = toldBy(this, choices, { ...props, layer: AlarmLayer.DEPENDENCY });
    const vendor = vendorName(service?.name, props.thirdParty);
    const period = props.pollInterval ?? Duration.minutes(1);
    VendorWatch.of(this, choices).poll(this, period, {
      vendor,
      url: props.summaryUrl ?? `${this.thirdParty.statusPage?.replace(/\/+$/, '')}/api/v2/summary.json`,
      components: props.components ?? [],
    });
    this.says = statusAlarm(this, {
      vendor,
      description: `${props.thirdParty} says on its status page that it is down. Part of a composite alarm; tells nobody itself.`,
      period,
      times: TIMES,
    });
    this.measuredEach = Duration.seconds(secondsOfMeasure(props.measured));
    this.measures = this.measuringAlarm(props);
    this.alarm = this.downAlarm(props);
    this.unread = this.unreadAlarm(vendor, period);
  }

  /**
   * An alarm that tells of another only while the third party is up: for what follows from its loss. It waits until our own
   * requests show that, and stays silent afterwards until what follows is well again; neither takes longer than the service may
   * leave an outage unfound.
   *
   * @param id the id of the alarm below this construct
   * @throws ConfigurationError when the symptom is a composite alarm whose rule cannot be read
   */
  silences(id: string, symptom: IAlarm): CompositeAlarm {
    const service = ServiceScope.of(this)?.service;
    const alarm = new CompositeAlarm(this, id, {
      alarmDescription: `${symptom.node.path} fires, and not because ${this.thirdParty.name} is down.${runbookWords(this.told)}`,
      alarmRule: AlarmRule.fromAlarm(symptom, AlarmState.ALARM),
      actionsSuppressor: this.alarm,
      actionsSuppressorWaitPeriod: this.waitFor(id, service),
      actionsSuppressorExtensionPeriod: chosenExtension(this.choices, [symptom], { service, of: id }),
    });
    letTell(alarm, this.told);
    return alarm;
  }

  /** The symptom may be seen first. */
  private waitFor(id: string, service: Service | undefined): Duration {
    const most = wholeMinutes(detectionSeconds(this.choices.tier, service));
    const seconds = Math.min(most, TIMES * this.measuredEach.toSeconds());
    this.choices.record({
      what: `${id}.suppressorWait`,
      value: formatSeconds(seconds),
      because:
        seconds === most
          ? 'an outage of our own must be found within that time'
          : 'our own requests show within that time that it is down',
      source: OWN_DECISION,
    });
    return Duration.seconds(seconds);
  }

  private promised(choices: TierChoices): void {
    const { kind, sla, name } = this.thirdParty;
    const owed = kind === DependencyKind.HARD && choices.tier <= 1;
    choices.given({
      what: 'sla',
      owed: {
        value: owed,
        because: owed
          ? `without ${name} the service is down, and nobody promised how seldom`
          : 'the service goes on without it, or may be down with it',
        source: OWN_DECISION,
      },
      chosen: sla !== undefined,
    });
  }

  private measuringAlarm({
    measured,
    thirdParty,
    failingShare,
    leastFailures = usualFailures(measured),
  }: ThirdPartyDependencyProps): Alarm {
    const period = this.measuredEach;
    const { bad, total, metrics } = measured;
    const alarm = new Alarm(this, 'Measures', {
      alarmDescription: `Our own requests to ${thirdParty} fail. Part of a composite alarm; tells nobody itself.`,
      metric: new MathExpression({
        expression: `IF((${bad}) >= ${leastFailures}, (${bad}) / (${total}), 0)`,
        label: `Share of failing requests to ${thirdParty}`,
        period,
        usingMetrics: Object.fromEntries(
          Object.entries(metrics).map(([name, metric]) => [name, metric.with({ period })]),
        ),
      }),
      threshold: failingShare ?? FAILING_SHARE,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: TIMES,
      // Without requests none fails.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    return alarm;
  }

  private downAlarm(props: ThirdPartyDependencyProps) {
    const { thirdParty, measured, failingShare = FAILING_SHARE } = props;
    const { leastFailures = usualFailures(measured) } = props;
    const seconds = this.measuredEach.toSeconds();
    const within = seconds === 60 ? 'a minute' : formatSeconds(seconds);
    for (const alarm of [this.says, this.measures]) {
      tagAlarm(alarm, { layer: AlarmLayer.DEPENDENCY, runbook: this.told.runbook });
      acknowledgeControls(alarm, ['CloudWatchAlarmAction'], WHY_SILENT);
    }
    const { sla, kind } = this.thirdParty;
    const alarm = new CompositeAlarm(this, 'Down', {
      alarmDescription: [
        `${thirdParty} is down: ${TIMES} times in a row its status page said so, or more than ${percent(failingShare)} and at least ${leastFailures} of our requests in ${within} failed.`,
        kind === DependencyKind.HARD ? 'The service is down with it.' : 'The service goes on with less.',
        sla === undefined
          ? 'It promises nothing.'
          : `It promises ${percent(sla)}: note the times for the claim.`,
        `Open a case with it, and turn to what replaces it.${runbookWords(this.told)}`,
      ].join(' '),
      alarmRule: AlarmRule.anyOf(this.says, this.measures),
    });
    letTell(alarm, this.told);
    return alarm;
  }

  private unreadAlarm(vendor: string, poll: Duration): Alarm {
    const period = Duration.hours(6);
    const alarm = new Alarm(this, 'Unread', {
      alarmDescription: `The status page of ${this.thirdParty.name} could not be read for six hours, so only our own requests tell that it is down: see the log of the watch for why, and correct the address or the components.${runbookWords(this.told)}`,
      metric: new MathExpression({
        // For data that is missing CloudWatch would look back further.
        expression: 'FILL(readable, 0)',
        label: 'Whether the page was read',
        period,
        usingMetrics: { readable: vendorMetric(vendor, 'Readable', 'Maximum', period) },
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      // Silence means that the watch itself is dead.
      treatMissingData: TreatMissingData.BREACHING,
    });
    // A rule begins with its first interval: the page must have been looked at.
    warmUp(alarm, Duration.seconds(Math.max(600, TIMES * poll.toSeconds())));
    letTell(alarm, { ...this.told, severity: 'ticket' });
    return alarm;
  }
}

/** Two services may need the same third party, each with its own components. */
function vendorName(service: string | undefined, thirdParty: string): string {
  return service === undefined ? thirdParty : `${service}: ${thirdParty}`;
}

const WHY_SILENT = 'It is one of two signs: the composite alarm over both tells somebody.';
