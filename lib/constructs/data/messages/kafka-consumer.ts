import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { ManagedKafkaEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Stack, Token } from 'aws-cdk-lib/core';
import { LEFT_OPEN } from '../../../errors';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import { acknowledgeNag, acknowledgeWildcard } from '../../governance/nag';
import { sharedName } from '../../region/membership';
import { shortName } from '../../region/short-name';

/** How a function reads a topic of a `KafkaCluster`. */
export interface KafkaConsumerOptions {
  /** The topic, which must be there: the cluster makes none by itself. */
  readonly topic: string;

  /**
   * How often a batch is tried again before the record that breaks it is given up, 0 to 10000.
   *
   * @default 5
   */
  readonly attempts?: number;

  /**
   * The consumer group, under which Kafka keeps how far the function has read. Another group starts at the oldest record.
   *
   * @default - the name of the function with the topic, the same in all regions of the service
   */
  readonly group?: string;

  /**
   * Whether the function reads. Not in a region that waits, where a `KafkaReplication` brings the records and how far the
   * group has read: turned on there, it goes on where the lost region stopped.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

const LONGEST_GROUP = 200;
const LONGEST_TOPIC_IN_GROUP = 120;
const MOST_ATTEMPTS = 10_000;

/** What is wrong with how a function is to read. @internal */
export function consumerMistakes({ topic, attempts = 5, group }: KafkaConsumerOptions): Mistake[] {
  const mistakes: Mistake[] = [];
  if (Token.isUnresolved(topic) || !/^[\w.-]{1,249}$/.test(topic)) {
    mistakes.push({
      problem: Token.isUnresolved(topic)
        ? `topic is ${LEFT_OPEN}`
        : `topic ${quoted(topic)} is no name that Kafka takes`,
      fix: 'use up to 249 letters, digits, ".", "_" and "-"',
    });
  }
  if (!(Number.isInteger(attempts) && attempts >= 0 && attempts <= MOST_ATTEMPTS)) {
    mistakes.push({
      problem: `a batch is to be tried again ${attempts} times`,
      fix: `use 0 to ${MOST_ATTEMPTS}: without an end one bad record stops its partition`,
    });
  }
  if (group !== undefined && !Token.isUnresolved(group) && !/^[\w\-/*:+=.@]{1,200}$/.test(group)) {
    mistakes.push({
      problem: `group ${quoted(group)} is no name that Lambda takes`,
      fix: `use up to ${LONGEST_GROUP} letters, digits and -/*:_+=.@`,
    });
  }
  return mistakes;
}

/**
 * Has a function read a topic from its oldest record, with pollers of its own: only with those does Lambda give up a
 * record, and only then need the brokers' network no way out.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 * @internal
 */
export function consumeTopic(
  cluster: CfnCluster,
  target: IFunction,
  options: KafkaConsumerOptions,
  deadLetters: IQueue,
): ManagedKafkaEventSource {
  const { topic, attempts = 5, enabled = true } = options;
  const group = options.group ?? groupOf(target, topic);
  letRead(cluster, target, { topic, group });
  const source = new ManagedKafkaEventSource({
    clusterArn: cluster.attrArn,
    topic,
    consumerGroupId: group,
    enabled,
    startingPosition: StartingPosition.TRIM_HORIZON,
    retryAttempts: attempts,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(deadLetters),
    provisionedPollerConfig: { minimumPollers: 1 },
  });
  target.addEventSource(source);
  return source;
}

/** The same in all regions, so that replicated offsets are those of the function there. */
function groupOf(target: IFunction, topic: string): string {
  const ending = topic.length > LONGEST_TOPIC_IN_GROUP ? shortName([topic], LONGEST_TOPIC_IN_GROUP) : topic;
  return `${sharedName(target, LONGEST_GROUP - 1 - ending.length)}-${ending}`;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html */
function letRead(
  cluster: CfnCluster,
  target: IFunction,
  { topic, group }: { readonly topic: string; readonly group: string },
): void {
  // The id in the middle is made by MSK, and given to no other cluster of this name.
  const arnOf = (resource: string, name: string) =>
    Stack.of(cluster).formatArn({
      service: 'kafka',
      resource,
      resourceName: `${cluster.clusterName}/*/${name}`,
    });
  const [topicArn, groupArn] = [arnOf('topic', topic), arnOf('group', group)];
  const grants: readonly (readonly [actions: readonly string[], resource: string])[] = [
    [['Connect', 'DescribeClusterDynamicConfiguration'], cluster.attrArn],
    [['DescribeTopic', 'ReadData'], topicArn],
    [['AlterGroup', 'DescribeGroup'], groupArn],
  ];
  for (const [actions, resource] of grants) {
    target.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: actions.map((action) => `kafka-cluster:${action}`),
        resources: [resource],
      }),
    );
  }
  const { role } = target;
  if (!role) return;
  for (const each of [topicArn, groupArn]) {
    acknowledgeWildcard(role, each, 'The id of the cluster, which MSK makes; its name is written before it.');
  }
  acknowledgeNag(
    role,
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole]',
    'Lambda reaches the brokers with it; network interfaces have no names before they are made, and AWS keeps it up to date.',
  );
}
