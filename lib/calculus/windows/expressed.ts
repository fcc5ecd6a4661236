import { formatSeconds } from '../time-span';
import { firstOccurrences, type LocalWindow } from './occurrences';
import { clockAt, offsetAt } from './time-zone';

/** Why a dialect cannot say what a window says, and what to do about it. */
export interface Inexpressible {
  readonly problem: string;
  readonly fix: string;
}

/** A window in the words of a service, or why there are none. */
export type Expressed<T> = { readonly written: T } | Inexpressible;

/** The text `2027-03-28 02:30` of what the clocks of a zone show. @internal */
export function localText(timeZone: string, moment: number): string {
  return new Date(clockAt(timeZone, moment) * 1_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2027-03-28T02:30:00` in UTC. @internal */
export function utcText(moment: number): string {
  return new Date(moment * 1_000).toISOString().slice(0, 19);
}

/** `02:30` in UTC. */
function utcTime(moment: number): string {
  return utcText(moment).slice(11, 16);
}

/**
 * A refusal where the clocks skip the start of a window within 400 days, or show it twice.
 *
 * @param then what the service does then
 * @internal
 */
export function oddStart(window: LocalWindow, then: string): Inexpressible | undefined {
  const odd = firstOccurrences(window).find(({ shown }) => shown !== 'once');
  if (!odd) return undefined;
  const { timeZone } = window;
  const time = window.start.slice(11);
  const day = localText(timeZone, odd.start).slice(0, 10);
  return {
    problem: `the clocks of ${timeZone} ${odd.shown === 'never' ? 'skip' : 'show twice'} ${time} on ${day}: ${then}`,
    fix: 'start before the hour in which the clocks change or after it',
  };
}

/**
 * A refusal where the clocks change while a window lasts, so that it ends at another time on them.
 *
 * @internal
 */
export function runsThroughChange(window: LocalWindow, why: string): Inexpressible | undefined {
  const { timeZone } = window;
  const through = firstOccurrences(window).find(
    ({ start, end }) => offsetAt(timeZone, start) !== offsetAt(timeZone, end),
  );
  if (!through) return undefined;
  return {
    problem: `the clocks of ${timeZone} change while it lasts on ${localText(timeZone, through.start).slice(0, 10)}: ${why}`,
    fix: 'end it before the clocks change or start it after, or say it in UTC',
  };
}

/**
 * A refusal where a window that comes back is not at one time in UTC.
 *
 * @internal
 */
export function movesInUtc(window: LocalWindow, service: string): Inexpressible | undefined {
  const { timeZone } = window;
  const [first, ...rest] = firstOccurrences(window);
  if (!first) return undefined;
  const then = utcTime(first.start);
  // Not by the offset: a start that the clocks skip has the new one and is at the old time in UTC.
  const moved = rest.find(({ start }) => utcTime(start) !== then);
  if (!moved) return undefined;
  const now = utcTime(moved.start);
  return {
    problem: `${service} knows UTC only, and ${window.start.slice(11)} in ${timeZone} is ${then} UTC at first and ${now} from ${localText(timeZone, moved.start).slice(0, 10)} on`,
    fix: 'say the window in UTC, or in a zone whose clocks do not change',
  };
}

/** A refusal for a window that lasts longer or shorter than a service takes. @internal */
export function lengthOutside(
  { durationSeconds }: LocalWindow,
  service: string,
  { least = 60, most = Number.POSITIVE_INFINITY }: { readonly least?: number; readonly most?: number },
): Inexpressible | undefined {
  if (durationSeconds >= least && durationSeconds <= most) return undefined;
  const long = durationSeconds > most;
  return {
    problem: `it lasts ${formatSeconds(durationSeconds)}, and ${service} takes ${formatSeconds(long ? most : least)} at the ${long ? 'most' : 'least'}`,
    fix: long ? 'shorten it, or write several windows' : 'lengthen it',
  };
}

/** The words, unless a refusal comes first. @internal */
export function expressed<T>(refusals: readonly (Inexpressible | undefined)[], write: () => T): Expressed<T> {
  return refusals.find((each) => each !== undefined) ?? { written: write() };
}
