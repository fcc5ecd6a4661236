import { storeFacts } from '../calculus/store-facts';
import type { StoreFact } from '../calculus/stores/store';
import { formatSeconds } from '../calculus/time-span';
import { DATA_DISRUPTIONS, type DataDisruption, disruptionName } from './disruption';
import type { Mistake } from './mistakes';

/** What data is owed after each kind of disruption, in seconds. What is left out is not owed. @internal */
export type OwedToData = Readonly<
  Partial<Record<DataDisruption, { rpoSeconds?: number; rtoSeconds?: number }>>
>;

/** One promise that a store cannot keep. @internal */
export interface StoreShortfall extends Mistake {
  /** `region.rpo`. */
  readonly what: string;

  /** What the store can do, in words. */
  readonly found: string;
}

/**
 * Every promise that a store cannot keep, with what would keep it.
 *
 * @param data the data in words: `orders`
 * @internal
 */
export function storeShortfalls(store: StoreFact, owed: OwedToData, data: string): readonly StoreShortfall[] {
  return DATA_DISRUPTIONS.flatMap((disruption) => {
    const { rpoSeconds, rtoSeconds } = owed[disruption] ?? {};
    const can = store[disruption];
    const shortfalls: StoreShortfall[] = [];
    if (rpoSeconds !== undefined && can.rpoSeconds > rpoSeconds) {
      shortfalls.push({
        what: `${disruption}.rpo`,
        found: lossInWords(can.rpoSeconds),
        problem:
          `${store.store} loses ${lossInWords(can.rpoSeconds)} of ${data} at ${disruptionName(disruption)}, ` +
          `but an RPO of ${formatSeconds(rpoSeconds)} is owed`,
        fix: remedy(store, disruption, owed),
      });
    }
    if (rtoSeconds !== undefined && can.rtoSeconds > rtoSeconds) {
      shortfalls.push({
        what: `${disruption}.rto`,
        found: formatSeconds(can.rtoSeconds),
        problem:
          `${store.store} is ${returnInWords(can.rtoSeconds, disruption)}, ` +
          `but an RTO of ${formatSeconds(rtoSeconds)} is owed`,
        fix: remedy(store, disruption, owed),
      });
    }
    return shortfalls;
  });
}

function lossInWords(seconds: number): string {
  return Number.isFinite(seconds) ? `up to ${formatSeconds(seconds)}` : 'all';
}

function returnInWords(seconds: number, disruption: DataDisruption): string {
  const after = `after ${disruptionName(disruption)}`;
  return Number.isFinite(seconds)
    ? `back ${formatSeconds(seconds)} ${after} at the worst`
    : `not back ${after}`;
}

/** The stores of the same family that would keep what is owed after this disruption. */
function remedy({ store, family }: StoreFact, disruption: DataDisruption, owed: OwedToData): string {
  const { rpoSeconds = Number.POSITIVE_INFINITY, rtoSeconds = Number.POSITIVE_INFINITY } =
    owed[disruption] ?? {};
  const better = storeFacts().filter(
    (each) =>
      each.family === family &&
      each.store !== store &&
      each[disruption].rpoSeconds <= rpoSeconds &&
      each[disruption].rtoSeconds <= rtoSeconds,
  );
  const weaken = 'give a weakening with reason, expires and approver';
  if (better.length === 0) {
    const less = `owed no more than stores of this kind (${family}) can keep`;
    return `name in dataClass a class of the service that is rebuildable or ${less}, or ${weaken}`;
  }
  return `use ${better.map((each) => each.store).join(', or ')}; or ${weaken}`;
}
