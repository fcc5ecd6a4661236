import fc from 'fast-check';
import { Span } from '../../lib/calculus/time-span';
import { Objectives } from '../../lib/objectives/objectives';
import type { ObjectivesProps } from '../../lib/objectives/objectives-props';
import { TIERS, Tier } from '../../lib/objectives/tier';

const { days, hours, minutes, seconds } = Span;

const weakening = {
  reason: 'the warehouse closes at night',
  expires: '2027-03-31',
  approver: 'head of logistics',
};

const sound: ObjectivesProps = {
  slo: 0.999,
  sloWindow: days(30),
  rollback: { rto: hours(1) },
  dataRepair: { rto: hours(8), rpo: minutes(5) },
  instance: { rto: minutes(1), rpo: Span.ZERO },
  availabilityZone: { rto: minutes(5), rpo: Span.ZERO },
  region: { rto: hours(1), rpo: minutes(5) },
};

describe('the objectives of a tier', () => {
  test.each(TIERS)('%d are the tier’s, and say why', (tier) => {
    const objectives = Objectives.forTier(tier);
    expect(objectives.weakenings).toEqual([]);
    expect(objectives.decisions).toHaveLength(11);
    expect(objectives.decisions.every(({ because, source }) => because !== '' && source !== 'override')).toBe(
      true,
    );
  });

  test('can be stricter without a reason', () => {
    const objectives = Objectives.forTier(Tier.IMPORTANT, { slo: 0.9995, region: { rto: hours(2) } });
    expect(objectives.slo).toBe(0.9995);
    expect(objectives.region.rto.toSeconds()).toBe(7200);
    expect(objectives.region.rpo.toSeconds()).toBe(86_400);
    expect(objectives.weakenings).toEqual([]);
    expect(objectives.decisions).toContainEqual({
      what: 'region.rto',
      value: '2 h',
      because: 'set by hand, no weaker than the tier',
      source: 'override',
    });
  });

  test('can be weaker with a reason, which is kept', () => {
    const objectives = Objectives.forTier(Tier.BUSINESS_CRITICAL, { region: { rto: hours(4) }, weakening });
    expect(objectives.region.rto.toSeconds()).toBe(14_400);
    expect(objectives.weakenings).toEqual([{ what: 'region.rto', ...weakening }]);
  });

  test.each([
    ['an SLO', { slo: 0.999 }, /slo is 0\.999, but the tier owes 0\.9995/],
    ['an RTO', { region: { rto: hours(4) } }, /region\.rto is 4 h, but the tier owes 1 h/],
    ['an RPO', { dataRepair: { rpo: hours(1) } }, /dataRepair\.rpo is 1 h, but the tier owes 5 min/],
  ])('fails when %s is weaker without a reason', (_, overrides, message) => {
    expect(() => Objectives.forTier(Tier.BUSINESS_CRITICAL, overrides, 'Shop/Objectives')).toThrow(message);
    expect(() => Objectives.forTier(Tier.BUSINESS_CRITICAL, overrides, 'Shop/Objectives')).toThrow(
      /^Shop\/Objectives: /,
    );
  });

  test('fails with all that is weaker, and with what contradicts itself beside it', () => {
    const weaker = { slo: 0.999, region: { rto: hours(4) }, instance: { rpo: hours(3), rto: seconds(1) } };
    const made = () => Objectives.forTier(Tier.BUSINESS_CRITICAL, weaker);
    expect(made).toThrow(/^objectives: 4 mistakes: \(1\) slo is 0\.999, .*; \(2\) instance\.rpo is 3 h, /);
    expect(made).toThrow(
      /; \(3\) region\.rto is 4 h, .*; \(4\) the RPO for the loss of a zone is 0 s, shorter/,
    );
    const empty = { ...weakening, reason: ' ' };
    expect(() => Objectives.forTier(Tier.BUSINESS_CRITICAL, { ...weaker, weakening: empty })).toThrow(
      /^objectives: 2 mistakes: \(1\) a weakening has no reason; \(2\) the RPO/,
    );
  });

  test.each<[string, Tier, object, string]>([
    ['the tier is a text', '1' as never, {}, 'tier: "1" is no tier\n  fix: write Tier.BUSINESS_CRITICAL'],
    [
      'the tier is missing',
      undefined as never,
      {},
      'tier: undefined is no tier\n  fix: use one of 0, 1, 2, 3',
    ],
    [
      'a time has no unit',
      Tier.IMPORTANT,
      { region: { rto: 900 } },
      'objectives: region.rto is 900, which is no time\n  fix: write it with its unit, such as Span.minutes(5)',
    ],
    [
      'the SLO is a text',
      Tier.IMPORTANT,
      { slo: '0.9999' },
      'objectives: an SLO of "0.9999" is no fraction between 0 and 1\n  fix: write a fraction, such as 0.9999 for 99.99 %',
    ],
    [
      'an objective is misspelt',
      Tier.IMPORTANT,
      { regoin: { rto: minutes(5) } },
      'objectives: "regoin" is no objective\n  fix: write one of slo, sloWindow, rollback, dataRepair, instance, availabilityZone, region, weakening',
    ],
  ])('fails in words where no compiler looked: %s', (_, tier, overrides, message) => {
    expect(() => Objectives.forTier(tier, overrides)).toThrow(new Error(message));
  });

  test('fails when the reason for a weaker one is no text', () => {
    const strange = { ...weakening, reason: 5 as never };
    expect(() => Objectives.forTier(Tier.STANDARD, { slo: 0.9, weakening: strange })).toThrow(
      /the reason of a weakening is 5, which is no text\n {2}fix: write reason as a text$/,
    );
  });

  test('fails when the reason for a weaker one is empty', () => {
    const empty = { ...weakening, reason: ' ' };
    expect(() => Objectives.forTier(Tier.STANDARD, { slo: 0.9, weakening: empty })).toThrow(/no reason/);
  });
});

describe('objectives', () => {
  test('have an error budget for their window and for a year', () => {
    const objectives = new Objectives(sound);
    expect(objectives.errorBudgetSeconds).toBeCloseTo(43.2 * 60, 6);
    expect(objectives.downtimePerYearSeconds).toBeCloseTo(8.76 * 3600, 6);
  });

  test('fail when a region comes back sooner than a zone', () => {
    expect(() => new Objectives({ ...sound, region: { rto: minutes(2), rpo: minutes(5) } })).toThrow(
      'the RTO for the loss of a region is 2 min, shorter than the 5 min for the loss of a zone, which it includes\n' +
        '  fix: give region an RTO of at least 5 min, or availabilityZone one of at most 2 min',
    );
  });

  test('fail when a zone comes back sooner than an instance', () => {
    expect(() => new Objectives({ ...sound, instance: { rto: minutes(10), rpo: Span.ZERO } })).toThrow(
      /RTO for the loss of a zone is 5 min, shorter than the 10 min for the loss of an instance/,
    );
  });

  test('fail when less data may be lost with a region than with a zone', () => {
    expect(() => new Objectives({ ...sound, availabilityZone: { rto: minutes(5), rpo: hours(1) } })).toThrow(
      /RPO for the loss of a region is 5 min, shorter than the 1 h/,
    );
  });

  test.each([
    [99.99, /99\.99 is no fraction[\s\S]*write 0\.9999 for 99\.99 %/],
    [99.999, /write 0\.99999 for 99\.999 %/],
    [1, /leaves no error budget/],
    [0, /no fraction between 0 and 1/],
    [-1, /no fraction between 0 and 1/],
    [Number.NaN, /no fraction between 0 and 1/],
  ])('fail when the SLO is %d', (slo, message) => {
    expect(() => new Objectives({ ...sound, slo })).toThrow(message);
  });

  test('fail when a time is none', () => {
    expect(() => new Objectives({ ...sound, rollback: { rto: Span.ZERO } })).toThrow(/must be more than 0/);
    expect(() => new Objectives({ ...sound, dataRepair: { rto: hours(1), rpo: seconds(-1) } })).toThrow(
      /0 or more/,
    );
    expect(() => new Objectives({ ...sound, sloWindow: Span.ZERO })).toThrow(/SLO window is 0 s/);
  });

  test('fail when something is left out, with all of it', () => {
    const { region: _, ...rest } = { ...sound, rollback: {} as never };
    expect(() => new Objectives(rest as never)).toThrow(
      /^objectives: 3 mistakes: \(1\) rollback\.rto is missing; \(2\) region\.rto is missing; \(3\) region\.rpo/,
    );
  });

  test('report all their mistakes at once', () => {
    const wrong = { ...sound, slo: 99.9, region: { rto: minutes(2), rpo: minutes(5) } };
    expect(() => new Objectives(wrong)).toThrow(
      /^objectives: 2 mistakes: \(1\) an SLO of 99\.9 .*; \(2\) the RTO/,
    );
  });

  test('are sound exactly when larger failure domains take no less time and lose no less data', () => {
    const time = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.tuple(time, time, time, time, time, time), ([rto1, rto2, rto3, rpo1, rpo2, rpo3]) => {
        const props = {
          ...sound,
          instance: { rto: seconds(rto1), rpo: seconds(rpo1) },
          availabilityZone: { rto: seconds(rto2), rpo: seconds(rpo2) },
          region: { rto: seconds(rto3), rpo: seconds(rpo3) },
        };
        const inOrder = rto1 <= rto2 && rto2 <= rto3 && rpo1 <= rpo2 && rpo2 <= rpo3;
        const made = () => new Objectives(props);
        if (inOrder) expect(made).not.toThrow();
        else expect(made).toThrow(/which it includes/);
      }),
    );
  });
});
