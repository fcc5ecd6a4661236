import type { Resource } from '../../assembly/resource';
import type { FaultEvent } from '../failure';
import { AT_ONCE, type Path } from './path';
import type { Loss, Structure } from './walk';

/** What it takes until users who are led away from a loss come to a resource. */
export type Arrival = (of: Resource) => Path;

const AT_ONCE_ANYWHERE: Arrival = () => AT_ONCE;

/** What users wait for before they are somewhere else, which is worked out only where something is asked of it. */
export function arrivalAfter(
  structure: Structure,
  loss: (arrival: Arrival) => Loss,
  led: (event: FaultEvent) => Path,
): Arrival {
  let known: ReadonlyMap<Resource, Path> | undefined;
  return (of) => {
    known ??= structure.arrivalsAfter(loss(AT_ONCE_ANYWHERE), led);
    return known.get(of) ?? AT_ONCE;
  };
}
