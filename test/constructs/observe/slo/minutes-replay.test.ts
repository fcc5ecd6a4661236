import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { replay } from '../../../../lib/assessment/replay';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { detectionSeconds } from '../../../../lib/calculus/burn-rate-windows';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { graphOf } from '../../../support/graph';
import { freshness } from './orders';

const MINUTE = 60;
const HOUR = 60;
const GOOD = 25 * HOUR;

/** What each pair does where an age is measured each minute, from the minute 0 on. */
function fires(ages: (minute: number) => number | undefined, minutes: number) {
  const stack = new Stack(undefined, 'Shop');
  const slo = new ServiceLevelObjective(stack, 'Orders', { tier: 1, indicator: freshness });
  const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
  const points: [number, number][] = [];
  for (let minute = -GOOD; minute < minutes; minute += 1) {
    const age = ages(minute);
    if (age !== undefined) points.push([(minute + GOOD) * MINUTE, age]);
  }
  const metric = { namespace: 'Shop', name: 'Age', dimensions: {} };
  const source = sampleSourceOf([{ metric, samples: [{ statistic: 'Maximum', period: MINUTE, points }] }]);
  const replayed = replay(graph, source, { from: (GOOD - 5) * MINUTE, until: (GOOD + minutes) * MINUTE });
  const first = (start: string) => {
    const found = replayed.find(({ alarm }) => alarm.logicalId.startsWith(start));
    if (!found || found.unknown !== undefined) throw new Error(found?.unknown ?? `no alarm ${start}`);
    const at = found.states.find(({ state }) => state === 'ALARM')?.at;
    return at && at / MINUTE - GOOD;
  };
  return { slo, first };
}

test('a queue that stands still is told when the arithmetic says so, to one minute', () => {
  const { slo, first } = fires((minute) => (minute < 0 ? 5 : 600), 60);
  for (const [index, start] of ['OrdersWithin1hBoth', 'OrdersWithin6hBoth', 'OrdersWithin1dBoth'].entries()) {
    const check = slo.alarms[index]?.check;
    const wanted = check ? detectionSeconds(check, 1) / MINUTE : Number.NaN;
    expect(first(start)).toBeGreaterThanOrEqual(wanted);
    expect(first(start)).toBeLessThanOrEqual(wanted + 1);
  }
});

test('a few slow minutes wake nobody, and silence is told', () => {
  const slow = fires((minute) => (minute >= 0 && minute < 3 ? 600 : 5), 60);
  expect(slow.first('OrdersWithin1hBoth')).toBeUndefined();
  const gone = fires((minute) => (minute < 0 ? 5 : undefined), 60);
  expect(gone.first('OrdersWithin1hBoth')).toBeUndefined();
  expect(gone.first('OrdersSilence')).toBe(15);
});
