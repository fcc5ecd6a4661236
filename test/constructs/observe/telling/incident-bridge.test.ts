import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, AlarmRule, CompositeAlarm, type IAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { alarmFindings } from '../../../../lib/assessment/alarm-quality/alarm-findings';
import { IncidentBridge } from '../../../../lib/constructs/observe/telling/incident-bridge';
import type { IncidentBridgeProps } from '../../../../lib/constructs/observe/telling/incident-bridge-props';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import { IncidentSeverity } from '../../../../lib/constructs/observe/telling/incident-severity';
import { TIERS, type Tier } from '../../../../lib/objectives/tier';
import { graphOf } from '../../../support/graph';
import { catalogued, refusal, shopStack, WEAKENING } from '../../fixtures';

const RUNBOOK = 'https://runbooks.example.com/shop';

// biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
type Json = any;

function shop(tier: Tier): Stack {
  return shopStack(tier, {}, { runbook: RUNBOOK });
}

function alarmIn(stack: Stack, id = 'Checkout'): Alarm {
  return new Alarm(stack, id, {
    metric: new Metric({ namespace: 'Shop', metricName: id }),
    threshold: 10,
    evaluationPeriods: 1,
  });
}

function pagerDuty(stack: Stack, leastSeverity = IncidentSeverity.SEV_5): IncidentDestination {
  const known = stack.node.tryFindChild('Key') as Secret | undefined;
  const routingKey = known ?? Secret.fromSecretNameV2(stack, 'Key', 'shop/pagerduty');
  return IncidentDestination.pagerDuty({ routingKey, leastSeverity });
}

function bridgeIn(stack: Stack, props: Partial<IncidentBridgeProps> = {}): IncidentBridge {
  return new IncidentBridge(stack, 'Incidents', {
    destinations: [pagerDuty(stack)],
    fallback: [new SmsSubscription('+15550100')],
    ...props,
  });
}

function templateOf(stack: Stack): { readonly Resources: Readonly<Record<string, Json>> } {
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, Json> };
}

/** The alarms on the bridge itself, by a word of their ids. */
function watchdogs(stack: Stack): Readonly<Record<string, Json>> {
  const alarms = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
  return Object.fromEntries(
    Object.entries(alarms)
      .filter(([id]) => id.startsWith('Incidents'))
      .map(([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ''), Properties]),
  );
}

describe('the runbook of the service', () => {
  const wordless = (stack: Stack) =>
    alarmFindings(graphOf(templateOf(stack)), () => ({ name: 'shop' }))
      .filter(({ fault }) => fault === 'no-runbook')
      .map(({ alarm }) => alarm.logicalId);

  it('goes with each incident, so an alarm need not say where it is', () => {
    const stack = shop(1);
    bridgeIn(stack, { alarms: [alarmIn(stack)] });
    expect(wordless(stack)).toEqual([]);
    expect(catalogued(stack).runbook).toBe(RUNBOOK);
  });

  it('helps nobody whom an alarm tells without the bridge', () => {
    const stack = shop(1);
    bridgeIn(stack, { alarms: [alarmIn(stack)] });
    alarmIn(stack, 'Alone').addAlarmAction(new SnsAction(new Topic(stack, 'Calls')));
    expect(wordless(stack)).toEqual([expect.stringMatching(/^Alone/)]);
  });
});

describe('deployments', () => {
  it('that no tool took wait in a queue of their own, and somebody looks at it by day', () => {
    const stack = shop(1);
    const bridge = bridgeIn(stack, { alarms: [alarmIn(stack)], deployments: true });
    const template = Template.fromStack(stack);
    const rules = Object.entries(template.findResources('AWS::Events::Rule')).filter(([id]) =>
      id.startsWith('IncidentsDeployments'),
    );
    expect(rules).toHaveLength(4);
    for (const [, { Properties }] of rules) {
      const [target, ...others] = Properties.Targets;
      expect(others).toEqual([]);
      expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
      expect(target.DeadLetterConfig.Arn['Fn::GetAtt'][0]).toMatch(/^IncidentsDeploymentsDeadLetters/);
      expect(JSON.stringify(Properties.EventPattern).length).toBeLessThan(2_048);
    }
    expect(bridge.deploymentsUnhandled?.node.path).toBe('Shop/Incidents/Deployments/Unhandled');
    const { Tags, AlarmActions } = watchdogs(stack).IncidentsDeploymentsUnhandled;
    expect(Tags).toContainEqual({ Key: 'resilience:severity', Value: 'ticket' });
    expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^IncidentsFallbackTopic/) }]);
    // The connection is the one that incidents take.
    template.resourceCountIs('AWS::Events::Connection', 1);
  });

  it('are refused where no tool takes them', () => {
    const stack = shop(2);
    const token = Secret.fromSecretNameV2(stack, 'Token', 'shop/token');
    const destinations = [
      IncidentDestination.slack({ channel: 'C0123', token }),
      IncidentDestination.pagerDuty({ routingKey: token, endpoint: 'https://relay.example.com/events' }),
    ];
    const { problem, fix } = refusal(() => bridgeIn(stack, { destinations, deployments: true }));
    expect(problem).toBe(
      'deployments are to be told, and Slack, PagerDuty take none: 0 of 2 destinations do',
    );
    expect(fix).toBe('add pagerDuty with an endpoint that ends in /v2/enqueue, or leave deployments out');
  });
});

describe('the severity of incidents', () => {
  it.each(TIERS)('is decided by tier %i', (tier) => {
    const stack = shop(tier);
    bridgeIn(stack, { alarms: [alarmIn(stack)] });
    const { decisions } = catalogued(stack);
    expect(decisions).toContainEqual(
      expect.objectContaining({ what: 'Incidents.severity', value: `SEV-${tier + 1}` }),
    );
    const context = new RegExp(`"severity":${tier + 1},"runbook":"${RUNBOOK}"`);
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ source: ['aws.cloudwatch'] }),
      Targets: [
        Match.objectLike({
          InputTransformer: Match.objectLike({ InputTemplate: Match.stringLikeRegexp(context.source) }),
        }),
      ],
    });
  });

  it('may be set for the bridge, and for an alarm', () => {
    const stack = shop(1);
    const bridge = bridgeIn(stack, { severity: IncidentSeverity.SEV_3, alarms: [alarmIn(stack)] });
    bridge.watch(alarmIn(stack, 'Search'), { severity: IncidentSeverity.SEV_5, runbook: 'docs/search.md' });
    const templates = Object.values(templateOf(stack).Resources)
      .map(({ Properties }) => Properties?.Targets?.[0].InputTransformer?.InputTemplate)
      .filter((each): each is string => typeof each === 'string' && each.includes('"context"'));
    expect(templates.map((each) => /"severity":\d,"runbook":"[^"]*"/.exec(each)?.[0])).toEqual([
      `"severity":3,"runbook":"${RUNBOOK}"`,
      '"severity":5,"runbook":"docs/search.md"',
    ]);
  });
});

describe('the way to the tools', () => {
  it('tries for 24 hours and 185 times, and sets aside what fails', () => {
    const stack = shop(1);
    bridgeIn(stack, { alarms: [alarmIn(stack)] });
    const rules = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
    const targets = rules.flatMap(({ Properties }) => Properties.Targets);
    expect(targets).toHaveLength(3);
    for (const { RetryPolicy, DeadLetterConfig } of targets) {
      expect(RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
      expect(DeadLetterConfig.Arn['Fn::GetAtt'][0]).toMatch(/^IncidentsDeadLetters/);
    }
  });

  it('has rules of seven alarms at most, so that their patterns fit', () => {
    const stack = shop(1);
    bridgeIn(stack, { alarms: Array.from({ length: 15 }, (_, index) => alarmIn(stack, `Alarm${index}`)) });
    const rules = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
    const names = rules.map(({ Properties }) => Properties.EventPattern?.detail?.alarmName?.length ?? 0);
    // One more looks at the fall-back, with the same words.
    expect(names.filter((count) => count > 0).sort()).toEqual([2, 7, 7]);
  });

  it('holds no secret, but where it is', () => {
    const stack = shop(1);
    const credentials = Secret.fromSecretNameV2(stack, 'Now', 'shop/servicenow');
    const token = Secret.fromSecretNameV2(stack, 'Token', 'shop/token');
    bridgeIn(stack, {
      alarms: [alarmIn(stack)],
      destinations: [
        pagerDuty(stack),
        IncidentDestination.serviceNow({ instance: 'https://acme.service-now.com', credentials }),
        IncidentDestination.slack({ channel: 'C0123', token, secretField: 'bot' }),
      ],
    });
    const connections = Object.values(Template.fromStack(stack).findResources('AWS::Events::Connection'));
    const auth = connections.map(({ Properties }) => Properties.AuthParameters);
    const secret = (name: string, field = '') =>
      `{{resolve:secretsmanager:arn:<AWS::Partition>:secretsmanager:eu-west-1:111122223333:secret:shop/${name}:SecretString:${field}::}}`;
    const plain = (part: Json): Json => {
      if (part?.['Fn::Join']) return part['Fn::Join'][1].map(plain).join('');
      if (part?.Ref) return `<${part.Ref}>`;
      if (Array.isArray(part)) return part.map(plain);
      return typeof part === 'object'
        ? Object.fromEntries(Object.entries(part).map(([key, value]) => [key, plain(value)]))
        : part;
    };
    expect(auth.map(plain)).toEqual([
      {
        ApiKeyAuthParameters: { ApiKeyName: 'X-Routing-Key', ApiKeyValue: secret('pagerduty') },
        InvocationHttpParameters: {
          BodyParameters: [{ Key: 'routing_key', Value: secret('pagerduty'), IsValueSecret: true }],
        },
      },
      {
        BasicAuthParameters: {
          Username: secret('servicenow', 'username'),
          Password: secret('servicenow', 'password'),
        },
      },
      {
        ApiKeyAuthParameters: {
          ApiKeyName: 'Authorization',
          ApiKeyValue: `Bearer ${secret('token', 'bot')}`,
        },
        InvocationHttpParameters: {
          BodyParameters: [{ Key: 'channel', Value: 'C0123', IsValueSecret: false }],
        },
      },
    ]);
  });

  it('says that no user waits for it', () => {
    const stack = shop(1);
    bridgeIn(stack, { alarms: [alarmIn(stack)] });
    for (const type of ['AWS::Lambda::Function', 'AWS::DynamoDB::Table', 'AWS::Events::EventBus'])
      Template.fromStack(stack).hasResource(type, {
        Metadata: { 'cdk-nines': { operationalBecause: Match.stringLikeRegexp('told without it') } },
      });
  });

  it('lets its function do two things', () => {
    const stack = shop(1);
    bridgeIn(stack, { alarms: [alarmIn(stack)] });
    const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
    const [policy] = Object.entries(policies).find(([id]) => id.startsWith('IncidentsHandler')) ?? [];
    const statements: Json[] = policies[policy ?? '']?.Properties.PolicyDocument.Statement;
    const allowed = statements.map(({ Action, Condition }) => [Action, Condition]);
    expect(allowed).toContainEqual(['dynamodb:UpdateItem', undefined]);
    expect(allowed).toContainEqual([
      'events:PutEvents',
      { StringEquals: { 'events:source': 'cdk-nines.incidents' } },
    ]);
    expect(
      statements.flatMap(({ Action }) => Action).filter((action: string) => action.includes('*')),
    ).toEqual([]);
  });
});

describe('the way around the bridge', () => {
  it('is taken by the alarms themselves', () => {
    const stack = shop(1);
    const part = alarmIn(stack);
    const both = new CompositeAlarm(stack, 'Both', { alarmRule: AlarmRule.allOf(part) });
    bridgeIn(stack, { alarms: [both] });
    const tells = [{ Ref: Match.stringLikeRegexp('^IncidentsFallbackTopic') }];
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmActions: tells,
      OKActions: tells,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Checkout',
      AlarmActions: Match.absent(),
    });
  });

  it('is not told twice by an alarm that has it as its notifications', () => {
    const stack = shop(1);
    const bridge = bridgeIn(stack);
    const alarm = alarmIn(stack);
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn: bridge.fallback.topicArn }) });
    bridge.watch(alarm);
    const [found] = Object.values(
      Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm', {
        Properties: { MetricName: 'Checkout' },
      }),
    );
    expect(found?.Properties.AlarmActions).toHaveLength(1);
    expect(found?.Properties.OKActions).toHaveLength(1);
  });

  it('has no part in common with the bridge, not even a key', () => {
    const stack = shop(1);
    bridgeIn(stack, { alarms: [alarmIn(stack)] });
    const { Resources } = templateOf(stack);
    const reached = (starts: readonly string[]): Set<string> => {
      const seen = new Set<string>();
      const visit = (id: string): void => {
        if (seen.has(id) || !Resources[id]) return;
        seen.add(id);
        for (const [, next] of JSON.stringify(Resources[id]).matchAll(/(?:"Ref":|"Fn::GetAtt":\[)"(\w+)"/g))
          visit(next ?? '');
      };
      for (const start of starts) visit(start);
      return seen;
    };
    const ofType = (type: string) => Object.keys(Resources).filter((id) => Resources[id].Type === type);
    const around = reached([
      ...ofType('AWS::SNS::Topic'),
      ...ofType('AWS::SNS::Subscription'),
      ...ofType('AWS::SNS::TopicPolicy'),
    ]);
    const through = reached(
      ofType('AWS::Events::Rule').filter(
        (id) => !JSON.stringify(Resources[id]).includes('FallbackUnhandled'),
      ),
    );
    expect(around.size).toBeGreaterThan(3);
    expect(through.size).toBeGreaterThan(8);
    const shared = [...around].filter((id) => through.has(id));
    expect(shared).toEqual([]);
  });

  it('sets aside what a subscriber did not take, and the bridge tells of that', () => {
    const stack = shop(1);
    bridgeIn(stack, { alarms: [alarmIn(stack)] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SNS::Subscription', {
      RedrivePolicy: {
        deadLetterTargetArn: {
          'Fn::GetAtt': [Match.stringLikeRegexp('^IncidentsFallbackDeadLetters'), 'Arn'],
        },
      },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({
        detail: Match.objectLike({
          alarmName: [
            { Ref: Match.stringLikeRegexp('^IncidentsFallbackUnhandled') },
            { Ref: Match.stringLikeRegexp('^Checkout') },
          ],
        }),
      }),
    });
  });

  it('may be a topic that is there', () => {
    const stack = shop(1);
    const fallbackTopic = Topic.fromTopicArn(stack, 'Mine', 'arn:aws:sns:eu-west-1:111122223333:oncall');
    const bridge = new IncidentBridge(stack, 'Incidents', {
      destinations: [pagerDuty(stack)],
      fallbackTopic,
      alarms: [alarmIn(stack)],
    });
    expect(bridge.fallback).toBe(fallbackTopic);
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Topic', 0);
    expect(watchdogs(stack).IncidentsWatchdogHeartbeat.AlarmActions).toEqual([fallbackTopic.topicArn]);
  });
});

describe('the watchdog', () => {
  const stack = shop(1);
  bridgeIn(stack, { alarms: [alarmIn(stack)] });
  const dogs = watchdogs(stack);

  it('tells the way around of each part that breaks, and when it is mended', () => {
    expect(
      Object.keys(dogs)
        .map((id) => id.replace(/^Incidents|From\w+?(?=Failed)/g, ''))
        .sort(),
    ).toEqual([
      'Failed',
      'FallbackUnhandled',
      'PagerDutyFailed',
      'PagerDutyRefused',
      'Unhandled',
      'WatchdogFailing',
      'WatchdogForgetful',
      'WatchdogHeartbeat',
      'WatchdogLate',
    ]);
    for (const [id, { AlarmActions, OKActions, AlarmDescription, Tags }] of Object.entries(dogs)) {
      expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^IncidentsFallbackTopic/) }]);
      if (!id.includes('Fallback')) expect(OKActions).toEqual(AlarmActions);
      expect(AlarmDescription.length).toBeGreaterThan(80);
      expect(Tags).toContainEqual({ Key: 'resilience:runbook', Value: RUNBOOK });
      expect(Tags).toContainEqual({ Key: 'resilience:service', Value: 'shop' });
    }
  });

  it('takes silence for death, but not while the bridge is new', () => {
    expect(dogs.IncidentsWatchdogHeartbeat).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 5,
      Period: 60,
      TreatMissingData: 'breaching',
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 10 },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [Match.objectLike({ Input: '{"heartbeat":true}' })],
    });
  });

  it('sees a tool that refuses before EventBridge gives up', () => {
    const bus = { Name: 'EventBusName', Value: { Ref: expect.stringMatching(/^IncidentsBus/) } };
    const arn = { 'Fn::GetAtt': [expect.stringMatching(/^IncidentsPagerDutyRule/), 'Arn'] };
    const name = { Name: 'RuleName', Value: { 'Fn::Select': [2, { 'Fn::Split': ['/', arn] }] } };
    expect(dogs.IncidentsPagerDutyRefused).toMatchObject({
      MetricName: 'RetryInvocationAttempts',
      Threshold: 3,
      Period: 300,
      Dimensions: [bus, name],
    });
    expect(dogs.IncidentsPagerDutyFailed).toMatchObject({
      MetricName: 'FailedInvocations',
      Threshold: 1,
      Dimensions: [bus, name],
    });
  });

  it('knows rules of the default bus by their name alone', () => {
    const [dog] = Object.entries(dogs)
      .filter(([id]) => id.startsWith('IncidentsFrom'))
      .map(([, each]) => each);
    expect(dog).toMatchObject({
      MetricName: 'FailedInvocations',
      Dimensions: [{ Name: 'RuleName', Value: { Ref: expect.stringMatching(/^IncidentsFrom/) } }],
    });
  });
});

describe('the bridge is refused', () => {
  const cases: Readonly<
    Record<string, readonly [tier: Tier, props: (stack: Stack) => object, message: string]>
  > = {
    'without destinations': [3, () => ({ destinations: [] }), 'it has no destination, so nobody is told'],
    'where nothing says where to': [3, () => ({ destinations: undefined }), 'destinations is missing'],
    'where nothing wakes anybody': [
      1,
      () => ({ destinations: [IncidentDestination.opsItem()] }),
      'tier 1 must wake somebody, and OpsItem cannot: 0 of 1 destinations do',
    ],
    'where nothing wakes anybody for its severity': [
      1,
      (stack) => ({
        destinations: [pagerDuty(stack, IncidentSeverity.SEV_1), IncidentDestination.opsItem()],
      }),
      'tier 1 must wake somebody for SEV-2, and PagerDuty takes SEV-1 at least',
    ],
    'with a severity that wakes nobody': [
      0,
      (stack) => ({
        destinations: [pagerDuty(stack, IncidentSeverity.SEV_3)],
        severity: IncidentSeverity.SEV_4,
      }),
      'tier 0 must wake somebody for SEV-4, and PagerDuty takes SEV-3 at least',
    ],
    'where two tools have one name': [
      3,
      () => ({ destinations: [IncidentDestination.opsItem(), IncidentDestination.opsItem()] }),
      'two destinations are called "OpsItem"',
    ],
    'with a name that is none': [
      3,
      () => ({ destinations: [IncidentDestination.opsItem({ name: 'a b' })] }),
      '"a b" is no name for a destination',
    ],
    'with a tool of no severity': [
      3,
      () => ({ destinations: [IncidentDestination.opsItem({ leastSeverity: 7 as IncidentSeverity })] }),
      'OpsItem has the severity 7',
    ],
    'where nobody hears the fall-back': [
      3,
      () => ({ fallback: [] }),
      'nobody hears the fall-back, nor that the bridge is broken: 0 subscriptions, and 1 is needed',
    ],
    'with two ways around': [
      3,
      (stack) => ({ fallbackTopic: new Topic(stack, 'Other') }),
      'there are a fallbackTopic and 1 subscriptions for a topic of its own',
    ],
    'with an address without encryption': [
      3,
      (stack) => ({ destinations: [jira(stack, 'http://jira.example.com/hook')] }),
      'the address of Jira is "http://jira.example.com/hook"',
    ],
    'with no address': [
      3,
      (stack) => ({ destinations: [jira(stack, 'jira')] }),
      'the address of Jira is "jira"',
    ],
    'with a secret in an address': [
      3,
      (stack) => ({ destinations: [jira(stack, 'https://hooks.slack.com/services/T0/B0/x')] }),
      'the address of Jira carries a secret, and it stands in the template',
    ],
    'with a key in an address': [
      3,
      (stack) => ({ destinations: [jira(stack, 'https://jira.example.com/hook?key=1')] }),
      'the address of Jira carries a secret, and it stands in the template',
    ],
    'with a runbook that is a word': [
      3,
      () => ({ runbook: 'TODO' }),
      'the runbook "TODO" is neither a path nor an address',
    ],
    'when dead letters are gone too soon': [
      1,
      () => ({ deadLetterRetention: Duration.days(1) }),
      'deadLetterRetention is 1 d, but the tier owes 14 d',
    ],
  };

  it.each(Object.entries(cases))('%s', (_, [tier, props, message]) => {
    const stack = shop(tier);
    const { path, problem, fix } = refusal(() => bridgeIn(stack, props(stack)));
    expect(path).toBe('Shop/Incidents');
    expect(problem).toContain(message);
    expect(fix).not.toBe('');
  });

  it('when it watches nothing', () => {
    const stack = shop(1);
    bridgeIn(stack);
    expect(() => (stack.node.root as App).synth()).toThrow('the incident bridge watches no alarm');
  });

  it('outside a declared service without a tier', () => {
    expect(refusal(() => bridgeIn(new Stack(new App(), 'Shop'))).problem).toContain('no tier');
  });

  function jira(stack: Stack, endpoint: string): IncidentDestination {
    return IncidentDestination.jira({ endpoint, token: Secret.fromSecretNameV2(stack, 'Jira', 'jira') });
  }
});

describe('an alarm is refused', () => {
  const problem = (act: (bridge: IncidentBridge, alarm: Alarm) => void) => {
    const stack = shop(1);
    const bridge = bridgeIn(stack);
    return refusal(() => act(bridge, alarmIn(stack))).problem;
  };

  it.each<Tier>([0, 1])('without a runbook at tier %i', (tier) => {
    const stack = shopStack(tier);
    const bridge = bridgeIn(stack);
    expect(refusal(() => bridge.watch(alarmIn(stack))).problem).toBe(
      `Shop/Checkout has no runbook: at tier ${tier} whoever is woken must be told what to do`,
    );
  });

  describe.each<Tier>([2, 3])('at tier %i', (tier) => {
    const told = (props: (stack: Stack) => Partial<IncidentBridgeProps> = () => ({})) => {
      const stack = shopStack(tier);
      const bridge = bridgeIn(stack, props(stack));
      return { stack, watch: () => bridge.watch(alarmIn(stack)) };
    };

    it('without a runbook where somebody is woken', () =>
      expect(refusal(told().watch)).toMatchObject({
        problem:
          'runbook of Checkout is missing, but the tier owes one (whoever is woken must be told what to do; tickets may do without)',
        fix: expect.stringContaining('weakening'),
      }));

    it('unless somebody answers for it', () => {
      const { stack, watch } = told(() => ({ weakening: WEAKENING }));
      watch();
      expect(catalogued(stack).weakenings).toContainEqual(
        expect.objectContaining({ what: 'Incidents.runbook of Checkout' }),
      );
    });

    it('and not where it makes tickets only, or wakes nobody for its severity', () => {
      expect(told(() => ({ destinations: [IncidentDestination.opsItem()] })).watch).not.toThrow();
      const severe = (stack: Stack) => pagerDuty(stack, IncidentSeverity.SEV_1);
      const tickets = IncidentDestination.opsItem();
      expect(told((stack) => ({ destinations: [severe(stack), tickets] })).watch).not.toThrow();
    });
  });

  it('that is handed over twice', () => {
    const twice = problem((bridge, alarm) => {
      bridge.watch(alarm);
      bridge.watch(alarm);
    });
    expect(twice).toBe('Shop/Checkout is told twice');
  });

  it('of a severity that no destination is told of', () => {
    const stack = shop(1);
    const bridge = bridgeIn(stack, { destinations: [pagerDuty(stack, IncidentSeverity.SEV_3)] });
    expect(refusal(() => bridge.watch(alarmIn(stack), { severity: IncidentSeverity.SEV_4 }))).toMatchObject({
      problem:
        'Shop/Checkout has the severity SEV-4, and no destination is told of it: PagerDuty takes SEV-3 at least',
      fix: expect.stringContaining('set leastSeverity of one to SEV-4 at least'),
    });
  });

  it('with a severity that is none', () => {
    expect(problem((bridge, alarm) => bridge.watch(alarm, { severity: 0 as IncidentSeverity }))).toBe(
      'Shop/Checkout has the severity 0',
    );
  });

  it('with a runbook that is a word', () => {
    expect(problem((bridge, alarm) => bridge.watch(alarm, { runbook: 'later' }))).toBe(
      'Shop/Checkout: the runbook "later" is neither a path nor an address, so it leads nobody anywhere',
    );
  });

  it('with a runbook that a transformer would take for its own', () => {
    expect(problem((bridge, alarm) => bridge.watch(alarm, { runbook: 'https://<host>' }))).toBe(
      'the runbook of Shop/Checkout is "https://<host>"',
    );
  });

  it('that cannot tell the fall-back, unless it has a way of its own', () => {
    const stack = shop(1);
    const bridge = bridgeIn(stack);
    const theirs: IAlarm = Alarm.fromAlarmArn(
      stack,
      'Theirs',
      'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:theirs',
    );
    expect(refusal(() => bridge.watch(theirs)).problem).toBe(
      'Shop/Theirs is not of this stack, so the bridge cannot have it tell the fall-back',
    );
    const other = alarmIn(
      new Stack(stack.node.root as App, 'Other', { env: { account: stack.account, region: stack.region } }),
    );
    expect(refusal(() => bridge.watch(other)).problem).toContain('Other/Checkout is not of this stack');
    bridge.watch(theirs, { ownFallback: true });
    bridge.watch(other, { ownFallback: true });
    expect(() => (stack.node.root as App).synth()).not.toThrow();
  });
});
