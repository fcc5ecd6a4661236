import { metricNamesOf, watchedBy } from '../../assembly/observe/alarms';
import type { Resource } from '../../assembly/resource';
import { eventsFrom, takesFailures } from '../../assembly/wiring/event-wiring';
import type { MetricAlarm } from '../../calculus/alarms/metric-alarm';
import type { MetricName } from '../../calculus/alarms/metric-samples';
import { silentWhen } from '../../calculus/alarms/silent-metrics';
import type { AlarmFinding } from './finding';

/**
 * Counts of bad news that AWS reports only when there is some.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
const ONLY_WHEN_IT_HAPPENS =
  /^(HTTPCode_\w+_Count|RejectedConnectionCount|TargetConnectionErrorCount|ThrottledRequests|SystemErrors|UserErrors|(Read|Write)ThrottleEvents|DeadLetterErrors|DestinationDeliveryFailures|FailedInvocations|InvocationDroppedCount)$/;

/** What SQS reports of a queue as long as somebody calls it. */
const OF_A_QUEUE = /^Approximate(AgeOfOldestMessage|NumberOfMessages(Delayed|NotVisible|Visible))$/;

/** Alarms on counts that read silence the wrong way round. */
export function silentCounts(alarm: Resource, model: MetricAlarm): readonly AlarmFinding[] {
  return model.comparison.startsWith('Less') ? neverFiring(alarm, model) : alwaysFiring(alarm, model);
}

function alwaysFiring(alarm: Resource, model: MetricAlarm): readonly AlarmFinding[] {
  if (model.missingData !== 'breaching') return [];
  const [only, ...others] = metricNamesOf(alarm);
  if (typeof only !== 'string' || others.length > 0) return [];
  const metric = watched(model);
  if (metric !== undefined && isOfIdleDeadLetters(alarm, metric))
    return [
      taken(alarm, {
        found: `${only} is not reported once nobody has called the queue for six hours, as is usual for dead letters, and silence counts as breaching: it fires then`,
        fix: 'set TreatMissingData to missing',
      }),
    ];
  const idle = metric && silentWhen('badNews', metric);
  const when = idle ?? (ONLY_WHEN_IT_HAPPENS.test(only) ? 'while all is well' : undefined);
  if (when === undefined) return [];
  return [
    taken(alarm, {
      found: `${only} is not reported ${when}, and silence counts as breaching: it fires then`,
      fix: 'set TreatMissingData to notBreaching',
    }),
  ];
}

/** Whether what SQS reports is of a queue that takes what failed, and of which nothing in the app takes anything. */
function isOfIdleDeadLetters(alarm: Resource, { namespace, name }: MetricName): boolean {
  if (namespace !== 'AWS/SQS' || !OF_A_QUEUE.test(name)) return false;
  return watchedBy(alarm).some(
    ({ resource }) =>
      takesFailures(resource) === true && eventsFrom(resource).every(({ kind }) => kind === 'deadLetter'),
  );
}

/** What is too little at zero is told by silence, which must count. */
function neverFiring(alarm: Resource, model: MetricAlarm): readonly AlarmFinding[] {
  const metric = watched(model);
  const when = metric && silentWhen('work', metric);
  if (model.missingData === 'breaching' || metric === undefined || when === undefined) return [];
  const actsOnSilence = model.missingData === 'missing' && alarm.get('InsufficientDataActions') !== undefined;
  if (actsOnSilence) return [];
  return [
    taken(alarm, {
      found: `${metric.name} is not reported ${when}, and silence counts as ${model.missingData}: it does not fire then`,
      fix: 'set TreatMissingData to breaching, or fill with FILL(m, 0)',
    }),
  ];
}

function taken(alarm: Resource, words: Pick<AlarmFinding, 'found' | 'fix'>): AlarmFinding {
  return { fault: 'missing-data', alarm, weight: 'medium', sure: true, ...words };
}

/** The metric that is compared with the threshold as it is. */
function watched({ queries, returns }: MetricAlarm): MetricName | undefined {
  const query = queries.find(({ id }) => id === returns);
  return query && 'metric' in query ? query.metric : undefined;
}
