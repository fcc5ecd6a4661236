import { dailyWindow, overlap, weeklyWindow } from '../../lib/calculus/weekly-window';

const weekly = (text: string) => weeklyWindow(text) ?? { start: Number.NaN, minutes: Number.NaN };

test.each([
  ['mon:00:00-mon:01:00', { start: 0, minutes: 60 }],
  ['Sun:23:30-Mon:00:30', { start: 10_050, minutes: 60 }],
  ['sun:25:00-sun:26:00', undefined],
  ['every sunday', undefined],
])('%s is %j', (text, window) => expect(weeklyWindow(text)).toEqual(window));

test('a daily window comes seven times, also over midnight', () => {
  const days = dailyWindow('23:30-00:30');
  expect(days).toHaveLength(7);
  expect(days?.[6]).toEqual({ start: 10_050, minutes: 60 });
  expect(dailyWindow('at night')).toBeUndefined();
});

test.each([
  ['mon:00:00-mon:01:00', 'mon:00:30-mon:02:00', true],
  ['mon:00:00-mon:01:00', 'mon:01:00-mon:02:00', false],
  ['sun:23:30-mon:00:30', 'mon:00:00-mon:00:10', true],
  ['mon:00:00-mon:00:10', 'sun:23:30-mon:00:30', true],
  ['sun:23:30-mon:00:30', 'tue:00:00-tue:00:10', false],
])('%s and %s overlap: %s', (one, other, result) => {
  expect(overlap(weekly(one), weekly(other))).toBe(result);
});
