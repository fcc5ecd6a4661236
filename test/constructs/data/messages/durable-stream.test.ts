import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import {
  DurableStream,
  type DurableStreamProps,
} from '../../../../lib/constructs/data/messages/durable-stream';
import type { Tier } from '../../../../lib/objectives/tier';
import { only, refusal, shopStack } from '../../fixtures';

function streamAt(tier: Tier, props: DurableStreamProps = {}) {
  const stack = shopStack(tier, {}, { dataClasses: [{ name: 'in-flight', rebuildable: true }] });
  return { stack, stream: new DurableStream(stack, 'Clicks', { dataClass: 'in-flight', ...props }) };
}

describe('a durable stream', () => {
  it.each([
    [0, 168],
    [1, 168],
    [2, 168],
    [3, 168],
  ] as const)('can be read again for as long as tier %i owes: %i hours', (tier, hours) => {
    expect(only(streamAt(tier).stack, 'AWS::Kinesis::Stream').RetentionPeriodHours).toBe(hours);
  });

  it('scales by itself unless shards are given', () => {
    expect(only(streamAt(1).stack, 'AWS::Kinesis::Stream').StreamModeDetails).toEqual({
      StreamMode: 'ON_DEMAND',
    });
    expect(only(streamAt(1, { shardCount: 3 }).stack, 'AWS::Kinesis::Stream').ShardCount).toBe(3);
  });

  it('is encrypted, with a key that is given where one is', () => {
    const { stack } = streamAt(1);
    expect(only(stack, 'AWS::Kinesis::Stream').StreamEncryption.KeyId).toBe('alias/aws/kinesis');
    const other = shopStack(2);
    new DurableStream(other, 'Clicks', { encryptionKey: new Key(other, 'Key') });
    expect(only(other, 'AWS::Kinesis::Stream').StreamEncryption.KeyId).toHaveProperty('Fn::GetAtt');
  });

  it('is not stopped by one bad record', () => {
    const { stack, stream } = streamAt(1);
    stream.consumeWith(
      new LambdaFunction(stack, 'Worker', {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] })'),
      }),
    );
    expect(only(stack, 'AWS::Lambda::EventSourceMapping')).toMatchObject({
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } } },
    });
  });
});

describe('a durable stream is refused', () => {
  const refused = (props: DurableStreamProps, tier: Tier = 2) => refusal(() => streamAt(tier, props)).message;

  it('where its region’s loss may not lose what is in it, with what would keep it', () => {
    expect(refusal(() => new DurableStream(shopStack(1), 'Clicks')).message).toMatch(
      /Kinesis data stream loses all of data[\s\S]*use MSK cluster with MSK Replicator/,
    );
  });

  it('with a retention that Kinesis does not have', () => {
    expect(refused({ retention: Duration.hours(12) })).toMatch(
      /keep its records for 12 h[\s\S]*24 h to 8760 h/,
    );
    expect(refused({ retention: Duration.days(366) })).toMatch(/keep its records for 8784 h/);
  });

  it('with a retention shorter than the tier owes', () => {
    expect(refused({ retention: Duration.days(1) }, 1)).toMatch(/retention is 1 d, but the tier owes 7 d/);
  });

  it('with dead letters that are gone sooner than the tier owes', () => {
    expect(refused({ deadLetterRetention: Duration.days(1) })).toMatch(
      /deadLetterRetention is 1 d, but the tier owes 5 d/,
    );
  });

  it('without a shard', () => {
    expect(refused({ shardCount: 0 })).toMatch(/is to have 0 shards/);
  });
});
