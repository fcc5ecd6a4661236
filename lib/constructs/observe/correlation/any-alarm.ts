import { AlarmRule, CompositeAlarm, type IAlarm, type IAlarmRule } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type AlarmTags, tagAlarm } from '../alarm-tags';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html @internal */
export const MOST_CHILDREN = 100;

/** Characters of a rule, by the same page. @internal */
export const LONGEST_RULE = 10_240;

/** Characters of a name, which deploy may use up. */
const LONGEST_NAME = 255;

/** `arn:aws-iso-b:cloudwatch:us-iso-east-1:111122223333:alarm:`, and a little. */
const BEFORE_NAME = 70;

/** `ALARM("…") OR `. */
const AROUND_ARN = 13;

/** A rule may say in addition that one more alarm does not fire: ` AND NOT …`. */
const ONE_MORE = LONGEST_NAME + BEFORE_NAME + AROUND_ARN + 20;

/** CloudFormation adds `-` and twelve characters, and hyphens between the parts. */
const MADE_UP = 14;

/**
 * A rule that holds while any of some alarms fires. Where they are too many for one composite alarm, composite alarms in
 * between hold a part each. It leaves room for one alarm more.
 *
 * @param scope where those in between are made
 * @param tags what those in between look at
 * @param name of the rule, where a scope has several
 * @internal
 */
export function anyAlarm(
  scope: Construct,
  alarms: readonly IAlarm[],
  tags: AlarmTags,
  name = '',
): IAlarmRule {
  let level = alarms;
  for (let round = 1; ; round += 1) {
    const groups = groupsOf(level);
    if (groups.length <= 1) return AlarmRule.anyOf(...level);
    level = groups.map((group, index) => {
      const alarm = part(scope, `${name}Part${round}x${index + 1}`, group);
      tagAlarm(alarm, tags);
      return alarm;
    });
  }
}

function part(scope: Construct, id: string, alarms: readonly IAlarm[]): CompositeAlarm {
  return new CompositeAlarm(scope, id, {
    alarmDescription: `A part of the alarms of ${scope.node.path}, which are too many for one rule; tells nobody itself.`,
    alarmRule: AlarmRule.anyOf(...alarms),
  });
}

function groupsOf(alarms: readonly IAlarm[]): readonly (readonly IAlarm[])[] {
  const groups: IAlarm[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const alarm of alarms) {
    const own = arnLength(alarm) + AROUND_ARN;
    if (length + own > LONGEST_RULE || (groups.at(-1)?.length ?? 0) >= MOST_CHILDREN - 1) {
      groups.push([]);
      length = ONE_MORE;
    }
    groups.at(-1)?.push(alarm);
    length += own;
  }
  return groups;
}

/** How long an ARN can be once it is deployed. */
function arnLength(alarm: IAlarm): number {
  if (!Token.isUnresolved(alarm.alarmArn)) return alarm.alarmArn.length;
  const stack = Stack.of(alarm);
  const name: unknown = stack.resolve(alarm.alarmName);
  if (typeof name === 'string') return BEFORE_NAME + name.length;
  const reference = (name as { readonly Ref?: unknown } | undefined)?.Ref;
  const known = typeof reference === 'string' && !Token.isUnresolved(stack.stackName) && !stack.nested;
  const length = known ? stack.stackName.length + reference.length + MADE_UP : LONGEST_NAME;
  return BEFORE_NAME + Math.min(LONGEST_NAME, length);
}
