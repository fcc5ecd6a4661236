import type { Mistake } from '../../../objectives/mistakes';
import { nodeCountMistakes } from '../store-choices';
import type { ReplicatedCacheProps } from './replicated-cache-props';

/** What is wrong with the properties of a cache, whatever its tier. @internal */
export function cacheMistakes(props: ReplicatedCacheProps): Mistake[] {
  return [...nodeCountMistakes(props), ...homeMistakes(props)];
}

function homeMistakes({ globalDatastore, homeRegion, globalDatastoreId }: ReplicatedCacheProps): Mistake[] {
  if (globalDatastore || (homeRegion === undefined && globalDatastoreId === undefined)) return [];
  const what = homeRegion === undefined ? 'globalDatastoreId' : 'homeRegion';
  return [
    {
      problem: `${what} is set, but there is no Global Datastore`,
      fix: `set globalDatastore: true, or leave ${what} out`,
    },
  ];
}
