import { Template } from 'aws-cdk-lib/assertions';
import { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { App, Aws, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RegionPlace } from '../../../lib/constructs/region/region-place';
import { RegionSet, type RegionSetProps } from '../../../lib/constructs/region/region-set';
import { RegionStack, type RegionStackProps } from '../../../lib/constructs/region/region-stack';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Residency } from '../../../lib/objectives/residency';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, refusal, shopOf, WEAKENING } from '../fixtures';

function place(region: string, role: RegionRole, zones = 3): RegionPlace {
  return { region, role, availabilityZones: ['a', 'b', 'c'].slice(0, zones).map((each) => region + each) };
}

const IRELAND = place('eu-west-1', RegionRole.PRIMARY);
const FRANKFURT = place('eu-central-1', RegionRole.STANDBY);

/** The shop in Ireland, with Frankfurt behind it. */
function shopIn(scope: Construct, props: Partial<RegionSetProps> = {}): RegionSet {
  return new RegionSet(scope, 'Shop', {
    service: shopOf(Tier.BUSINESS_CRITICAL),
    account: ACCOUNT,
    regions: [IRELAND, FRANKFURT],
    build: (stack) => new LogGroup(stack, 'Logs'),
    ...props,
  });
}

const refused = (props: Partial<RegionSetProps>) => refusal(() => shopIn(new App(), props));

/** The two regions, in which the standby reads something of the primary. */
function reading(
  read: (primary: CfnLogGroup, standby: RegionStack) => void,
  props: Partial<RegionSetProps> = {},
): App {
  const app = new App();
  let source: CfnLogGroup | undefined;
  shopIn(app, {
    build: (stack) => {
      if (source) read(source, stack);
      else source = new CfnLogGroup(stack, 'Source');
    },
    ...props,
  });
  return app;
}

describe('a RegionSet', () => {
  test('makes one stack for each region, named after both, in its account and region', () => {
    const { stacks } = shopIn(new App());
    expect(
      stacks.map(({ node, stackName, account, region }) => [node.path, stackName, account, region]),
    ).toEqual([
      ['Shop-eu-west-1', 'Shop-eu-west-1', ACCOUNT, 'eu-west-1'],
      ['Shop-eu-central-1', 'Shop-eu-central-1', ACCOUNT, 'eu-central-1'],
    ]);
  });

  test('in a stage has names that say so', () => {
    const { stacks } = shopIn(new Stage(new App(), 'Prod'));
    expect(stacks.map(({ stackName }) => stackName)).toEqual([
      'Prod-Shop-eu-west-1',
      'Prod-Shop-eu-central-1',
    ]);
  });

  test('takes the account of a region where that names one', () => {
    const regions = [IRELAND, { ...FRANKFURT, account: '444455556666' }];
    expect(shopIn(new App(), { regions }).stackIn('eu-central-1').account).toBe('444455556666');
  });

  test('builds all regions with one function, which knows where it is', () => {
    const built: string[] = [];
    shopIn(new App(), {
      build: (stack, { role }) => {
        built.push(`${stack.region} ${role} ${stack.availabilityZones}`);
      },
    });
    expect(built).toEqual([
      'eu-west-1 primary eu-west-1a,eu-west-1b,eu-west-1c',
      'eu-central-1 standby eu-central-1a,eu-central-1b,eu-central-1c',
    ]);
  });

  test('builds all regions with one class, whose constructor knows the tier already', () => {
    class Shop extends RegionStack {
      constructor(scope: Construct, id: string, props: RegionStackProps) {
        super(scope, id, props);
        new LogGroup(this, `Logs${this.place.role === RegionRole.PRIMARY ? 'OfPrimary' : ''}`);
      }
    }
    const { stacks } = shopIn(new App(), { stackClass: Shop, build: undefined });
    expect(stacks.every((stack) => stack instanceof Shop)).toBe(true);
    expect(stacks.map((stack) => catalogued(stack).tier)).toEqual([1, 1]);
  });

  test('writes the service and the role of the region into each stack', () => {
    const { stacks } = shopIn(new App());
    expect(stacks.map((stack) => catalogued(stack).role)).toEqual(['primary', 'standby']);
    expect(stacks.map((stack) => catalogued(stack).onlyRegion)).toEqual([undefined, undefined]);
  });

  test('says of a service in one region that it has no other', () => {
    const { stacks } = shopIn(new App(), {
      regions: [IRELAND],
      service: new Service({ name: 'shop', tier: Tier.IMPORTANT, owner: 'team' }),
    });
    expect(stacks.map((stack) => catalogued(stack).onlyRegion)).toEqual([true]);
  });

  test('makes a stage that is not production say so', () => {
    const { stacks } = shopIn(new App(), { nonProduction: true });
    expect(stacks.map((stack) => catalogued(stack).nonProduction)).toEqual([true, true]);
    expect(stacks.map(({ terminationProtection }) => terminationProtection)).toEqual([false, false]);
  });

  test('looks nothing up', () => {
    const app = new App();
    shopIn(app, { build: (stack) => new LogGroup(stack, `In${stack.availabilityZones.length}`) });
    expect(app.synth().manifest.missing).toBeUndefined();
  });

  test('may have a witness beside two active regions', () => {
    const regions = [
      place('eu-west-1', RegionRole.ACTIVE),
      place('eu-central-1', RegionRole.ACTIVE),
      place('eu-west-3', RegionRole.WITNESS, 0),
    ];
    expect(shopIn(new App(), { regions }).stacks).toHaveLength(3);
  });

  test('fails when there are fewer regions than the tier owes', () => {
    expect(refused({ regions: [IRELAND] }).message).toMatch(
      /^Shop: regions is 1, but the tier owes 2 .*\n {2}fix: use 2, or give a weakening/,
    );
  });

  test('does not count a witness as a region that serves', () => {
    const regions = [IRELAND, place('eu-west-3', RegionRole.WITNESS)];
    expect(refused({ regions }).problem).toMatch(/^regions is 1, but the tier owes 2/);
  });

  test('may have fewer regions when somebody answers for it', () => {
    const { stacks } = shopIn(new App(), { regions: [IRELAND], weakening: WEAKENING });
    expect(catalogued(stacks[0]!).weakenings).toEqual([{ ...WEAKENING, what: 'regions' }]);
  });

  test.each([
    ['no region serves', [FRANKFURT]],
    ['2 regions are primary', [IRELAND, { ...FRANKFURT, role: RegionRole.PRIMARY }]],
    [
      '1 active and 1 primary or standby regions: users would not know where to go',
      [IRELAND, { ...FRANKFURT, role: RegionRole.ACTIVE }],
    ],
    ['eu-west-1 is named twice', [IRELAND, { ...IRELAND, role: RegionRole.STANDBY }]],
    [
      'the regions are of the partitions aws and aws-us-gov',
      [
        IRELAND,
        { ...FRANKFURT, region: 'us-gov-west-1', availabilityZones: ['us-gov-west-1a', 'us-gov-west-1b'] },
      ],
    ],
    ['eu-central-1 has no zones', [IRELAND, { ...FRANKFURT, availabilityZones: [] }]],
    ['eu-central-1 has no zones', [IRELAND, { ...FRANKFURT, availabilityZones: undefined as never }]],
    [
      '"eu-west-1a" is no zone of eu-central-1',
      [IRELAND, { ...FRANKFURT, availabilityZones: ['eu-west-1a'] }],
    ],
    [
      '"eu-central-1x", 1 is no zone of eu-central-1',
      [IRELAND, { ...FRANKFURT, availabilityZones: ['eu-central-1a', 'eu-central-1x', 1 as never] }],
    ],
    [
      'the zone eu-central-1a is named twice',
      [IRELAND, { ...FRANKFURT, availabilityZones: ['eu-central-1a', 'eu-central-1a'] }],
    ],
  ])('fails when %s', (problem, regions) => {
    expect(refused({ regions }).problem).toContain(problem);
  });

  test('fails in words where no compiler looked', () => {
    expect(refused({ approach: 'warm-standby' as never })).toMatchObject({
      problem: '"warm-standby" is no approach to recovery',
      fix: expect.stringContaining('HOT_STANDBY, WARM_STANDBY'),
    });
    const service = { name: 'shop', tier: 1, owner: 'team-shop' } as never;
    expect(refused({ service }).problem).toContain('service is no Service');
  });

  test.each<[string, Partial<RegionSetProps>, string, string]>([
    [
      'an account has too few digits',
      { account: '1234' },
      'account is "1234", which is no account: an id has 12 digits',
      "write its 12 digits as a text, such as '123456789012'",
    ],
    [
      'an account is a number',
      { account: 123456789012 as never },
      'account is 123456789012, which is no account: an id has 12 digits',
      "write '123456789012'",
    ],
    [
      'the account of a region is written in groups',
      { regions: [IRELAND, { ...FRANKFURT, account: '1234-5678-9012' }] },
      'the account of eu-central-1 is "1234-5678-9012", which is no account: an id has 12 digits',
      "write '123456789012'",
    ],
    [
      'a region is a bare code',
      { regions: ['eu-west-1'] as never },
      'regions are ["eu-west-1"], which is no list of regions with their roles',
      "write one entry for each: { region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: ['eu-west-1a', 'eu-west-1b'] }",
    ],
    [
      'a role is none',
      { regions: [IRELAND, { ...FRANKFURT, role: 'passive' as never }] },
      '"passive" is no role of eu-central-1',
      'write one of RegionRole: primary, standby, active, witness',
    ],
    [
      'there is one zone where a list is asked for',
      { regions: [IRELAND, { ...FRANKFURT, availabilityZones: 'eu-central-1a' as never }] },
      'availabilityZones of eu-central-1 are "eu-central-1a", which is no list',
      "write a list: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']",
    ],
  ])('fails when %s', (_, props, problem, fix) => {
    expect(refused(props)).toMatchObject({ path: 'Shop', problem, fix });
  });

  test('fails when build is async: what it builds after its first wait would be in no template', () => {
    const build = (async (stack: RegionStack) => {
      await Promise.resolve();
      new LogGroup(stack, 'Logs');
    }) as never;
    expect(refused({ build })).toMatchObject({
      path: 'Shop',
      problem:
        'build returns a promise in eu-west-1, and nobody waits for it: what it builds later is in no template',
      fix: 'make build a plain function, and wait for what it needs before the set is made',
    });
  });

  test('takes local zones, and the six zones of the largest region', () => {
    const zones = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `us-east-1${letter}`);
    const home = { ...IRELAND, region: 'us-east-1', availabilityZones: [...zones, 'us-east-1-bos-1a'] };
    expect(() => shopIn(new App(), { regions: [home, FRANKFURT] })).not.toThrow();
  });

  test('may leave its account to the deployment', () => {
    expect(() => shopIn(new App(), { account: Aws.ACCOUNT_ID })).not.toThrow();
  });

  test('fails with what is wrong of its regions and with their number at once', () => {
    const wrong = { regions: [{ ...IRELAND, availabilityZones: ['eu-west-2a'] }], account: '1' };
    expect(refused(wrong).problem).toMatch(
      /^3 mistakes: \(1\) account is "1", .*; \(2\) "eu-west-2a" is no zone .*; \(3\) regions is 1, but the tier owes 2/,
    );
  });

  test('fails when data may not lie in a region', () => {
    const residency = new Residency({ countries: ['IE'] });
    const service = new Service({
      name: 'shop',
      tier: Tier.BUSINESS_CRITICAL,
      owner: 'team-shop',
      residency,
    });
    expect(refused({ service }).problem).toBe('data may lie in IE only, and eu-central-1 is not there');
  });

  test('fails when a region is not known, with the nearest one that is', () => {
    expect(refused({ regions: [IRELAND, place('eu-cetnral-1', RegionRole.STANDBY)] })).toMatchObject({
      path: 'Shop',
      problem: expect.stringMatching(/^"eu-cetnral-1" is none of the \d+ regions known in/),
      fix: 'write eu-central-1 if that is meant; a newer region needs a newer cdk-nines',
    });
  });

  test.each([
    ['EU-WEST-1', 'write eu-west-1 if that is meant; a newer region needs a newer cdk-nines'],
    ['Ireland', 'write the code of a region, such as eu-west-1; a newer region needs a newer cdk-nines'],
  ])('says of the region %s how it is written, and asks for no zones of it', (region, fix) => {
    const unknown = { ...place(region, RegionRole.STANDBY), availabilityZones: [] };
    const { problem, ...refusal } = refused({ regions: [IRELAND, unknown] });
    expect(problem).toMatch(/^"[\w-]+" is none of the/);
    expect(refusal.fix).toBe(fix);
  });

  test.each(['service', 'regions'] as const)('fails when %s is missing', (what) => {
    expect(refused({ [what]: undefined })).toMatchObject({ path: 'Shop', problem: `${what} is missing` });
  });

  test('fails when nothing fills its stacks', () => {
    expect(refused({ build: undefined }).problem).toBe('nothing fills its stacks');
  });

  test('fails outside an app or a stage', () => {
    const inside = new Construct(new App(), 'Inside');
    expect(refusal(() => shopIn(inside)).problem).toMatch(/neither in an App nor in a Stage/);
  });

  test('fails when it is asked for a region that it has not', () => {
    expect(refusal(() => shopIn(new App()).stackIn('eu-north-1')).fix).toBe(
      'ask for one of eu-west-1, eu-central-1',
    );
  });
});

describe('a standby region', () => {
  test('depends on no other stack and mentions none', () => {
    const app = new App();
    const { stacks } = shopIn(app);
    const assembly = app.synth();
    const standby = assembly.getStackByName('Shop-eu-central-1');
    expect(standby.dependencies.map(({ id }) => id)).toEqual(['Shop-eu-central-1.assets']);
    expect(JSON.stringify(standby.template)).not.toContain(stacks[0]!.stackName);
  });

  test('fails when it reads something of the primary, and both are named', () => {
    const app = reading((source, standby) => {
      new CfnLogGroup(standby, 'Copy', { logGroupName: `copy-of-${source.attrArn}` });
    });
    expect(refusal(() => app.synth()).message).toBe(
      'Shop-eu-central-1: it needs Shop-eu-west-1/Source.Arn in eu-west-1, so it cannot be deployed while eu-west-1 is down\n' +
        '  fix: build it in eu-central-1 as well, or give Shop-eu-west-1/Source.Arn a fixed name and write that name here',
    );
  });

  test('fails as well when the app asks for weak references', () => {
    const app = reading((source, standby) => {
      standby.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'weak');
      new CfnLogGroup(standby, 'Copy', { logGroupName: `copy-of-${source.attrArn}` });
    });
    expect(refusal(() => app.synth()).path).toBe('Shop-eu-central-1');
  });

  test('fails when it reads something of the primary in another account', () => {
    const app = reading(
      (source, standby) => {
        new CfnLogGroup(standby, 'Copy', { logGroupName: `copy-of-${source.attrArn}` });
      },
      { regions: [IRELAND, { ...FRANKFURT, account: '444455556666' }] },
    );
    expect(refusal(() => app.synth())).toMatchObject({
      path: 'Shop-eu-central-1/Copy',
      problem: expect.stringMatching(/ of Shop-eu-west-1 in eu-west-1, so it cannot be deployed/),
    });
  });

  test('fails when a nested stack of it reads something of the primary', () => {
    const app = reading((source, standby) => {
      new CfnLogGroup(new NestedStack(standby, 'Nested'), 'Copy', { logGroupName: source.attrArn });
    });
    expect(refusal(() => app.synth()).path).toBe('Shop-eu-central-1');
  });

  test('fails when it waits for a resource of the primary', () => {
    const app = reading((source, standby) => {
      new CfnLogGroup(standby, 'Copy').node.addDependency(source);
    });
    expect(refusal(() => app.synth()).problem).toMatch(/^it needs Shop-eu-west-1 in eu-west-1/);
  });

  test('fails when it is told to wait for the primary', () => {
    const { stacks } = shopIn(new App());
    expect(refusal(() => stacks[1]!.addStackDependency(stacks[0]!)).path).toBe('Shop-eu-central-1');
  });

  test('may depend on another stack of its own region', () => {
    const app = new App();
    const base = new Stack(app, 'Base', { env: { account: ACCOUNT, region: 'eu-central-1' } });
    shopIn(app, {
      build: (stack, { role }) => {
        new LogGroup(stack, 'Logs');
        if (role === RegionRole.STANDBY) stack.addStackDependency(base);
      },
    });
    expect(() => app.synth()).not.toThrow();
  });

  test('may be read by the primary', () => {
    const app = new App();
    const sources = new Map<string, CfnLogGroup>();
    shopIn(app, {
      regions: [FRANKFURT, IRELAND],
      build: (stack) => {
        const other = sources.get('eu-central-1');
        const props = other ? { logGroupName: other.attrArn } : {};
        sources.set(stack.region, new CfnLogGroup(stack, 'Logs', props));
      },
    });
    expect(() => app.synth()).not.toThrow();
  });

  test('may write down a fixed name of the primary', () => {
    const app = reading((_, standby) => {
      new CfnLogGroup(standby, 'Copy', { logGroupName: 'copy-of-orders' });
    });
    const template = Template.fromStack(app.node.findChild('Shop-eu-central-1') as Stack);
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: 'copy-of-orders' });
  });
});
