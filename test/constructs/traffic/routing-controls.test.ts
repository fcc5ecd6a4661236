import { Template } from 'aws-cdk-lib/assertions';
import { App, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { RoutingControlCheck } from '../../../lib/constructs/traffic/routing-control-check';
import { RoutingControls, type RoutingControlsProps } from '../../../lib/constructs/traffic/routing-controls';
import { TIERS, Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, only, refusal, shopOf, shopStack, WEAKENING } from '../fixtures';

const REGIONS = ['eu-west-1', 'eu-central-1'];
const CONTROL =
  'arn:aws:route53-recovery-control::111122223333:controlpanel/0f4c7b52/routingcontrol/9d0b0e6f';

/** A stack apart, built for the shop. */
function apart(tier: Tier, region = 'us-west-2'): Stack {
  const stack = new Stack(new App(), 'Apart', { env: { account: ACCOUNT, region } });
  declareService(stack, shopOf(tier));
  return stack;
}

const controlsIn = (stack: Stack, props: Partial<RoutingControlsProps> = {}) =>
  new RoutingControls(stack, 'Switches', { regions: REGIONS, ...props });

const found = (stack: Stack, type: string) =>
  Object.values(Template.fromStack(stack).findResources(`AWS::Route53RecoveryControl::${type}`)).map(
    ({ Properties }) => Properties,
  );

describe('RoutingControls', () => {
  test('have one switch for each region, on a cluster and a panel of their own', () => {
    const stack = apart(Tier.BUSINESS_CRITICAL);
    controlsIn(stack);
    expect(found(stack, 'Cluster')).toEqual([expect.objectContaining({ Name: 'shop-apart-switches' })]);
    expect(found(stack, 'ControlPanel')).toHaveLength(1);
    expect(
      found(stack, 'RoutingControl')
        .map(({ Name }) => Name)
        .sort(),
    ).toEqual([...REGIONS].sort());
    expect(Object.keys(Template.fromStack(stack).findOutputs('*'))).toHaveLength(2);
  });

  test('keep one region on', () => {
    const stack = apart(Tier.BUSINESS_CRITICAL);
    controlsIn(stack);
    const [rule, ...more] = found(stack, 'SafetyRule');
    expect(more).toEqual([]);
    expect(rule).toMatchObject({
      RuleConfig: { Type: 'ATLEAST', Threshold: 1, Inverted: false },
      AssertionRule: { WaitPeriodMs: 5000 },
    });
    expect(rule?.AssertionRule.AssertedControls).toHaveLength(2);
  });

  test.each(TIERS)('at tier %i have a gate only where a slip costs most', (tier) => {
    const stack = apart(tier);
    const { gate } = controlsIn(stack);
    expect(gate !== undefined).toBe(tier === 0);
    expect(found(stack, 'SafetyRule')).toHaveLength(tier === 0 ? 2 : 1);
    expect(catalogued(stack).decisions).toContainEqual(
      expect.objectContaining({ what: 'Switches.gate', value: String(tier === 0) }),
    );
  });

  test('hold the gate over all regions, and never over itself', () => {
    const stack = apart(Tier.MISSION_CRITICAL);
    controlsIn(stack);
    const gating = found(stack, 'SafetyRule').find(({ GatingRule }) => GatingRule);
    expect(gating?.GatingRule.TargetControls).toHaveLength(2);
    expect(gating?.GatingRule.TargetControls).not.toContainEqual(gating?.GatingRule.GatingControls[0]);
  });

  test('may do without the gate where somebody answers for it', () => {
    const stack = apart(Tier.MISSION_CRITICAL);
    expect(refusal(() => controlsIn(stack, { gate: false })).problem).toMatch(
      /^gate is false, but the tier owes true/,
    );
    const other = apart(Tier.MISSION_CRITICAL);
    expect(controlsIn(other, { gate: false, weakening: WEAKENING }).gate).toBeUndefined();
  });

  test('share a cluster that exists', () => {
    const stack = apart(Tier.BUSINESS_CRITICAL);
    const clusterArn = 'arn:aws:route53-recovery-control::111122223333:cluster/0f4c7b52';
    expect(controlsIn(stack, { clusterArn }).cluster).toBeUndefined();
    expect(found(stack, 'ControlPanel')[0]?.ClusterArn).toBe(clusterArn);
  });

  test('say the ARN of a region to their own stack', () => {
    const controls = controlsIn(apart(Tier.STANDARD));
    expect(Token.isUnresolved(controls.routingControlArn('eu-west-1'))).toBe(true);
    expect(refusal(() => controls.routingControlArn('eu-north-1')).problem).toBe(
      'it has no control for eu-north-1',
    );
  });

  test.each([
    [{ regions: ['eu-west-1'] }, '1 region has a control, but traffic needs a second one to go to'],
    [{ regions: ['eu-west-1', 'eu-west-1'] }, 'eu-west-1 is named twice'],
    [{ regions: ['eu-west-1', 'eu-west-9'] }, /^"eu-west-9" is none of the \d+ regions/],
    [{ regions: undefined }, 'regions is missing'],
    [{ leastOn: 0 }, 'leastOn is 0, with 2 regions to turn'],
    [{ leastOn: 3 }, 'leastOn is 3, with 2 regions to turn'],
    [
      { waitPeriod: Duration.minutes(5) },
      'waitPeriod is 5 min: for so long nobody could turn a second region',
    ],
    [{ waitPeriod: Duration.millis(1500) }, 'waitPeriod is 1.5 s'],
    [{ clusterArn: 'ours' }, 'clusterArn is "ours"'],
  ])('fail for %j', (props: object, problem) => {
    expect(refusal(() => controlsIn(apart(Tier.STANDARD), props)).problem).toMatch(problem);
  });

  test('fail where CloudFormation cannot make them', () => {
    expect(refusal(() => controlsIn(apart(Tier.STANDARD, 'eu-west-1')))).toMatchObject({
      problem: 'its stack stands in eu-west-1, where CloudFormation makes no routing controls',
      fix: expect.stringMatching(/^put it into a stack of its own in us-east-1 or us-west-2/),
    });
  });
});

describe('a RoutingControlCheck', () => {
  const checkIn = (stack: Stack, routingControlArn = CONTROL) =>
    new RoutingControlCheck(stack, 'Switch', { routingControlArn });

  test('follows the control of its region', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    checkIn(stack);
    expect(only(stack, 'AWS::Route53::HealthCheck').HealthCheckConfig).toMatchObject({
      Type: 'RECOVERY_CONTROL',
      RoutingControlArn: CONTROL,
    });
  });

  test.each([
    ['', 'routingControlArn is missing'],
    ['on', 'routingControlArn is "on"'],
  ])('fails for "%s"', (arn, problem) => {
    expect(refusal(() => checkIn(shopStack(Tier.STANDARD), arn)).problem).toBe(problem);
  });

  test('fails when another region follows the same control', () => {
    const stack = shopStack(Tier.STANDARD);
    checkIn(stack);
    const env = { account: ACCOUNT, region: 'eu-central-1' };
    expect(refusal(() => checkIn(new Stack(stack.node.root, 'Frankfurt', { env }))).problem).toBe(
      'Shop/Switch in eu-west-1 follows the same control, so both regions are left together',
    );
  });
});
