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
    if (both === undefined || model instanceof Unknown || model.suppression?.alarm === alarm.id) return [];
    if (settledBy(model.rule, alarm.id, ['ALARM']) === true) return [by(alarm, composite, both)];
    const idle = settledBy(model.rule, alarm.id, ['OK', 'INSUFFICIENT_DATA']) === false;
    return idle ? [idles(composite, alarm, both)] : [];
  });
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
