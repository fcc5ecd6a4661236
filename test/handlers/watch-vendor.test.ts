import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call } from '../../lib/handlers/aws-call';
import {
  type HealthEvent,
  type LastRead,
  type PollEvent,
  watchVendor,
} from '../../lib/handlers/watch-vendor';

const NOW = Date.UTC(2026, 10, 22);
const summary = (indicator: string, components: object[] = []) =>
  JSON.stringify({ status: { indicator }, components });

/** The status page of a third party. */
let server: Server;
let page = { status: 200, body: summary('none'), etag: '"1"' };
let asked: (string | undefined)[] = [];
let url = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.headers['if-none-match']);
    const unchanged = request.headers['if-none-match'] === page.etag;
    response.writeHead(unchanged ? 304 : page.status, { etag: page.etag, location: '/elsewhere' });
    response.end(unchanged ? undefined : page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2/summary.json`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(() => {
  asked = [];
  page = { status: 200, body: summary('none'), etag: '"1"' };
});

type Asked = Partial<PollEvent> | HealthEvent;

async function lines(
  event: Asked = {},
  memory = new Map<string, LastRead>(),
  call: Call = noCall,
  fetching: typeof fetch = fetch,
) {
  const written: string[] = [];
  await watchVendor({ vendor: 'payments', url, components: [], ...event } as PollEvent, {
    fetch: fetching,
    now: () => NOW,
    write: (line) => written.push(line),
    memory,
    call,
    about: { service: 'shop', event: 'call-1' },
  });
  return written.map((line) => JSON.parse(line));
}

const noCall: Call = () => Promise.reject(new Error('no API is called'));

async function watch(...asked: Parameters<typeof lines>) {
  const said = await lines(...asked);
  expect(said).toHaveLength(1);
  return said[0];
}

it.each([
  ['none', 0],
  ['maintenance', 1],
  ['minor', 2],
  ['major', 3],
  ['critical', 4],
])('%s is %i', async (indicator, status) => {
  page.body = summary(indicator);
  expect(await watch()).toMatchObject({ Vendor: 'payments', VendorStatus: status, Readable: 1 });
});

it('stops to read a page that does not end', async () => {
  let sent = 0;
  let stopped = false;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 100_000;
      if (sent > 50_000_000) controller.close();
      else controller.enqueue(new Uint8Array(100_000).fill(32));
    },
    cancel() {
      stopped = true;
    },
  });
  const said = await watch({}, undefined, undefined, () => Promise.resolve(new Response(endless)));
  expect(said).toMatchObject({ Readable: 0, why: expect.stringMatching(/more than 1000000 bytes/) });
  expect(stopped).toBe(true);
  expect(sent).toBeLessThanOrEqual(1_200_000);
});

it('reads a letter that comes in two pieces', async () => {
  const bytes = new TextEncoder().encode(
    summary('none', [{ name: 'Zahlung für Köln', status: 'operational' }]),
  );
  const cut = bytes.indexOf(0xc3) + 1;
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.slice(0, cut));
      controller.enqueue(bytes.slice(cut));
      controller.close();
    },
  });
  const asks = { components: ['Zahlung für Köln'] };
  const said = await watch(asks, undefined, undefined, () => Promise.resolve(new Response(pieces)));
  expect(said).toMatchObject({ VendorStatus: 0, Readable: 1 });
});

it('takes the worst of the components that matter', async () => {
  page.body = summary('critical', [
    { name: 'API', status: 'degraded_performance' },
    { name: 'Cards', status: 'operational' },
    { name: 'Website', status: 'major_outage' },
  ]);
  expect((await watch({ components: ['API', 'Cards'] })).VendorStatus).toBe(2);
});

it('asks only for what has changed', async () => {
  const memory = new Map<string, LastRead>();
  page.body = summary('major');
  await watch({}, memory);
  expect(await watch({}, memory)).toMatchObject({ VendorStatus: 3, Readable: 1 });
  expect(asked).toEqual([undefined, '"1"']);
});

it.each<[string, () => void, Partial<PollEvent>, RegExp]>([
  ['answers an error', () => Object.assign(page, { status: 500 }), {}, /answers 500/],
  ['leads elsewhere', () => Object.assign(page, { status: 302 }), {}, /fetch failed/],
  ['is no JSON', () => Object.assign(page, { body: '<html>' }), {}, /JSON/],
  ['says a word that is not known', () => Object.assign(page, { body: summary('odd') }), {}, /says odd/],
  ['lacks the component', () => undefined, { components: ['API'] }, /no component API/],
  ['is endless', () => Object.assign(page, { body: 'x'.repeat(1_000_001) }), {}, /more than 1000000 bytes/],
])(
  'says that it cannot be read when the page %s, and nothing of the third party',
  async (_, make, event, why) => {
    make();
    const said = await watch(event);
    expect(said).toMatchObject({ Vendor: 'payments', Readable: 0, why: expect.stringMatching(why) });
    expect(said).not.toHaveProperty('VendorStatus');
  },
);

it('is one metric for each third party', async () =>
  expect((await watch())._aws).toEqual({
    Timestamp: NOW,
    CloudWatchMetrics: [
      {
        Namespace: 'Nines/ThirdParties',
        Dimensions: [['Vendor']],
        Metrics: [{ Name: 'VendorStatus' }, { Name: 'Readable' }],
      },
    ],
  }));

type Kept = Readonly<Record<string, { readonly SS: string[] } | { readonly N: string } | undefined>>;

interface Update {
  readonly TableName: string;
  readonly Key: { readonly id: { readonly S: string } };
  readonly ReturnValues: string;
  readonly UpdateExpression: string;
  readonly ExpressionAttributeValues: {
    readonly ':t': { readonly N: string };
    readonly ':e'?: { readonly SS: readonly string[] };
  };
}

/** An item after an update; a set that is empty is none. */
function updated(
  item: Kept,
  {
    UpdateExpression,
    ExpressionAttributeValues: values,
  }: Pick<Update, 'UpdateExpression' | 'ExpressionAttributeValues'>,
): Kept {
  const [, time, way] = /^SET (\w+)=:t(?: (ADD|DELETE) openEvents :e)?$/.exec(UpdateExpression) ?? [];
  if (time === undefined) throw new Error(`${UpdateExpression} is not known`);
  const { openEvents, ...rest } = item;
  const open = new Set(openEvents && 'SS' in openEvents ? openEvents.SS : []);
  for (const each of values[':e']?.SS ?? []) open[way === 'ADD' ? 'add' : 'delete'](each);
  return { ...rest, [time]: values[':t'], ...(open.size > 0 && { openEvents: { SS: [...open] } }) };
}

describe('what AWS Health says', () => {
  /** What comes in with the table that keeps what is open. */
  function health() {
    const items = new Map<string, Kept>();
    const call: Call = async (client, command, input) => {
      const { TableName, Key, ReturnValues, ...update } = input as Update;
      expect([client, command, TableName, ReturnValues]).toEqual([
        'DynamoDB',
        'UpdateItem',
        'Memory',
        'ALL_NEW',
      ]);
      const after = updated(items.get(Key.id.S) ?? {}, update);
      items.set(Key.id.S, after);
      return { Attributes: after };
    };
    const hear = (status: string, event: string, vendor = 'AWS RDS') =>
      watch({ vendor, table: 'Memory', status, event, what: 'AWS_RDS_API_ISSUE' }, undefined, call);
    const again = (vendor = 'AWS RDS') => lines({ vendor, table: 'Memory' }, undefined, call);
    return { hear, again };
  }

  it('is that its service is down while an event is open, and up once it is closed', async () => {
    const { hear } = health();
    expect(await hear('open', 'a')).toMatchObject({
      Vendor: 'AWS RDS',
      VendorStatus: 3,
      what: 'AWS_RDS_API_ISSUE',
      openEvents: ['a'],
    });
    expect(await hear('closed', 'a')).toMatchObject({ VendorStatus: 0, openEvents: [] });
  });

  it('is that it is down until the last of its events is closed', async () => {
    const { hear } = health();
    await hear('open', 'a');
    await hear('open', 'b');
    await hear('open', 'b');
    expect((await hear('closed', 'a')).VendorStatus).toBe(3);
    expect((await hear('closed', 'b')).VendorStatus).toBe(0);
  });

  it('is said for each service by itself', async () => {
    const { hear } = health();
    await hear('open', 'a', 'AWS EC2');
    await hear('open', 'b');
    expect((await hear('closed', 'b')).VendorStatus).toBe(0);
  });

  it('is said again and again, for what began and ended within a minute', async () => {
    const { hear, again } = health();
    await hear('open', 'a');
    expect(await again()).toEqual([expect.objectContaining({ VendorStatus: 3 })]);
    await hear('closed', 'a');
    expect(await again()).toEqual([expect.objectContaining({ Vendor: 'AWS RDS', VendorStatus: 0 })]);
  });

  it('is nothing before something was heard', async () => expect(await health().again()).toEqual([]));
});
