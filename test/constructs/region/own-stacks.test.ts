import { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { App, NestedStack, Stack, type StackProps, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ActiveActive } from '../../../lib/constructs/region/active-active';
import { ActivePassive, type ActivePassiveProps } from '../../../lib/constructs/region/active-passive';
import { membershipOf } from '../../../lib/constructs/region/membership';
import { RegionSet } from '../../../lib/constructs/region/region-set';
import { FailoverDns } from '../../../lib/constructs/traffic/failover-dns';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, only, refusal, shopOf } from '../fixtures';

/** A class of the user's own, which knows nothing of regions. */
class CompanyStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { ...props, description: 'company policy' });
  }
}

function stackIn(scope: Construct, region: string, id = `Own-${region}`, account = ACCOUNT): Stack {
  return new CompanyStack(scope, id, { env: { account, region } });
}

interface Own {
  readonly app: App;
  readonly primary: Stack;
  readonly standby: Stack;
}

/** Two stacks of the user's own that became the shop's. */
function ownShop(props: Partial<ActivePassiveProps> = {}): Own {
  const app = new App();
  const [primary, standby] = [stackIn(app, 'eu-west-1'), stackIn(app, 'eu-central-1')];
  new ActivePassive(app, 'Shop', {
    service: shopOf(Tier.BUSINESS_CRITICAL),
    stacks: [primary, standby],
    ...props,
  });
  return { app, primary, standby };
}

/** A set of stacks that were made in an app. */
const refused = (make: (app: App) => readonly Stack[], props: Partial<ActivePassiveProps> = {}) => {
  const app = new App();
  return refusal(
    () => new ActivePassive(app, 'Shop', { service: shopOf(Tier.STANDARD), stacks: make(app), ...props }),
  );
};

describe('stacks of one’s own', () => {
  test('become the service’s, each with its role and its peers', () => {
    const { primary, standby } = ownShop();
    for (const stack of [primary, standby]) new LogGroup(stack, 'Logs');
    expect([primary, standby].map((stack) => catalogued(stack).role)).toEqual(['primary', 'standby']);
    expect(membershipOf(primary)?.peers).toEqual([
      {
        region: 'eu-central-1',
        role: 'standby',
        account: ACCOUNT,
        availabilityZones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
      },
    ]);
  });

  test('may name the primary, whatever their order', () => {
    const { primary } = ownShop({ primary: 'eu-central-1' });
    expect(membershipOf(primary)?.place.role).toBe('standby');
  });

  test('tell constructs in them, and in nested stacks, where they are', () => {
    const { primary, standby } = ownShop();
    const dns = { hostedZoneId: 'Z1', zoneName: 'example.com', recordName: 'shop', endpoint: '192.0.2.10' };
    new FailoverDns(primary, 'Dns', dns);
    const nested = new NestedStack(standby, 'Nested');
    new FailoverDns(nested, 'Dns', { ...dns, endpoint: '192.0.2.20' });
    expect(only(primary, 'AWS::Route53::RecordSet').Failover).toBe('PRIMARY');
    expect(only(nested, 'AWS::Route53::RecordSet').Failover).toBe('SECONDARY');
  });

  test('may be several in a region, and stand in several accounts', () => {
    const app = new App();
    const stacks = [
      stackIn(app, 'eu-west-1', 'Network'),
      stackIn(app, 'eu-west-1', 'Web'),
      stackIn(app, 'eu-central-1', 'Standby', '444455556666'),
    ];
    new ActivePassive(app, 'Shop', { service: shopOf(Tier.STANDARD), stacks });
    expect(stacks.map((stack) => membershipOf(stack)?.place.role)).toEqual(['primary', 'primary', 'standby']);
    expect(membershipOf(stacks[1]!)?.peers[0]?.account).toBe('444455556666');
  });

  test('stand in two stages of one app', () => {
    const app = new App();
    for (const id of ['Test', 'Prod']) {
      const stage = new Stage(app, id);
      const stacks = ['eu-west-1', 'eu-central-1'].map((region) => stackIn(stage, region));
      new ActivePassive(stage, 'Shop', { service: shopOf(Tier.BUSINESS_CRITICAL), stacks });
      for (const stack of stacks) new LogGroup(stack, 'Logs');
    }
    expect(() => app.synth()).not.toThrow();
  });

  test('may all serve, with a witness that has one as well', () => {
    const app = new App();
    const stacks = ['eu-west-1', 'eu-central-1', 'eu-west-3'].map((region) => stackIn(app, region));
    new ActiveActive(app, 'Shop', { service: shopOf(Tier.MISSION_CRITICAL), stacks, witness: 'eu-west-3' });
    expect(stacks.map((stack) => membershipOf(stack)?.place.role)).toEqual(['active', 'active', 'witness']);
  });

  test('may be those of a RegionSet', () => {
    const app = new App();
    const stack = stackIn(app, 'eu-west-1');
    const set = new RegionSet(app, 'Shop', {
      service: shopOf(Tier.STANDARD),
      regions: [{ region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: ['eu-west-1a'] }],
      stacks: [stack],
    });
    expect(set.stackIn('eu-west-1')).toBe(stack);
  });

  test('fail when a standby reads something of the primary', () => {
    const { app, primary, standby } = ownShop();
    const source = new CfnLogGroup(primary, 'Source');
    standby.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'weak');
    new CfnLogGroup(standby, 'Copy', { logGroupName: source.attrArn });
    expect(refusal(() => app.synth()).problem).toMatch(
      /^it needs .* in eu-west-1, so it cannot be deployed while eu-west-1 is down$/,
    );
  });

  test('fail when a standby is told to wait for the primary', () => {
    const { app, primary, standby } = ownShop();
    standby.addStackDependency(primary);
    expect(refusal(() => app.synth())).toMatchObject({
      path: 'Own-eu-central-1',
      problem: 'it needs Own-eu-west-1 in eu-west-1, so it cannot be deployed while eu-west-1 is down',
    });
  });

  const env = { account: ACCOUNT, region: 'eu-west-1' };
  const pair = (app: App) => [stackIn(app, 'eu-west-1'), stackIn(app, 'eu-central-1')];

  test('fail when their region is known at deployment only', () => {
    expect(refused((app) => [stackIn(app, 'eu-west-1'), new Stack(app, 'Anywhere')])).toMatchObject({
      path: 'Shop',
      problem: 'the region of the stack Anywhere is known at deployment only',
      fix: 'give Anywhere an env with its account and region',
    });
  });

  test('fail in an ActiveActive and a RegionSet when their region is known at deployment only', () => {
    const app = new App();
    const service = shopOf(Tier.STANDARD);
    const stacks = [new Stack(app, 'Anywhere')];
    const regions = [{ region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: ['eu-west-1a'] }];
    const problem = 'the region of the stack Anywhere is known at deployment only';
    expect(refusal(() => new ActiveActive(app, 'One', { service, stacks })).problem).toContain(problem);
    expect(refusal(() => new RegionSet(app, 'Two', { service, stacks, regions })).problem).toContain(problem);
  });

  test('fail in an ActiveActive when they are in one region', () => {
    const app = new App();
    const stacks = [stackIn(app, 'eu-west-1')];
    expect(
      refusal(() => new ActiveActive(app, 'Shop', { service: shopOf(Tier.STANDARD), stacks })).problem,
    ).toBe('1 regions serve, but two must be active at least');
  });

  test.each<[string, (app: App) => readonly Stack[], Partial<ActivePassiveProps>, RegExp]>([
    [
      'are in one region',
      (app) => [stackIn(app, 'eu-west-1')],
      {},
      /^the stacks are in eu-west-1 alone, but one must wait for another$/,
    ],
    ['are none', () => [], {}, /^the stacks are in no region/],
    [
      'are in three regions',
      (app) => [...pair(app), stackIn(app, 'eu-north-1')],
      {},
      /^a stack is in eu-north-1, which is neither the primary nor the standby$/,
    ],
    ['leave the standby without one', pair, { standby: 'eu-west-2' }, /eu-central-1, which is neither/],
    [
      'are given twice',
      (app) => {
        const [one, other] = pair(app);
        return [one!, other!, one!];
      },
      {},
      /^the stack Own-eu-west-1 is given twice$/,
    ],
    [
      'are nested',
      (app) => [new NestedStack(stackIn(app, 'eu-west-1'), 'Nested'), stackIn(app, 'eu-central-1')],
      {},
      /^the stack Own-eu-west-1\/Nested is nested: it is deployed with Own-eu-west-1$/,
    ],
    [
      'stand in another stage',
      (app) => [new Stack(new Stage(app, 'Prod'), 'Own', { env }), stackIn(app, 'eu-central-1')],
      {},
      /^the stack Prod\/Own stands in another stage$/,
    ],
    ['are given beside build', pair, { build: () => {} }, /^stacks are given, so build would say nothing$/],
    [
      'are given beside an account',
      pair,
      { account: ACCOUNT },
      /^stacks are given, so account would say nothing$/,
    ],
  ])('fail when they %s', (_, make, props, problem) => {
    expect(refused(make, props).problem).toMatch(problem);
  });

  test('fail when a RegionSet does not know their region, or has no stack for one of its own', () => {
    const app = new App();
    const regions = [{ region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: ['eu-west-1a'] }];
    const stacks = [stackIn(app, 'eu-north-1')];
    expect(
      refusal(() => new RegionSet(app, 'Shop', { service: shopOf(Tier.STANDARD), regions, stacks })).problem,
    ).toBe(
      '2 mistakes: (1) the stack Own-eu-north-1 is in eu-north-1, which is none of the regions; (2) eu-west-1 has no stack',
    );
  });
});
