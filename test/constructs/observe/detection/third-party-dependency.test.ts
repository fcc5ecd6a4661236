import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { replay } from '../../../../lib/assessment/replay';
import type { MetricName } from '../../../../lib/calculus/alarms/metric-samples';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { AwsHealth } from '../../../../lib/constructs/observe/detection/aws-health';
import {
  ThirdPartyDependency,
  type ThirdPartyDependencyProps,
} from '../../../../lib/constructs/observe/detection/third-party-dependency';
import { DependencyKind } from '../../../../lib/objectives/dependency';
import { Objectives } from '../../../../lib/objectives/objectives';
import type { ServiceProps } from '../../../../lib/objectives/service';
import type { ThirdParty } from '../../../../lib/objectives/third-party';
import { Tier } from '../../../../lib/objectives/tier';
import { graphOf } from '../../../support/graph';
import { catalogued, only, refusal, shopStack, WEAKENING } from '../../fixtures';
import { charges } from './charges';

const PAYMENTS: ThirdParty = {
  name: 'card payments',
  kind: DependencyKind.HARD,
  sla: 0.9999,
  statusPage: 'https://status.payments.example.com/',
};

function needing(
  props: Partial<ThirdPartyDependencyProps> = {},
  party: Partial<ThirdParty> = {},
  tier: Tier = 1,
  service: Partial<ServiceProps> = {},
) {
  const stack = shopStack(tier, {}, { thirdParties: [{ ...PAYMENTS, ...party }], ...service });
  const dependency = new ThirdPartyDependency(stack, 'Payments', {
    thirdParty: 'card payments',
    measured: charges,
    ...props,
  });
  return { stack, dependency };
}

const alarmsOf = (stack: Stack) =>
  Object.fromEntries(
    Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(
      ([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ''), Properties],
    ),
  );

it('says shares as people write them', () =>
  expect(
    only(needing({ failingShare: 0.07 }).stack, 'AWS::CloudWatch::CompositeAlarm').AlarmDescription,
  ).toContain('more than 7 % and'));

describe('a third party', () => {
  it('is asked each minute how it says that it is', () => {
    const { stack } = needing({ components: ['API'] });
    const { ScheduleExpression, Targets } = only(stack, 'AWS::Events::Rule');
    expect(ScheduleExpression).toBe('rate(1 minute)');
    expect(JSON.parse(Targets[0].Input)).toEqual({
      vendor: 'shop: card payments',
      url: 'https://status.payments.example.com/api/v2/summary.json',
      components: ['API'],
    });
  });

  it('is down when it says so twice, or when our own requests fail', () => {
    const { stack } = needing();
    const { PaymentsSays, PaymentsMeasures } = alarmsOf(stack);
    expect(PaymentsSays).toMatchObject({ Threshold: 3, EvaluationPeriods: 2, TreatMissingData: 'ignore' });
    expect(PaymentsMeasures).toMatchObject({
      Threshold: 0.1,
      EvaluationPeriods: 2,
      TreatMissingData: 'notBreaching',
    });
    const down = only(stack, 'AWS::CloudWatch::CompositeAlarm');
    expect(JSON.stringify(down.AlarmRule)).toMatch(/ALARM.*PaymentsSays.* OR .*ALARM.*PaymentsMeasures/);
  });

  it('says what it promised, and what that means', () => {
    expect(only(needing().stack, 'AWS::CloudWatch::CompositeAlarm').AlarmDescription).toMatch(
      /more than 10 % and at least 10 of our requests.*down with it\. It promises 99\.99 %: note the times/,
    );
    const soft = needing({}, { kind: DependencyKind.SOFT, sla: undefined as never });
    expect(only(soft.stack, 'AWS::CloudWatch::CompositeAlarm').AlarmDescription).toMatch(
      /goes on with less\. It promises nothing/,
    );
  });

  it('is told by a ticket when its page cannot be read, or when nobody looks', () =>
    expect(alarmsOf(needing().stack).PaymentsUnread).toMatchObject({
      Threshold: 1,
      TreatMissingData: 'breaching',
      Tags: expect.arrayContaining([{ Key: 'resilience:severity', Value: 'ticket' }]),
    }));

  // Half of the time in which the service must be back; what is well again is seen after two minutes, and follows in three.
  it.each<[string, number, number, number]>([
    ['an hour', 3_600, 120, 300],
    ['eight minutes', 480, 120, 240],
    ['two minutes', 120, 60, 60],
  ])(
    'keeps alarms silent that only follow from its loss, for a service that is back in %s',
    (_, rto, wait, extension) => {
      const back = { rto: Duration.seconds(rto), rpo: Duration.seconds(60) };
      const zone = { rto: Duration.seconds(Math.min(rto, 120)), rpo: Duration.seconds(0) };
      const objectives = Objectives.forTier(Tier.BUSINESS_CRITICAL, { region: back, availabilityZone: zone });
      const { stack, dependency } = needing({}, {}, Tier.BUSINESS_CRITICAL, { objectives });
      const errors = charges.metrics.failures
        ?.with({ period: Duration.minutes(1) })
        .createAlarm(stack, 'Errors', {
          threshold: 1,
          evaluationPeriods: 1,
        });
      if (!(errors instanceof Alarm)) throw new Error('no alarm');
      dependency.silences('CheckoutErrors', errors);
      Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
        ActionsSuppressor: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PaymentsDown'), 'Arn'] },
        ActionsSuppressorWaitPeriod: wait,
        ActionsSuppressorExtensionPeriod: extension,
      });
    },
  );

  const mayDo = (stack: Stack) => {
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Function', 1);
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('VendorWatch'),
    );
    const actions = policies.flatMap(([, { Properties }]) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: unknown }) => Action),
    );
    return [...new Set<string>(actions)].filter((action) => !action.startsWith('kms:')).sort();
  };

  const TRACES = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
  const SETS_ASIDE = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'];

  it('has a function that may do nothing but trace and set aside', () =>
    expect(mayDo(needing().stack)).toEqual([...SETS_ASIDE, ...TRACES]));

  it('shares it with AWS Health, for which it keeps what is open', () => {
    const { stack } = needing();
    new AwsHealth(stack, 'AwsHealth', { services: ['RDS', 'EC2'] });
    expect(mayDo(stack)).toEqual(['dynamodb:UpdateItem', ...SETS_ASIDE, ...TRACES]);
    Template.fromStack(stack).resourceCountIs('AWS::DynamoDB::Table', 1);
  });

  it('stands in the catalogue with its contract, once, and what nobody watches does not', () => {
    const contract = { credits: [{ below: 0.9999, percent: 10 }], reviewBy: '2027-03-31', exitPlan: 'a.md' };
    const mail = { name: 'mail', kind: DependencyKind.SOFT };
    const stack = shopStack(1, {}, { thirdParties: [{ ...PAYMENTS, contract }, mail] });
    for (const id of ['Charges', 'Refunds'])
      new ThirdPartyDependency(stack, id, { thirdParty: 'card payments', measured: charges });
    expect(catalogued(stack).thirdParties).toEqual([
      {
        ...PAYMENTS,
        sla: '0.9999',
        contract: { ...contract, credits: [{ below: '0.9999', percent: '10' }] },
      },
    ]);
  });

  it('may have no promise where somebody answers for it', () => {
    const { stack } = needing({ weakening: WEAKENING }, { sla: undefined as never });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmDescription: Match.stringLikeRegexp('It promises nothing'),
    });
    expect(Template.fromStack(stack).toJSON().Metadata['cdk-nines'].services[0].weakenings).toEqual([
      { ...WEAKENING, what: 'Payments.sla' },
    ]);
  });
});

describe('a third party is refused', () => {
  it.each<[string, Partial<ThirdPartyDependencyProps>, Partial<ThirdParty>, RegExp]>([
    ['without a name', { thirdParty: '' }, {}, /thirdParty is missing/],
    ['without own measurement', { measured: undefined as never }, {}, /measured is missing/],
    [
      'that the service does not name',
      { thirdParty: 'mail' },
      {},
      /"mail" is no third party of the service shop/,
    ],
    [
      'without a status page',
      {},
      { statusPage: undefined as never },
      /nothing says where card payments tells/,
    ],
    [
      'with a page in the clear',
      {},
      { statusPage: 'http://a.example.com' },
      /is no address of a status page/,
    ],
    ['with no components', { components: [] }, {}, /components is empty/],
    ['that is read every 90 s', { pollInterval: Duration.seconds(90) }, {}, /the page is read every 90 s/],
    ['where all must fail', { failingShare: 1 }, {}, /failingShare is 1/],
    ['where none must fail', { leastFailures: 0 }, {}, /leastFailures is 0/],
    [
      'with an indicator that cannot be',
      { measured: { ...charges, bad: '1' } },
      {},
      /bad names none of the metrics/,
    ],
    ['without a promise', {}, { sla: undefined as never }, /sla/],
    [
      'that promises less than is owed',
      {},
      { sla: 0.99 },
      /card payments promises 99 %, and the service.*owes 99\.9/,
    ],
  ])('%s', (_, props, party, message) =>
    expect(refusal(() => needing(props, party)).message).toMatch(message),
  );

  it('outside of any service', () => {
    const act = () =>
      new ThirdPartyDependency(new Stack(), 'X', { thirdParty: 'mail', measured: charges, tier: 1 });
    expect(refusal(act).message).toMatch(/no third party of a service: none is declared around it/);
  });
});

describe('the alarms of a third party, replayed', () => {
  const MINUTE = 60;

  /** The minutes at which it is told that the third party is down, and that it is up again. */
  function told(status: (minute: number) => number | undefined, failing: (minute: number) => number) {
    const { stack } = needing();
    const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
    const minutes = [...Array(60).keys()];
    const kept = (metric: MetricName, statistic: string, at: (minute: number) => number | undefined) => {
      const points = minutes.flatMap((minute) => {
        const value = at(minute);
        return value === undefined ? [] : [[minute * MINUTE, value] as const];
      });
      return { metric, samples: [{ statistic, period: MINUTE, points }] };
    };
    const shop = (name: string) => ({ namespace: 'Shop', name, dimensions: {} });
    const source = sampleSourceOf([
      kept(
        {
          namespace: 'Nines/ThirdParties',
          name: 'VendorStatus',
          dimensions: { Vendor: 'shop: card payments' },
        },
        'Maximum',
        status,
      ),
      kept(shop('Charges'), 'Sum', () => 100),
      kept(shop('ChargesFailed'), 'Sum', failing),
    ]);
    const found = replay(graph, source, { from: 10 * MINUTE, until: 60 * MINUTE }).find(({ alarm }) =>
      alarm.logicalId.startsWith('PaymentsDown'),
    );
    if (!found || found.unknown !== undefined) throw new Error(found?.unknown ?? 'no alarm');
    return found.states.map(({ at, state }) => `${at / MINUTE} ${state}`);
  }

  const during = (from: number, until: number, bad: number) => (minute: number) =>
    minute >= from && minute < until ? bad : 0;

  it('believe it when it says that it is down', () =>
    expect(told(during(20, 30, 4), () => 0)).toEqual(['10 OK', '22 ALARM', '31 OK']));

  it('do not wait for it to say so', () =>
    expect(told(() => 0, during(20, 30, 50))).toEqual(['10 OK', '22 ALARM', '31 OK']));

  it('stay silent while its page cannot be read, over a hiccup, and over a few failures', () => {
    expect(
      told(
        (minute) => (minute < 20 ? 0 : undefined),
        () => 0,
      ),
    ).toEqual(['10 OK']);
    expect(told(during(20, 21, 4), during(40, 41, 50))).toEqual(['10 OK']);
    expect(
      told(
        () => 0,
        () => 9,
      ),
    ).toEqual(['10 OK']);
  });
});

describe('AWS Health', () => {
  it.each<[unknown, string]>([
    [undefined, 'services is missing\n  fix: set services'],
    [{}, 'services is missing\n  fix: set services'],
    [{ services: [] }, 'services is empty\n  fix: name at least one'],
    [{ services: 'RDS' }, 'services is "RDS", which is no list\n  fix: write a list: services: ["RDS"]'],
  ])('is refused with one mistake for one: %j', (props, message) => {
    const made = () => new AwsHealth(shopStack(1), 'AwsHealth', props as never);
    expect(refusal(made).message).toBe(`Shop/AwsHealth: ${message}`);
  });

  const health = (services: string[]) => {
    const stack = shopStack(1);
    new AwsHealth(stack, 'AwsHealth', { services });
    return stack;
  };

  it('is heard for the services that are needed, and told as a ticket', () => {
    const stack = health(['RDS']);
    const rules = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
    expect(rules.map(({ Properties }) => Properties.EventPattern ?? Properties.ScheduleExpression)).toEqual([
      {
        source: ['aws.health'],
        'detail-type': ['AWS Health Event'],
        detail: { service: ['RDS'], eventTypeCategory: ['issue'], eventRegion: ['eu-west-1', 'global'] },
      },
      'rate(5 minutes)',
    ]);
    const [target] = rules[0]?.Properties.Targets ?? [];
    expect(target.InputTransformer.InputPathsMap).toEqual({
      'detail-statusCode': '$.detail.statusCode',
      'detail-eventArn': '$.detail.eventArn',
      'detail-eventTypeCode': '$.detail.eventTypeCode',
    });
    expect(alarmsOf(stack).AwsHealthRDSSays).toMatchObject({
      Dimensions: [{ Name: 'Vendor', Value: 'AWS RDS' }],
      Tags: expect.arrayContaining([{ Key: 'resilience:severity', Value: 'ticket' }]),
    });
  });

  it.each(['us-east-1', 'us-west-2'])('is heard in %s of what is global', (region) => {
    const stack = new Stack(undefined, 'Here', { env: { region } });
    new AwsHealth(stack, 'AwsHealth', { services: ['IAM'], tier: 1 });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { service: ['IAM'], eventRegion: [region, 'global'] } },
    });
  });

  it.each<[string, string[], RegExp]>([
    [
      'for what is global where nothing is heard of it',
      ['RDS', 'IAM'],
      /^Shop\/AwsHealth: IAM is global, and the stack is in eu-west-1: AWS Health tells of it in us-east-1 and us-west-2 only, so its alarm would never fire\n {2}fix: name it in an AwsHealth of a stack in us-east-1$/,
    ],
    ['without services', [], /services is empty/],
    ['for a service that is none', ['rds'], /"rds" is no service/],
    ['for a service twice', ['RDS', 'RDS'], /RDS is named twice/],
  ])('is refused %s', (_, services, message) =>
    expect(refusal(() => health(services)).message).toMatch(message),
  );
});
