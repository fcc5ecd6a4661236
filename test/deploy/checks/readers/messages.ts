import type { Live, Reader } from './reader';

/** What waits, is delivered, and is set aside. */
export const MESSAGE_READERS: Readonly<Record<string, Reader>> = {
  'AWS::SQS::Queue': async ({ physicalId: url }, { raw }) => {
    const asked = { QueueUrl: url, AttributeNames: ['All'] };
    const { Attributes } = await raw.json('sqs', 'AmazonSQS.GetQueueAttributes', asked);
    const { Tags } = await raw.json('sqs', 'AmazonSQS.ListQueueTags', { QueueUrl: url });
    const attributes = Attributes as Record<string, string>;
    return {
      ...attributes,
      QueueName: url.split('/').pop(),
      ...(attributes.RedrivePolicy !== undefined && { RedrivePolicy: JSON.parse(attributes.RedrivePolicy) }),
      ...(attributes.RedriveAllowPolicy !== undefined && {
        RedriveAllowPolicy: JSON.parse(attributes.RedriveAllowPolicy),
      }),
      Tags: asList(Tags),
    };
  },

  'AWS::SNS::Topic': async ({ physicalId: arn }, { raw }) => {
    const live = await raw.entries('sns', { Action: 'GetTopicAttributes', TopicArn: arn });
    return { ...live, TopicName: arn.split(':').pop() };
  },

  'AWS::Kinesis::Stream': async ({ physicalId: name }, { raw }) => {
    const asked = { StreamName: name };
    const { StreamDescriptionSummary } = await raw.json(
      'kinesis',
      'Kinesis_20131202.DescribeStreamSummary',
      asked,
    );
    const { Tags } = await raw.json('kinesis', 'Kinesis_20131202.ListTagsForStream', asked);
    const summary = StreamDescriptionSummary as Live;
    return {
      ...summary,
      Name: summary.StreamName,
      StreamEncryption: { EncryptionType: summary.EncryptionType, KeyId: summary.KeyId },
      Tags,
    };
  },

  'AWS::Events::EventBus': async ({ physicalId: name }, { raw }) =>
    raw.json('events', 'AWSEvents.DescribeEventBus', { Name: name }),
};

function asList(tags: unknown): { Key: string; Value: unknown }[] {
  return Object.entries((tags ?? {}) as object).map(([Key, Value]) => ({ Key, Value }));
}
