import fc from 'fast-check';
import { headroomPercent, unitsAfterZoneLoss, unitsToSurviveZoneLoss } from '../../lib/calculus/capacity';

const peaks = fc.integer({ min: 1, max: 500 });
const zoneCounts = fc.integer({ min: 2, max: 6 });

test.each([
  [4, 3, 6],
  [4, 2, 8],
  [6, 3, 9],
  [1, 3, 3],
  [5, 3, 9],
])('a peak of %d in %d zones needs %d units', (peak, zones, units) => {
  expect(unitsToSurviveZoneLoss(peak, zones)).toBe(units);
});

test('nothing survives the loss of the only zone', () => {
  expect(unitsToSurviveZoneLoss(1, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(unitsAfterZoneLoss(7, 1)).toBe(0);
});

test('what is needed carries the peak after the loss of a zone, and one less in each zone does not', () => {
  fc.assert(
    fc.property(peaks, zoneCounts, (peak, zones) => {
      const units = unitsToSurviveZoneLoss(peak, zones);
      expect(units % zones).toBe(0);
      expect(unitsAfterZoneLoss(units, zones)).toBeGreaterThanOrEqual(peak);
      expect(unitsAfterZoneLoss(units - zones, zones)).toBeLessThan(peak);
    }),
  );
});

test('what is left agrees with dealing the units out one by one and dropping the fullest zone', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.integer({ min: 1, max: 6 }), (units, zones) => {
      const filled = Array.from({ length: zones }, () => 0);
      for (let unit = 0; unit < units; unit++) filled[unit % zones]! += 1;
      expect(unitsAfterZoneLoss(units, zones)).toBe(units - Math.max(...filled));
    }),
  );
});

test('more zones never need more units in each', () => {
  fc.assert(
    fc.property(peaks, zoneCounts, (peak, zones) => {
      const each = (count: number) => unitsToSurviveZoneLoss(peak, count) / count;
      expect(each(zones + 1)).toBeLessThanOrEqual(each(zones));
    }),
  );
});

test('headroom is what is more than the load, and negative when the load is more', () => {
  expect(headroomPercent(6, 4)).toBe(50);
  expect(headroomPercent(4, 4)).toBe(0);
  expect(headroomPercent(3, 4)).toBe(-25);
  expect(headroomPercent(3, 0)).toBe(Number.POSITIVE_INFINITY);
});
