import type { Truth } from '../conditions';
import { oncePerResource } from '../once-per-resource';
import { existsWith } from '../presence';
import type { Resource } from '../resource';
import { everyTruth, someTruth } from '../truth';
import { isList, Unknown } from '../value';
import { compositesOf } from './alarm-composites';
import { canFire } from './alarm-defects';
import { rulesOnAlarm } from './alarm-events';

/**
 * Whether somebody or something is told when an alarm fires: by its own actions, by those of a composite alarm that it
 * is part of, or by a rule of EventBridge. One that cannot be deployed, or never fires, tells nobody.
 */
export const tellsSomebody = oncePerResource((alarm) => tells(alarm, []));

function tells(alarm: Resource, above: readonly Resource[]): Truth {
  if (above.includes(alarm)) return false;
  const composites = compositesOf(alarm).map((composite) =>
    everyTruth([existsWith(composite, alarm), tells(composite, [...above, alarm])]),
  );
  return everyTruth([canFire(alarm), someTruth([actsOrIsTaken(alarm), ...composites])]);
}

/** Whether somebody is told by an alarm's own actions, or by a rule of EventBridge on it; one that cannot fire tells nobody. */
export function tellsDirectly(alarm: Resource): Truth {
  return everyTruth([canFire(alarm), actsOrIsTaken(alarm)]);
}

function actsOrIsTaken(alarm: Resource): Truth {
  const rules = rulesOnAlarm(alarm).map(({ takes, works }) => everyTruth([takes, works]));
  return someTruth([actsItself(alarm), ...rules]);
}

/** Whether an alarm has actions of its own for the state ALARM, and they are on. */
export function actsItself(alarm: Resource): Truth {
  const enabled = alarm.is('ActionsEnabled', true, { default: true });
  if (enabled.outcome === 'fail') return false;
  const actions = alarm.get('AlarmActions');
  if (actions instanceof Unknown && actions.maybeAbsent) return actions;
  const has = actions !== undefined && actions !== null && !(isList(actions) && actions.length === 0);
  if (!has) return false;
  return enabled.outcome === 'unknown'
    ? new Unknown(enabled.reason ?? 'ActionsEnabled is known only at deploy')
    : true;
}
