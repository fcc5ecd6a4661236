import { Duration } from 'aws-cdk-lib/core';
import { failureAlarm } from '../../../lib/constructs/traffic/failure-alarm';
import { Objectives } from '../../../lib/objectives/objectives';
import { Tier } from '../../../lib/objectives/tier';
import { entryIn, only, shopStack } from '../fixtures';

interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly MetricName: string } };
}

/** The share of failed requests as CloudWatch reckons it; `undefined` is a metric that nothing was reported to. */
function failedPercent(queries: Query[], counts: Record<string, number | undefined>): number {
  const expression = queries.find(({ Expression }) => Expression)?.Expression ?? '';
  const values = queries.flatMap(({ Id, MetricStat }) =>
    MetricStat ? [[Id, counts[MetricStat.Metric.MetricName]] as const] : [],
  );
  const names = values.map(([name]) => name);
  const reckon = new Function('FILL', ...names, `return ${expression}`);
  return reckon(
    (value: number | undefined, filled: number) => value ?? filled,
    ...values.map(([, value]) => value),
  );
}

describe('the alarm on failed requests', () => {
  test.each([
    [15, 3],
    [5, 2],
    [3, 1],
  ])('with %i minutes to be back in fires after %i bad minutes', (minutes, periods) => {
    const objectives = Objectives.forTier(Tier.MISSION_CRITICAL, {
      region: { rto: Duration.minutes(minutes), rpo: Duration.minutes(1) },
    });
    const stack = shopStack(Tier.MISSION_CRITICAL, {}, { objectives });
    failureAlarm(stack, entryIn(stack).loadBalancer, Tier.MISSION_CRITICAL);
    expect(only(stack, 'AWS::CloudWatch::Alarm').EvaluationPeriods).toBe(periods);
  });

  const queries = (): Query[] => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    failureAlarm(stack, entryIn(stack).loadBalancer, Tier.MISSION_CRITICAL);
    return only(stack, 'AWS::CloudWatch::Alarm').Metrics;
  };

  test.each([
    ['no target is left, so that no request counts as one', { HTTPCode_ELB_5XX_Count: 500 }, 100],
    ['targets fail', { RequestCount: 200, HTTPCode_Target_5XX_Count: 20 }, 10],
    ['all is well', { RequestCount: 200 }, 0],
  ])('reckons when %s', (_, counts, percent) => {
    expect(failedPercent(queries(), counts)).toBe(percent);
  });

  test('says nothing where nobody asks', () => {
    expect(failedPercent(queries(), {})).toBeNaN();
    const stack = shopStack(Tier.MISSION_CRITICAL);
    failureAlarm(stack, entryIn(stack).loadBalancer, Tier.MISSION_CRITICAL);
    expect(only(stack, 'AWS::CloudWatch::Alarm')).toMatchObject({
      Threshold: 5,
      EvaluationPeriods: 3,
      TreatMissingData: 'notBreaching',
    });
  });
});
