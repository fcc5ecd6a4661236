import { storeFacts } from '../calculus/store-facts';
import type { StoreFact, StoreFamily } from '../calculus/stores/store';
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

  /** What is owed, and what the store can do at its worst. */
  readonly owedSeconds: number;
  readonly canSeconds: number;

  /** What the store can do, in words. */
  readonly found: string;
}

/**
 * Every promise that a store cannot keep, with what would keep it.
 *
 * @param data - the class of the data: `orders`; left out where it has none
 * @param otherwise - what the data is owed by a store that keeps all of it, where this one is owed less
 * @internal
 */
export function storeShortfalls(
  store: StoreFact,
  owed: OwedToData,
  data?: string,
  otherwise: OwedToData = owed,
): readonly StoreShortfall[] {
  const what = data ?? 'data';
  return DATA_DISRUPTIONS.flatMap((disruption) => {
    const { rpoSeconds, rtoSeconds } = owed[disruption] ?? {};
    const can = store[disruption];
    const shortfalls: StoreShortfall[] = [];
    if (rpoSeconds !== undefined && can.rpoSeconds > rpoSeconds) {
      shortfalls.push({
        what: `${disruption}.rpo`,
        owedSeconds: rpoSeconds,
        canSeconds: can.rpoSeconds,
        found: lossInWords(can.rpoSeconds),
        problem:
          `${store.store} loses ${lossInWords(can.rpoSeconds)} of ${what} at ${disruptionName(disruption)}, ` +
          `but an RPO of ${formatSeconds(rpoSeconds)} is owed`,
        fix: remedy(store, disruption, otherwise, lesserClass(can.rpoSeconds, disruption, data)),
      });
    }
    if (rtoSeconds !== undefined && can.rtoSeconds > rtoSeconds) {
      shortfalls.push({
        what: `${disruption}.rto`,
        owedSeconds: rtoSeconds,
        canSeconds: can.rtoSeconds,
        found: formatSeconds(can.rtoSeconds),
        problem:
          `${store.store} is ${returnInWords(can.rtoSeconds, disruption)}, ` +
          `but an RTO of ${formatSeconds(rtoSeconds)} is owed`,
        // Recovery times are owed per service: a class changes them only where there is nothing to recover.
        fix: remedy(
          store,
          disruption,
          otherwise,
          Number.isFinite(can.rpoSeconds) ? [] : [rebuildableClass(data)],
        ),
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

/**
 * What would keep what is owed. Best is a store of the same family that keeps all of it, after every disruption: one that
 * falls short of another promise would only be refused in turn, so it is named for data that is owed less otherwise.
 */
function remedy(
  from: StoreFact,
  disruption: DataDisruption,
  owed: OwedToData,
  lesser: readonly string[],
): string {
  const weaken = 'give a weakening with reason, expires and approver';
  const better = keepers(from, from.family, owed);
  if (better) return `use ${better}; or ${weaken}`;
  const instead = keptInstead(from, owed);
  const near = keepers(from, from.family, owed, [disruption]);
  return [
    ...(instead ? [instead] : []),
    ...(near ? [`use ${near} for data that is owed less otherwise`] : []),
    ...lesser,
    weaken,
  ].join(', or ');
}

/** The other stores of a family that keep some promises, in words; empty where none does. */
function keepers(
  from: StoreFact,
  family: StoreFamily,
  owed: OwedToData,
  promises: readonly DataDisruption[] = DATA_DISRUPTIONS,
): string {
  return storeFacts()
    .filter((each) => each.family === family && each.store !== from.store)
    .filter((each) =>
      promises.every((promise) => isExcused(each, from, promise) || keeps(each, promise, owed)),
    )
    .map(({ store }) => store)
    .join(', or ');
}

/**
 * Where data can be kept in another form, as something to do; `undefined` where no next of kin keeps all that is owed.
 *
 * @internal
 */
export function keptInstead(from: StoreFact, owed: OwedToData): string | undefined {
  const [instead] = (NEXT_OF_KIN[from.family] ?? [])
    .map(({ kin, how = '' }) => ({ stores: keepers(from, kin, owed), how }))
    .filter(({ stores }) => stores);
  return instead && `keep it in ${instead.stores} instead${instead.how}`;
}

/** A class of data for which the store will do, as it is written in the service; the data may be made again as well. */
function lesserClass(seconds: number, disruption: DataDisruption, data: string | undefined): string[] {
  if (!Number.isFinite(seconds)) return [rebuildableClass(data)];
  const rpo = `rpo: { ${disruption}: ${spanInCode(seconds)} }`;
  return data === undefined
    ? [`where so much may be lost, name in dataClass a class that the service declares with ${rpo}`]
    : [`where so much may be lost, give the class ${data} of the service ${rpo}`];
}

function rebuildableClass(data: string | undefined): string {
  return data === undefined
    ? 'where it can be made again, name in dataClass a class that the service declares with rebuildable: true'
    : `where it can be made again, give the class ${data} of the service rebuildable: true, and no rpo`;
}

/** A time as it is written in code, exactly. @internal */
export function spanInCode(seconds: number): string {
  const units = [
    [3600, 'hours'],
    [60, 'minutes'],
  ] as const;
  const even = units.find(([size]) => seconds >= size && seconds % size === 0);
  return even ? `Span.${even[1]}(${seconds / even[0]})` : `Span.seconds(${seconds})`;
}

/** A family that can keep the same data in another form, and what is then to be done. */
interface NextOfKin {
  readonly kin: StoreFamily;
  readonly how?: string;
}

const MADE_AGAIN = ' (and declare here a class that is rebuildable, made again from there)';
const OUTBOX: NextOfKin = {
  kin: 'key-value',
  how: ' (write it there first and send its changes on from the stream of the table)',
};
const SOURCE: NextOfKin = { kin: 'key-value', how: MADE_AGAIN };

/** What can keep the same data in another form, where no store of its own kind keeps what is owed: the nearest first. */
const NEXT_OF_KIN: Readonly<Partial<Record<StoreFamily, readonly NextOfKin[]>>> = {
  file: [{ kin: 'object' }],
  relational: [{ kin: 'key-value' }],
  document: [{ kin: 'key-value' }],
  object: [{ kin: 'key-value', how: ' (items of up to 400 KB)' }],
  cache: [SOURCE],
  graph: [SOURCE],
  search: [SOURCE],
  queue: [{ kin: 'stream' }, OUTBOX],
  stream: [OUTBOX],
};

/** Nothing is owed of a repair where there are neither versions nor backups, as there are none now. */
function isExcused(store: StoreFact, from: StoreFact, disruption: DataDisruption): boolean {
  return (
    disruption === 'dataRepair' &&
    [store, from].every(({ dataRepair }) => !Number.isFinite(dataRepair.rpoSeconds))
  );
}

function keeps(store: StoreFact, disruption: DataDisruption, owed: OwedToData): boolean {
  const { rpoSeconds = Number.POSITIVE_INFINITY, rtoSeconds = Number.POSITIVE_INFINITY } =
    owed[disruption] ?? {};
  return store[disruption].rpoSeconds <= rpoSeconds && store[disruption].rtoSeconds <= rtoSeconds;
}
