import {
  failingOverLikelihood,
  MEAN_REPAIR_SECONDS,
  shareOfOutage,
  switchingLikelihood,
} from '../../lib/calculus/switching';

const HOUR = MEAN_REPAIR_SECONDS.value;

test('a failover at once takes no share of an outage, and one that never comes takes all of it', () => {
  expect(shareOfOutage(0)).toBe(0);
  expect(shareOfOutage(Number.POSITIVE_INFINITY)).toBe(1);
});

test('a short failover takes about its length of an outage of an hour', () => {
  expect(shareOfOutage(150)).toBeCloseTo(1 - Math.exp(-150 / HOUR), 12);
  expect(shareOfOutage(150) / (150 / HOUR)).toBeCloseTo(1, 1);
});

test('nobody waits longer for the failover than for the repair', () => {
  expect(shareOfOutage(100 * HOUR)).toBeLessThanOrEqual(1);
});

test('the shorter outages are on average, the larger a share of them a failover takes', () => {
  const half = { value: HOUR / 2, source: 'set by the user', asOf: '', confidence: 'assumed' as const };
  const { unavailability, terms } = switchingLikelihood([{ what: 'TTL', seconds: 60, source: 'x' }], half);
  expect(unavailability).toBe(shareOfOutage(60, HOUR / 2));
  expect(terms[0]).toMatchObject({
    what: expect.stringMatching(/outages of 0\.5 h$/),
    source: 'set by the user',
  });
  expect(terms[1]?.what).toBe('TTL: 60 s of 1800 s');
});

test('the time is the sum of its steps, each with its source', () => {
  const { unavailability, terms } = switchingLikelihood([
    { what: 'detection', seconds: 90, source: 'page one' },
    { what: 'TTL', seconds: 60, source: 'assumed' },
  ]);
  expect(unavailability).toBe(shareOfOutage(150));
  expect(terms.map(({ what }) => what).slice(1)).toEqual([
    'detection: 90 s of 3600 s',
    'TTL: 60 s of 3600 s',
  ]);
  expect(terms.map(({ confidence }) => confidence)).toEqual(['assumed', 'documented', 'assumed']);
});

describe('a failover to a standby', () => {
  const likely = (unavailability: number) => ({ unavailability, terms: [] });
  const steps = [{ what: 'failover', seconds: 60, source: 'x' }];

  it('takes its share of what one alone is down and all of it is not', () => {
    const { unavailability } = failingOverLikelihood({ alone: likely(0.005), whole: likely(0.0005), steps });
    expect(unavailability).toBeCloseTo(((0.005 - 0.0005) / (1 - 0.0005)) * shareOfOutage(60), 15);
  });

  it.each([0.005, 0.006])('is none where all of it is down %s of the time, as one alone is', (whole) => {
    const found = failingOverLikelihood({ alone: likely(0.005), whole: likely(whole), steps });
    expect(found.unavailability).toBe(0);
  });
});
