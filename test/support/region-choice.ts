import fc from 'fast-check';
import type { Surroundings } from './pattern';

/** One of the two regions of the surroundings by its place, or none of them, which is rightly refused. */
export const anyRegionChoice = fc.constantFrom('first', 'first', 'second', 'nowhere');

/** The region that was meant. */
export function chosenRegion(choice: string | undefined, { regions }: Surroundings): string | undefined {
  const [first, second] = regions;
  return choice === 'first' ? first : choice === 'second' ? second : choice;
}
