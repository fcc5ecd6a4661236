import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { App, Duration, type Stack } from 'aws-cdk-lib/core';
import { audit } from '../../../../lib/audit/engine';
import { streamHasDestination } from '../../../../lib/audit/rules/lam-failures';
import { KafkaCluster } from '../../../../lib/constructs/data/messages/kafka-cluster';
import type { KafkaConsumerOptions } from '../../../../lib/constructs/data/messages/kafka-consumer';
import { ResilientNetwork } from '../../../../lib/constructs/network/resilient-network';
import { RegionSet } from '../../../../lib/constructs/region/region-set';
import { RegionRole } from '../../../../lib/objectives/region-role';
import { graphOf } from '../../../support/graph';
import { ACCOUNT, networkIn, only, refusal, shopOf, shopStack } from '../../fixtures';

const SENT_AGAIN = { dataClasses: [{ name: 'in-flight', rebuildable: true }] };

function workerIn(stack: Stack, id = 'Worker') {
  return new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] })'),
  });
}

function consumed(options: Partial<KafkaConsumerOptions> = {}, deadLetterRetention?: Duration) {
  const stack = shopStack(1, {}, SENT_AGAIN);
  const cluster = new KafkaCluster(stack, 'Ledger', {
    vpc: networkIn(stack).vpc,
    dataClass: 'in-flight',
    ...(deadLetterRetention && { deadLetterRetention }),
  });
  cluster.consumeWith(workerIn(stack), { topic: 'orders', ...options });
  return { stack, cluster };
}

const mappingIn = (stack: Stack) => only(stack as never, 'AWS::Lambda::EventSourceMapping');

describe('a function that reads a topic', () => {
  it('starts at its oldest record, gives a bad one up and notes where it is', () => {
    expect(mappingIn(consumed().stack)).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      Topics: ['orders'],
      MaximumRetryAttempts: 5,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } } },
    });
    expect(mappingIn(consumed({ attempts: 2, enabled: false }).stack)).toMatchObject({
      MaximumRetryAttempts: 2,
      Enabled: false,
    });
  });

  it('is read for by pollers of its own, without which Lambda gives nothing up', () => {
    expect(mappingIn(consumed().stack).ProvisionedPollerConfig).toEqual({ MinimumPollers: 1 });
  });

  it('tells when something was given up, which is kept as long as is owed or longer', () => {
    const { stack, cluster } = consumed({}, Duration.days(14));
    expect(only(stack, 'AWS::SQS::Queue').MessageRetentionPeriod).toBe(14 * 24 * 3600);
    expect(only(stack, 'AWS::CloudWatch::Alarm').AlarmActions).toEqual([
      stack.resolve(cluster.notifications.topicArn),
    ]);
    expect(refusal(() => consumed({}, Duration.days(1))).message).toMatch(
      /deadLetterRetention is 1 d, but the tier owes 14 d/,
    );
  });

  it('may read this topic in its own group, and nothing else', () => {
    const { stack, cluster } = consumed();
    const { ConsumerGroupId: group } = mappingIn(stack).AmazonManagedKafkaEventSourceConfig;
    const granted = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => JSON.stringify(Action).includes('kafka-cluster:'))
      .map(({ Action, Resource }: { Action: unknown; Resource: object }) => [
        Action,
        JSON.stringify(Resource).replace(/.*(:topic|:group).*?\/\*\/(.*?)".*/, '$1 $2'),
      ]);
    expect(granted).toEqual([
      [
        ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
        JSON.stringify(stack.resolve(cluster.cluster.attrArn)),
      ],
      [['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], ':topic orders'],
      [['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'], `:group ${group}`],
    ]);
  });

  it('reaches the brokers, whose security group the pollers have', () => {
    const { stack, cluster } = consumed();
    const own = stack.resolve(cluster.securityGroup.securityGroupId);
    const rule = { IpProtocol: 'tcp', FromPort: 9098, ToPort: 9098, GroupId: own };
    expect(only(stack, 'AWS::EC2::SecurityGroupIngress')).toMatchObject({
      ...rule,
      SourceSecurityGroupId: own,
    });
    expect(only(stack, 'AWS::EC2::SecurityGroupEgress')).toMatchObject({
      ...rule,
      DestinationSecurityGroupId: own,
    });
  });

  it('is seen by the audit, which misses where it notes what it gave up', () => {
    const template = Template.fromStack(consumed().stack).toJSON();
    const verdicts = () =>
      audit([graphOf(template as never)], { rules: [streamHasDestination] }).verdicts.map(
        ({ verdict }) => verdict,
      );
    expect(verdicts()).toEqual(['pass']);
    for (const { Type, Properties } of Object.values<{ Type: string; Properties: object }>(
      template.Resources,
    )) {
      if (Type === 'AWS::Lambda::EventSourceMapping')
        Object.assign(Properties, { DestinationConfig: undefined });
    }
    expect(verdicts()).toEqual(['fail']);
  });

  it('has one group for each function and topic, by itself or as it is called', () => {
    const { stack, cluster } = consumed();
    const other = workerIn(stack, 'Other');
    for (const topic of ['orders', 'orders.paid']) cluster.consumeWith(other, { topic });
    cluster.consumeWith(workerIn(stack, 'Third'), { topic: 'o'.repeat(249), group: 'by-hand' });
    const mappings = Object.values(
      Template.fromStack(stack).findResources('AWS::Lambda::EventSourceMapping'),
    );
    expect(
      mappings.map(({ Properties }) => Properties.AmazonManagedKafkaEventSourceConfig.ConsumerGroupId),
    ).toEqual(['shop-worker-orders', 'shop-other-orders', 'shop-other-orders.paid', 'by-hand']);
  });

  it('has a group no longer than Lambda takes', () => {
    const { stack } = consumed({ topic: 'o'.repeat(249) });
    const { ConsumerGroupId: group } = mappingIn(stack).AmazonManagedKafkaEventSourceConfig;
    expect(group.length).toBeLessThanOrEqual(200);
    expect(group).toMatch(/^shop-worker-o+-[0-9a-f]{8}$/);
  });

  it('goes on in another region where it stopped: its group has the same name there', () => {
    const zones = (region: string) => ['a', 'b', 'c'].map((letter) => region + letter);
    const { stacks } = new RegionSet(new App(), 'Shop', {
      service: shopOf(1),
      account: ACCOUNT,
      regions: [
        { region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: zones('eu-west-1') },
        { region: 'eu-central-1', role: RegionRole.STANDBY, availabilityZones: zones('eu-central-1') },
      ],
      build: (stack) => {
        const { vpc } = new ResilientNetwork(stack, 'Network');
        const cluster = new KafkaCluster(stack, 'Ledger', { vpc, replicated: true });
        cluster.consumeWith(workerIn(stack), { topic: 'orders' });
      },
    });
    expect(
      stacks.map((stack) => mappingIn(stack).AmazonManagedKafkaEventSourceConfig.ConsumerGroupId),
    ).toEqual(['shop-worker-orders', 'shop-worker-orders']);
  });
});

describe('a function is refused', () => {
  const refused = (options: Partial<KafkaConsumerOptions>) => refusal(() => consumed(options)).message;

  it('a topic that Kafka does not have', () => {
    expect(refused({ topic: 'orders/*' })).toMatch(/topic "orders\/\*" is no name that Kafka takes/);
    expect(refused({ topic: '' })).toMatch(/topic "" is no name/);
  });

  it('attempts without end', () => {
    expect(refused({ attempts: -1 })).toMatch(/tried again -1 times[\s\S]*0 to 10000/);
    expect(refused({ attempts: 1.5 })).toMatch(/tried again 1.5 times/);
  });

  it('a group that Lambda does not take', () => {
    expect(refused({ group: 'shop orders' })).toMatch(/group "shop orders" is no name that Lambda takes/);
    expect(refused({ group: 'g'.repeat(201) })).toMatch(/is no name that Lambda takes/);
  });
});
