import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { replay } from '../../../../lib/assessment/replay';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { detectionSeconds } from '../../../../lib/calculus/burn-rate-windows';
import { openSloProps } from '../../../../lib/constructs/observe/slo/open-slo/open-slo-props';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { graphOf } from '../../../support/graph';

const MINUTE = 60;
const GOOD = 25 * 60;

/** An SLO on one metric of CloudWatch, which is compared with a limit or is a ratio already. */
const documentOf = (spec: object, objective: object) => [
  {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: 'visits' },
    spec: {
      service: 'bakery',
      indicator: { metadata: { name: 'visits' }, spec },
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.999, ...objective }],
    },
  },
];
const source = (stat: string) => ({
  metricSource: { type: 'CloudWatch', spec: { namespace: 'Bakery', metricName: 'Visits', stat } },
});

/** When the alarm on the hour fires, in minutes since the values turned; values are of each minute. */
function firstPage(
  documents: readonly object[],
  statistics: readonly string[],
  valueAt: (minute: number, statistic: string) => number | undefined,
) {
  const stack = new Stack(undefined, 'Bakery');
  const weakening = { reason: 'as it was', expires: '2027-06-30', approver: 'head of bakery' };
  const slo = new ServiceLevelObjective(stack, 'Visits', { ...openSloProps(documents), tier: 1, weakening });
  const samples = statistics.map((statistic) => {
    const points: [number, number][] = [];
    for (let minute = -GOOD; minute < 60; minute += 1) {
      const value = valueAt(minute, statistic);
      if (value !== undefined) points.push([(minute + GOOD) * MINUTE, value]);
    }
    return { statistic, period: MINUTE, points };
  });
  const metric = { namespace: 'Bakery', name: 'Visits', dimensions: {} };
  const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
  const replayed = replay(graph, sampleSourceOf([{ metric, samples }]), {
    from: (GOOD - 5) * MINUTE,
    until: (GOOD + 60) * MINUTE,
  });
  const found = replayed.find(({ alarm }) => alarm.logicalId.startsWith('VisitsWithin1hBoth'));
  if (!found || found.unknown !== undefined) throw new Error(found?.unknown ?? 'no alarm');
  const at = found.states.find(({ state }) => state === 'ALARM')?.at;
  const check = slo.alarms[0]?.check;
  return { at: at && at / MINUTE - GOOD, wanted: check && detectionSeconds(check, 1) / MINUTE };
}

const atLeastTen = documentOf({ thresholdMetric: source('SampleCount') }, { op: 'gte', value: 10 });

test('too few visits are told when the arithmetic says so', () => {
  const { at, wanted = Number.NaN } = firstPage(atLeastTen, ['SampleCount'], (minute) =>
    minute < 0 ? 20 : 2,
  );
  expect(at).toBeGreaterThanOrEqual(wanted);
  expect(at).toBeLessThanOrEqual(wanted + 1);
});

test.each([
  ['enough visits', () => 10],
  ['nothing measured', (minute: number) => (minute < 0 ? 20 : undefined)],
])('%s wakes nobody', (_, valueAt) => {
  expect(firstPage(atLeastTen, ['SampleCount'], valueAt).at).toBeUndefined();
});

describe('a ratio that was worked out already', () => {
  const ratio = documentOf({ ratioMetric: { rawType: 'success', raw: source('Average') } }, {});
  /** One sample a minute. */
  const of = (good: number) => (minute: number, statistic: string) =>
    statistic === 'SampleCount' ? 1 : minute < 0 ? 1 : good;

  test('is told when nothing is good, by the arithmetic', () => {
    const { at, wanted = Number.NaN } = firstPage(ratio, ['SampleCount', 'Sum'], of(0));
    expect(at).toBeGreaterThanOrEqual(wanted);
    // Ten bad samples are asked for at least.
    expect(at).toBeLessThanOrEqual(Math.max(wanted, 10) + 1);
  });

  test('wakes nobody while it is as good as it must be', () => {
    expect(firstPage(ratio, ['SampleCount', 'Sum'], of(0.999)).at).toBeUndefined();
  });
});
