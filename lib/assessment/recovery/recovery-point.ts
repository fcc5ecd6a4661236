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

/** What is left of a store when several regions are lost together: copies and points that surely lie beyond them. */
export function beyond(store: Store, gone: ReadonlySet<string>): Store {
  if (gone.size < 2) return store;
  const survives = (region: string | undefined) => region !== undefined && !gone.has(region);
  const points = store.points.filter((point) => point.elsewhere && survives(point.region));
  const hidden =
    store.points.length > points.length || store.copies.some(({ region }) => region === undefined);
  return {
    ...store,
    copies: store.copies.filter(({ region }) => survives(region)),
    points,
    ...(hidden && { open: 'in which regions its copies lie' }),
  };
}

/** What is lost of a store, by the best source that survives; undefined where nothing is owed, or known. */
export function dataLost(store: Store, disruption: DataDisruption): DataLost | undefined {
  if (store.unknown !== undefined || (disruption === 'dataRepair' && !store.repairable)) return undefined;
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
