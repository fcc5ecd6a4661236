import { VERSION_ENDS } from '../../lib/calculus/lifecycles/versions';
import type { VersionedProduct } from '../../lib/calculus/service-lifecycle';
import {
  CLOSED_SERVICES,
  closedService,
  ENDED_FEATURES,
  endsWithin,
  productOf,
  versionSupport,
} from '../../lib/calculus/service-lifecycle';

const facts = [
  ...ENDED_FEATURES.map(({ name, on }) => [name, on] as const),
  ...CLOSED_SERVICES.map(({ name, on }) => [name, on] as const),
  ...Object.entries(VERSION_ENDS).flatMap(([product, ends]) =>
    ends.map(({ release, until }) => [`${product} ${release}`, until] as const),
  ),
];

test.each(facts)('%s says where its day comes from, and when it was read', (_, { value, source, asOf }) => {
  expect(source).toMatch(/^https:\/\/\S+$/);
  expect(asOf).toMatch(/^20\d\d-\d\d$/);
  expect(value ?? '2026-01-01').toMatch(/^20\d\d-\d\d-\d\d$/);
});

test('a release is listed once', () => {
  for (const [product, ends] of Object.entries(VERSION_ENDS)) {
    const releases = ends.map(({ release }) => release);
    expect([product, releases.length]).toEqual([product, new Set(releases).size]);
  }
});

test('closed services say what takes their place, by types that no other has', () => {
  const types = CLOSED_SERVICES.flatMap((service) => service.types);
  expect(new Set(types).size).toBe(types.length);
  for (const type of types) expect(type).toMatch(/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/);
  for (const { instead } of CLOSED_SERVICES) expect(instead).not.toBe('');
  expect(closedService('AWS::QLDB::Ledger')?.name).toBe('QLDB');
  expect(closedService('AWS::S3::Bucket')).toBeUndefined();
});

test.each([
  ['MySQL', 'mysql'],
  ['sqlserver-se', 'sqlserver'],
  ['aurora', 'aurora-mysql'],
  ['ActiveMQ', 'activemq'],
  ['Valkey', 'valkey'],
  ['memcached', undefined],
  ['toString', undefined],
])('the engine %s is counted as %s', (engine, product) => expect(productOf(engine)).toBe(product));

const day = new Date('2026-05-01T08:00:00Z');

test.each<[VersionedProduct, string, Date | undefined, object]>([
  ['lambda', 'nodejs20.x', day, { state: 'ended', release: 'nodejs20.x', until: '2026-04-30' }],
  [
    'lambda',
    'nodejs20.x',
    new Date('2026-04-30'),
    { state: 'supported', release: 'nodejs20.x', until: '2026-04-30' },
  ],
  ['lambda', 'nodejs20.x', undefined, { state: 'ended', release: 'nodejs20.x', until: '2026-04-30' }],
  ['lambda', 'nodejs22.x', undefined, { state: 'open', release: 'nodejs22.x', until: '2027-04-30' }],
  ['lambda', 'nodejs99.x', day, { state: 'unlisted' }],
  ['kubernetes', '1.24', day, { state: 'ended', release: '1.24' }],
  ['kubernetes', '1.37', day, { state: 'supported', release: '1.37' }],
  ['kubernetes', '1', day, { state: 'unlisted' }],
  ['oracle', '12.1.0.2.v10', undefined, { state: 'ended', release: '12' }],
  ['mysql', '8.0.36', new Date('2026-07-31'), { state: 'supported', release: '8.0', until: '2026-07-31' }],
  ['mysql', '8.0.36', new Date('2026-08-01'), { state: 'ended', release: '8.0', until: '2026-07-31' }],
  ['mysql', '8.1', new Date('2026-01-01'), { state: 'unlisted' }],
  ['redis', '5.0.6', day, { state: 'ended', release: '5', until: '2026-01-31' }],
  ['valkey', '8.0', day, { state: 'supported', release: '8' }],
  ['redis', '7.1', day, { state: 'supported', release: '7' }],
  ['opensearch', '1.3', day, { state: 'supported', release: '1.3' }],
  ['opensearch', '2.10', day, { state: 'unlisted' }],
  ['kafka', '3.6.0', day, { state: 'supported', release: '3.6', until: '2026-06-01' }],
  ['mariadb', 'latest', day, { state: 'unlisted' }],
])('%s %s on %s: %j', (product, version, today, support) => {
  expect(versionSupport(product, version, today)).toEqual(support);
});

test('an end lies near when it comes within so many days, or has come', () => {
  expect(endsWithin('2026-05-31', day, 30)).toBe(true);
  expect(endsWithin('2026-06-01', day, 30)).toBe(false);
  expect(endsWithin('2026-04-01', day, 0)).toBe(true);
});
