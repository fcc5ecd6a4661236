import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { type ITopicSubscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import {
  EmailSubscription,
  SmsSubscription,
  SqsSubscription,
  UrlSubscription,
} from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { type App, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import { TIERS } from '../../../../lib/objectives/tier';
import { refusal } from '../../fixtures';
import { bridgeTo, checkoutIn, secretOf, shopAt } from './bridge-fixtures';

const KEY = 'https://events.pagerduty.com/integration/abc/enqueue';
const url = (address: string) => new UrlSubscription(address);
const mail = (address: string) => new EmailSubscription(address);
const sms = () => new SmsSubscription('+15550100');

const TOOLS: Readonly<Record<string, (stack: Stack, endpoint?: string) => IncidentDestination>> = {
  pagerDuty: (stack, endpoint) =>
    IncidentDestination.pagerDuty({ routingKey: secretOf(stack, 'Key'), ...(endpoint && { endpoint }) }),
  serviceNow: (stack) =>
    IncidentDestination.serviceNow({
      instance: 'https://acme.service-now.com',
      credentials: secretOf(stack, 'Now'),
    }),
  jira: (stack) =>
    IncidentDestination.jira({
      endpoint: 'https://api-private.atlassian.com/automation/webhooks/jira/a/1/2',
      token: secretOf(stack, 'Jira'),
    }),
  slack: (stack) => IncidentDestination.slack({ channel: 'C0123', token: secretOf(stack, 'Slack') }),
};

/** A bridge of tier 2 to one tool, with these subscribers. */
function around(tool: string, fallback: readonly ITopicSubscription[], endpoint?: string) {
  const stack = shopAt(2);
  return () =>
    bridgeTo(stack, {
      destinations: [TOOLS[tool]?.(stack, endpoint) as IncidentDestination],
      fallback,
      alarms: [checkoutIn(stack)],
    });
}

describe('a fall-back that is down when a tool is', () => {
  it.each(TIERS)('is refused at tier %i, without saying the key in its address', (tier) => {
    const stack = shopAt(tier);
    const { path, problem, fix } = refusal(() => bridgeTo(stack, { fallback: [url(KEY)] }));
    expect(path).toBe('Shop/Incidents');
    expect(problem).toBe(
      'the fall-back shares the fate of PagerDuty: 1 of 1 subscribers are of pagerduty.com as well, so when that is down nobody is told',
    );
    expect(fix).toContain('add at least 1 subscriber of somebody else');
  });

  it.each<[string, ITopicSubscription, endpoint: string]>([
    ['pagerDuty', mail('oncall@acme.pagerduty.com'), ''],
    ['pagerDuty', url('https://EVENTS.EU.PagerDuty.com/x'), ''],
    ['serviceNow', mail('acme@acme.service-now.com'), ''],
    ['jira', mail('jira@acme.atlassian.net'), ''],
    ['jira', url('https://api.opsgenie.com/v1/json/cloudwatch?apiKey=x'), ''],
    ['slack', mail('channel@acme.slack.com'), ''],
    ['pagerDuty', url('https://sns.acme.co.uk/x'), 'https://events.acme.co.uk/v2/enqueue'],
    ['pagerDuty', url('https://192.0.2.7/x'), 'https://192.0.2.7/v2/enqueue'],
  ])('is refused to %s: %j', (tool, subscriber, endpoint) =>
    expect(refusal(around(tool, [subscriber], endpoint)).problem).toContain('1 of 1 subscribers are of'),
  );

  it.each<[string, string, ITopicSubscription, endpoint: string]>([
    ['text messages', 'pagerDuty', sms(), ''],
    ['mail', 'pagerDuty', mail('pagerduty.com@example.com'), ''],
    ['another vendor', 'pagerDuty', url('https://oncall.example.com/pagerduty.com'), ''],
    ['a name that only ends alike', 'pagerDuty', url('https://notpagerduty.com/x'), ''],
    [
      'another company of the country',
      'pagerDuty',
      url('https://sns.other.co.uk/x'),
      'https://events.acme.co.uk/v2/enqueue',
    ],
    ['another machine', 'pagerDuty', url('https://192.0.2.8/x'), 'https://192.0.2.7/v2/enqueue'],
  ])('is not by %s', (_, tool, subscriber, endpoint) => {
    const bridge = around(tool, [subscriber], endpoint)();
    expect(() => (bridge.node.root as App).synth()).not.toThrow();
    Annotations.fromStack(Stack.of(bridge)).hasNoWarning('*', Match.stringLikeRegexp('fallback-unknown'));
  });

  it('may stand beside one that is not', () => {
    expect(around('pagerDuty', [url(KEY), sms()])).not.toThrow();
    const stack = shopAt(1);
    const queue = new SqsSubscription(new Queue(stack, 'Ours'));
    expect(() => bridgeTo(stack, { fallback: [url(KEY), queue] })).not.toThrow();
  });

  it('is refused when all is there, where the topic is given', () => {
    const stack = shopAt(1);
    const fallbackTopic = new Topic(stack, 'OnCall');
    bridgeTo(stack, { fallbackTopic, alarms: [checkoutIn(stack)] });
    fallbackTopic.addSubscription(url(KEY));
    const synth = () => (stack.node.root as App).synth();
    expect(synth).toThrow(/Shop\/Incidents.*the fall-back shares the fate of PagerDuty: 1 of 1 subscribers/);
    fallbackTopic.addSubscription(sms());
    expect(synth).not.toThrow();
  });
});

describe('whose fate a fall-back has that only others know', () => {
  const warns = (stack: Stack) => () =>
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('fallback-unknown'));

  it('is asked where nobody subscribes in the app', () => {
    const stack = shopAt(1);
    const fallbackTopic = Topic.fromTopicArn(stack, 'OnCall', 'arn:aws:sns:eu-west-1:111122223333:oncall');
    bridgeTo(stack, { fallbackTopic, alarms: [checkoutIn(stack)] });
    expect(warns(stack)).not.toThrow();
  });

  it('is asked where an address is known to a deploy only', () => {
    const stack = shopAt(1);
    const address = new CfnParameter(stack, 'Address').valueAsString;
    const subscriber = new UrlSubscription(address, { protocol: SubscriptionProtocol.HTTPS });
    bridgeTo(stack, { fallback: [subscriber], alarms: [checkoutIn(stack)] });
    expect(warns(stack)).not.toThrow();
  });

  it('is asked where the address of a tool is', () => {
    const stack = shopAt(1);
    const endpoint = Fn.join('', ['https://', new CfnParameter(stack, 'Host').valueAsString]);
    const routingKey = secretOf(stack, 'Key');
    bridgeTo(stack, {
      destinations: [IncidentDestination.pagerDuty({ routingKey, endpoint })],
      fallback: [url('https://oncall.example.com')],
      alarms: [checkoutIn(stack)],
    });
    expect(warns(stack)).not.toThrow();
  });
});
