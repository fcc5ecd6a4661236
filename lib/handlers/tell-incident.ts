import { type Call, callAws } from './aws-call';
import { type AlarmEvent, type IncidentEvent, incidentOf } from './incident';
import { type Claim, claim, type Remembered, told } from './incident-memory';

/** What the bridge needs from outside. */
export interface Surroundings {
  readonly call: Call;
  readonly now: () => number;
  readonly write: (line: string) => void;
  readonly table: string;
  readonly bus: string;
}

/** What the schedule sends: proof that the way is open. */
export interface Beat {
  readonly heartbeat: true;
}

/** What became of an event. */
export type Outcome = 'told' | 'suppressed' | 'muted' | 'stale' | 'quiet' | 'alive';

/**
 * Tells the tools of people that an alarm fires or is over: once, also when its event comes twice or late. Where its
 * memory is out of reach it tells all the same: twice is better than never.
 *
 * @throws whatever the API throws when nobody could be told, so that Lambda tries again
 */
export async function tellIncident(input: AlarmEvent | Beat, around: Surroundings): Promise<Outcome> {
  if ('heartbeat' in input) return beat(around);
  const silence = silenceOf(input, around.now());
  const event = await incidentOf(input);
  const outcome = silence ?? (await tellOnce(event, around));
  const { dedupKey: key, alarm, action } = event.data;
  const late = (around.now() - Date.parse(event.time)) / 1000;
  metric(around, 'Delay', late, { level: 'INFO', outcome, key, alarm, action });
  return outcome;
}

/** An event comes also while actions are held back. What is over may always be said. */
function silenceOf({ detail }: AlarmEvent, now: number): Outcome | undefined {
  if (detail.state.value !== 'ALARM') return undefined;
  if (detail.state.actionsSuppressedBy) return 'suppressed';
  const { muteDetail } = detail;
  const until = Date.parse(muteDetail?.muteWindowEnd ?? '');
  return muteDetail && !(until < now) ? 'muted' : undefined;
}

async function tellOnce(event: IncidentEvent, around: Surroundings): Promise<Outcome> {
  const { call, now, table } = around;
  const { action, dedupKey: key, previousState } = event.data;
  const taken: Claim = {
    table,
    key,
    stateAt: Date.parse(event.time),
    isOpen: action === 'trigger',
    now: now(),
  };
  let before: Remembered | undefined;
  let remembers = true;
  try {
    const found = await claim(call, taken);
    if (found === 'stale') return 'stale';
    before = found;
    if (!taken.isOpen && before?.openedAt) ended(around, event, taken.stateAt - before.openedAt);
  } catch (error) {
    remembers = false;
    log(around, { level: 'WARN', message: `no memory: ${error}`, key });
  }
  const isNews =
    !remembers ||
    before?.isTold === false ||
    (taken.isOpen
      ? !(before?.isOpen && previousState === 'ALARM')
      : (before?.isOpen ?? previousState !== 'INSUFFICIENT_DATA'));
  if (isNews) await put(around.call, around.bus, action, event);
  if (remembers)
    await told(call, taken).catch((error) => log(around, { level: 'WARN', message: `${error}`, key }));
  return isNews ? 'told' : 'quiet';
}

/**
 * How long an incident took: a sample for each. The memory forgets its beginning as soon as its end is taken, so that it is
 * counted once, however often telling is tried.
 */
function ended(around: Surroundings, { data }: IncidentEvent, milliseconds: number): void {
  const { service, severity, dedupKey: key, alarm } = data;
  const place = { Namespace: 'Nines/Incidents', dimensions: { Service: service } };
  measured(around, place, 'TimeToResolve', { TimeToResolve: milliseconds / 1000, severity, key, alarm });
}

async function put(call: Call, bus: string, type: string, detail: object): Promise<void> {
  const { FailedEntryCount, Entries } = await call('EventBridge', 'PutEvents', {
    Entries: [
      { EventBusName: bus, Source: 'cdk-nines.incidents', DetailType: type, Detail: JSON.stringify(detail) },
    ],
  });
  if (FailedEntryCount) throw new Error(`not sent: ${JSON.stringify(Entries)}`);
}

/** Goes the whole way but for the tools. */
async function beat(around: Surroundings): Promise<Outcome> {
  const { call, now, table, bus } = around;
  const at = now();
  await claim(call, { table, key: 'heartbeat', stateAt: at, isOpen: false, now: at });
  await put(call, bus, 'heartbeat', {});
  metric(around, 'Heartbeat', 1, {});
  return 'alive';
}

function metric(around: Surroundings, name: string, value: number, rest: object): void {
  const place = { Namespace: 'Nines/IncidentBridge', dimensions: { Bridge: around.bus } };
  measured(around, place, name, { ...rest, [name]: value });
}

interface Place {
  readonly Namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A line of the log that CloudWatch makes a metric of. */
function measured(around: Surroundings, { Namespace, dimensions }: Place, Name: string, rest: object): void {
  const CloudWatchMetrics = [{ Namespace, Dimensions: [Object.keys(dimensions)], Metrics: [{ Name }] }];
  log(around, { ...rest, _aws: { Timestamp: around.now(), CloudWatchMetrics }, ...dimensions });
}

function log({ write }: Surroundings, line: object): void {
  write(`${JSON.stringify(line)}\n`);
}

export const handler = (input: AlarmEvent | Beat): Promise<Outcome> => {
  const { TABLE = '', BUS = '' } = process.env;
  const write = (line: string) => void process.stdout.write(line);
  return tellIncident(input, { call: callAws, now: Date.now, write, table: TABLE, bus: BUS });
};
