import { classMemoryBytes, mostDefaultConnections } from '../../lib/calculus/database-connections';

const GIB = 1024 ** 3;

it.each([
  ['db.t3.micro', 1],
  ['db.t4g.2xlarge', 32],
  ['db.m6g.large', 8],
  ['db.m7i.4xlarge', 64],
  ['db.r6g.large', 16],
  ['db.r5.24xlarge', 768],
])('%s has %d GiB', (name, gib) => expect(classMemoryBytes(name)).toBe(gib * GIB));

it.each(['db.x2g.large', 'db.serverless', 'db.r5.large.tpc1.mem2x', 't3.micro', ''])(
  'the memory of %p is not told',
  (name) => expect(classMemoryBytes(name)).toBeUndefined(),
);

/** What users have seen on instances, which is less than the bound. */
it.each([
  ['postgres', 2, 198],
  ['postgres', 8, 856],
  ['mysql', 8, 600],
  ['aurora-mysql', 4, 90],
  ['aurora-mysql', 16, 1000],
  ['aurora-postgresql', 768, 5000],
])('%s with %d GiB takes %d connections or a few more', (engine, gib, seen) => {
  const most = mostDefaultConnections(engine, gib * GIB) ?? 0;
  expect(most).toBeGreaterThanOrEqual(seen);
  expect(most).toBeLessThan(seen * 1.25);
});

it('nothing is known of other engines', () =>
  expect(mostDefaultConnections('oracle-se2', 16 * GIB)).toBeUndefined());
