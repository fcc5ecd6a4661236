import { CompositeAlarm, type IAlarm, type IAlarmRule } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { formatSeconds } from '../../../calculus/time-span';
import type { Tier } from '../../../objectives/tier';
import { runbookWords } from '../../governance/runbook';
import { type AlarmLayer, type AlarmTags, tagAlarm } from '../alarm-tags';
import { letTell } from '../told-alarm';
import { anyAlarm } from './any-alarm';

/** What all alarms of a tree share. @internal */
export interface Telling {
  readonly topic: ITopic;
  readonly tier: Tier;
  readonly wait: Duration;
  readonly extension: Duration;
}

/** An alarm over others that calls people. @internal */
export interface JoinedAlarm {
  readonly rule: IAlarmRule;

  /** While one of these fires, it is silent. */
  readonly causes: readonly IAlarm[];

  /** What is wrong and what to do, for who is called. */
  readonly description: string;
  readonly layer: AlarmLayer;
  readonly zone?: string;
  readonly runbook: string | undefined;
}

/** Makes an alarm that calls people while none of its causes does. @internal */
export function joinedAlarm(
  scope: Construct,
  id: string,
  joined: JoinedAlarm,
  telling: Telling,
): CompositeAlarm {
  const { wait, extension, topic, tier } = telling;
  const { layer, zone, runbook } = joined;
  const tags = { layer, tier, runbook, ...(zone !== undefined && { zone }) };
  const suppressor = oneAlarm(scope, 'Causes', joined.causes, {
    ...tags,
    what: 'Something that it needs fires.',
  });
  const alarm = new CompositeAlarm(scope, id, {
    alarmDescription: described(joined, suppressor === undefined ? undefined : telling),
    alarmRule: joined.rule,
    ...(suppressor && {
      actionsSuppressor: suppressor,
      actionsSuppressorWaitPeriod: wait,
      actionsSuppressorExtensionPeriod: extension,
    }),
  });
  letTell(alarm, { ...tags, topic, severity: 'page' });
  return alarm;
}

/** An alarm over others that only they read. @internal */
export interface SilentAlarm extends AlarmTags {
  readonly rule: IAlarmRule;

  /** What it means that it fires. */
  readonly what: string;
}

/** Makes an alarm that others read, and that calls nobody. @internal */
export function silentAlarm(
  scope: Construct,
  id: string,
  { rule, what, ...tags }: SilentAlarm,
): CompositeAlarm {
  const alarm = new CompositeAlarm(scope, id, {
    alarmDescription: `${what} Read by other alarms of ${scope.node.path}; tells nobody itself.`.slice(
      0,
      LONGEST,
    ),
    alarmRule: rule,
  });
  tagAlarm(alarm, tags);
  return alarm;
}

/** One alarm that fires while any of some does: CloudWatch takes one suppressor. @internal */
export function oneAlarm(
  scope: Construct,
  id: string,
  alarms: readonly IAlarm[],
  { what, ...tags }: Omit<SilentAlarm, 'rule'>,
): IAlarm | undefined {
  const [only, ...others] = alarms;
  if (others.length === 0) return only;
  return silentAlarm(scope, id, { ...tags, rule: anyAlarm(scope, alarms, tags, id), what });
}

/** Characters of a description. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const LONGEST = 1_024;

function described({ description, runbook }: JoinedAlarm, suppressed: Telling | undefined): string {
  const silence =
    suppressed === undefined
      ? ''
      : ` Silent while what it needs fires, which it waits ${formatSeconds(suppressed.wait.toSeconds())} for, and ${formatSeconds(suppressed.extension.toSeconds())} after.`;
  const where = runbookWords({ runbook });
  return `${description.slice(0, LONGEST - silence.length - where.length)}${silence}${where}`;
}
