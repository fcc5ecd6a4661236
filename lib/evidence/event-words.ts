import type { FaultEvent } from '../assessment/failure';
import { nameOf } from '../assessment/modelling';

/** So many resources are named; the rest are counted. */
const MOST_NAMED = 3;

/** An event in words; a service of AWS with the resources that stand on it. Their names are as the app writes them. */
export function eventWords(event: FaultEvent): string {
  const standing = standingOn(event);
  return standing === undefined ? event.what : `${event.what}: ${standing}`;
}

/** The resources that stand on a service of AWS, in words; undefined of what is none. */
export function standingOn({ kind, resources }: FaultEvent): string | undefined {
  return kind === 'awsService' && resources.length > 0 ? someOf(resources.map(nameOf)) : undefined;
}

function someOf(names: readonly string[]): string {
  // One more that is named takes no more room than to say that there is one more.
  const shown = names.length === MOST_NAMED + 1 ? names : names.slice(0, MOST_NAMED);
  const more = names.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
