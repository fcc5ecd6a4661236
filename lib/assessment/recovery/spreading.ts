import { copiesKeep } from '../../calculus/stores/snapshots';
import type { AssessedService } from '../assessed-service';
import { owedPoint } from '../data-owed';
import type { Store } from './store';

/** What to do so that the loss of a region does not take all of a store, as far as it keeps what is owed. */
export function wayToSpread(store: Store, service: AssessedService): string {
  const { spread, copied } = store;
  return copied !== undefined && copiesServe(store, service) ? `${spread}, or ${copied}` : spread;
}

/** Whether copies of its backups, at their best, keep what a store is owed when its region is lost. */
export function copiesServe({ resource }: Store, { dataClasses, recovery }: AssessedService): boolean {
  const { rtoSeconds, rpoSeconds } = recovery.region;
  const { seconds = Number.POSITIVE_INFINITY } = owedPoint(resource, dataClasses, 'region', rpoSeconds);
  return copiesKeep({ rpoSeconds: seconds, rtoSeconds });
}
