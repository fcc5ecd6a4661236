import { decide } from '../../lib/objectives/decision';

const owed = { value: 60, because: 'AWS advises 60 s', source: 'https://example.org/ttl' };
const weakening = { reason: 'a client caches for long', expires: '2027-01-31', approver: 'platform board' };
const ttl = {
  path: 'Shop/Dns',
  what: 'ttl',
  owed,
  override: undefined as number | undefined,
  isWeaker: (mine: number, tiers: number) => mine > tiers,
  inWords: (value: number) => `${value} s`,
};

test('the tier decides what nobody wrote', () => {
  expect(decide(ttl)).toEqual({
    value: 60,
    decision: { what: 'ttl', value: '60 s', because: 'AWS advises 60 s', source: 'https://example.org/ttl' },
  });
});

test('a value that is no weaker is taken as it is', () => {
  const chosen = decide({ ...ttl, override: 30 });
  expect(chosen.value).toBe(30);
  expect(chosen.weakening).toBeUndefined();
  expect(chosen.decision.source).toBe('override');
});

test('a weaker value is taken with its reason, which is kept', () => {
  const chosen = decide({ ...ttl, override: 300, weakening });
  expect(chosen.value).toBe(300);
  expect(chosen.weakening).toEqual({ what: 'ttl', ...weakening });
  expect(chosen.decision.because).toBe('a client caches for long');
});

test('a reason for nothing is not kept', () => {
  expect(decide({ ...ttl, override: 60, weakening }).weakening).toBeUndefined();
  expect(decide({ ...ttl, weakening }).weakening).toBeUndefined();
});

test('fails when a weaker value has no reason, and says both numbers', () => {
  expect(() => decide({ ...ttl, override: 300 })).toThrow(
    'Shop/Dns: ttl is 300 s, but the tier owes 60 s (AWS advises 60 s)\n' +
      '  fix: use 60 s, or give a weakening with reason, expires and approver',
  );
});

test.each([
  ['no reason', { reason: '  ' }, /has no reason/],
  ['a day that does not exist', { expires: '2027-02-30' }, /"2027-02-30", which is no date/],
  ['no date', { expires: 'next year' }, /write a day as YYYY-MM-DD/],
  ['no approver', { approver: '' }, /names no role/],
  ['a person as approver', { approver: 'jo@example.org' }, /not a person/],
  ['everything wrong', { reason: '', expires: '', approver: '' }, /3 mistakes/],
])('fails when the weakening has %s', (_, wrong, message) => {
  expect(() => decide({ ...ttl, override: 300, weakening: { ...weakening, ...wrong } })).toThrow(message);
});
