import { Template } from 'aws-cdk-lib/assertions';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import {
  StatelessFunction,
  type StatelessFunctionProps,
} from '../../../lib/constructs/compute/stateless-function';
import { joinRegions } from '../../../lib/constructs/region/membership';
import { RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Tier } from '../../../lib/objectives/tier';
import { catalogued, entryIn, networkIn, only, refusal, shopStack, WEAKENING, ZONES } from '../fixtures';

const FUNCTION = 'AWS::Lambda::Function';
const ALIAS = 'AWS::Lambda::Alias';
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

function webIn(stack: Stack, props: Partial<StatelessFunctionProps> = {}): StatelessFunction {
  return new StatelessFunction(stack, 'Web', {
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    peakConcurrency: 40,
    ...props,
  });
}

function balanced(stack: Stack, props: Partial<StatelessFunctionProps> = {}): StatelessFunction {
  return webIn(stack, { loadBalancer: entryIn(stack, { targetType: TargetType.LAMBDA }), ...props });
}

/** What is kept warm, up to what, and the most that runs at once. */
function concurrency(stack: Stack): [warm: number, most: number | undefined, reserved: number] {
  const warm = only(stack, ALIAS).ProvisionedConcurrencyConfig?.ProvisionedConcurrentExecutions ?? 0;
  const most = warm > 0 ? only(stack, TARGET).MaxCapacity : undefined;
  return [warm, most, only(stack, FUNCTION).ReservedConcurrentExecutions];
}

describe('the concurrency of a StatelessFunction', () => {
  test.each([
    [Tier.MISSION_CRITICAL, [40, 40, 80]],
    [Tier.BUSINESS_CRITICAL, [40, 40, 80]],
    [Tier.IMPORTANT, [20, 40, 80]],
    [Tier.STANDARD, [0, undefined, 80]],
  ])('at tier %i is %j', (tier, expected) => {
    const stack = shopStack(tier);
    webIn(stack);
    expect(concurrency(stack)).toEqual(expected);
  });

  test.each([
    [Tier.MISSION_CRITICAL, [40, 40, 80]],
    [Tier.BUSINESS_CRITICAL, [20, 40, 80]],
    [Tier.IMPORTANT, [0, undefined, 80]],
    [Tier.STANDARD, [0, undefined, 80]],
  ])('in a standby region at tier %i is %j', (tier, expected) => {
    const stack = shopStack(tier, { role: RegionRole.STANDBY });
    webIn(stack);
    expect(concurrency(stack)).toEqual(expected);
  });

  test('is nothing before a failover where compute is started by it, and can be called all the same', () => {
    const stack = shopStack(Tier.IMPORTANT, { role: RegionRole.STANDBY });
    const place = (role: RegionRole) => ({ region: 'eu-west-1', role, availabilityZones: ZONES });
    joinRegions(stack, {
      place: place(RegionRole.STANDBY),
      peers: [place(RegionRole.PRIMARY)],
      approach: RecoveryApproach.PILOT_LIGHT,
    });
    webIn(stack);
    expect(concurrency(stack)).toEqual([0, undefined, 80]);
  });

  test('is that of the peak in a hot standby', () => {
    const stack = shopStack(Tier.IMPORTANT, { role: RegionRole.STANDBY });
    const place = (role: RegionRole) => ({ region: 'eu-west-1', role, availabilityZones: ZONES });
    joinRegions(stack, {
      place: place(RegionRole.STANDBY),
      peers: [place(RegionRole.PRIMARY)],
      approach: RecoveryApproach.HOT_STANDBY,
    });
    webIn(stack);
    expect(concurrency(stack)).toEqual([40, 40, 80]);
  });

  test('is declared in the catalogue', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    expect(catalogued(stack).decisions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'Web.peakConcurrency', value: 40 }),
        expect.objectContaining({ what: 'Web.provisionedConcurrency', value: '40' }),
        expect.objectContaining({ what: 'Web.reservedConcurrency', value: '80' }),
      ]),
    );
  });

  test('fails when less is kept warm than the tier owes, unless somebody answers for it', () => {
    const props = { provisionedConcurrency: 10 };
    expect(refusal(() => webIn(shopStack(Tier.BUSINESS_CRITICAL), props)).problem).toMatch(
      /^provisionedConcurrency is 10, but the tier owes 40/,
    );
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack, { ...props, weakening: WEAKENING });
    expect(concurrency(stack)).toEqual([10, 40, 80]);
  });

  test.each<[Partial<StatelessFunctionProps>, RegExp]>([
    [{ reservedConcurrency: 30 }, /^reservedConcurrency is 30, but the tier owes 40/],
    [{ provisionedConcurrency: 90 }, /^provisionedConcurrency is 90, more than the 80 reservedConcurrency$/],
    [{ peakConcurrency: 0 }, /^peakConcurrency is 0$/],
    [{ averageConcurrency: 50 }, /^averageConcurrency is 50, more than the 40 peakConcurrency$/],
    [{ reservedConcurrency: 0 }, /^reservedConcurrency is 0$/],
    [{ provisionedConcurrency: -1 }, /^provisionedConcurrency is -1$/],
    [{ standbyCapacity: 2 }, /^standbyCapacity is 2$/],
  ])('fails for %j', (props, problem) => {
    expect(refusal(() => webIn(shopStack(Tier.IMPORTANT), props)).problem).toMatch(problem);
  });
});

describe('a StatelessFunction', () => {
  test('is called by an alias of a version that is kept, and tells of events that fail', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Lambda::Version', { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
    expect(only(stack, FUNCTION)).toMatchObject({
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  test('runs outside a network, or in all zones of one', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    expect(only(stack, FUNCTION).VpcConfig).toBeUndefined();
    const inside = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(inside, { network: networkIn(inside) });
    expect(Template.fromStack(inside).findResources(FUNCTION)).toMatchObject({
      [Object.keys(Template.fromStack(inside).findResources(FUNCTION))[0] ?? '']: {
        Properties: { VpcConfig: { SubnetIds: [{}, {}, {}] } },
      },
    });
  });

  test('gets requests from its load balancer, to its alias', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    balanced(stack);
    expect(only(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup').Targets).toEqual([
      { Id: { Ref: expect.stringContaining('WebLive') } },
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'elasticloadbalancing.amazonaws.com',
    });
  });

  test.each([
    [Tier.MISSION_CRITICAL, 1],
    [Tier.BUSINESS_CRITICAL, 0],
  ])('at tier %i has the load balancer leave a broken zone by itself %d times', (tier, count) => {
    const stack = shopStack(tier);
    balanced(stack);
    Template.fromStack(stack).resourceCountIs('AWS::ARCZonalShift::ZonalAutoshiftConfiguration', count);
    const alone = shopStack(tier);
    webIn(alone);
    Template.fromStack(alone).resourceCountIs('AWS::ARCZonalShift::ZonalAutoshiftConfiguration', 0);
  });

  test('can be torn down where the stage is not production', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL, { nonProduction: true });
    webIn(stack);
    const resources = Object.values<{ DeletionPolicy?: string }>(
      Template.fromStack(stack).toJSON().Resources,
    );
    expect(resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
  });

  test.each<[Partial<StatelessFunctionProps>, string]>([
    [{ retryAttempts: 3 }, 'retryAttempts is 3'],
    [{ maxEventAge: Duration.seconds(30) }, 'maxEventAge is 30 s, but it must be from 1 min to 6 h'],
    [{ zonalAutoshift: true }, 'zonalAutoshift is set, but no load balancer sends it requests by zone'],
    [
      { practiceRuns: { outcomeAlarms: [] } },
      'practiceRuns is set, but no load balancer sends it requests by zone',
    ],
  ])('fails for %j', (props, problem) => {
    expect(refusal(() => webIn(shopStack(Tier.IMPORTANT), props)).problem).toBe(problem);
  });

  test('fails when nobody waits for its answer any more', () => {
    const made = () => balanced(shopStack(Tier.IMPORTANT), { timeout: Duration.minutes(2) });
    expect(refusal(made)).toMatchObject({
      problem: 'timeout is 2 min, but the load balancer waits for no answer longer than 60 s',
      fix: 'set timeout to 60 s or less, or call it without a load balancer',
    });
  });

  test('fails when its load balancer sends requests to tasks', () => {
    const stack = shopStack(Tier.IMPORTANT);
    expect(refusal(() => webIn(stack, { loadBalancer: entryIn(stack) })).problem).toBe(
      'Shop/Entry sends its requests to targets of type ip, but needs lambda',
    );
  });

  test.each(['code', 'handler', 'runtime', 'peakConcurrency'] as const)(
    'fails when %s is missing',
    (what) => {
      expect(refusal(() => webIn(shopStack(Tier.IMPORTANT), { [what]: undefined })).problem).toBe(
        `${what} is missing`,
      );
    },
  );
});
