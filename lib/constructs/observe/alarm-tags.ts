import type { AlarmBase, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnResource, Tags } from 'aws-cdk-lib/core';
import { AlertSeverity } from '../../objectives/policy/operations';
import type { Tier } from '../../objectives/tier';
import { ServiceScope } from '../governance/service-scope';
import { taggedRunbook } from '../governance/tagged-runbook';
import { newerThanLinters } from './new-properties';

/** What an alarm looks at, for whoever asks which of many alarms is the cause. */
export enum AlarmLayer {
  /** What users meet: objectives, journeys. */
  SERVICE = 'service',

  /** What the service's own code does. */
  APPLICATION = 'application',

  /** What it runs on. */
  INFRASTRUCTURE = 'infrastructure',

  /** The way to it, and between its parts. */
  NETWORK = 'network',

  /** What others do for it. */
  DEPENDENCY = 'dependency',
}

/**
 * What an alarm says of itself in tags.
 *
 * @internal
 */
export interface AlarmTags {
  readonly layer: AlarmLayer;

  /** For an alarm that is inside no declared service. */
  readonly tier?: Tier;

  /** The Availability Zone that it looks at, where it looks at one. */
  readonly zone?: string;

  /** What to do, a path or an address. */
  readonly runbook?: string | undefined;

  /** Who is told: `page`, `page-in-hours` or `ticket`. */
  readonly severity?: string;
}

/** Tags are written at synthesis; this is known before. */
const SEVERITIES = new WeakMap<IAlarm, string>();

/** Whether an alarm says that it waits for a working day. @internal */
export function makesTicket(alarm: IAlarm): boolean {
  return SEVERITIES.get(alarm) === AlertSeverity.TICKET;
}

/**
 * Tags an alarm `resilience:layer`, `resilience:zone`, `resilience:runbook` and `resilience:severity`, beside what its service
 * says, and has it send its tags with each event: who reads the event need not look anything up. What a tag does not take in the
 * address of a runbook is written as quoted-printable does: `=3F` is `?`.
 *
 * @throws ConfigurationError for a runbook that is longer than a tag, or neither a path nor an address
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-cloudwatch-alarm-alarmtagspropagation.html
 * @internal
 */
export function tagAlarm(alarm: AlarmBase, { tier, ...tags }: AlarmTags): void {
  if (tags.severity !== undefined) SEVERITIES.set(alarm, tags.severity);
  const own = ServiceScope.of(alarm) || tier === undefined ? tags : { ...tags, tier: String(tier) };
  for (const [name, value] of Object.entries({ ...own, runbook: taggedRunbook(alarm, tags.runbook) }))
    if (value !== undefined) Tags.of(alarm).add(`resilience:${name}`, value);
  const resource = alarm.node.defaultChild;
  if (!(resource instanceof CfnResource)) return;
  resource.addPropertyOverride('ActionConfiguration.AlarmTagsPropagation.Enabled', true);
  newerThanLinters(resource);
}
