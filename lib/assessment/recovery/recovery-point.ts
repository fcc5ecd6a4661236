import type { DataDisruption } from '../../objectives/disruption';
import type { RecoveryTerm } from '../assessment';
import { lossOf, type Point, type Store } from './store';

/** What is lost of the data of a store. */
export interface DataLost {
  readonly store: Store;

  /** `Infinity` where nothing brings it back. */
  readonly seconds: number;
  readonly terms: readonly RecoveryTerm[];
}

/** The point from which the least is lost. */
export function bestPoint(store: Store, survives: (point: Point) => boolean): Point | undefined {
  return store.points
    .filter(survives)
    .reduce<Point | undefined>(
      (best, point) => (best && lossOf(best.loss) <= lossOf(point.loss) ? best : point),
      undefined,
    );
}

/** What is lost of a store, by the best source that survives; undefined where nothing is owed. */
export function dataLost(store: Store, disruption: DataDisruption): DataLost | undefined {
  if (disruption === 'dataRepair' && !store.repairable) return undefined;
  const sources = [
    ...livingSources(store, disruption),
    ...store.points.filter((point) => disruption !== 'region' || point.elsewhere).map(({ loss }) => loss),
    ...(store.holds && disruption !== 'dataRepair' ? [[store.holds]] : []),
  ];
  const [first, ...others] = sources;
  if (first === undefined) return { store, seconds: Number.POSITIVE_INFINITY, terms: [] };
  const terms = others.reduce((best, each) => (lossOf(each) < lossOf(best) ? each : best), first);
  return { store, seconds: lossOf(terms), terms };
}

/** Copies that live and survive. What replicates copies damage too: no copy repairs data. */
function livingSources(store: Store, disruption: DataDisruption): readonly (readonly RecoveryTerm[])[] {
  if (disruption === 'dataRepair') return [];
  const elsewhere = store.copies.map(({ lag }) => lag);
  if (disruption === 'region') return elsewhere;
  const here = store.lost[disruption];
  return here === undefined ? elsewhere : [here, ...elsewhere];
}
