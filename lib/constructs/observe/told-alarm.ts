import type { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { checkNearTopic } from '../governance/near-topic';
import { ownRunbook } from '../governance/runbook';
import { stackNotices } from '../governance/stack-notices';
import type { TierChoices, TieredProps } from '../governance/tier-choices';
import { type AlarmTags, tagAlarm } from './alarm-tags';

/** Who is told, and what to do. */
export interface TellingProps extends TieredProps {
  /**
   * Who is woken: a topic of this region to which CloudWatch may publish.
   *
   * @default - one topic for the alarms of the stack, encrypted, to subscribe to
   */
  readonly notifications?: ITopic;

  /**
   * What to do when it fires, a path or an address.
   *
   * @default - the runbook of the service
   */
  readonly runbook?: string;
}

/** What an alarm says beside its text. @internal */
export interface Told extends AlarmTags {
  readonly topic: ITopic;
}

/** @internal */
export function toldBy(
  scope: Construct,
  choices: TierChoices,
  { notifications, runbook, layer }: Pick<TellingProps, 'notifications' | 'runbook'> & Pick<Told, 'layer'>,
): Told {
  return {
    topic: notifications ?? stackNotices(scope, choices, 'AlarmNotices'),
    layer,
    tier: choices.tier,
    severity: 'page',
    runbook: runbook ?? ownRunbook(scope),
  };
}

/**
 * Lets an alarm tell somebody, and again when it is over; its tags say what it is about.
 *
 * @throws ConfigurationError for a topic of another region
 * @internal
 */
export function letTell(alarm: AlarmBase, { topic, ...tags }: Told): void {
  checkNearTopic(alarm, topic);
  const action = new SnsAction(topic);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  tagAlarm(alarm, tags);
}
