import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { DependencyKind, IndicatorKind, ThirdPartyDependency } from 'cdk-nines';
import type { Construct } from 'constructs';

/** Without it no ticket is sold. What its contract promises is in the sum of what the service can keep. */
export const PAYMENTS = {
  name: 'card payments',
  kind: DependencyKind.HARD,
  sla: 0.9999,
  statusPage: 'https://status.payments.example.com',
  contract: {
    credits: [
      { below: 0.9999, percent: 10 },
      { below: 0.99, percent: 25 },
    ],
    reviewBy: '2027-03-31',
    exitPlan: 'https://wiki.example.com/exit/card-payments',
  },
};

/** Watched from two sides: what its status page says, and what becomes of our own charges. */
export function watchPayments(scope: Construct): ThirdPartyDependency {
  return new ThirdPartyDependency(scope, 'Payments', {
    thirdParty: PAYMENTS.name,
    components: ['API'],
    measured: {
      kind: IndicatorKind.AVAILABILITY,
      good: 'charges that the provider answers',
      metrics: { charges: count('Charges'), failures: count('ChargesFailed') },
      total: 'FILL(charges, 0)',
      bad: 'FILL(failures, 0)',
    },
  });
}

/** The web service writes them. */
function count(metricName: string): Metric {
  return new Metric({ namespace: 'Tickets', metricName, statistic: Stats.SUM });
}
