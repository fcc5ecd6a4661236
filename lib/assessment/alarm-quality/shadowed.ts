import { compositesOf } from '../../assembly/observe/alarm-composites';
import { compositeOf } from '../../assembly/observe/composite-model';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { settledBy } from '../../calculus/alarms/implication';
import { sharedTarget } from './doubles';
import type { AlarmFinding } from './finding';

/** An alarm and a composite alarm over it that tell the same people of the same thing. */
export function shadowed(alarm: Resource): readonly AlarmFinding[] {
  return compositesOf(alarm).flatMap((composite) => {
    const both = sharedTarget(alarm, composite);
    const model = compositeOf(composite);
    if (both === undefined || model instanceof Unknown || isSilencedBy(composite, alarm)) return [];
    if (settledBy(model.rule, alarm.id, ['ALARM']) === true) return [by(alarm, composite, both)];
    const idle = settledBy(model.rule, alarm.id, ['OK', 'INSUFFICIENT_DATA']) === false;
    return idle ? [idles(composite, alarm, both)] : [];
  });
}

/** Whether an alarm, or one that fires whenever it does, keeps a composite alarm silent. @internal */
export function isSilencedBy(composite: Resource, alarm: Resource): boolean {
  const model = compositeOf(composite);
  const suppressor = model instanceof Unknown ? undefined : model.suppression?.alarm;
  return suppressor !== undefined && firingWith(alarm).has(suppressor);
}

/** The ids of an alarm and of the composite alarms that fire whenever it does. */
function firingWith(alarm: Resource): ReadonlySet<string> {
  const firing = new Set([alarm.id]);
  const open = [alarm];
  for (let next = open.shift(); next !== undefined; next = open.shift())
    for (const above of compositesOf(next)) {
      const model = compositeOf(above);
      if (firing.has(above.id) || model instanceof Unknown) continue;
      if (settledBy(model.rule, next.id, ['ALARM']) !== true) continue;
      firing.add(above.id);
      open.push(above);
    }
  return firing;
}

function by(alarm: Resource, composite: Resource, both: string): AlarmFinding {
  return {
    fault: 'shadowed',
    alarm,
    other: composite,
    weight: 'medium',
    sure: true,
    found: `${composite.logicalId} fires whenever it does, and both tell ${both}`,
    fix: `take the action off one of the two, such as this one: ${composite.logicalId} still tells`,
  };
}

function idles(composite: Resource, alarm: Resource, both: string): AlarmFinding {
  return {
    fault: 'shadowed',
    alarm: composite,
    other: alarm,
    weight: 'medium',
    sure: true,
    found: `it fires only while ${alarm.logicalId} does, which tells ${both} already`,
    fix: `take the action off ${alarm.logicalId}, so that only the joined alarm tells`,
  };
}
