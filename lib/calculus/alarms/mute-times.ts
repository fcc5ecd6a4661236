import { parseCron } from '../cron-expression';
import { isoSeconds } from '../windows/planned/lengths';
import { scheduleTimes } from '../windows/planned/schedule-times';
import { isTimeZone, momentOf } from '../windows/time-zone';
import { NotKnown, type Stretch } from './metric-samples';

/** When a mute rule of CloudWatch is active, in its words. */
export interface MuteWords {
  /** `cron(0 2 * * SUN)` with five fields, or `at(2026-12-06T02:00)`. */
  readonly expression: string;

  /** ISO 8601: `PT2H`. */
  readonly duration: string;

  /** @default UTC */
  readonly timeZone?: string;

  /** On the clocks of its time zone: `2026-12-01T00:00`. @default - from the first time on */
  readonly start?: string;

  /** The same. @default - for ever */
  readonly expire?: string;
}

const MOST_A_DAY = 24;

/**
 * When a mute rule is active between two moments. Its cron expressions have five fields; what AWS does not document of them,
 * such as days of the month together with days of the week, is not guessed at.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html
 */
export function muteTimes(words: MuteWords, { from, until }: Stretch): readonly Stretch[] | NotKnown {
  const { timeZone = 'UTC' } = words;
  const seconds = isoSeconds(words.duration);
  if (seconds === undefined) return new NotKnown(`${words.duration} is no duration`);
  if (!isTimeZone(timeZone)) return new NotKnown(`${timeZone} is no time zone that is known`);
  const expression = asSixFields(words.expression);
  if (expression instanceof NotKnown) return expression;
  const [first, last] = [words.start, words.expire].map((clock) => momentIn(timeZone, clock));
  if (first instanceof NotKnown) return first;
  if (last instanceof NotKnown) return last;
  const times = scheduleTimes({
    expression,
    timeZone,
    seconds,
    ...(first !== undefined && { notBefore: first }),
  });
  if ('unknown' in times) return new NotKnown(times.unknown);
  return times(from, until)
    .filter(({ start }) => start >= (first ?? start))
    .map(({ start, end }) => ({ from: start, until: Math.min(end, last ?? end) }))
    .filter((stretch) => stretch.from < stretch.until);
}

function asSixFields(expression: string): string | NotKnown {
  const [, inside] = /^\s*cron\s*\(\s*(.*?)\s*\)\s*$/i.exec(expression) ?? [];
  if (inside === undefined) return expression;
  const [minute, hour, day, month, weekday, ...more] = inside.split(/\s+/);
  if (weekday === undefined || more.length > 0) return new NotKnown(`${expression} has not five fields`);
  if (day !== '*' && weekday !== '*')
    return new NotKnown(`${expression} names days of the month and of the week, which AWS does not explain`);
  if (/\d/.test(weekday))
    return new NotKnown(`${expression} counts weekdays, and AWS does not say from which on`);
  const fields =
    weekday === '*' ? [minute, hour, day, month, '?', '*'] : [minute, hour, '?', month, weekday, '*'];
  const cron = parseCron(fields.join(' '));
  if ('unknown' in cron) return new NotKnown(cron.unknown);
  return cron.minutesOfDay.length > MOST_A_DAY
    ? new NotKnown(`${expression} comes more than ${MOST_A_DAY} times a day, which is not worked out`)
    : `cron(${fields.join(' ')})`;
}

function momentIn(timeZone: string, clock: string | undefined): number | NotKnown | undefined {
  if (clock === undefined) return undefined;
  const shown = Date.parse(`${clock.replace(/Z$/, '')}Z`) / 1_000;
  return Number.isNaN(shown) ? new NotKnown(`${clock} is no time`) : momentOf(timeZone, shown).at;
}
