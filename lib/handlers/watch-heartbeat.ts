import { type Call, callAws, valueAt } from './aws-call';

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

  /** Seconds before it at which the job was due, and from which on a beat counts. */
  readonly due: number;
  readonly lookback: number;

  /** What GetMetricData is asked; the values that it returns are beats. */
  readonly queries: readonly object[];
}

/** What the watch needs from outside. */
export interface Surroundings {
  readonly call: Call;
  readonly now: () => number;
  readonly write: (line: string) => void;
}

/** What the watch is called for. */
export type WatchEvent = BeatEvent | LifeEvent | DeadlineEvent;

/** Tells, as a metric, whether a job has ended well in time. */
export async function watchHeartbeat(event: WatchEvent, around: Surroundings): Promise<void> {
  if ('watch' in event) return tell(around, { Watch: event.watch }, { Alive: 1 });
  // A late beat ends the alarm: nobody has to wait until the next deadline.
  if ('beat' in event) return tell(around, { Heartbeat: event.beat }, { Beats: 1, HeartbeatMissed: 0 });
  const { heartbeat, schedule, due, lookback } = event;
  const deadline = Date.parse(event.deadline);
  if ((await madeAt(schedule, around.call)) > deadline - due * 1_000) {
    around.write(
      `${JSON.stringify({ heartbeat, verdict: 'the job was not watched yet when it was due' })}\n`,
    );
    return;
  }
  const since = new Date(Math.floor((deadline - lookback * 1_000) / 60_000) * 60_000);
  const beats = await beatsSince(event, since, around);
  tell(around, { Heartbeat: heartbeat }, { HeartbeatMissed: beats > 0 ? 0 : 1 }, { beats, since });
}

async function madeAt(schedule: string, call: Call): Promise<number> {
  const [, GroupName, Name] = schedule.slice(schedule.lastIndexOf(':') + 1).split('/');
  const found = await call('Scheduler', 'GetSchedule', { GroupName, Name });
  return new Date(found.CreationDate as string | number | Date).getTime();
}

async function beatsSince(
  { queries }: DeadlineEvent,
  since: Date,
  { call, now }: Surroundings,
): Promise<number> {
  let beats = 0;
  let NextToken: unknown;
  do {
    const page = await call('CloudWatch', 'GetMetricData', {
      MetricDataQueries: queries,
      StartTime: since,
      EndTime: new Date(now()),
      NextToken,
    });
    const values = (valueAt(page, 'MetricDataResults.0.Values') ?? []) as readonly number[];
    beats += values.reduce((sum, value) => sum + value, 0);
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== null);
  return beats;
}

function tell(
  { now, write }: Surroundings,
  dimensions: Readonly<Record<string, string>>,
  metrics: Readonly<Record<string, number>>,
  more: object = {},
): void {
  const Metrics = Object.keys(metrics).map((Name) => ({ Name }));
  const CloudWatchMetrics = [
    { Namespace: 'Nines/Heartbeats', Dimensions: [Object.keys(dimensions)], Metrics },
  ];
  write(
    `${JSON.stringify({ _aws: { Timestamp: now(), CloudWatchMetrics }, ...dimensions, ...metrics, ...more })}\n`,
  );
}

export const handler = (event: WatchEvent): Promise<void> => {
  // Lambda puts a prefix before what the console writes, with which it is no metric.
  const write = (line: string) => void process.stdout.write(line);
  return watchHeartbeat(event, { call: callAws, now: Date.now, write });
};
