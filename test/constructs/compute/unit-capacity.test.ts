import fc from 'fast-check';
import { unitsAfterZoneLoss } from '../../../lib/calculus/capacity';
import { Readiness } from '../../../lib/constructs/compute/readiness';
import { owedUnits, unitShare } from '../../../lib/constructs/compute/unit-capacity';
import { ZoneLossLoad } from '../../../lib/objectives/policy/capacity';
import { TIERS } from '../../../lib/objectives/tier';
import { tierPolicy } from '../../../lib/objectives/tier-policy';

const loads = fc
  .record({
    tier: fc.constantFrom(...TIERS),
    peak: fc.integer({ min: 1, max: 500 }),
    averageShare: fc.double({ min: 0, max: 1, noNaN: true }),
    standbyCapacity: fc.double({ min: 0, max: 1, noNaN: true }),
    zones: fc.integer({ min: 2, max: 6 }),
  })
  .map(({ averageShare, ...load }) => ({ ...load, average: Math.ceil(load.peak * averageShare) }));

describe('the units that a tier owes', () => {
  test('carry what it says after any zone is lost', () => {
    fc.assert(
      fc.property(loads, ({ tier, ...load }) => {
        const policy = tierPolicy(tier);
        const { min } = owedUnits(policy, { ...load, readiness: Readiness.SERVES });
        const left = unitsAfterZoneLoss(min, load.zones);
        const owed = {
          [ZoneLossLoad.PEAK]: load.peak,
          [ZoneLossLoad.AVERAGE]: load.average,
          [ZoneLossLoad.NONE]: 0,
        };
        expect(left).toBeGreaterThanOrEqual(owed[policy.zoneLossLoad.value]);
      }),
    );
  });

  test('are no more in a standby than where it serves at peak, and none where compute is started late', () => {
    fc.assert(
      fc.property(loads, ({ tier, ...load }) => {
        const policy = tierPolicy(tier);
        const waits = owedUnits(policy, { ...load, readiness: Readiness.WAITS });
        const off = owedUnits(policy, { ...load, readiness: Readiness.OFF });
        expect(waits.min).toBeLessThanOrEqual(waits.full);
        expect([off.min, off.desired, off.full]).toEqual([0, 0, waits.full]);
      }),
    );
  });

  test('work no harder than leaves room for a lost zone', () => {
    fc.assert(
      fc.property(loads, ({ tier, peak, zones }) => {
        const policy = tierPolicy(tier);
        fc.pre(policy.zoneLossLoad.value !== ZoneLossLoad.NONE);
        const { full } = owedUnits(policy, {
          peak,
          average: peak,
          standbyCapacity: 1,
          zones,
          readiness: Readiness.SERVES,
        });
        // Scaling starts at this share of the units that carry the peak without a zone: by then none is overloaded.
        expect(full * unitShare(policy, zones)).toBeGreaterThanOrEqual(Math.min(peak, full) - 1e-9);
      }),
    );
  });
});
