import fc from 'fast-check';
import { type FailoverPath, failoverText, failoverTime } from '../../lib/calculus/failover-time';

const healthCheck = (intervalSeconds: number, failureThreshold: number) =>
  ({ kind: 'health-check', intervalSeconds, failureThreshold }) as const;

const step = (what: string, typicalSeconds: number, worstSeconds: number) => ({
  what,
  typicalSeconds,
  worstSeconds,
  source: 'test',
});

test.each([
  [10, 3, 60, 90],
  [30, 3, 60, 150],
  [10, 2, 60, 80],
  [10, 1, 30, 40],
  [10, 3, 30, 60],
  [30, 3, 1800, 1890],
])('a check of %d s × %d and a TTL of %d s move traffic within %d s', (interval, threshold, ttl, seconds) => {
  expect(failoverTime({ detection: healthCheck(interval, threshold), ttlSeconds: ttl }).dns.seconds).toBe(
    seconds,
  );
});

test('an alias always counts 60 s', () => {
  expect(failoverTime({ detection: healthCheck(30, 3), ttlSeconds: 'alias' }).dns.seconds).toBe(150);
});

test('at worst a health check sees the failure one interval later', () => {
  expect(failoverTime({ detection: healthCheck(30, 3), ttlSeconds: 60 }).worst.seconds).toBe(180);
});

test('an alarm takes its evaluation periods, and up to a minute more', () => {
  const { typical, worst } = failoverTime({
    detection: { kind: 'alarm', periodSeconds: 60, evaluationPeriods: 3 },
  });
  expect(typical.seconds).toBe(180);
  expect(worst.seconds).toBe(240);
});

test('the DNS part leaves out promotion and gates, the worst sum counts them', () => {
  const time = failoverTime({
    detection: healthCheck(10, 3),
    ttlSeconds: 'alias',
    promotion: [step('promotion', 120, 300)],
    gates: [step('approval', 300, 3600)],
  });
  expect(time.dns.seconds).toBe(90);
  expect(time.typical.seconds).toBe(510);
  expect(time.worst.seconds).toBe(4000);
  expect(failoverText(time.worst)).toBe(
    '4000 s (40 s detection + 60 s alias TTL + 300 s promotion + 3600 s approval)',
  );
});

test('a gate that nobody opens makes the failover unbounded', () => {
  const { worst } = failoverTime({
    detection: healthCheck(10, 3),
    gates: [step('approval', 300, Number.POSITIVE_INFINITY)],
  });
  expect(failoverText(worst)).toBe('unbounded (40 s detection + unbounded approval)');
});

const stepArbitrary = fc
  .tuple(fc.nat(600), fc.nat(600))
  .map(([typical, more]) => step('something', typical, typical + more));

const pathArbitrary: fc.Arbitrary<FailoverPath> = fc.record({
  detection: fc.oneof(
    fc.tuple(fc.constantFrom(10, 30), fc.integer({ min: 1, max: 10 })).map(([i, n]) => healthCheck(i, n)),
    fc.record({
      kind: fc.constant('alarm' as const),
      periodSeconds: fc.constantFrom(10, 30, 60, 300),
      evaluationPeriods: fc.integer({ min: 1, max: 10 }),
    }),
  ),
  ttlSeconds: fc.oneof(fc.nat(3600), fc.constant('alias' as const)),
  promotion: fc.array(stepArbitrary, { maxLength: 3 }),
  gates: fc.array(stepArbitrary, { maxLength: 3 }),
});

test('the terms add up, the worst is no better than the typical, and DNS is no more than the whole', () => {
  fc.assert(
    fc.property(pathArbitrary, (path) => {
      const { dns, typical, worst } = failoverTime(path);
      for (const sum of [dns, typical, worst]) {
        expect(sum.terms.reduce((total, term) => total + term.seconds, 0)).toBe(sum.seconds);
        expect(sum.terms.every((term) => term.source !== '')).toBe(true);
      }
      expect(worst.seconds).toBeGreaterThanOrEqual(typical.seconds);
      expect(typical.seconds).toBeGreaterThanOrEqual(dns.seconds);
    }),
  );
});

test('one more step never makes a failover shorter', () => {
  fc.assert(
    fc.property(pathArbitrary, stepArbitrary, (path, more) => {
      const longer = { ...path, gates: [...(path.gates ?? []), more] };
      expect(failoverTime(longer).worst.seconds).toBe(failoverTime(path).worst.seconds + more.worstSeconds);
    }),
  );
});
