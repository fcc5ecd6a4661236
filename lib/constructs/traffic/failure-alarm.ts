import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ApplicationLoadBalancer,
  HttpCodeElb,
  HttpCodeTarget,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TimeSpan } from '../../calculus/time-span';
import type { Tier } from '../../objectives/tier';
import { acknowledgeControls } from '../governance/nag';
import { ownRunbook, runbookWords } from '../governance/runbook';
import { ServiceScope } from '../governance/service-scope';
import { AlarmLayer, tagAlarm } from '../observe/alarm-tags';

const ID = 'FailedRequests';

/** So many requests in a hundred may fail before a practice run counts as harm. An own decision. */
const FAILED_PERCENT = 5;

/**
 * The alarm of a construct on the requests that a load balancer or its targets fail: three minutes in a row, more than five
 * in a hundred; fewer minutes where the region must be back so soon that half of the time would go.
 *
 * @internal
 */
export function failureAlarm(scope: Construct, loadBalancer: ApplicationLoadBalancer, tier: Tier): Alarm {
  const made = scope.node.tryFindChild(ID);
  if (made instanceof Alarm) return made;
  const runbook = ownRunbook(scope);
  const period = Duration.minutes(1);
  const { metrics } = loadBalancer;
  const options = { period, statistic: 'Sum' };
  const alarm = new Alarm(scope, ID, {
    alarmDescription: `More than ${FAILED_PERCENT} % of the requests to ${loadBalancer.node.path} fail.${runbookWords({ runbook })}`,
    metric: new MathExpression({
      // A request for which there is no target is no request to RequestCount: failures of the load balancer itself are
      // added below the line as well, else the loss of all targets would be a division by nothing, and no alarm.
      expression: '100 * (FILL(own, 0) + FILL(theirs, 0)) / (FILL(requests, 0) + FILL(own, 0))',
      label: 'Failed requests (%)',
      period,
      usingMetrics: {
        own: metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, options),
        theirs: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, options),
        requests: metrics.requestCount(options),
      },
    }),
    threshold: FAILED_PERCENT,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: minutesFor(ServiceScope.of(scope)?.service.objectives.region.rto),
    // Without requests none fails.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  tagAlarm(alarm, { layer: AlarmLayer.SERVICE, tier, runbook });
  acknowledgeControls(
    alarm,
    ['CloudWatchAlarmAction'],
    'ARC reads its state to end a practice run that harms users; who is to be told adds an action.',
  );
  return alarm;
}

/** Load balancers report each minute, so one is the least. */
function minutesFor(rto: TimeSpan | undefined): number {
  const half = rto ? Math.floor(rto.toSeconds() / 2 / 60) : MOST_MINUTES;
  return Math.max(1, Math.min(MOST_MINUTES, half));
}

/** One bad minute is no outage yet. An own decision. */
const MOST_MINUTES = 3;
