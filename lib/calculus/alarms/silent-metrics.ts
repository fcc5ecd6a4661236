import type { MetricName } from './metric-samples';

/** When a service reports nothing, by its kinds of counts. */
interface Silence {
  /** Bad news that comes, zeros too, only while something is done; or only when it happens. */
  readonly badNews?: RegExp;

  /** Counts of work, of which none is no data. */
  readonly work?: RegExp;

  /** When there is no data, in words. */
  readonly when: string;

  /** The page that says so, or that says what is counted where AWS does not say it. */
  readonly source: string;
}

const IDLE = 'while nothing is to be done';

/**
 * Own knowledge where the page only says what a metric counts: of CloudFront, Firehose and Kinesis, AWS does not write that an idle one
 * is silent, but a share of no requests, or the age of no record, is no number.
 */
const SILENCE: Readonly<Record<string, Silence>> = {
  'AWS/ApiGateway': {
    badNews: /^([45]XXError|[45]xx)$/,
    work: /^Count$/,
    when: IDLE,
    source:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html',
  },
  'AWS/AppSync': {
    badNews: /^[45]XXError$/,
    work: /^Requests$/,
    when: IDLE,
    source: 'https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html',
  },
  'AWS/ApplicationELB': {
    work: /^(RequestCount|RequestCountPerTarget|HTTPCode_Target_[23]XX_Count)$/,
    when: IDLE,
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html',
  },
  'AWS/CloudFront': {
    badNews: /^([45]xx|40[134]|50[234]|Total)ErrorRate$/,
    work: /^(Requests|Bytes(Down|Up)loaded)$/,
    when: IDLE,
    source:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html',
  },
  'AWS/DynamoDB': {
    badNews: /^(ConditionalCheckFailedRequests|TransactionConflict)$/,
    work: /^(Consumed(Read|Write)CapacityUnits|SuccessfulRequestLatency)$/,
    when: 'while it is zero',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/dynamo-metricscollected.html',
  },
  'AWS/Events': {
    badNews:
      /^(DeadLetterInvocations|InvocationsFailedToBeSentToDlq|InvocationsSentToDlq|RetryInvocationAttempts|ThrottledRules)$/,
    work: /^(Invocations|(Successful)?InvocationAttempts|TriggeredRules|MatchedEvents)$/,
    when: IDLE,
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html',
  },
  'AWS/Firehose': {
    badNews: /^(ThrottledRecords|FailedConversion\.\w+|(DeliveryTo|BackupTo)\w+\.DataFreshness)$/,
    work: /^(Incoming(Bytes|PutRequests|Records)|DataReadFromKinesisStream\.\w+|DeliveryTo\w+\.(Bytes|Records))$/,
    when: IDLE,
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html',
  },
  'AWS/Kinesis': {
    badNews: /^(Read|Write)ProvisionedThroughputExceeded$/,
    work: /^(Incoming(Bytes|Records)|(GetRecords|PutRecord|PutRecords|SubscribeToShardEvent)\.(Bytes|Records))$/,
    when: IDLE,
    source: 'https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html',
  },
  'AWS/Lambda': {
    badNews: /^(Errors|Throttles|AsyncEventsDropped)$/,
    work: /^(Invocations|AsyncEventsReceived)$/,
    when: IDLE,
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics.html',
  },
  'AWS/SNS': {
    badNews:
      /^NumberOfNotifications(Failed|FailedToRedriveToDlq|RedrivenToDlq|FilteredOut-InvalidAttributes)$/,
    work: /^(NumberOfMessagesPublished|NumberOfNotificationsDelivered)$/,
    when: IDLE,
    source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html',
  },
  'AWS/SQS': {
    work: /^NumberOfMessages(Sent|Received|Deleted)$/,
    when: 'once nobody has called the queue for six hours',
    source:
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html',
  },
  'AWS/Scheduler': {
    badNews:
      /^(InvocationThrottleCount|TargetError(Throttled)?Count|InvocationsFailedToBeSentToDeadLetterCount)$/,
    work: /^InvocationAttemptCount$/,
    when: IDLE,
    source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html',
  },
  'AWS/States': {
    badNews: /^Executions(Failed|TimedOut|Aborted|Throttled)$/,
    work: /^Executions(Started|Succeeded)$/,
    when: IDLE,
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html',
  },
};

/**
 * When a service reports nothing of a kind of count, in words; undefined for one that it reports always, or of which that is not known.
 *
 * @internal
 */
export function silentWhen(
  kind: 'badNews' | 'work',
  { namespace, name }: Pick<MetricName, 'namespace' | 'name'>,
): string | undefined {
  const silence = Object.hasOwn(SILENCE, namespace) ? SILENCE[namespace] : undefined;
  return silence?.[kind]?.test(name) ? silence.when : undefined;
}
