import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Aws, type Stack } from 'aws-cdk-lib/core';
import { deadLetterAlarm } from '../../../lib/constructs/governance/dead-letter-alarm';
import { AlarmLayer } from '../../../lib/constructs/observe/alarm-tags';
import { AlarmTree } from '../../../lib/constructs/observe/correlation/alarm-tree';
import { UserJourney } from '../../../lib/constructs/observe/detection/user-journey';
import { MandatoryAlarms } from '../../../lib/constructs/observe/mandatory/mandatory-alarms';
import { ServiceLevelObjective } from '../../../lib/constructs/observe/slo/service-level-objective';
import { IncidentBridge } from '../../../lib/constructs/observe/telling/incident-bridge';
import type { IncidentBridgeProps } from '../../../lib/constructs/observe/telling/incident-bridge-props';
import { IncidentDestination } from '../../../lib/constructs/observe/telling/incident-destination';
import { ACCOUNT, refusal, shopStack } from '../fixtures';
import { orders } from './slo/orders';

const at = (region: string, account = ACCOUNT) => `arn:aws:cloudwatch:${region}:${account}:alarm:theirs`;
const alarmOf = (stack: Stack, arn: string) => Alarm.fromAlarmArn(stack, 'Theirs', arn);
const topicOf = (stack: Stack, region: string, account = ACCOUNT) =>
  Topic.fromTopicArn(stack, 'Pages', `arn:aws:sns:${region}:${account}:pages`);

function treeOver(arn: string) {
  const stack = shopStack(1);
  const components = [{ name: 'api', layer: AlarmLayer.APPLICATION, alarms: [alarmOf(stack, arn)] }];
  return new AlarmTree(stack, 'Alarms', { components });
}

function bridgeIn(stack: Stack, props: Partial<IncidentBridgeProps> = {}) {
  const routingKey = Secret.fromSecretNameV2(stack, 'Key', 'shop/pagerduty');
  return new IncidentBridge(stack, 'Incidents', {
    destinations: [IncidentDestination.pagerDuty({ routingKey })],
    runbook: 'runbooks/shop.md',
    ...(!props.fallbackTopic && { fallback: [new SmsSubscription('+15550100')] }),
    ...props,
  });
}

function watching(arn: string) {
  const stack = shopStack(1);
  bridgeIn(stack).watch(alarmOf(stack, arn), { ownFallback: true });
}

describe.each<[string, (arn: string) => unknown, where: string]>([
  [
    'a tree',
    treeOver,
    'the tree in eu-west-1 of 111122223333: a composite alarm sees its own region and account only',
  ],
  [
    'a bridge',
    watching,
    'the bridge in eu-west-1 of 111122223333: its events stay in its own region and account',
  ],
])('%s refuses an alarm', (_, build, where) => {
  test.each([
    ['of another region', at('us-east-1'), 'us-east-1 of 111122223333'],
    ['of another account', at('eu-west-1', '999988887777'), 'eu-west-1 of 999988887777'],
    [
      'of another region in any partition',
      at('us-east-1').replace('aws', Aws.PARTITION),
      'us-east-1 of 111122223333',
    ],
  ])('%s', (_name, arn, there) => {
    expect(refusal(() => build(arn)).problem).toContain(`Shop/Theirs is in ${there}, ${where}`);
  });

  test.each([
    ['of its own place', at('eu-west-1')],
    ['of which only a deploy knows the place', at(Aws.REGION, Aws.ACCOUNT_ID)],
  ])('not %s', (_name, arn) => {
    expect(() => build(arn)).not.toThrow();
  });
});

const leaf = (stack: Stack) =>
  new Alarm(stack, 'Leaf', {
    metric: new Metric({ namespace: 'Shop', metricName: 'Errors' }),
    threshold: 1,
    evaluationPeriods: 1,
  });

describe.each<[string, (stack: Stack, topic: ReturnType<typeof topicOf>) => unknown]>([
  [
    'an objective',
    (stack, notifications) => new ServiceLevelObjective(stack, 'Slo', { indicator: orders, notifications }),
  ],
  [
    'the tickets of one',
    (stack, tickets) => new ServiceLevelObjective(stack, 'Slo', { indicator: orders, tickets }),
  ],
  [
    'a journey',
    (stack, notifications) =>
      new UserJourney(stack, 'Walk', {
        steps: [{ name: 'front', url: 'https://shop.example.com/' }],
        watches: ['eu-west-1', 'eu-central-1'],
        notifications,
      }),
  ],
  [
    'a tree',
    (stack, notifications) =>
      new AlarmTree(stack, 'Alarms', {
        components: [{ name: 'api', layer: AlarmLayer.APPLICATION, alarms: [leaf(stack)] }],
        notifications,
      }),
  ],
  ['the fall-back of a bridge', (stack, fallbackTopic) => bridgeIn(stack, { fallbackTopic })],
  [
    'mandatory alarms',
    (stack, notifications) => MandatoryAlarms.of(stack, { notifications }).noticesOf(stack),
  ],
  ['dead letters', (stack, topic) => deadLetterAlarm(stack, new Queue(stack, 'Dead'), topic)],
])('%s', (_, build) => {
  test('refuses a topic of another region', () => {
    const stack = shopStack(1);
    const { problem, fix } = refusal(() => build(stack, topicOf(stack, 'us-east-1')));
    expect(problem).toBe(
      'the topic Shop/Pages is in us-east-1, and the alarms that are to tell it in eu-west-1: an alarm tells topics of its own region only',
    );
    expect(fix).toMatch(
      /^give a topic of eu-west-1$|^call MandatoryAlarms\.of .* with a topic of that region, here eu-west-1,/,
    );
  });

  const warnings = (account: string) => {
    const stack = shopStack(1);
    const topic = topicOf(stack, 'eu-west-1', account);
    build(stack, topic);
    return topic.node.metadata.map(({ data }) => data);
  };

  test('takes one of another account, and warns once of the policy that it needs', () => {
    expect(warnings('999988887777')).toEqual([
      expect.stringMatching(
        /^it is a topic of another account \(999988887777\) than the alarms that are to tell it \(111122223333\).*let cloudwatch\.amazonaws\.com .*sns:Publish with aws:SourceAccount 111122223333.*\[ack: cdk-nines:topic-of-another-account\]$/,
      ),
    ]);
  });

  test('takes one of its own, and says nothing', () => {
    expect(warnings(ACCOUNT)).toEqual([]);
  });
});
