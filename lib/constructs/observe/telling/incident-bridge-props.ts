import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic, ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import type { TieredProps } from '../../governance/tier-choices';
import type { IncidentDestination } from './incident-destination';
import type { IncidentSeverity } from './incident-severity';

/** Properties of an `IncidentBridge`. */
export interface IncidentBridgeProps extends TieredProps {
  /** The tools that are told. At tiers 0 and 1 one at least must be able to wake somebody. */
  readonly destinations: readonly IncidentDestination[];

  /**
   * The alarms that are incidents; more with `watch`. They must page somebody: an alarm that is only a part of another
   * one does not belong here.
   *
   * @default - none yet
   */
  readonly alarms?: readonly IAlarm[];

  /**
   * Whether tools that take changes are told of deployments, too: PagerDuty shows them beside its incidents, and wakes nobody.
   * Told are the beginning and the end of all deployments of this account and region by CloudFormation, CodeDeploy, CodePipeline
   * and ECS.
   *
   * @default false
   */
  readonly deployments?: boolean;

  /**
   * Who hears the alarms when the bridge is broken: text messages, mail, or the address of another tool. Alarms publish
   * to them without the bridge.
   *
   * @default - nobody, which is refused unless there is a `fallbackTopic`
   */
  readonly fallback?: readonly ITopicSubscription[];

  /**
   * A topic of this region for the fall-back, to which CloudWatch may publish and people subscribe.
   *
   * @default - one of its own, under a key of its own
   */
  readonly fallbackTopic?: ITopic;

  /**
   * How bad its alarms are. One that makes a ticket (`resilience:severity`), such as a slow burn of an objective, is SEV-4 at the worst.
   *
   * @default - SEV-1 at tier 0, SEV-2 at tier 1, SEV-3 at tier 2, SEV-4 at tier 3
   */
  readonly severity?: IncidentSeverity;

  /**
   * What to do, a path or an address: it goes with each incident.
   *
   * @default - the runbook of the service
   */
  readonly runbook?: string;

  /**
   * How long events wait that no tool took, up to 14 days.
   *
   * @default - 14 days at tiers 0 and 1, 5 days below
   */
  readonly deadLetterRetention?: Duration;
}

/** What is said of one alarm. */
export interface IncidentAlarmOptions {
  /**
   * How bad it is.
   *
   * @default - the severity of the bridge; at the worst SEV-4 for one that makes a ticket
   */
  readonly severity?: IncidentSeverity;

  /**
   * What to do when it fires, a path or an address.
   *
   * @default - the runbook of the bridge
   */
  readonly runbook?: string;

  /**
   * Whether the alarm has an action of its own that reaches people without the bridge, so that it needs no fall-back.
   *
   * @default - only where it makes a ticket and has an action
   */
  readonly ownFallback?: boolean;
}
