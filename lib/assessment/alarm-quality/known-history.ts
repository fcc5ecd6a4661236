import { generatedName } from '../../assembly/generated-name';
import { identifiersOf, parseArn } from '../../assembly/identifiers';
import type { Resource } from '../../assembly/resource';
import type { AlarmHistory } from '../../calculus/alarms/alarm-history';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST_NAME = 255;

/**
 * Which alarm of an app each history is of; CloudFormation makes up names where the template gives none. An alarm that is
 * deployed in several places has several.
 */
export function historiesOf(
  alarms: readonly Resource[],
  histories: readonly AlarmHistory[],
): readonly (readonly [Resource, AlarmHistory])[] {
  return histories.flatMap((history) => {
    const named = alarms.filter((alarm) => isNamed(alarm, history.name) && isThere(alarm, history));
    const [only, ...others] = named;
    // Twins in several regions have one name: without its place a history is of none of them.
    return only && others.length === 0 ? [[only, history] as const] : [];
  });
}

/** Whether an alarm is called so, or could have been called so by CloudFormation: `<stack>-<logical id>-<random>`. */
export function isNamed(alarm: Resource, name: string): boolean {
  const names = identifiersOf(alarm);
  if (names.length > 0) return names.includes(name);
  return alarm.stack.name !== undefined && new RegExp(`^${generatedName(alarm, LONGEST_NAME)}$`).test(name);
}

function isThere(alarm: Resource, { arn, ...told }: AlarmHistory): boolean {
  const place = (arn === undefined ? undefined : parseArn(arn)) ?? told;
  const agrees = (own: string | undefined, there: string | undefined) =>
    own === undefined || there === undefined || own === there;
  return agrees(alarm.region, place.region) && agrees(alarm.account, place.account);
}
