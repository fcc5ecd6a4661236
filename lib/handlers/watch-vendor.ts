import { type About, aboutCall, type Calling } from './about';
import { type Call, callAws, valueAt } from './aws-call';

/** The time has come to look at the status page of a third party. */
export interface PollEvent {
  readonly vendor: string;

  /** Its `summary.json`, as Statuspage of Atlassian writes it. */
  readonly url: string;

  /** The components that matter, by name; all of the page where there are none. */
  readonly components: readonly string[];
}

/** AWS Health says that something began or ended; or it is time to say again what it said. */
export interface HealthEvent {
  readonly vendor: string;

  /** Keeps what is open. */
  readonly table: string;

  /** `open`, `closed` or `upcoming`. @default - nothing new is said */
  readonly status?: string;

  /** What it is said of: the ARN of the event. */
  readonly event?: string;
  readonly what?: string;
}

/** What was read last, so that a page that did not change is not sent again. */
export interface LastRead {
  readonly etag: string;
  readonly status: number;
}

/** What the watch needs from outside. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly write: (line: string) => void;
  readonly memory: Map<string, LastRead>;
  readonly call: Call;
  readonly about: About;
}

const TIMEOUT_MILLISECONDS = 5_000;

/** No summary is longer; what is would fill the memory. */
const MOST_BYTES = 1_000_000;

/** From all is well to nothing works. */
const LEVELS: Readonly<Record<string, number>> = {
  none: 0,
  operational: 0,
  maintenance: 1,
  under_maintenance: 1,
  minor: 2,
  degraded_performance: 2,
  major: 3,
  partial_outage: 3,
  critical: 4,
  major_outage: 4,
};

const DOWN = 3;

/** Tells, as a metric, how a third party says that it is. That its page cannot be read is no outage of ours. */
export async function watchVendor(event: PollEvent | HealthEvent, around: Surroundings): Promise<void> {
  const { vendor } = event;
  if ('table' in event) return tellHealth(event, around);
  try {
    tell(around, vendor, { VendorStatus: await read(event, around), Readable: 1 });
  } catch (error) {
    // The words of others may be long.
    tell(around, vendor, { Readable: 0 }, { why: String(error).slice(0, 300) });
  }
}

/**
 * A service is down until the last of its events is closed. What is open is said again and again: of what began and ended within
 * a minute the metric keeps the worse.
 */
async function tellHealth(event: HealthEvent, around: Surroundings): Promise<void> {
  const { vendor, table, status, event: id, what } = event;
  const change = id === undefined ? '' : ` ${status === 'open' ? 'ADD' : 'DELETE'} openEvents :e`;
  const { Attributes } = await around.call('DynamoDB', 'UpdateItem', {
    TableName: table,
    Key: { id: { S: vendor } },
    UpdateExpression: `SET ${id === undefined ? 'saidAt' : 'heardAt'}=:t${change}`,
    ExpressionAttributeValues: {
      ':t': { N: `${around.now()}` },
      ...(id !== undefined && { ':e': { SS: [id] } }),
    },
    ReturnValues: 'ALL_NEW',
  });
  // Before the first event nobody knows.
  if (valueAt(Attributes, 'heardAt') === undefined) return;
  const openEvents = (valueAt(Attributes, 'openEvents.SS') ?? []) as readonly string[];
  tell(around, vendor, { VendorStatus: openEvents.length > 0 ? DOWN : 0 }, { what, openEvents });
}

async function read({ url, components }: PollEvent, { fetch, memory }: Surroundings): Promise<number> {
  const key = JSON.stringify([url, components]);
  const last = memory.get(key);
  const answer = await fetch(url, {
    headers: { accept: 'application/json', ...(last && { 'if-none-match': last.etag }) },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  if (answer.status === 304 && last) return last.status;
  if (!answer.ok) throw new Error(`the page answers ${answer.status}`);
  const status = statusOf(JSON.parse(await textOf(answer)) as Summary, components);
  const etag = answer.headers.get('etag');
  if (etag !== null) memory.set(key, { etag, status });
  return status;
}

/** Not `answer.text()`, which reads all that is sent, unpacked, before anybody can say that it is too much. */
async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    // To leave the loop ends the transfer.
    if (size > MOST_BYTES) throw new Error(`the page has more than ${MOST_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

interface Summary {
  readonly status?: { readonly indicator?: string };
  readonly components?: readonly { readonly name?: string; readonly status?: string }[];
}

/** The worst of what matters. */
function statusOf({ status, components = [] }: Summary, wanted: readonly string[]): number {
  if (wanted.length === 0) return level(status?.indicator);
  return Math.max(
    ...wanted.map((name) => {
      const found = components.find((each) => each.name === name);
      if (!found) throw new Error(`the page has no component ${name}`);
      return level(found.status);
    }),
  );
}

function level(word: string | undefined): number {
  const found = LEVELS[word ?? ''];
  if (found === undefined) throw new Error(`the page says ${word}, which is not known`);
  return found;
}

function tell(
  { now, write, about }: Surroundings,
  Vendor: string,
  metrics: Readonly<Record<string, number>>,
  more: object = {},
): void {
  const Metrics = Object.keys(metrics).map((Name) => ({ Name }));
  const CloudWatchMetrics = [{ Namespace: 'Nines/ThirdParties', Dimensions: [['Vendor']], Metrics }];
  write(
    `${JSON.stringify({ ...about, ...more, _aws: { Timestamp: now(), CloudWatchMetrics }, Vendor, ...metrics })}\n`,
  );
}

const memory = new Map<string, LastRead>();

export const handler = (event: PollEvent | HealthEvent, calling?: Calling): Promise<void> => {
  // Lambda puts a prefix before what the console writes, with which it is no metric.
  const write = (line: string) => void process.stdout.write(line);
  return watchVendor(event, {
    fetch,
    now: Date.now,
    write,
    memory,
    call: callAws,
    about: aboutCall(calling),
  });
};
