import type { Alarm, IAlarm, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, refuse } from '../../../objectives/mistakes';
import { createDeadLetters } from '../../data/dead-letters';
import { type DeadLetterWords, deadLetterAlarm } from '../../governance/dead-letter-alarm';
import { checkNearTopic } from '../../governance/near-topic';
import { ownRunbook } from '../../governance/runbook';
import { ServiceScope } from '../../governance/service-scope';
import { TierChoices } from '../../governance/tier-choices';
import { inlineHandler } from '../../recovery/inline-handler';
import { AlarmLayer } from '../alarm-tags';
import { sayOperational } from '../operational';
import { actionMistakes, countMistakes, letTellAlone, ownResource } from './alarm-actions';
import { chosenSeverity, owedRunbook, toldAs } from './bridge-choices';
import { alarmMistakes, entryMistakes, placeMistakes, propsMistakes } from './bridge-mistakes';
import { BEAT, BridgeWatchdog } from './bridge-watchdog';
import { IncidentDelivery, SOURCE } from './delivery';
import { RETRIES } from './delivery-way';
import { DeploymentChanges, type ReachedTool } from './deployment-changes';
import { fateMistakes, warnOfFate } from './fallback-fate';
import { TELL_INCIDENT } from './handler-bundles';
import type { IncidentAlarmOptions, IncidentBridgeProps } from './incident-bridge-props';
import type { IncidentDestination } from './incident-destination';
import { IncidentFallback } from './incident-fallback';
import { incidentMemory, remembering } from './incident-memory';
import type { IncidentSeverity } from './incident-severity';
import { measuresFor, timeToResolveOf } from './time-to-resolve';

/**
 * Tells people of alarms. Each change of a watched alarm becomes a CloudEvent with a key for its incident, told once to each
 * tool, and once more when it is over. The same alarms tell a topic that has no part in the bridge, and so do the alarms
 * on the bridge itself: its function, its queues, its tools and its heartbeat.
 *
 * @throws ConfigurationError without a destination or a fall-back, or with one that is down when a tool is; at tiers 0 and 1 without
 * a destination that wakes somebody for it; for an alarm that wakes somebody without a runbook, which at tiers 2 and 3 a weakening excuses
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export class IncidentBridge extends Construct {
  /** Carries the incident events; whoever wants them, too, adds a rule. */
  readonly bus: EventBus;

  /** Makes the events. */
  readonly handler: Handler;

  /** What was told already. */
  readonly memory: Table;

  /** Events that could not be handed over. */
  readonly deadLetters: Queue;

  /** Fires while such events wait. */
  readonly unhandled: Alarm;

  /** Fires while changes wait that no tool took; undefined where deployments are not told. */
  readonly deploymentsUnhandled: Alarm | undefined;

  /** The way around the bridge: give it to other constructs as `notifications`. */
  readonly fallback: ITopic;

  /** No beat came through the bridge. */
  readonly heartbeat: Alarm;

  /** Whether it is the one that measures how long incidents take. @internal */
  readonly measures: boolean;

  private readonly choices: TierChoices;
  private readonly watchdog: BridgeWatchdog;
  private readonly severity: IncidentSeverity;
  private readonly runbook: string | undefined;
  private readonly destinations: readonly IncidentDestination[];
  private readonly told = new Set<IAlarm>();
  private readonly rules = new Map<string, { readonly rule: Rule; names: number }>();

  constructor(scope: Construct, id: string, props: IncidentBridgeProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'destinations'));
    refuse(this.node.path, entryMistakes(props));
    const choices = new TierChoices(this, props);
    this.choices = choices;
    refuse(this.node.path, propsMistakes(props, choices.tier));
    if (props.fallbackTopic) checkNearTopic(this, props.fallbackTopic);
    this.severity = chosenSeverity(choices, props.severity);
    this.runbook = props.runbook ?? ownRunbook(this);
    const { fallbackTopic, fallback = [], destinations, alarms = [] } = props;
    this.destinations = destinations;
    const around = fallbackTopic ? undefined : new IncidentFallback(this, 'Fallback', choices, fallback);
    this.fallback = around ? around.topic : (fallbackTopic as ITopic);
    if (around) refuse(this.node.path, fateMistakes(destinations, this.fallback));
    this.bus = new EventBus(this, 'Bus', { description: `${this.node.path}: incidents, as CloudEvents` });
    this.memory = incidentMemory(this, choices);
    this.deadLetters = createDeadLetters(this, choices, props);
    this.unhandled = this.tellOfDeadLetters();
    this.measures = measuresFor(this, this.serviceName);
    this.handler = this.createHandler();
    this.watchdog = new BridgeWatchdog(this, 'Watchdog', {
      bus: this.bus,
      handler: this.handler,
      memory: this.memory,
      fallback: this.fallback,
      runbook: this.runbook,
      tier: choices.tier,
    });
    this.heartbeat = this.watchdog.heartbeat;
    this.beat();
    const { bus, deadLetters, memory, watchdog } = this;
    const tools = destinations.map((destination) => {
      const delivery = new IncidentDelivery(this, { bus, deadLetters, memory, choices }, destination);
      watchdog.watchRule(delivery, delivery.rule, destination.id, bus);
      if (delivery.end) watchdog.watchRule(delivery.end, delivery.end.rule, destination.id, bus);
      watchdog.watchRefusals(delivery, delivery.rule, destination.id, bus);
      return { destination, delivery };
    });
    const deployments = props.deployments ? this.tellOfDeployments(tools) : undefined;
    this.deploymentsUnhandled = deployments?.unhandled;
    if (around) this.tellOfFallback(around);
    for (const alarm of alarms) this.watch(alarm);
    for (const part of [this.bus, this.memory, this.handler, this.deadLetters, deployments])
      if (part) sayOperational(part, 'it tells people of alarms, who are told without it as well');
    this.node.addValidation({ validate: () => this.lateMistakes() });
  }

  /**
   * Tells of an alarm, and has the alarm tell the fall-back itself.
   *
   * @throws ConfigurationError at tiers 0 and 1 without a runbook, at the others where a tool wakes somebody and nothing excuses
   * it, for an alarm that no destination is told of, and for one that cannot tell the fall-back
   */
  watch(alarm: IAlarm, options: IncidentAlarmOptions = {}): void {
    const resource = ownResource(this, alarm);
    const usual = { severity: this.severity, runbook: this.runbook };
    const { severity, runbook, ownFallback } = toldAs(alarm, resource, usual, options);
    const { tier } = this.choices;
    refuse(this.node.path, placeMistakes(this, alarm));
    refuse(this.node.path, [
      ...actionMistakes(alarm, tier),
      ...alarmMistakes({
        path: alarm.node.path,
        tier,
        severity,
        runbook,
        isTwice: this.told.has(alarm),
        hasFallback: ownFallback || resource !== undefined,
        destinations: this.destinations,
      }),
    ]);
    if (this.destinations.some((each) => each.wakes && each.takes(severity)))
      owedRunbook(this.choices, alarm, runbook);
    this.told.add(alarm);
    if (!ownFallback && resource) letTellAlone(alarm, resource, this.fallback);
    this.addToRule(alarm, { severity, runbook: runbook ?? '' });
  }

  /**
   * How long incidents of the service took, in seconds: a sample for each, from the first of its alarms to the end of the last. Of
   * several bridges of the service in a region the first one measures its own alarms.
   */
  timeToResolve(options: MetricOptions = {}): Metric {
    return timeToResolveOf(this.serviceName).with(options).attachTo(this);
  }

  /** What shows only when the app is whole. */
  private lateMistakes(): string[] {
    const { told, fallback, destinations } = this;
    const resources = [...told].map((alarm) => ownResource(this, alarm)).filter((each) => each !== undefined);
    warnOfFate(destinations, fallback);
    return [
      ...(told.size === 0 ? [NOTHING_WATCHED] : []),
      ...fateMistakes(destinations, fallback),
      ...resources.flatMap(countMistakes),
    ].map(({ problem, fix }) => `${problem}: ${fix}`);
  }

  /** A pattern takes 2,048 characters, a name up to 255: seven alarms for a rule, all with the same context. */
  private addToRule(alarm: IAlarm, about: { readonly severity: number; readonly runbook: string }): void {
    const key = JSON.stringify(about);
    const eventPattern = { detail: { alarmName: [alarm.alarmName] } };
    const known = this.rules.get(key);
    if (known && known.names < MOST_NAMES) {
      known.names += 1;
      known.rule.addEventPattern(eventPattern);
      return;
    }
    const place = new Construct(this, `From${Names.nodeUniqueId(alarm.node)}`);
    const rule = new Rule(place, 'Rule', {
      description: `Alarms of severity ${about.severity} are incidents`,
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        detail: { ...eventPattern.detail, state: { value: ['ALARM', 'OK'] } },
      },
    });
    const context = {
      service: this.serviceName,
      tier: this.choices.tier,
      owner: ServiceScope.of(this)?.service.owner ?? '',
      ...about,
    };
    const parts = ['account', 'region', 'resources', 'detail'];
    const fields = parts.map((part) => [part, EventField.fromPath(`$.${part}`)]);
    const event = RuleTargetInput.fromObject({ ...Object.fromEntries(fields), context });
    rule.addTarget(this.target(event));
    this.watchdog.watchRule(place, rule, 'The incident bridge');
    this.rules.set(key, { rule, names: 1 });
  }

  private tellOfDeployments(tools: readonly ReachedTool[]): DeploymentChanges {
    const { choices, fallback, runbook, serviceName: service } = this;
    return new DeploymentChanges(this, 'Deployments', { tools, choices, fallback, runbook, service });
  }

  private get serviceName(): string {
    return ServiceScope.of(this)?.service.name ?? this.node.path;
  }

  private target(event: RuleTargetInput): LambdaFunction {
    return new LambdaFunction(this.handler, { ...RETRIES, event, deadLetterQueue: this.deadLetters });
  }

  private createHandler(): Handler {
    const { bus, memory, deadLetters } = this;
    return inlineHandler(this, this.choices, {
      code: TELL_INCIDENT,
      description: 'Makes incidents of alarms, each told once',
      // Less than the lease of an event in its memory.
      timeout: Duration.seconds(30),
      deadLetters,
      environment: {
        BUS: bus.eventBusName,
        TABLE: memory.tableName,
        ...(!this.measures && { MEASURES: 'no' }),
      },
      statements: [
        ...remembering(memory),
        new PolicyStatement({
          actions: ['events:PutEvents'],
          resources: [bus.eventBusArn],
          conditions: { StringEquals: { 'events:source': SOURCE } },
        }),
      ],
    });
  }

  private beat(): void {
    new Rule(this, 'Beat', {
      description: 'Shows that the way to people is open',
      schedule: Schedule.rate(BEAT),
      targets: [this.target(RuleTargetInput.fromObject({ heartbeat: true }))],
    });
  }

  /** Each way tells when the other one is broken. */
  private tellOfFallback(around: IncidentFallback): void {
    const { deadLetters, topic, node } = around;
    if (!deadLetters) return;
    const alarm = deadLetterAlarm(
      around,
      deadLetters,
      topic,
      this.saying(
        `The way around the incident bridge is broken: a subscriber of ${node.path} did not take what waits there. See why, and send the subscriber a message as a test.`,
      ),
    );
    this.addToRule(alarm, { severity: this.severity, runbook: this.runbook ?? '' });
  }

  private tellOfDeadLetters(): Alarm {
    const alarm = deadLetterAlarm(
      this,
      this.deadLetters,
      this.fallback,
      this.saying(
        `People were not told of what waits in ${this.deadLetters.node.path}: tell them, find out why, mend it, then send it again.`,
      ),
    );
    alarm.addOkAction(new SnsAction(this.fallback));
    return alarm;
  }

  /** An alarm on the bridge itself wakes people: nothing else would. */
  private saying(meaning: string): DeadLetterWords {
    const { choices, runbook } = this;
    return { meaning, layer: AlarmLayer.INFRASTRUCTURE, severity: 'page', runbook, tier: choices.tier };
  }
}

const MOST_NAMES = 7;

const NOTHING_WATCHED: Mistake = {
  problem: 'the incident bridge watches no alarm, so nobody is ever told',
  fix: 'give alarms, or call watch',
};
