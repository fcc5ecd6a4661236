import { Template } from 'aws-cdk-lib/assertions';
import { App, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { replay } from '../../../../lib/assessment/replay';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { WALK_JOURNEY } from '../../../../lib/constructs/observe/detection/handler-bundles';
import {
  UserJourney,
  type UserJourneyProps,
} from '../../../../lib/constructs/observe/detection/user-journey';
import { Objectives } from '../../../../lib/objectives/objectives';
import { Residency } from '../../../../lib/objectives/residency';
import type { ServiceProps } from '../../../../lib/objectives/service';
import type { Tier } from '../../../../lib/objectives/tier';
import { graphOf } from '../../../support/graph';
import { catalogued, only, refusal, shopStack, WEAKENING } from '../../fixtures';

const STEP = { name: 'front page', url: 'https://shop.example.com/' };
const WATCHES = ['eu-west-1', 'eu-central-1'];
const CANARY = 'AWS::Synthetics::Canary';

function journeyAt(tier: Tier, props: Partial<UserJourneyProps> = {}, service: Partial<ServiceProps> = {}) {
  const stack = shopStack(tier, {}, service);
  const journey = new UserJourney(stack, 'Checkout', { steps: [STEP], watches: WATCHES, ...props });
  return { stack, journey };
}

const refused = (tier: Tier, props: Partial<UserJourneyProps>, service: Partial<ServiceProps> = {}) =>
  refusal(() => journeyAt(tier, props, service)).message;

describe('a journey', () => {
  it.each<[Tier, string, string[]]>([
    [0, 'rate(1 minute)', ['eu-central-1', 'eu-north-1']],
    [1, 'rate(5 minutes)', ['eu-central-1']],
    [2, 'rate(15 minutes)', ['eu-central-1']],
  ])('of tier %i runs at %s, from %j too', (tier, rate, locations) => {
    const canary = only(journeyAt(tier).stack, CANARY);
    expect(canary.Schedule.Expression).toBe(rate);
    expect(canary.Replicas).toEqual(locations.map((Location) => ({ Location })));
    // Replicas need 7.0 at least.
    expect(canary.RuntimeVersion).toBe('syn-nodejs-playwright-8.0');
  });

  it('of tier 3 runs each hour from its own region', () => {
    const canary = only(journeyAt(3).stack, CANARY);
    expect(canary.Schedule.Expression).toBe('rate(60 minutes)');
    expect(canary.Replicas).toBeUndefined();
  });

  it('holds its steps as data, beside a script that is the same for all', () => {
    const evil = '`";process.exit(1);//${process.exit(1)}';
    const canary = only(
      journeyAt(1, { steps: [{ ...STEP, name: evil, body: evil, method: 'POST' }] }).stack,
      CANARY,
    );
    expect(canary.Code).toEqual({ Handler: 'index.handler', Script: WALK_JOURNEY });
    expect(JSON.parse(canary.RunConfig.EnvironmentVariables.STEPS)[0]).toMatchObject({
      name: evil,
      body: evil,
    });
  });

  it('takes an address that deploy fills in', () => {
    const host = Token.asString({ Ref: 'Host' });
    const { stack } = journeyAt(1, { steps: [{ ...STEP, url: `https://${host}/` }] });
    expect(JSON.stringify(only(stack, CANARY).RunConfig.EnvironmentVariables.STEPS)).toContain(
      '{"Ref":"Host"}',
    );
  });

  it('is over before the next run, and ends what hangs', () => {
    expect(only(journeyAt(0).stack, CANARY).RunConfig.TimeoutInSeconds).toBe(55);
    expect(only(journeyAt(1).stack, CANARY).RunConfig.TimeoutInSeconds).toBe(60);
  });

  it('stays in regions in which data of the service may lie', () => {
    const residency = new Residency({ countries: ['IE', 'FR'] });
    expect(only(journeyAt(1, {}, { residency }).stack, CANARY).Replicas).toEqual([{ Location: 'eu-west-3' }]);
  });

  it('lets its role do no more than leave what it saw', () => {
    const template = Template.fromStack(journeyAt(1).stack);
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    const actions = policy?.Properties.PolicyDocument.Statement.flatMap(
      ({ Action }: { Action: unknown }) => Action,
    );
    expect(actions.sort()).toEqual([
      'cloudwatch:PutMetricData',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetBucketLocation',
      's3:ListAllMyBuckets',
      's3:PutObject',
    ]);
  });

  it('says what tells somebody, whose it is and what to do', () => {
    const { stack } = journeyAt(1, {}, { runbook: 'docs/runbooks/shop.md' });
    const alarm = only(stack, 'AWS::CloudWatch::CompositeAlarm');
    expect(alarm.AlarmDescription).toMatch(
      /in 2 of 2 regions \(eu-west-1, eu-central-1\) 2 of 3 runs failed.*found after 10 min.*Runbook: docs\/runbooks\/shop\.md/,
    );
    expect(alarm.ActionConfiguration).toEqual({ AlarmTagsPropagation: { Enabled: true } });
    expect(alarm.Tags).toEqual(
      expect.arrayContaining([
        { Key: 'resilience:layer', Value: 'service' },
        { Key: 'resilience:runbook', Value: 'docs/runbooks/shop.md' },
        { Key: 'resilience:service', Value: 'shop' },
      ]),
    );
    expect(alarm.AlarmActions).toEqual(alarm.OKActions);
  });

  it('names a few of many regions', () => {
    const locations = ['ap-south-1', 'eu-central-1', 'eu-north-1', 'eu-west-3', 'sa-east-1', 'us-east-2'];
    const { stack } = journeyAt(1, { locations });
    expect(only(stack, 'AWS::CloudWatch::CompositeAlarm').AlarmDescription).toMatch(
      /in 4 of 7 regions \(eu-west-1, ap-south-1, eu-central-1, eu-north-1, eu-west-3 and 2 more\)/,
    );
  });

  it.each<[Tier, number, string, number[]]>([
    [1, 12, 'rate(3 minutes)', [3, 2]],
    [0, 3, 'rate(1 minute)', [1, 1]],
  ])('of tier %i finds an outage in half of %i min', (tier, minutes, rate, counts) => {
    const rto = Duration.minutes(minutes);
    const objectives = Objectives.forTier(tier, { region: { rto, rpo: Duration.minutes(1) } });
    const { stack } = journeyAt(tier, {}, { objectives });
    expect(only(stack, CANARY).Schedule.Expression).toBe(rate);
    const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    for (const { Properties } of alarms)
      expect([Properties.EvaluationPeriods, Properties.DatapointsToAlarm]).toEqual(counts);
    expect(alarms.length).toBeGreaterThan(1);
  });

  it('keeps a longer interval with who answers for it', () => {
    const { stack } = journeyAt(1, { interval: Duration.minutes(10), weakening: WEAKENING });
    expect(catalogued(stack).weakenings).toEqual([{ what: 'Checkout.interval', ...WEAKENING }]);
  });

  it('runs in a stack whose region is not known, where it is told from where else', () => {
    const stack = new Stack(new App(), 'Shop');
    new UserJourney(stack, 'Checkout', { tier: 1, steps: [STEP], locations: ['eu-north-1'] });
    expect(only(stack, CANARY).Replicas).toEqual([{ Location: 'eu-north-1' }]);
  });
});

it.each<[Tier, number]>([
  [0, 4],
  [1, 9],
])('a journey of tier %i has time for %i steps of ten seconds', (tier, count) => {
  const steps = [...Array(count).keys()].map((index) => ({ ...STEP, name: `step ${index}` }));
  expect(() => journeyAt(tier, { steps })).not.toThrow();
});

describe('a journey is refused', () => {
  it.each<[string, Tier, Partial<UserJourneyProps>, RegExp]>([
    ['without steps', 1, { steps: [] }, /the journey has no steps/],
    ['with a step without an address', 1, { steps: [{ ...STEP, url: '' }] }, /url is missing in step 1/],
    ['where two steps are called alike', 1, { steps: [STEP, STEP] }, /two steps are called "front page"/],
    ['without HTTPS', 1, { steps: [{ ...STEP, url: 'http://a.example.com' }] }, /begins with https:/],
    [
      'with a password',
      1,
      { steps: [{ ...STEP, url: 'https://a:b@a.example.com' }] },
      /a user or a password/,
    ],
    ['with a secret', 1, { steps: [{ ...STEP, headers: { Authorization: 'x' } }] }, /stand in the template/],
    ['with a strange method', 1, { steps: [{ ...STEP, method: 'get' }] }, /asks by "get"/],
    ['with a strange status', 1, { steps: [{ ...STEP, expect: { status: 42 } }] }, /expects the status 42/],
    [
      'where a page is opened by POST',
      1,
      { steps: [{ ...STEP, method: 'POST', inBrowser: true }] },
      /opens a page by POST/,
    ],
    [
      'with too much to send',
      1,
      { steps: [{ ...STEP, method: 'POST', body: 'x'.repeat(5_000) }] },
      /a canary takes 4000/,
    ],
    [
      'with a step longer than a run',
      0,
      { steps: [{ ...STEP, expect: { within: Duration.seconds(55) } }] },
      /the steps may take 55 s together, and a run of 55 s leaves them 40 s: .*\n.*be 40 s together at most/,
    ],
    [
      'with steps that together take longer than a run',
      0,
      { steps: [...Array(9).keys()].map((index) => ({ ...STEP, name: `step ${index}` })) },
      /the steps may take 90 s together, and a run of 55 s leaves them 40 s: the rest is for the browser to start\n {2}fix: let expect\.within of the steps be 40 s together at most$/,
    ],
    [
      'with steps that no run is long enough for',
      3,
      {
        steps: [...Array(9).keys()].map((index) => ({
          ...STEP,
          name: `step ${index}`,
          expect: { within: Duration.minutes(2) },
        })),
      },
      /the steps may take 1080 s together, and a run of 840 s leaves them 825 s/,
    ],
    ['every 90 seconds', 1, { interval: Duration.seconds(90) }, /the interval is 90 s/],
    ['less often than the tier owes', 1, { interval: Duration.minutes(10) }, /interval is 10 min/],
    ['from fewer regions than the tier owes', 0, { locations: ['eu-central-1'] }, /locations is 1/],
    ['from its own region', 1, { locations: ['eu-west-1'] }, /it runs there anyway/],
    ['from a region twice', 1, { locations: ['eu-north-1', 'eu-north-1'] }, /named twice/],
    ['from no region', 1, { locations: ['nowhere'] }, /"nowhere" is no region/],
    ['from another partition', 1, { locations: ['cn-north-1'] }, /only commercial regions/],
    [
      'where more must fail than there are',
      1,
      { failingLocations: 3 },
      /failingLocations is 3, and.*from 2 regions/,
    ],
    [
      'where it lies in the region it watches',
      1,
      { watches: ['eu-west-1'] },
      /toldFromOutside is false, but the tier owes true \(an alarm that lies in the only region it watches is lost with it\)\n {2}fix: put the journey into a stack of another region with watches: \['eu-west-1'\], or give a weakening/,
    ],
  ])('%s', (_, tier, props, message) => expect(refused(tier, props)).toMatch(message));

  it('from a region in which no data may lie', () => {
    const residency = new Residency({ countries: ['IE'] });
    expect(refused(1, { locations: ['eu-north-1'] }, { residency })).toMatch(/outside of where data/);
  });
});

describe('the alarms of a journey, replayed', () => {
  const MINUTE = 60;

  /** When it tells somebody, in minutes after the canary began; no run that ends means no sample. */
  function told(runs: Readonly<Record<string, (minute: number) => number | undefined>>) {
    const { stack } = journeyAt(0);
    const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
    const minutes = [...Array(60).keys()];
    const source = sampleSourceOf(
      Object.entries(runs).map(([Location, at]) => ({
        metric: {
          namespace: 'CloudWatchSynthetics',
          name: 'SuccessPercent',
          dimensions: { CanaryName: 'shop-checkout-eu-west-1', Location },
        },
        samples: [
          {
            statistic: 'Average',
            period: MINUTE,
            points: minutes.flatMap((minute) => {
              const value = at(minute);
              return value === undefined ? [] : [[minute * MINUTE, value] as const];
            }),
          },
        ],
      })),
    );
    const replayed = replay(graph, source, { from: 10 * MINUTE, until: 60 * MINUTE });
    const alarm = replayed.find(({ alarm: { logicalId } }) => logicalId.startsWith('CheckoutFailing'));
    if (!alarm || alarm.unknown !== undefined) throw new Error(alarm?.unknown ?? 'no alarm');
    return alarm.states.filter(({ state }) => state === 'ALARM').map(({ at }) => at / MINUTE);
  }

  const good = () => 100;
  const downAt30 = (minute: number) => (minute < 30 ? 100 : 0);
  const deadAt30 = (minute: number) => (minute < 30 ? 100 : undefined);

  it('find an outage after two runs', () =>
    expect(told({ 'eu-west-1': downAt30, 'eu-central-1': downAt30, 'eu-north-1': downAt30 })).toEqual([32]));

  it('stay silent over troubles of one region', () =>
    expect(told({ 'eu-west-1': good, 'eu-central-1': good, 'eu-north-1': downAt30 })).toEqual([]));

  it('find an outage in which runs do not end', () => {
    const [at = 0] = told({ 'eu-west-1': deadAt30, 'eu-central-1': deadAt30, 'eu-north-1': good });
    expect(at).toBeGreaterThan(31);
    expect(at).toBeLessThanOrEqual(35);
  });
});

test('a canary may write metrics of canaries only', () => {
  const policies = Object.values(Template.fromStack(journeyAt(1).stack).findResources('AWS::IAM::Policy'));
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(statements.filter(({ Action }) => Action === 'cloudwatch:PutMetricData')).toEqual([
    expect.objectContaining({
      Condition: { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
    }),
  ]);
});
