import { type Call, callAws } from './aws-call';
import { type AlarmEvent, type IncidentEvent, incidentOf } from './incident';
import { type Claim, claim, keptSilent, told } from './incident-memory';
import { spanOf } from './incident-span';

/** What the bridge needs from outside. */
export interface Surroundings {
  readonly call: Call;
  readonly now: () => number;
  readonly write: (line: string) => void;
  readonly table: string;
  readonly bus: string;

  /** Whether it measures how long incidents take: one bridge does so for a service. */
  readonly measures: boolean;
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
  const outcome = silence ?? (await tellOnce(event, wasSilent(input, around.now()), around));
  if (silence) await attempt(around, event, () => keptSilent(around.call, claimOf(event, around)));
  const { service, alarm, action } = event.data;
  const late = (around.now() - Date.parse(event.time)) / 1000;
  metric(around, 'Delay', late, { level: 'INFO', service, event: event.id, outcome, alarm, action });
  return outcome;
}

/** An event comes also while actions are held back. What is over may always be said. */
function silenceOf({ detail }: AlarmEvent, now: number): Outcome | undefined {
  if (detail.state.value !== 'ALARM') return undefined;
  if (detail.state.actionsSuppressedBy) return 'suppressed';
  return isMute(detail, now) ? 'muted' : undefined;
}

/** Whether what was before was not told, as far as the event says so itself. */
function wasSilent({ detail }: AlarmEvent, now: number): boolean {
  const { previousState } = detail;
  return (
    previousState?.value === 'INSUFFICIENT_DATA' ||
    !!previousState?.actionsSuppressedBy ||
    isMute(detail, now)
  );
}

function isMute({ muteDetail }: AlarmEvent['detail'], now: number): boolean {
  return !!muteDetail && !(Date.parse(muteDetail.muteWindowEnd ?? '') < now);
}

function claimOf({ time, data }: IncidentEvent, around: Surroundings): Claim {
  const { action, dedupKey } = data;
  return claimAt(around, dedupKey, Date.parse(time), action === 'trigger');
}

const DAYS_90 = 90 * 86_400;

function claimAt({ now, table }: Surroundings, key: string, stateAt: number, isOpen: boolean): Claim {
  const at = now();
  return { table, key, stateAt, isOpen, now: at, expires: Math.floor(at / 1000) + DAYS_90 };
}

async function tellOnce(event: IncidentEvent, silent: boolean, around: Surroundings): Promise<Outcome> {
  const { call, bus } = around;
  const { action, previousState } = event.data;
  const taken = claimOf(event, around);
  const found = await attempt(around, event, () => claim(call, taken));
  if (found === 'stale') return found;
  const { isOpen, isTold } = found ?? {};
  const isNews =
    !found ||
    isTold === false ||
    (taken.isOpen ? !(isOpen && previousState === 'ALARM') : (isOpen ?? !silent));
  if (isNews) await put(call, bus, action, event);
  if (!found) return 'told';
  if (isNews && around.measures) await attempt(around, event, () => measure(around, event, taken));
  await attempt(around, event, () => told(call, taken));
  return isNews ? 'told' : 'quiet';
}

/** What the memory answers, nothing where it fails: people are told all the same. */
async function attempt<T>(
  around: Surroundings,
  { id, data }: IncidentEvent,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    log(around, { level: 'WARN', service: data.service, event: id, message: `no memory: ${error}` });
    return undefined;
  }
}

/** How long an incident took: a sample when the last alarm of the service is over that was told. */
async function measure(around: Surroundings, { id, data }: IncidentEvent, claimed: Claim): Promise<void> {
  const { service, severity, alarm } = data;
  const span = await spanOf(around.call, service, claimed);
  if (span === undefined) return;
  measured(around, ['Nines/Incidents', { Service: service }], 'TimeToResolve', {
    TimeToResolve: span / 1000,
    severity,
    event: id,
    alarm,
  });
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
  const { call, now, bus } = around;
  await claim(call, claimAt(around, 'heartbeat', now(), false));
  await put(call, bus, 'heartbeat', {});
  metric(around, 'Heartbeat', 1, {});
  return 'alive';
}

function metric(around: Surroundings, name: string, value: number, rest: object): void {
  measured(around, ['Nines/IncidentBridge', { Bridge: around.bus }], name, { ...rest, [name]: value });
}

type Place = readonly [namespace: string, dimensions: Readonly<Record<string, string>>];

/** A line of the log that CloudWatch makes a metric of. */
function measured(around: Surroundings, [Namespace, dimensions]: Place, Name: string, rest: object): void {
  const CloudWatchMetrics = [{ Namespace, Dimensions: [Object.keys(dimensions)], Metrics: [{ Name }] }];
  log(around, { ...rest, _aws: { Timestamp: around.now(), CloudWatchMetrics }, ...dimensions });
}

function log({ write }: Surroundings, line: object): void {
  write(`${JSON.stringify(line)}\n`);
}

export const handler = (input: AlarmEvent | Beat): Promise<Outcome> => {
  const { TABLE: table = '', BUS: bus = '', MEASURES } = process.env;
  const write = (line: string) => void process.stdout.write(line);
  return tellIncident(input, {
    call: callAws,
    now: Date.now,
    write,
    table,
    bus,
    measures: !MEASURES,
  });
};
