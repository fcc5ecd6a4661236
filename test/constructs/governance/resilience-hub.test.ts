import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { App, Stack, Stage } from 'aws-cdk-lib/core';
import { Span } from '../../../lib/calculus/time-span';
import { ResilienceHub, type ResilienceHubProps } from '../../../lib/constructs/governance/resilience-hub';
import { FunctionCriticality } from '../../../lib/constructs/governance/resilience-hub-journeys';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { ActiveActive } from '../../../lib/constructs/region/active-active';
import { ActivePassive } from '../../../lib/constructs/region/active-passive';
import { Objectives } from '../../../lib/objectives/objectives';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, only, refusal, shopOf, shopStack } from '../fixtures';

const type = (name: string) => `AWS::ResilienceHubV2::${name}`;
const POLICY = type('Policy');

/** The hub in both regions of the shop, the primary first. */
function hubIn(tier: Tier, props: ResilienceHubProps = {}, service = shopOf(tier)): readonly Stack[] {
  const { stacks } = new ActivePassive(new App(), 'Shop', {
    service,
    account: ACCOUNT,
    primary: 'eu-west-1',
    standby: 'eu-central-1',
    build: (stack) => new ResilienceHub(stack, 'Hub', props),
  });
  return stacks;
}

const refused = (props: ResilienceHubProps) =>
  refusal(() => new ResilienceHub(shopStack(Tier.STANDARD), 'Hub', props));

describe('a ResilienceHub', () => {
  test.each([
    [Tier.MISSION_CRITICAL, 99.99, [2, 1], ['HOT_STANDBY', 15, 1, 5]],
    [Tier.BUSINESS_CRITICAL, 99.95, [5, 1], ['WARM_STANDBY', 60, 5, 5]],
    [Tier.IMPORTANT, 99.9, [15, 5], ['BACKUP_AND_RESTORE', 480, 1440, 60]],
    [Tier.STANDARD, 99.5, [240, 1440], ['BACKUP_AND_RESTORE', 4320, 2880, 1440]],
  ] as const)('at tier %i owes an SLO of %d %%', (tier, target, zone, [approach, rto, rpo, backups]) => {
    const [primary] = hubIn(tier);
    expect(only(primary!, POLICY)).toMatchObject({
      Name: 'shop',
      AvailabilitySlo: { Target: target },
      MultiAz: { DisasterRecoveryApproach: 'ACTIVE_ACTIVE', RtoInMinutes: zone[0], RpoInMinutes: zone[1] },
      MultiRegion: {
        DisasterRecoveryApproach: approach,
        RtoInMinutes: rto,
        RpoInMinutes: rpo,
      },
      DataRecovery: { TimeBetweenBackupsInMinutes: backups },
    });
    expect(catalogued(primary!).decisions).toContainEqual(
      expect.objectContaining({ what: 'Hub.availabilitySlo', value: `${target} %` }),
    );
  });

  test('owes what the service declares, in whole minutes and never none', () => {
    const seconds = { rto: Span.seconds(90), rpo: Span.ZERO };
    const objectives = Objectives.forTier(Tier.BUSINESS_CRITICAL, {
      availabilityZone: seconds,
      instance: { rto: Span.seconds(90) },
      dataRepair: { rpo: Span.seconds(30) },
      region: { rto: Span.minutes(10), rpo: Span.ZERO },
    });
    const service = new Service({ name: 'a', tier: Tier.BUSINESS_CRITICAL, owner: 'team-shop', objectives });
    expect(only(hubIn(Tier.BUSINESS_CRITICAL, {}, service)[0]!, POLICY)).toMatchObject({
      Name: 'service-a',
      MultiAz: { RtoInMinutes: 1, RpoInMinutes: 1 },
      MultiRegion: { RtoInMinutes: 10, RpoInMinutes: 1 },
      DataRecovery: { TimeBetweenBackupsInMinutes: 1 },
    });
  });

  test('asks for no backups of data that can be rebuilt', () => {
    const dataClasses = [{ name: 'cache', rebuildable: true }];
    const service = new Service({ name: 'shop', tier: Tier.STANDARD, owner: 'team-shop', dataClasses });
    expect(only(hubIn(Tier.STANDARD, {}, service)[0]!, POLICY).DataRecovery).toBeUndefined();
  });

  test('finds the service by its tag in all of its regions, with a role of its own', () => {
    const [primary] = hubIn(Tier.BUSINESS_CRITICAL);
    const service = only(primary!, type('Service'));
    expect(service).toMatchObject({
      Name: 'shop',
      Regions: ['eu-central-1', 'eu-west-1'],
      DependencyDiscovery: 'DISABLED',
      InputSources: [
        { ResourceConfiguration: { ResourceTags: [{ Key: 'resilience:service', Values: ['shop'] }] } },
      ],
      PermissionModel: { InvokerRoleName: { Ref: expect.stringMatching(/^HubInvoker/) } },
    });
    expect(service.PolicyArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^HubPolicy/), 'PolicyArn'] });
    expect(only(primary!, type('System')).Name).toBe('retail');
    expect(only(primary!, 'AWS::IAM::Role').AssumeRolePolicyDocument.Statement[0].Principal).toEqual({
      Service: 'resiliencehub.amazonaws.com',
    });
  });

  test('builds something in the primary only', () => {
    const [, standby] = hubIn(Tier.BUSINESS_CRITICAL);
    expect(Template.fromStack(standby!).toJSON().Resources).toBeUndefined();
    const hub = standby!.node.findChild('Hub') as ResilienceHub;
    expect([hub.policy, hub.service, hub.system]).toEqual([undefined, undefined, undefined]);
  });

  test('builds something in the first active region only, and leaves out the witness', () => {
    const { stacks } = new ActiveActive(new App(), 'Shop', {
      service: shopOf(Tier.MISSION_CRITICAL),
      account: ACCOUNT,
      regions: ['eu-west-1', 'eu-central-1'],
      witness: 'eu-west-3',
      build: (stack) => new ResilienceHub(stack, 'Hub'),
    });
    const [ireland, frankfurt] = stacks;
    expect(Template.fromStack(ireland!).toJSON().Resources).toBeUndefined();
    expect(only(frankfurt!, type('Service')).Regions).toEqual(['eu-central-1', 'eu-west-1']);
    expect(only(frankfurt!, POLICY).MultiRegion.DisasterRecoveryApproach).toBe('ACTIVE_ACTIVE');
  });

  test('owes nothing for the loss of a region where there is only one', () => {
    const stack = shopStack(Tier.STANDARD);
    new ResilienceHub(stack, 'Hub');
    expect(only(stack, POLICY).MultiRegion).toBeUndefined();
    expect(only(stack, type('Service')).Regions).toEqual(['eu-west-1']);
  });

  test('says the stage in its names', () => {
    const stage = new Stage(new App(), 'Prod');
    const stack = new Stack(stage, 'Shop');
    declareService(stack, shopOf(Tier.STANDARD));
    new ResilienceHub(stack, 'Hub');
    expect(only(stack, POLICY).Name).toBe('prod-shop');
    expect(only(stack, type('System')).Name).toBe('prod-retail');
  });

  test('tags what takes tags', () => {
    const [primary] = hubIn(Tier.BUSINESS_CRITICAL, { functions: [{ name: 'take-payment' }] });
    const tag = { Key: 'resilience:service', Value: 'shop' };
    for (const each of ['Policy', 'Service', 'System']) {
      expect(only(primary!, type(each)).Tags).toContainEqual(tag);
    }
    expect(Object.keys(only(primary!, type('ServiceFunction'))).sort()).toEqual([
      'Criticality',
      'Name',
      'ServiceArn',
    ]);
    expect(Object.keys(only(primary!, type('System'))).sort()).toEqual(['Name', 'Tags']);
  });

  test('keeps names within sixty characters', () => {
    const service = new Service({ name: `s${'hop'.repeat(20)}`, tier: Tier.STANDARD, owner: 'team-shop' });
    expect(only(hubIn(Tier.STANDARD, {}, service)[0]!, POLICY).Name).toHaveLength(60);
  });

  test('lets the strictest journey decide, and says that the service is built for less', () => {
    const [primary] = hubIn(Tier.BUSINESS_CRITICAL, {
      journeys: [
        { name: 'checkout', tier: Tier.MISSION_CRITICAL, description: 'from basket to receipt' },
        { name: 'browse', tier: Tier.STANDARD },
        { name: 'search' },
      ],
    });
    const template = Template.fromStack(primary!);
    const policies = template.findResources(POLICY);
    const named = (name: string) =>
      Object.entries(policies).find(([, { Properties }]) => Properties.Name === name) ?? ['', {}];
    expect(
      Object.values(policies).map(({ Properties }) => [Properties.Name, Properties.AvailabilitySlo.Target]),
    ).toEqual(
      expect.arrayContaining([
        ['shop', 99.99],
        ['shop-tier-1', 99.95],
        ['shop-tier-3', 99.5],
      ]),
    );
    for (const [Name, policy] of [
      ['checkout', 'shop'],
      ['browse', 'shop-tier-3'],
      ['search', 'shop-tier-1'],
    ] as const) {
      template.hasResourceProperties(type('UserJourney'), {
        Name,
        PolicyArn: { 'Fn::GetAtt': [named(policy)[0], 'PolicyArn'] },
        SystemIdentifier: { 'Fn::GetAtt': [Match.anyValue(), 'SystemArn'] },
      });
    }
    template.hasResourceProperties(type('Service'), {
      PolicyArn: { 'Fn::GetAtt': [named('shop')[0], 'PolicyArn'] },
      AssociatedSystems: [{ UserJourneyIds: [Match.anyValue(), Match.anyValue(), Match.anyValue()] }],
    });
    Annotations.fromStack(primary!).hasWarning(
      '/Shop-eu-west-1/Hub',
      Match.stringLikeRegexp('a journey is of tier 0, but shop is built for tier 1'),
    );
  });

  test('is not stricter for journeys that are less critical, and warns of nothing', () => {
    const [primary] = hubIn(Tier.BUSINESS_CRITICAL, { journeys: [{ name: 'browse', tier: Tier.STANDARD }] });
    Annotations.fromStack(primary!).hasNoWarning('*', Match.anyValue());
    Template.fromStack(primary!).hasResourceProperties(POLICY, {
      Name: 'shop',
      AvailabilitySlo: { Target: 99.95 },
    });
  });

  test('tells functions with their criticality, assertions and roles of other accounts', () => {
    const arn = 'arn:aws:iam::444455556666:role/hub';
    const [primary] = hubIn(Tier.BUSINESS_CRITICAL, {
      functions: [
        { name: 'take-payment' },
        { name: 'recommend', criticality: FunctionCriticality.SUPPLEMENTAL, description: 'more to buy' },
      ],
      assertions: ['orders are never lost'],
      crossAccountRoleArns: [arn],
      dependencyDiscovery: true,
    });
    const template = Template.fromStack(primary!);
    template.hasResourceProperties(type('ServiceFunction'), {
      Name: 'take-payment',
      Criticality: 'PRIMARY',
      ServiceArn: { 'Fn::GetAtt': [Match.anyValue(), 'ServiceArn'] },
    });
    template.hasResourceProperties(type('ServiceFunction'), {
      Name: 'recommend',
      Criticality: 'SUPPLEMENTAL',
    });
    template.hasResourceProperties(type('Service'), {
      Assertions: [{ Text: 'orders are never lost' }],
      DependencyDiscovery: 'ENABLED',
      PermissionModel: { CrossAccountRoleArns: [{ CrossAccountRoleArn: arn }] },
    });
  });

  test('takes a system and a role that are there', () => {
    const stack = shopStack(Tier.STANDARD);
    const systemArn = `arn:aws:resiliencehub:eu-west-1:${ACCOUNT}:system/retail:abc`;
    const invokerRole = Role.fromRoleName(stack, 'Role', 'hub');
    const { system } = new ResilienceHub(stack, 'Hub', { systemArn, invokerRole });
    expect(system).toBeUndefined();
    expect(only(stack, type('Service'))).toMatchObject({
      AssociatedSystems: [{ SystemArn: systemArn }],
      PermissionModel: { InvokerRoleName: 'hub' },
    });
  });

  test.each<[string, ResilienceHubProps, string]>([
    ['a journey has a name of one letter', { journeys: [{ name: 'a' }] }, '"a" is no name for a journey'],
    [
      'a function has a name with blanks',
      { functions: [{ name: 'take it' }] },
      '"take it" is no name for a function',
    ],
    [
      'a journey is named twice',
      { journeys: [{ name: 'buy' }, { name: 'buy' }] },
      'the journey buy is named twice',
    ],
    ['a tier is none', { journeys: [{ name: 'buy', tier: 7 as Tier }] }, 'journey buy: 7 is no tier'],
    ['an assertion is empty', { assertions: [' '] }, 'an assertion is empty'],
    [
      'there are too many assertions',
      { assertions: Array.from({ length: 21 }, () => 'holds') },
      'there are 21 assertions, but a service has 20 at most',
    ],
  ])('fails when %s', (_, props, problem) => {
    expect(refused(props).problem).toBe(problem);
  });

  test('fails when the service is told twice', () => {
    const stack = shopStack(Tier.STANDARD);
    new ResilienceHub(stack, 'Hub');
    expect(refusal(() => new ResilienceHub(stack, 'Again'))).toMatchObject({
      path: 'Shop/Again',
      problem: 'Shop/Hub tells Resilience Hub of shop already',
    });
  });

  test('fails when two services of an account make the same system', () => {
    const app = new App();
    const hubIn = (name: string, region: string) => {
      const stack = new Stack(app, `${name}-${region}`, { env: { account: '111122223333', region } });
      declareService(stack, new Service({ name, tier: Tier.STANDARD, owner: 'team', system: 'bank' }));
      return new ResilienceHub(stack, 'Hub');
    };
    hubIn('payments', 'eu-west-1');
    expect(() => hubIn('payments-us', 'us-east-1')).not.toThrow();
    expect(refusal(() => hubIn('ledger', 'eu-west-1'))).toMatchObject({
      path: 'ledger-eu-west-1/Hub',
      problem:
        'payments-eu-west-1/Hub makes the system bank already, of which an account has one in a region',
      fix: 'deploy payments-eu-west-1/Hub first, and give the ARN of its system here as systemArn',
    });
  });

  test('fails outside a declared service', () => {
    expect(refusal(() => new ResilienceHub(new Stack(new App(), 'Bare'), 'Hub')).problem).toMatch(
      /not inside a declared/,
    );
  });
});
