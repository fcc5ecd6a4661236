import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type Indicator, IndicatorKind } from '../../../../lib/constructs/observe/slo/indicator';

const count = (metricName: string) => new Metric({ namespace: 'Shop', metricName, statistic: 'Sum' });

/** Charges that the provider answers, of all charges. */
export const charges: Indicator = {
  kind: IndicatorKind.AVAILABILITY,
  good: 'charges that the provider answers',
  metrics: { charges: count('Charges'), failures: count('ChargesFailed') },
  total: 'FILL(charges, 0)',
  bad: 'FILL(failures, 0)',
};
