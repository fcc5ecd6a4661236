import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type Indicator, IndicatorKind } from '../../../../lib/constructs/observe/slo/indicator';

export const count = (metricName: string) => new Metric({ namespace: 'Shop', metricName, statistic: 'Sum' });

/** Orders that are taken, of all orders. */
export const orders: Indicator = {
  kind: IndicatorKind.AVAILABILITY,
  good: 'orders that are taken',
  metrics: { orders: count('Orders'), failures: count('Failures') },
  total: 'FILL(orders, 0)',
  bad: 'FILL(failures, 0)',
};

/** Minutes in which no order waits long. */
export const freshness: Indicator = {
  kind: IndicatorKind.FRESHNESS,
  good: 'minutes in which no order waits over 60 s',
  metrics: { age: new Metric({ namespace: 'Shop', metricName: 'Age', statistic: 'Maximum' }) },
  total: 'FILL(age * 0 + 1, 0)',
  bad: 'IF(FILL(age, 0) > 60, 1, 0)',
  minutes: true,
};
