import { CfnTransformer, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** What EventBridge sends with each event, and what CloudEvents call it. */
const ATTRIBUTES = { id: 'id', source: 'source', time: 'time', 'detail-type': 'type' } as const;

/** What every one is, and its type where an event says none. */
const FIXED = {
  specversion: '1.0',
  datacontenttype: 'application/json',
  type: 'com.amazonaws.events',
} as const;

/**
 * Keeps each event of EventBridge in a log group as a CloudEvent 1.0, too, whose data is the event as it came. The log group does
 * that itself; the message stays as it is. A rule cannot write it: a target that is a log group takes a text, and no JSON.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Transformation-JSONMutate.html
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 * @internal
 */
export function asCloudEvents(scope: Construct, log: ILogGroup): void {
  new CfnTransformer(scope, 'CloudEvents', {
    logGroupIdentifier: log.logGroupName,
    transformerConfig: [
      { parseJson: { destination: 'data' } },
      { addKeys: { entries: Object.entries(FIXED).map(([key, value]) => ({ key, value })) } },
      {
        copyValue: {
          entries: Object.entries(ATTRIBUTES).map(([from, target]) => ({
            source: `data.${from}`,
            target,
            overwriteIfExists: true,
          })),
        },
      },
    ],
  });
}
