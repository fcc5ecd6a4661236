import { metricNamesOf } from '../../assembly/observe/alarms';
import type { Resource } from '../../assembly/resource';
import type { MetricAlarm } from '../../calculus/alarms/metric-alarm';
import type { MetricName } from '../../calculus/alarms/metric-samples';
import type { AlarmFinding } from './finding';

/**
 * Counts of bad news that AWS reports only when there is some.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
const ONLY_WHEN_IT_HAPPENS =
  /^(HTTPCode_\w+_Count|RejectedConnectionCount|TargetConnectionErrorCount|ThrottledRequests|SystemErrors|UserErrors|(Read|Write)ThrottleEvents|DeadLetterErrors|DestinationDeliveryFailures|FailedInvocations|InvocationDroppedCount)$/;

/**
 * Counts of bad news, zeros too, that AWS reports only while something is done.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics.html which sends them when an event was processed
 */
const BAD_NEWS_OF_WORK: Readonly<Record<string, RegExp>> = {
  'AWS/ApiGateway': /^([45]XXError|[45]xx)$/,
  'AWS/Lambda': /^(Errors|Throttles|AsyncEventsDropped)$/,
  'AWS/SNS': /^NumberOfNotificationsFailed$/,
  'AWS/States': /^Executions(Failed|TimedOut|Aborted|Throttled)$/,
};

/**
 * Counts of work, of which AWS reports none rather than zero.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
const WORK: Readonly<Record<string, RegExp>> = {
  'AWS/ApiGateway': /^Count$/,
  'AWS/ApplicationELB': /^(RequestCount|RequestCountPerTarget|HTTPCode_Target_[23]XX_Count)$/,
  'AWS/Events': /^(Invocations|TriggeredRules|MatchedEvents)$/,
  'AWS/Lambda': /^(Invocations|AsyncEventsReceived)$/,
  'AWS/SNS': /^(NumberOfMessagesPublished|NumberOfNotificationsDelivered)$/,
  'AWS/Scheduler': /^InvocationAttemptCount$/,
  'AWS/States': /^Executions(Started|Succeeded)$/,
};

/** Alarms on counts that read silence the wrong way round. */
export function silentCounts(alarm: Resource, model: MetricAlarm): readonly AlarmFinding[] {
  return model.comparison.startsWith('Less') ? neverFiring(alarm, model) : alwaysFiring(alarm, model);
}

function alwaysFiring(alarm: Resource, model: MetricAlarm): readonly AlarmFinding[] {
  if (model.missingData !== 'breaching') return [];
  const [only, ...others] = metricNamesOf(alarm);
  if (typeof only !== 'string' || others.length > 0) return [];
  const metric = watched(model);
  const isOfWork = metric !== undefined && isOneOf(BAD_NEWS_OF_WORK, metric);
  if (!isOfWork && !ONLY_WHEN_IT_HAPPENS.test(only)) return [];
  const [when, fires] = isOfWork
    ? ['while there is something to do', 'while nothing is to be done']
    : ['when it happens', 'while all is well'];
  return [
    {
      fault: 'missing-data',
      alarm,
      weight: 'medium',
      sure: true,
      found: `${only} is reported only ${when}, and silence counts as breaching: it fires ${fires}`,
      fix: 'set TreatMissingData to notBreaching',
    },
  ];
}

/** What is too little at zero is told by silence, which must count. */
function neverFiring(alarm: Resource, model: MetricAlarm): readonly AlarmFinding[] {
  const metric = watched(model);
  if (model.missingData === 'breaching' || metric === undefined || !isOneOf(WORK, metric)) return [];
  const actsOnSilence = model.missingData === 'missing' && alarm.get('InsufficientDataActions') !== undefined;
  if (actsOnSilence) return [];
  return [
    {
      fault: 'missing-data',
      alarm,
      weight: 'medium',
      sure: true,
      found: `${metric.name} is not reported at all when it is zero, and silence counts as ${model.missingData}: it never fires when there is none`,
      fix: 'set TreatMissingData to breaching, or fill with FILL(m, 0)',
    },
  ];
}

/** The metric that is compared with the threshold as it is. */
function watched({ queries, returns }: MetricAlarm): MetricName | undefined {
  const query = queries.find(({ id }) => id === returns);
  return query && 'metric' in query ? query.metric : undefined;
}

function isOneOf(metrics: Readonly<Record<string, RegExp>>, { namespace, name }: MetricName): boolean {
  return Object.hasOwn(metrics, namespace) && metrics[namespace]?.test(name) === true;
}
