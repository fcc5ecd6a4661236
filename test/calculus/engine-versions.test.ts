import { engineSupport, RETIRED_VERSIONS } from '../../lib/calculus/engine-versions';

const rows = Object.entries(RETIRED_VERSIONS).flatMap(([engine, versions]) =>
  versions.map(({ major, until }) => [engine, major, until] as const),
);

test.each(rows)('%s %s says where its end of support comes from, and when it was read', (_, __, until) => {
  expect(until.source).toMatch(/^https:\/\/\S+$/);
  expect(until.asOf).toMatch(/^20\d\d-\d\d$/);
  expect(['documented', 'secondary']).toContain(until.confidence);
  if (until.value !== undefined) expect(until.value).toMatch(/^20\d\d-\d\d-\d\d$/);
});

test.each(rows)('%s %s is over', (engine, major) => {
  expect(engineSupport(engine, major).state).toBe('ended');
});

test.each([
  ['mysql', '5.7.44', { state: 'ended', major: '5.7', until: '2024-02-29' }],
  ['mysql', '5.1.73', { state: 'ended', major: '5.1' }],
  ['mysql', '8.4.5', { state: 'current', major: '8.4' }],
  ['mysql', '9.1', { state: 'current', major: '9.1' }],
  ['postgres', '13.10', { state: 'ended', major: '13', until: '2026-02-28' }],
  ['postgres', '9.5.2', { state: 'ended', major: '9.5' }],
  ['postgres', '17', { state: 'current', major: '17' }],
  ['mariadb', '10.11.6', { state: 'current', major: '10.11' }],
  ['aurora', '5.6.10a', { state: 'ended', major: '5.6', until: '2023-02-28' }],
  ['aurora-mysql', '8.0.mysql_aurora.3.04.0', { state: 'current', major: '8.0' }],
  ['oracle-se2-cdb', '12.1.0.2.v10', { state: 'ended', major: '12' }],
  ['oracle-ee', '19.0.0.0.ru-2025-01.rur-2025-01.r1', { state: 'current', major: '19' }],
  ['sqlserver-ex', '13.00.6300.2.v1', { state: 'ended', major: '13', until: '2026-07-14' }],
  ['sqlserver-web', '14.00.3401.7.v1', { state: 'current', major: '14' }],
  ['db2-se', '11.5.9.0', { state: 'unlisted' }],
  ['mysql', '8', { state: 'unlisted' }],
  ['mysql', 'latest', { state: 'unlisted' }],
  ['toString', '1', { state: 'unlisted' }],
])('%s %s: %j', (engine, version, support) => {
  expect(engineSupport(engine, version)).toEqual(support);
});
