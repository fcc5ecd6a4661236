import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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

async function watch(event: Partial<PollEvent> | HealthEvent = {}, memory = new Map<string, LastRead>()) {
  const lines: string[] = [];
  await watchVendor({ vendor: 'payments', url, components: [], ...event } as PollEvent, {
    fetch,
    now: () => NOW,
    write: (line) => lines.push(line),
    memory,
  });
  expect(lines).toHaveLength(1);
  return JSON.parse(lines.join(''));
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
  ['is endless', () => Object.assign(page, { body: 'x'.repeat(1_000_001) }), {}, /1000001 characters/],
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

it.each([
  ['open', 3],
  ['closed', 0],
])('an event of AWS Health that is %s is %i', async (status, level) =>
  expect(await watch({ vendor: 'AWS RDS', status, what: 'AWS_RDS_API_ISSUE' })).toMatchObject({
    Vendor: 'AWS RDS',
    VendorStatus: level,
    what: 'AWS_RDS_API_ISSUE',
  }),
);
