import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import { nameOf } from '../modelling';
import { backSometime, inSequence, longest, neverBack, type Path, taking } from './path';
import { peopleDecide } from './people';
import { bestPoint } from './recovery-point';
import type { Store } from './store';

/** The way back from damaged data: noticed, decided, and restored to the last good moment; stores side by side. */
export function dataRepaired(stores: readonly Store[]): Path {
  return longest(stores.filter(({ repairable }) => repairable).map(repaired));
}

function repaired(store: Store): Path {
  const { resource, protect, open, unknown } = store;
  if (unknown !== undefined) return backSometime({ what: unknown, source: 'not modelled', resource });
  const point = bestPoint(store, () => true);
  if (!point)
    return neverBack({
      what: `nothing brings ${nameOf(resource)} back as it was: what replicates copies the damage`,
      source: 'no continuous backup, no backup plan, no kept versions',
      resource,
      fix: protect,
      ...(open !== undefined && { open }),
    });
  const noticed = taking(RECOVERY_FACTS.noticeDamageSeconds, {
    what: 'the damage is noticed, and its moment found',
  });
  const steps = point.restore.map((step, index) =>
    index === 0 ? { ...step, what: `${step.what} from ${point.what}` } : step,
  );
  return inSequence(noticed, ...peopleDecide(), ...steps);
}
