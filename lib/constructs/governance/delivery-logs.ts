import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LoggingProtocol, type Topic } from 'aws-cdk-lib/aws-sns';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { acknowledgeInlinePolicy, acknowledgeWildcard } from './nag';

const { FIREHOSE, HTTP, LAMBDA, SQS } = LoggingProtocol;

/**
 * Has a topic log what it could not deliver. SNS names the log groups itself, after the topic.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html
 * @internal
 */
export function logDeliveries(topic: Topic): void {
  const stack = Stack.of(topic);
  const groups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `sns/${stack.region}/${stack.account}/*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const failureFeedbackRole = new Role(topic, 'DeliveryLogs', {
    assumedBy: new ServicePrincipal('sns.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
    description: `Logs what ${topic.node.path} could not deliver`,
  });
  failureFeedbackRole.addToPolicy(
    new PolicyStatement({
      actions: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'logs:PutMetricFilter',
        'logs:PutRetentionPolicy',
      ],
      resources: [groups],
    }),
  );
  for (const protocol of [FIREHOSE, HTTP, LAMBDA, SQS])
    topic.addLoggingConfig({ protocol, failureFeedbackRole });
  acknowledgeInlinePolicy(failureFeedbackRole);
  acknowledgeWildcard(
    failureFeedbackRole,
    groups,
    'SNS names the log groups itself, after the topic; its name is made at deploy.',
  );
}
