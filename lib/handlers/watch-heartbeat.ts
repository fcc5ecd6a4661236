import { type About, aboutCall, type Calling } from './about';
import { type Call, callAws } from './aws-call';

/** An event says that a job has ended well. */
export interface BeatEvent {
  readonly beat: string;
}

/** Asks whether the watch itself is alive. */
export interface LifeEvent {
  /** The stack of the watch. */
  readonly watch: string;
}

/** The time has come at which a job must have ended well. */
export interface DeadlineEvent {
  readonly heartbeat: string;

  /** The deadline, and the schedule that calls it. */
  readonly deadline: string;
  readonly schedule: string;

  /** How much later it is than the moment at which the job was due, by the clocks of its zone, in seconds. */
  readonly due: number;
  readonly timeZone: string;

  /** It is called once more an hour later, for clocks that were put forward. @default - it is not */
  readonly again?: boolean;

  /** This is that hour, and not the deadline itself. @default - it is the deadline */
  readonly late?: boolean;

  /** What GetMetricData is asked; the values that it returns are beats. */
  readonly queries: readonly object[];
}

/** It is time to look whether a job that was missed has ended well since. */
export interface AgainEvent {
  readonly heartbeat: string;

  /** For how many seconds what a deadline found may hold. */
  readonly lookBack: number;

  /** What GetMetricData is asked; the values that it returns are beats. */
  readonly queries: readonly object[];
}

/** What the watch needs from outside. */
export interface Surroundings {
  readonly call: Call;
  readonly now: () => number;
  readonly write: (line: string) => void;
  readonly about: About;
}

/** What the watch is called for. */
export type WatchEvent = BeatEvent | LifeEvent | DeadlineEvent | AgainEvent;

/** Tells, as a metric, whether a job has ended well in time. */
export async function watchHeartbeat(event: WatchEvent, around: Surroundings): Promise<void> {
  if ('watch' in event) return tell(around, { Watch: event.watch }, { Alive: 1 });
  // A late beat ends the alarm: nobody has to wait until the next deadline.
  if ('beat' in event) return tell(around, { Heartbeat: event.beat }, { Beats: 1, HeartbeatMissed: 0 });
  if ('lookBack' in event) return lookAgain(event, around);
  const { heartbeat, schedule } = event;
  const verdict = (words: string) =>
    around.write(`${JSON.stringify({ ...around.about, heartbeat, verdict: words })}\n`);
  const due = dueAt(event);
  const tooSoon = untimely(event, due);
  if (tooSoon !== undefined) return verdict(tooSoon);
  const { made, changed } = await datesOf(schedule, around.call);
  if (made > due) return verdict('the job was not watched yet when it was due');
  // A minute before: metrics are kept by the minute.
  const since = new Date(Math.floor(due / 60_000 - 1) * 60_000);
  const beats = await beatsSince(event, since, around);
  // Before the change the job may have been due at another time.
  if (beats <= 0 && changed > due)
    return verdict('the heartbeat was changed after the job was due, and nothing has beaten since');
  const found: Readonly<Record<string, number>> =
    beats > 0 ? { HeartbeatMissed: 0 } : { HeartbeatMissed: 1, MissedSince: since.getTime() / 1_000 };
  tell(around, { Heartbeat: heartbeat }, found, { beats, since });
}

/** Until the next deadline may be a year: a job that was mended and run by hand ends its alarm before that. */
async function lookAgain(event: AgainEvent, around: Surroundings): Promise<void> {
  const { heartbeat, lookBack } = event;
  const from = new Date(Math.floor((around.now() - lookBack * 1_000) / HOUR) * HOUR);
  const asked = [lastOf('missed', 'MissedSince', heartbeat), lastOf('ended', 'EndedSince', heartbeat)];
  const found = await read(asked, from, around);
  // Both grow with each deadline: the greatest is the last.
  const last = (id: string) =>
    Math.max(0, ...found.filter(({ Id }) => Id === id).flatMap(({ Values = [] }) => Values));
  const missed = last('missed');
  if (missed <= last('ended')) return;
  const since = new Date(missed * 1_000);
  const beats = await beatsSince(event, since, around);
  if (beats > 0)
    tell(around, { Heartbeat: heartbeat }, { HeartbeatMissed: 0, EndedSince: missed }, { beats, since });
}

/** By the hour: CloudWatch keeps that for 455 days. */
function lastOf(Id: string, MetricName: string, heartbeat: string): object {
  const Metric = {
    Namespace: NAMESPACE,
    MetricName,
    Dimensions: [{ Name: 'Heartbeat', Value: heartbeat }],
  };
  return { Id, MetricStat: { Metric, Period: 3_600, Stat: 'Maximum' } };
}

/**
 * When the job was due. Between then and the deadline the clocks may have changed: a time that they showed twice is taken at the
 * first, one that they skipped as if they had not.
 */
function dueAt({ deadline, due, timeZone }: DeadlineEvent): number {
  const shown = clockAt(timeZone, Date.parse(deadline)) - due * 1_000;
  const [before = shown, after = shown] = [-DAY, DAY].map(
    (days) => shown - (clockAt(timeZone, shown + days) - (shown + days)),
  );
  return clockAt(timeZone, before) !== shown && clockAt(timeZone, after) === shown ? after : before;
}

/** Why this call is not the one that looks: of the deadline and of the hour after it one does. */
function untimely({ deadline, due, again, late }: DeadlineEvent, dueSince: number): string | undefined {
  const inTime = Date.parse(deadline) - dueSince >= due * 1_000;
  if (again && !inTime) return 'the clocks were put forward: it is looked at an hour later';
  return late && inTime ? 'it was looked at an hour ago' : undefined;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NAMESPACE = 'Nines/Heartbeats';

/** What the clocks of a zone show, as if it were UTC. */
function clockAt(timeZone: string, moment: number): number {
  // Swedes write the time as ISO 8601 does.
  return Date.parse(`${new Date(moment).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`);
}

/** When a schedule was made, and when it was changed last. */
async function datesOf(schedule: string, call: Call): Promise<{ made: number; changed: number }> {
  const [, GroupName, Name] = schedule.slice(schedule.lastIndexOf(':') + 1).split('/');
  const { CreationDate, LastModificationDate } = await call('Scheduler', 'GetSchedule', { GroupName, Name });
  const [made = Number.NaN, changed = Number.NaN] = [CreationDate, LastModificationDate].map((date) =>
    new Date(date as string | number | Date).getTime(),
  );
  return { made, changed };
}

async function beatsSince(
  { queries }: { readonly queries: readonly object[] },
  since: Date,
  around: Surroundings,
): Promise<number> {
  const found = await read(queries, since, around);
  // A failure may be counted later than its call, or twice: it takes nothing away from a beat of another minute.
  return found.flatMap(({ Values = [] }) => Values).reduce((sum, value) => sum + Math.max(0, value), 0);
}

interface Found {
  readonly Id?: string;
  readonly Values?: readonly number[];
}

/** All pages of what is asked. */
async function read(queries: readonly object[], since: Date, { call, now }: Surroundings): Promise<Found[]> {
  const found: Found[] = [];
  let NextToken: unknown;
  do {
    const page = await call('CloudWatch', 'GetMetricData', {
      MetricDataQueries: queries,
      StartTime: since,
      EndTime: new Date(now()),
      NextToken,
    });
    found.push(...((page.MetricDataResults ?? []) as readonly Found[]));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== null);
  return found;
}

function tell(
  { now, write, about }: Surroundings,
  dimensions: Readonly<Record<string, string>>,
  metrics: Readonly<Record<string, number>>,
  more: object = {},
): void {
  const Metrics = Object.keys(metrics).map((Name) => ({ Name }));
  const CloudWatchMetrics = [{ Namespace: NAMESPACE, Dimensions: [Object.keys(dimensions)], Metrics }];
  write(
    `${JSON.stringify({ ...about, _aws: { Timestamp: now(), CloudWatchMetrics }, ...dimensions, ...metrics, ...more })}\n`,
  );
}

export const handler = (event: WatchEvent, calling?: Calling): Promise<void> => {
  // Lambda puts a prefix before what the console writes, with which it is no metric.
  const write = (line: string) => void process.stdout.write(line);
  return watchHeartbeat(event, { call: callAws, now: Date.now, write, about: aboutCall(calling) });
};
