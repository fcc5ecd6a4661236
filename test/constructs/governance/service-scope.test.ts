import { Template } from 'aws-cdk-lib/assertions';
import { CfnListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster } from 'aws-cdk-lib/aws-route53recoverycontrol';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { declareService, ServiceScope } from '../../../lib/constructs/governance/service-scope';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { catalogued, networkIn, only, refusal, shopOf, shopStack, WEAKENING, ZONES } from '../fixtures';

const LOG_GROUP = 'AWS::Logs::LogGroup';

const payments = new Service({
  name: 'payments',
  tier: Tier.MISSION_CRITICAL,
  owner: 'team-pay',
  costOfDowntime: { perHour: 90_000, currency: 'EUR' },
  runbook: 'runbooks/payments.md',
});

/** The tags of the resource as a record. */
function tagsOf(stack: Stack, type: string): Record<string, string> {
  const { Tags } = only(stack, type);
  return Object.fromEntries(Tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));
}

/** The services in the catalogue of a stack, with their resources. */
function resourcesByService(stack: Stack): Record<string, unknown> {
  const { services } = Template.fromStack(stack).toJSON().Metadata['cdk-nines'];
  return Object.fromEntries(
    services.map(({ name, resources }: { name: string; resources?: string[] }) => [name, resources]),
  );
}

describe('a declared service', () => {
  test('is made with new Service, so that its promises are checked', () => {
    const bare = { name: 'shop', tier: 1, owner: 'team-shop' } as never;
    const stack = new Stack(new App(), 'Plain');
    expect(refusal(() => declareService(stack, bare))).toMatchObject({
      path: 'Plain',
      problem: 'service is no Service',
      fix: 'make it with new Service({ name, tier, owner })',
    });
  });

  test('tags its resources', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    new LogGroup(stack, 'Logs');
    expect(tagsOf(stack, LOG_GROUP)).toEqual({
      'resilience:service': 'shop',
      'resilience:tier': '1',
      'resilience:owner': 'team-shop',
      'resilience:system': 'retail',
      'resilience:fis-enabled': 'false',
    });
  });

  test('leaves listeners untagged, whose tags linters refuse', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    new CfnListener(stack, 'Listener', { loadBalancerArn: 'arn', defaultActions: [{ type: 'forward' }] });
    expect(only(stack, 'AWS::ElasticLoadBalancingV2::Listener').Tags).toBeUndefined();
  });

  test('leaves untagged what another tag would replace, as a change of the tier is one', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    new CfnCluster(stack, 'Controls', { name: 'controls' });
    expect(only(stack, 'AWS::Route53RecoveryControl::Cluster').Tags).toBeUndefined();
  });

  test('says where faults may be injected', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL, { faultInjection: true });
    new LogGroup(stack, 'Logs');
    expect(tagsOf(stack, LOG_GROUP)['resilience:fis-enabled']).toBe('true');
  });

  test('is in the metadata of its stack, with what it is owed and the role of the region', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL, { role: RegionRole.STANDBY });
    new LogGroup(stack, 'Logs');
    expect(Template.fromStack(stack).toJSON().Metadata['cdk-nines'].schema).toBe('cdk-nines.catalogue/1');
    expect(catalogued(stack)).toMatchObject({
      name: 'shop',
      tier: 1,
      owner: 'team-shop',
      system: 'retail',
      role: 'standby',
      objectives: { slo: '0.9995', recovery: { region: { rtoSeconds: 3600, rpoSeconds: 300 } } },
    });
  });

  test('keeps costs out of the template, and says where its runbook is, as alarms and incidents do', () => {
    const stack = new Stack(new App(), 'Pay');
    declareService(stack, payments);
    new LogGroup(stack, 'Logs');
    const text = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(text).not.toMatch(/90000|EUR/);
    expect(catalogued(stack).runbook).toBe('runbooks/payments.md');
  });

  test('that takes a part of a stack names its resources, and the rest stays with the other', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    new LogGroup(stack, 'Logs');
    const part = new Construct(stack, 'Payments');
    declareService(part, payments);
    const logs = new LogGroup(part, 'Logs');
    expect(resourcesByService(stack)).toEqual({
      payments: [stack.getLogicalId(logs.node.defaultChild as never)],
      shop: undefined,
    });
    Template.fromStack(stack).hasResourceProperties(LOG_GROUP, {
      Tags: [
        { Key: 'resilience:fis-enabled', Value: 'false' },
        { Key: 'resilience:owner', Value: 'team-pay' },
        { Key: 'resilience:service', Value: 'payments' },
        { Key: 'resilience:system', Value: 'retail' },
        { Key: 'resilience:tier', Value: '0' },
      ],
    });
  });

  test('of a stage is in each of its stacks, nested ones too', () => {
    const stage = new Stage(new App(), 'Prod');
    declareService(stage, shopOf(Tier.STANDARD));
    const one = new Stack(stage, 'One');
    const other = new Stack(stage, 'Other');
    const nested = new NestedStack(other, 'Nested');
    for (const stack of [one, nested]) new LogGroup(stack, 'Logs');
    expect([one, other, nested].map((stack) => catalogued(stack).name)).toEqual(['shop', 'shop', 'shop']);
  });

  test('fails when another one is declared in the same place', () => {
    const stack = shopStack(Tier.STANDARD);
    expect(refusal(() => declareService(stack, payments)).message).toBe(
      'Shop: the service payments is declared where shop is declared already\n' +
        '  fix: declare payments on a construct of its own',
    );
  });

  test('is found from below', () => {
    const stack = shopStack(Tier.STANDARD);
    expect(ServiceScope.of(new Construct(stack, 'Deep'))?.service.name).toBe('shop');
    expect(ServiceScope.of(stack.node.root)).toBeUndefined();
  });

  test('gives the same bytes each time', () => {
    const synthesise = (): string => {
      const stack = shopStack(Tier.BUSINESS_CRITICAL);
      networkIn(stack);
      return JSON.stringify(Template.fromStack(stack).toJSON());
    };
    expect(synthesise()).toBe(synthesise());
  });
});

describe('the tier of a construct', () => {
  test('is that of the enclosing service', () => {
    const stack = shopStack(Tier.IMPORTANT);
    networkIn(stack);
    expect(catalogued(stack).decisions).toContainEqual(
      expect.objectContaining({ what: 'Network.natGateways', value: '3' }),
    );
  });

  test('fails when nobody says it', () => {
    const stack = new Stack(new App(), 'Bare');
    expect(refusal(() => new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES })).message).toBe(
      'Bare/Network: no tier: it is not inside a declared service\n' +
        '  fix: declare the service with declareService or a RegionSet, or set tier',
    );
  });

  test('fails when it is below that of its service, which would get around every other check', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const props = { tier: Tier.STANDARD, availabilityZones: ZONES };
    expect(refusal(() => new ResilientNetwork(stack, 'Network', props)).problem).toBe(
      'tier is 3, but the tier owes 1 (it is a part of shop)',
    );
    new ResilientNetwork(stack, 'Fallback', { ...props, weakening: WEAKENING });
    expect(catalogued(stack).weakenings).toEqual([{ ...WEAKENING, what: 'Fallback.tier' }]);
  });

  test('may be above that of its service', () => {
    const stack = shopStack(Tier.STANDARD);
    new ResilientNetwork(stack, 'Network', { tier: Tier.MISSION_CRITICAL, availabilityZones: ZONES });
    Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', 3);
  });
});

test('fails when a weakening has no reason, no date and no role', () => {
  const stack = shopStack(Tier.BUSINESS_CRITICAL);
  const weakening = { reason: '', expires: 'soon', approver: 'jo@example.com' };
  expect(
    refusal(
      () => new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES, natGateways: 1, weakening }),
    ).problem,
  ).toMatch(/^3 mistakes: /);
});
