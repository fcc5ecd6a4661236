import { firstSkipped, forwardAfter, longestPutBack } from '../../../calculus/clocks-forward';
import {
  type CronExpression,
  type NotUnderstood,
  parseCron,
  sixFieldsOf,
} from '../../../calculus/cron-expression';
import { type DeadlineCrons, deadlineCrons } from '../../../calculus/deadline-cron';
import { largestGap } from '../../../calculus/schedule';
import { formatSeconds } from '../../../calculus/time-span';
import { ConfigurationError } from '../../../errors';
import { type Mistake, quoted, refuse } from '../../../objectives/mistakes';
import type { HeartbeatProps } from './heartbeat';

/** How a heartbeat is watched: seconds, but for the zone and the deadline. @internal */
export interface HeartbeatPlan {
  /** The longest time between two beats. */
  readonly interval: number;

  /** From the moment at which the job is due until somebody is told; for an interval, from the last beat. */
  readonly foundAfter: number;

  readonly timeZone: string;

  /** The six fields of each expression that says deadlines; `undefined` where an alarm on the metric is enough. */
  readonly deadlines?: readonly string[];

  /** An hour later, where the clocks may be put forward between the moment at which the job is due and the deadline. */
  readonly later?: readonly string[];
}

/** Longer than this, and twenty per cent, an alarm looks at more than a day or is found late. */
const LONGEST_INTERVAL = 8 * 3_600;

const HOUR = 3_600;
const LAST_MINUTE = 24 * HOUR - 60;
const LEAST_GRACE = 120;

/** A minute that a deadline looks back further, as metrics are kept by the minute, and one more to the beat before. */
const BESIDE = 120;
const MOST_GRACE = 2 * HOUR;

type Rhythm = Pick<HeartbeatProps, 'job' | 'interval' | 'schedule' | 'timeZone' | 'longestRun' | 'grace'>;

/** @throws ConfigurationError @internal */
export function heartbeatPlan(path: string, props: Rhythm): HeartbeatPlan {
  refuse(path, [...jobMistakes(props), ...rhythmMistakes(props)]);
  const { schedule, timeZone = 'UTC' } = props;
  const interval = intervalOf(props);
  const run = props.longestRun?.toSeconds() ?? 0;
  const cron = parseCron(fieldsOf(schedule ?? ''));
  const putBack = interval <= LONGEST_INTERVAL && !('unknown' in cron) ? longestPutBack(cron, timeZone) : 0;
  const grace = props.grace?.toSeconds() ?? usualGrace({ interval, run, schedule, putBack });
  refuse(path, [...graceMistakes(grace, run), ...putBackMistakes({ interval, grace, putBack }, timeZone)]);
  if (interval <= LONGEST_INTERVAL) {
    const foundAfter = interval + run + grace;
    refuse(path, windowMistakes(foundAfter));
    return { interval, foundAfter, timeZone };
  }
  const foundAfter = run + grace;
  const forward = !('unknown' in cron) && forwardAfter(cron, foundAfter, timeZone);
  const deadline = deadlineOf(path, schedule, { foundAfter, forward: 0 });
  refuse(path, [
    ...lookbackMistakes({ foundAfter, run, forward: forward ? HOUR : 0 }, deadline.leastGap),
    ...skipMistakes(schedule, cron, timeZone),
  ]);
  const later = forward ? deadlineOf(path, schedule, { foundAfter, forward: HOUR }).fields : undefined;
  return {
    interval,
    foundAfter,
    timeZone,
    deadlines: deadline.fields,
    ...(later !== undefined && { later }),
  };
}

interface Waiting {
  readonly interval: number;
  readonly run: number;
  readonly schedule: string | undefined;

  /** The longest that is between two beats when the clocks are put back; 0 where that does not count. */
  readonly putBack: number;
}

/**
 * A fifth of the interval, and as long as the clocks being put back takes; so that the deadline is over before the next beat, and until
 * midnight at the most where no expression says the day after.
 */
function usualGrace({ interval, run, schedule = '', putBack }: Waiting): number {
  const fifth = Math.ceil(interval / 5 / 60) * 60;
  const most = Math.min(MOST_GRACE, Math.max(LEAST_GRACE, fifth));
  if (interval <= LONGEST_INTERVAL)
    return putBack > 0 ? Math.max(most, putBack - interval + LEAST_GRACE) : most;
  const fields = fieldsOf(schedule);
  const cron = parseCron(fields);
  const due = deadlineCrons(fields, 0);
  if ('unknown' in cron || 'unknown' in due) return most;
  const usual = Math.max(LEAST_GRACE, Math.min(most, due.leastGap - BESIDE - run));
  if (!('unknown' in deadlineCrons(fields, (run + usual) / 60))) return usual;
  const rest = LAST_MINUTE - Math.max(...cron.minutesOfDay) * 60 - run;
  return rest < LEAST_GRACE ? usual : Math.min(usual, rest);
}

/** An hour that comes twice lies between two beats once a year. */
function putBackMistakes(
  {
    interval,
    grace,
    putBack,
  }: { readonly interval: number; readonly grace: number; readonly putBack: number },
  timeZone: string,
): Mistake[] {
  const needed = putBack - interval + LEAST_GRACE;
  if (putBack === 0 || grace >= needed) return [];
  return [
    {
      problem: `the grace is ${formatSeconds(grace)}, and on the day on which the clocks in ${timeZone} are put back there may be ${formatSeconds(putBack)} between two beats: people would be called for a job that is well`,
      fix: `set grace to ${formatSeconds(needed)} or more, or write the schedule of the job in UTC`,
    },
  ];
}

/** @param after the seconds from the moment at which the job is due, and those by which the clocks may be put forward */
function deadlineOf(
  path: string,
  schedule = '',
  { foundAfter, forward }: { readonly foundAfter: number; readonly forward: number },
): DeadlineCrons {
  const deadline = deadlineCrons(fieldsOf(schedule), (foundAfter + forward) / 60);
  if (!('unknown' in deadline)) return deadline;
  const over = forward > 0 ? `, and ${formatSeconds(forward)} for clocks that are put forward` : '';
  const latest = Math.max(0, 24 * HOUR - foundAfter - forward - 60);
  const time = new Date(latest * 1_000).toISOString().slice(11, 16);
  throw new ConfigurationError({
    path,
    problem: `${deadline.unknown}: a deadline ${formatSeconds(foundAfter)} after it${over} cannot be written as a schedule`,
    fix: `let the job run at ${time} or before, or set grace and longestRun so that its deadline is before midnight`,
  });
}

function intervalOf({ interval, schedule }: Rhythm): number {
  if (interval) return interval.toSeconds();
  const gap = largestGap([schedule ?? '']);
  return 'seconds' in gap ? gap.seconds : gap.atMostSeconds;
}

function jobMistakes({ job }: Rhythm): Mistake[] {
  const byMetrics = job.metrics !== undefined && job.count !== undefined;
  if (byMetrics !== (job.event !== undefined)) return [];
  return [
    {
      problem: `nothing says how ${job.of} shows that it has ended well, or two things do`,
      fix: 'give its metrics and how to count, or its event',
    },
  ];
}

function rhythmMistakes({ interval, schedule, timeZone = 'UTC' }: Rhythm): Mistake[] {
  if ((interval === undefined) === (schedule === undefined))
    return [
      {
        problem: schedule ? 'it has both an interval and a schedule' : 'it has no interval and no schedule',
        fix: 'say interval for what beats at least every 8 hours, and schedule for all else',
      },
    ];
  if (interval)
    return interval.toSeconds() >= 60 && interval.toSeconds() <= LONGEST_INTERVAL
      ? []
      : [
          {
            problem: `the interval is ${formatSeconds(interval.toSeconds())}, and an alarm on a metric finds what beats every minute to every 8 hours`,
            fix:
              interval.toSeconds() < 60
                ? 'say the interval of a minute or more in which it beats at least once'
                : 'say the schedule of the job instead: cron(0 2 * * ? *)',
          },
        ];
  return [...scheduleMistakes(schedule ?? ''), ...zoneMistakes(timeZone)];
}

function scheduleMistakes(schedule: string): Mistake[] {
  const gap = largestGap([schedule]);
  const why = 'unknown' in gap ? gap.unknown : undefined;
  const six = sixFieldsOf(fieldsOf(schedule));
  if (six !== undefined)
    return [
      {
        problem: `${quoted(schedule)} has the 5 fields of the standard cron, and those of AWS have 6: the last is the year, and one of the two for days is a ?`,
        fix: `write cron(${six})`,
      },
    ];
  if (why !== undefined || (!('unknown' in gap) && !Number.isFinite(gap.seconds)))
    return [
      {
        problem: `${quoted(schedule)} is no schedule that repeats${why === undefined ? '' : `: ${why}`}`,
        fix:
          'unknown' in parseCron(schedule)
            ? 'write it as EventBridge Scheduler does: cron(0 2 * * ? *)'
            : `write cron(${schedule})`,
      },
    ];
  if (/^\s*rate/i.test(schedule) && !('unknown' in gap) && gap.seconds > LONGEST_INTERVAL)
    return [
      {
        problem: `${schedule} begins when it is deployed, so nobody knows at which hour the job is due`,
        fix: 'run it at an hour: cron(0 2 * * ? *)',
      },
    ];
  return [];
}

function zoneMistakes(timeZone: string): Mistake[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return [];
  } catch {
    return [{ problem: `${quoted(timeZone)} is no time zone`, fix: 'write an IANA name: Europe/Berlin' }];
  }
}

function graceMistakes(grace: number, run: number): Mistake[] {
  const mistakes: Mistake[] = [];
  if (grace < LEAST_GRACE)
    mistakes.push({
      problem: `the grace is ${formatSeconds(grace)}, and metrics come up to ${formatSeconds(LEAST_GRACE)} late`,
      fix: `set grace to ${formatSeconds(LEAST_GRACE)} or more`,
    });
  if (grace % 60 !== 0 || run % 60 !== 0)
    mistakes.push({
      problem: `the job may take ${run} s and is given ${grace} s more`,
      fix: 'use whole minutes for longestRun and grace: schedules know no seconds',
    });
  return mistakes;
}

function windowMistakes(foundAfter: number): Mistake[] {
  if (foundAfter <= 24 * HOUR) return [];
  return [
    {
      problem: `somebody would be told ${formatSeconds(foundAfter)} after the last beat, and an alarm looks at a day`,
      fix: 'set a smaller grace or longestRun',
    },
  ];
}

interface LookedBack {
  readonly foundAfter: number;
  readonly run: number;

  /** By which the clocks may be put forward. */
  readonly forward: number;
}

function lookbackMistakes({ foundAfter, run, forward }: LookedBack, leastGap: number): Mistake[] {
  const most = leastGap - BESIDE - forward;
  if (foundAfter <= most) return [];
  const needed = formatSeconds(run + LEAST_GRACE + BESIDE + forward);
  return [
    {
      problem: `the deadline looks back for ${formatSeconds(foundAfter + 60 + forward)}, and the beat before may be only ${formatSeconds(leastGap)} earlier: a late job must not pass for the next one`,
      fix:
        most < run + LEAST_GRACE
          ? `let the job run every ${needed} or less often`
          : `set longestRun and grace to ${formatSeconds(most)} together at most`,
    },
  ];
}

function skipMistakes(schedule = '', cron: CronExpression | NotUnderstood, timeZone: string): Mistake[] {
  const skipped = 'unknown' in cron ? undefined : firstSkipped(cron, timeZone);
  if (skipped === undefined) return [];
  const [day, time = ''] = new Date(skipped * 1_000).toISOString().split('T');
  return [
    {
      problem: `${schedule} is due on ${day} at ${time.slice(0, 5)}, which the clocks in ${timeZone} skip: EventBridge Scheduler leaves it out, and people would be called for a job that was not to run`,
      fix: 'let the job run before that hour or after it, or at a time in UTC',
    },
  ];
}

/** What stands inside of `cron(…)`. */
function fieldsOf(schedule: string): string {
  return /^\s*cron\s*\((.*)\)\s*$/i.exec(schedule)?.[1] ?? schedule;
}
