import type { AlarmState } from '../../calculus/alarms/alarm-state';
import { alarmsIn } from '../../calculus/alarms/composite-rule';
import { canHold } from '../../calculus/alarms/possible-rule';
import type { Truth } from '../conditions';
import type { Resource } from '../resource';
import { Unknown } from '../value';
import { partsOf } from './alarm-composites';
import type { AlarmDefect } from './alarm-defect';
import { ruleOf } from './composite-model';

const STATES: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const QUIET = STATES.filter((state) => state !== 'ALARM');

/**
 * That no states of the alarms in a rule make it true, or none that these can be in.
 *
 * @param canFire of the alarms in it
 */
export function neverHolding(alarm: Resource, canFire: (part: Resource) => Truth): readonly AlarmDefect[] {
  const rule = ruleOf(alarm);
  if (rule instanceof Unknown) return [];
  const named = new Set(alarmsIn(rule));
  const silent = partsOf(alarm).filter((part) => named.has(part.id) && canFire(part) === false);
  const ids = new Set(silent.map(({ id }) => id));
  if (canHold(rule, (id) => (ids.has(id) ? QUIET : STATES)) !== false) return [];
  const itself = silent.length === 0 || canHold(rule, () => STATES) === false;
  return [
    {
      effect: 'never-fires',
      sure: true,
      ...(itself
        ? {
            found: 'its rule holds in no state of the alarms that it names: it never fires',
            fix: 'write a rule that holds in some states, or remove the alarm',
          }
        : {
            found: `its rule waits for ${silent.map(({ logicalId }) => logicalId).join(', ')}, which never fires: nor does it`,
            fix: `mend ${silent[0]?.logicalId} first`,
          }),
    },
  ];
}
