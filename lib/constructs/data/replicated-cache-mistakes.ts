import { Token } from 'aws-cdk-lib/core';
import type { Mistake } from '../../objectives/mistakes';
import type { ReplicatedCacheProps } from './replicated-cache-props';

/** What is wrong with the properties of a cache, whatever its tier. @internal */
export function cacheMistakes(props: ReplicatedCacheProps): Mistake[] {
  return [
    ...countMistakes('replicas', props.replicas, 1, 5),
    ...countMistakes('shards', props.shards, 1, 500),
    ...countMistakes(
      'snapshotRetention in days',
      props.snapshotRetention?.toDays({ integral: false }),
      1,
      35,
    ),
    ...homeMistakes(props),
  ];
}

/** A number that must be a whole one within limits. @internal */
export function countMistakes(
  what: string,
  found: number | undefined,
  least: number,
  most: number,
): Mistake[] {
  if (found === undefined || Token.isUnresolved(found)) return [];
  if (Number.isInteger(found) && found >= least && found <= most) return [];
  return [{ problem: `${what} is ${found}`, fix: `set ${what} to a whole number from ${least} to ${most}` }];
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
