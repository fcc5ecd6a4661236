import { identifiersOf, parseArn } from '../../assembly/identifiers';
import type { Resource } from '../../assembly/resource';
import type { AlarmHistory } from '../../calculus/alarms/alarm-history';

/** Which alarm of an app each history is of; CloudFormation makes up names where the template gives none. */
export function historiesOf(
  alarms: readonly Resource[],
  histories: readonly AlarmHistory[],
): ReadonlyMap<Resource, AlarmHistory> {
  const found = new Map<Resource, AlarmHistory>();
  for (const history of histories) {
    const named = alarms.filter((alarm) => isNamed(alarm, history.name) && isThere(alarm, history.arn));
    const [only, ...others] = named;
    // Twins in several regions have one name: without its place a history is of none of them.
    if (only && others.length === 0) found.set(only, history);
  }
  return found;
}

/** Whether an alarm is called so, or could have been called so by CloudFormation: `<stack>-<logical id>-<random>`. */
export function isNamed(alarm: Resource, name: string): boolean {
  const names = identifiersOf(alarm);
  if (names.length > 0) return names.includes(name);
  const beginning = `${alarm.stack.name ?? ''}-${alarm.logicalId}-`;
  return (
    alarm.stack.name !== undefined &&
    name.startsWith(beginning) &&
    /^[A-Za-z0-9]+$/.test(name.slice(beginning.length))
  );
}

function isThere({ region, account }: Resource, arn: string | undefined): boolean {
  const place = arn === undefined ? undefined : parseArn(arn);
  if (place === undefined) return true;
  const agrees = (own: string | undefined, told: string | undefined) =>
    own === undefined || told === undefined || own === told;
  return agrees(region, place.region) && agrees(account, place.account);
}
