import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Archive, type CfnRule, EventBus, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as ToBus } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type LogGroup, QueryDefinition, QueryString, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { ArnFormat, type Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Span } from '../../../calculus/time-span';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import { createDeadLetters } from '../../data/dead-letters';
import { type DeadLetterProps, deadLetterAlarm } from '../../governance/dead-letter-alarm';
import { deadLetterNotices } from '../../governance/dead-letter-notices';
import { keptLogs } from '../../governance/log-group';
import { logRetention } from '../../governance/log-retention';
import { acknowledgeInlinePolicy } from '../../governance/nag';
import { TierChoices, type TieredProps } from '../../governance/tier-choices';
import { AlarmLayer } from '../alarm-tags';
import { asCloudEvents } from './cloud-events';
import { TIMELINE_EVENTS, TimelineKind } from './timeline-events';

/** Properties of an {@link EventTimeline}. */
export interface EventTimelineProps extends TieredProps, DeadLetterProps {
  /**
   * What is kept.
   *
   * @default - every kind
   */
  readonly kinds?: readonly TimelineKind[];

  /**
   * How far back events can be replayed, such as to a new reader of the bus.
   *
   * @default Duration.days(90)
   */
  readonly archiveRetention?: Duration;

  /**
   * How long the timeline is kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;

  /**
   * How long events wait that could not be kept.
   *
   * @default - 14 days at tiers 0 and 1, 5 days below
   */
  readonly deadLetterRetention?: Duration;
}

const EVENT_BUSES = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html';

/**
 * What happened in this region of the account, in one place and one order: alarms, deployments, changes of configuration,
 * AWS Health, backups, drills, failovers and the calendar of changes. On a bus of its own with an archive, and in an
 * encrypted log group as CloudEvents 1.0, with a saved query; no code of ours runs.
 *
 * @throws ConfigurationError for a second one in a stack, for kinds that are none, and for less than the tier owes
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html
 */
export class EventTimeline extends Construct {
  /** Everything that is kept passes here: rules on it can do more. */
  readonly bus: EventBus;
  readonly archive: Archive;

  /** An event a line: the message as EventBridge sends it, and beside it the same as a CloudEvent 1.0. */
  readonly log: LogGroup;

  /** Where events go that could not be kept. */
  readonly deadLetters: Queue;

  /** Fires while such events wait. */
  readonly unhandled: Alarm;

  /** Who is told of them. */
  readonly notifications: ITopic;

  constructor(scope: Construct, id: string, props: EventTimelineProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const kinds = props.kinds ?? Object.values(TimelineKind);
    refuse(this.node.path, [...kindMistakes(kinds), ...twinMistakes(this)]);
    choices.record({
      what: 'kinds',
      value: kinds.length === Object.values(TimelineKind).length ? 'all' : kinds.join(', '),
      because: 'a cause is often a change of another kind than its symptom',
      source: OWN_DECISION,
    });
    this.bus = new EventBus(this, 'Bus', { description: `What happened, for ${this.node.path}.` });
    this.archive = this.keep(choices, props.archiveRetention);
    this.deadLetters = createDeadLetters(this, choices, props);
    this.notifications = props.notifications ?? deadLetterNotices(this, choices);
    this.unhandled = deadLetterAlarm(this, this.deadLetters, this.notifications, {
      meaning: `Events of the timeline ${this.node.path} could not be kept: see why in the attributes of the messages in ${this.deadLetters.node.path}, mend it, then send them to the bus again.`,
      layer: AlarmLayer.INFRASTRUCTURE,
      tier: choices.tier,
    });
    this.log = keptLogs(this, 'Log', choices, {
      retention: logRetention(this, choices, props.logRetention),
    });
    asCloudEvents(this, this.log);
    this.collect(kinds);
    this.write();
    this.saveQuery();
  }

  private keep(choices: TierChoices, chosen: Duration | undefined): Archive {
    const retention = choices.longest({
      what: 'archiveRetention',
      owed: {
        value: Span.days(90),
        because: 'who looks for what led to an outage looks back for a quarter',
        source: OWN_DECISION,
      },
      limit: choices.nonProduction
        ? { value: Span.days(1), because: 'this stage is not production', source: EVENT_BUSES }
        : undefined,
      chosen,
    });
    return new Archive(this, 'Archive', {
      sourceEventBus: this.bus,
      retention,
      eventPattern: { account: [Stack.of(this).account] },
    });
  }

  /** Services send to the default bus only: rules there pass their events on. */
  private collect(kinds: readonly TimelineKind[]): void {
    const role = new Role(this, 'Forwarding', { assumedBy: new ServicePrincipal('events.amazonaws.com') });
    acknowledgeInlinePolicy(role);
    const target = new ToBus(this.bus, { role, deadLetterQueue: this.deadLetters });
    const place = new Construct(this, 'From');
    for (const { id, pattern } of kinds.flatMap((kind) => TIMELINE_EVENTS[kind]))
      new Rule(place, id, { eventPattern: pattern, targets: [target] });
  }

  /**
   * The target of the CDK would run a function to write the policy of the log group; CloudFormation has a resource for it.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions
   */
  private write(): void {
    const { account } = Stack.of(this);
    const rule = new Rule(this, 'Written', {
      eventBus: this.bus,
      eventPattern: { account: [account] },
      targets: [this.toLog()],
    });
    // What is replayed for a new reader is in the log already.
    (rule.node.defaultChild as CfnRule).addPropertyOverride('EventPattern.replay-name', [{ exists: false }]);
    const fromRule = { ArnEquals: { 'aws:SourceArn': rule.ruleArn } };
    this.log.addToResourcePolicy(this.logStatement('logs:CreateLogStream'));
    this.log.addToResourcePolicy(this.logStatement('logs:PutLogEvents', fromRule));
    this.deadLetters.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.deadLetters.queueArn],
        conditions: fromRule,
      }),
    );
  }

  /** Streams are made without word of the rule. */
  private logStatement(action: string, conditions: Record<string, unknown> = {}): PolicyStatement {
    return new PolicyStatement({
      principals: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'].map(
        (service) => new ServicePrincipal(service),
      ),
      actions: [action],
      resources: [this.log.logGroupArn],
      conditions,
    });
  }

  private toLog(): IRuleTarget {
    const { logGroupName } = this.log;
    const arn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return { bind: () => ({ arn, deadLetterConfig: { arn: this.deadLetters.queueArn } }) };
  }

  private saveQuery(): void {
    new QueryDefinition(this, 'Query', {
      queryDefinitionName: `${Stack.of(this).stackName}/${this.node.id}`,
      logGroups: [this.log],
      queryString: new QueryString({
        fields: ['time', 'source', 'type', 'coalesce(data.detail.alarmName, data.resources.0) as what'],
        sort: 'time asc',
        limit: 1_000,
      }),
    });
  }
}

function kindMistakes(kinds: readonly TimelineKind[]): Mistake[] {
  const all = Object.values(TimelineKind);
  const strange = kinds.filter((kind) => !all.includes(kind));
  if (kinds.length === 0)
    return [{ problem: 'kinds is empty: nothing is kept', fix: 'leave it out to keep all' }];
  return [
    ...strange.map((kind) => ({ problem: `${kind} is no kind of event`, fix: `use ${all.join(', ')}` })),
    ...[...new Set(kinds.filter((kind, index) => kinds.indexOf(kind) !== index))].map((kind) => ({
      problem: `${kind} is named twice`,
      fix: `name ${kind} once`,
    })),
  ];
}

/** The events of a region are there once: two timelines keep everything twice. */
function twinMistakes(timeline: EventTimeline): Mistake[] {
  const twin = Stack.of(timeline)
    .node.findAll()
    .find((each) => each instanceof EventTimeline && each !== timeline);
  return twin === undefined
    ? []
    : [
        {
          problem: `${twin.node.path} keeps the events of this region already`,
          fix: 'use that one: its bus and its log are for all',
        },
      ];
}
