const MILLISECONDS = 1_000;
const DAY = 86_400;

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Whether Node knows an IANA time zone: `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    return name.trim() !== '' && formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** Seconds by which the clocks of a time zone are ahead of UTC at a moment, given in seconds since 1970. */
export function offsetAt(timeZone: string, moment: number): number {
  return clockAt(timeZone, moment) - moment;
}

/**
 * What the clocks of a time zone show at a moment, as if it were a moment in UTC, in seconds.
 *
 * @param moment whole seconds since 1970
 *
 * @internal
 */
export function clockAt(timeZone: string, moment: number): number {
  const parts = formatOf(timeZone).formatToParts(moment * MILLISECONDS);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown / MILLISECONDS;
}

/** How often the clocks of a time zone show a time. @internal */
export type TimesShown = 'once' | 'never' | 'twice';

/** A time on the clocks of a time zone, and the moment that it means. @internal */
export interface Moment {
  readonly at: number;

  /** `never` when the clocks skip it, `twice` when they are put back over it. */
  readonly shown: TimesShown;
}

/**
 * The moment that a time on the clocks means. A time that the clocks skip is read with the offset before the change, and
 * of one that they show twice the first is taken: both as iCalendar says.
 *
 * @param clock the time shown, as if it were in UTC, in seconds
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5
 *
 * @internal
 */
export function momentOf(timeZone: string, clock: number): Moment {
  const before = clock - offsetAt(timeZone, clock - DAY);
  const after = clock - offsetAt(timeZone, clock + DAY);
  const [isBefore, isAfter] = [before, after].map((each) => clockAt(timeZone, each) === clock);
  if (isBefore) return { at: before, shown: isAfter && before !== after ? 'twice' : 'once' };
  return isAfter ? { at: after, shown: 'once' } : { at: before, shown: 'never' };
}

/** A moment at which the clocks of a time zone are changed. @internal */
export interface ClockChange {
  /** Seconds since 1970. */
  readonly at: number;

  /** Seconds ahead of UTC before and from then on. */
  readonly before: number;
  readonly after: number;
}

/** The changes of the clocks from one moment to another, in order. @internal */
export function clockChanges(timeZone: string, from: number, until: number): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  for (let day = from; day < until; day += DAY) {
    const end = Math.min(day + DAY, until);
    const [before, after] = [offsetAt(timeZone, day), offsetAt(timeZone, end)];
    if (before !== after) changes.push({ at: changeBetween(timeZone, day, end), before, after });
  }
  return changes;
}

function changeBetween(timeZone: string, from: number, until: number): number {
  const old = offsetAt(timeZone, from);
  let [low, high] = [from, until];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** Making one takes longer than using it a hundred times. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  FORMATS.set(timeZone, format);
  return format;
}
