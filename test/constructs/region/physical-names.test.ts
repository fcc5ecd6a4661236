import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { GlobalTable } from '../../../lib/constructs/data/key-value/global-table';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { ActivePassive } from '../../../lib/constructs/region/active-passive';
import { regionalName, sharedName } from '../../../lib/constructs/region/membership';
import { RegionSet, type RegionSetProps } from '../../../lib/constructs/region/region-set';
import { RegionStack } from '../../../lib/constructs/region/region-stack';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, only, refusal, shopOf, WEAKENING } from '../fixtures';

const [IRELAND, FRANKFURT] = ['eu-west-1', 'eu-central-1'] as const;

type Made = Partial<RegionSetProps> & { readonly places?: readonly string[] };

/** A set of regions; its stacks are filled by `build`. */
function setIn(scope: Construct, id: string, { places = [IRELAND, FRANKFURT], ...props }: Made = {}) {
  return new RegionSet(scope, id, {
    service: shopOf(Tier.BUSINESS_CRITICAL),
    regions: places.map((region, index) => ({
      region,
      role: index === 0 ? RegionRole.PRIMARY : RegionRole.STANDBY,
      availabilityZones: ['a', 'b', 'c'].map((letter) => region + letter),
    })),
    ...(props.stacks ? {} : { account: ACCOUNT, build: () => undefined }),
    ...props,
  });
}

const part = (scope: IConstruct, id = 'Orders'): Construct => new Construct(scope as Construct, id);
const nameIn = (scope: IConstruct, id?: string): string => sharedName(part(scope, id));
const namesOf = ({ stacks }: RegionSet | ActivePassive): string[] => stacks.map((each) => nameIn(each));

function ownStack(scope: Construct, id: string, region: string = IRELAND): Stack {
  return new Stack(scope, id, { env: { account: ACCOUNT, region } });
}

/** A stack of no set, built for the shop. */
function shopStackIn(scope: Construct, id: string, region?: string): Stack {
  const stack = ownStack(scope, id, region);
  declareService(stack, shopOf(Tier.STANDARD));
  return stack;
}

describe('the twins of a set have one name', () => {
  test('made of the service and of ids, where the set is called as the service', () => {
    expect(namesOf(setIn(new App(), 'Shop'))).toEqual(['shop-orders', 'shop-orders']);
  });

  test('with that of the set where it has another', () => {
    expect(namesOf(setIn(new App(), 'Blue'))).toEqual(['shop-blue-orders', 'shop-blue-orders']);
  });

  test('in stacks of the user’s own, whatever they are called', () => {
    const app = new App();
    const stacks = [ownStack(app, 'Dublin', IRELAND), ownStack(app, 'Main', FRANKFURT)];
    expect(namesOf(setIn(app, 'Shop', { stacks }))).toEqual(['shop-orders', 'shop-orders']);
  });

  test('in nested stacks, and in stacks below them whose ids say the region', () => {
    const { stacks } = setIn(new App(), 'Shop');
    const nested = stacks.map((stack) => nameIn(new NestedStack(stack, 'Data')));
    const below = stacks.map((stack) => nameIn(ownStack(stack, `Files-${stack.region}`, stack.region)));
    expect(nested).toEqual(['shop-data-orders', 'shop-data-orders']);
    expect(below).toEqual(['shop-files-orders', 'shop-files-orders']);
  });

  test('in stages of one name, each of which deploys one region', () => {
    const app = new App();
    const names = [IRELAND, FRANKFURT].flatMap((region) =>
      namesOf(setIn(new Stage(app, `Prod-${region}`, { stageName: 'Prod' }), 'Blue', { only: [region] })),
    );
    expect(names).toEqual(['prod-shop-blue-orders', 'prod-shop-blue-orders']);
  });

  test('whatever the tier and the number of regions', () => {
    const names = [Tier.MISSION_CRITICAL, Tier.STANDARD].flatMap((tier) =>
      [[IRELAND], [IRELAND, FRANKFURT], [IRELAND, FRANKFURT, 'eu-north-1']].flatMap((places) =>
        namesOf(setIn(new App(), 'Blue', { places, service: shopOf(tier), weakening: WEAKENING })),
      ),
    );
    expect([...new Set(names)]).toEqual(['shop-blue-orders']);
  });

  test('which each can tell of the other', () => {
    const [own, twin] = setIn(new App(), 'Blue').stacks.map((stack) => part(stack));
    expect(regionalName(own!, FRANKFURT)).toBe('shop-blue-orders-eu-central-1');
    expect(regionalName(twin!, FRANKFURT)).toBe('shop-blue-orders-eu-central-1');
  });
});

describe('what is no twin has a name of its own', () => {
  test('in two sets of one service', () => {
    const app = new App();
    const [shop, blue] = [setIn(app, 'Shop'), setIn(app, 'Blue')];
    expect([namesOf(shop)[0], namesOf(blue)[0]]).toEqual(['shop-orders', 'shop-blue-orders']);
  });

  test('in two stages of one account', () => {
    const app = new App();
    const names = ['Staging', 'Prod'].map((id) => namesOf(setIn(new Stage(app, id), 'Shop'))[0]);
    expect(names).toEqual(['staging-shop-orders', 'prod-shop-orders']);
  });

  test('in two stacks of no set', () => {
    const app = new App();
    const names = ['Shop', 'Archive', 'Reports-eu-west-1'].map((id) => nameIn(shopStackIn(app, id)));
    expect(names).toEqual(['shop-orders', 'shop-archive-orders', 'shop-reports-orders']);
  });

  test('in two stacks of one id, each in a construct of its own', () => {
    const app = new App();
    const names = ['Blue', 'Green'].map((id) => nameIn(shopStackIn(new Construct(app, id), 'Data')));
    expect(names).toEqual(['shop-blue-data-orders', 'shop-green-data-orders']);
  });

  test('in two stages that stand in the stack of a pipeline', () => {
    const delivery = ownStack(new App(), 'Delivery', 'eu-west-3');
    const names = ['Staging', 'Prod'].map((id) => nameIn(shopStackIn(new Stage(delivery, id), 'Shop')));
    expect(names).toEqual(['staging-shop-orders', 'prod-shop-orders']);
  });

  test('in two nested stacks, and beside them', () => {
    const stack = shopStackIn(new App(), 'Shop');
    const scopes = [stack, new NestedStack(stack, 'Data'), new NestedStack(stack, 'Files')];
    expect(scopes.map((scope) => nameIn(scope))).toEqual([
      'shop-orders',
      'shop-data-orders',
      'shop-files-orders',
    ]);
  });

  test('at another depth', () => {
    const stack = shopStackIn(new App(), 'Shop');
    const inner = part(stack, 'Inner');
    expect([nameIn(stack), nameIn(inner), nameIn(part(inner, 'Core'))]).toEqual([
      'shop-orders',
      'shop-inner-orders',
      'shop-inner-core-orders',
    ]);
  });

  test('of two services in one stack', () => {
    const stack = ownStack(new App(), 'Shop');
    const names = ['shop', 'cart'].map((name) => {
      const scope = part(stack, name === 'shop' ? 'One' : 'Two');
      declareService(scope, new Service({ name, tier: Tier.STANDARD, owner: 'team-shop' }));
      return nameIn(scope);
    });
    expect(names).toEqual(['shop-one-orders', 'cart-shop-two-orders']);
  });

  test('also where all are too long', () => {
    const app = new App();
    const names = ['Archive', 'Archives'].map((id) => sharedName(part(shopStackIn(app, id)), 18));
    expect(names.map((name) => name.length)).toEqual([18, 18]);
    expect(names[0]).not.toBe(names[1]);
  });
});

describe('the name of a set', () => {
  test('stands in the place of its id', () => {
    expect(namesOf(setIn(new App(), 'Blue', { name: 'green' }))).toEqual([
      'shop-green-orders',
      'shop-green-orders',
    ]);
  });

  test('keeps the names of a stack of no set that becomes one of its regions', () => {
    const before = nameIn(shopStackIn(new App(), 'Archive'));
    const app = new App();
    const stacks = [ownStack(app, 'Archive'), ownStack(app, 'ArchiveStandby', FRANKFURT)];
    const after = namesOf(setIn(app, 'ShopInTwoRegions', { stacks, name: 'Archive' }));
    expect(after).toEqual([before, before]);
  });

  test('can be given to an ActivePassive', () => {
    const set = new ActivePassive(new App(), 'Blue', {
      service: shopOf(Tier.BUSINESS_CRITICAL),
      account: ACCOUNT,
      primary: IRELAND,
      standby: FRANKFURT,
      name: 'green',
      build: () => undefined,
    });
    expect(namesOf(set)).toEqual(['shop-green-orders', 'shop-green-orders']);
  });

  test.each([
    ['', /^the name "" has no letter and no digit/],
    ['--', /^the name "--" has no letter and no digit/],
  ])('is refused as %p', (name, problem) => {
    const { problem: found, fix } = refusal(() => setIn(new App(), 'Blue', { name }));
    expect(found).toMatch(problem);
    expect(fix).toBe('write letters and digits, or leave it out: the id Blue stands there then');
  });

  test('is refused as one that is known at deployment only', () => {
    const app = new App();
    const { problem } = refusal(() => setIn(app, 'Blue', { name: new Stack(app, 'Other').stackId }));
    expect(problem).toBe('the name of the set is known at deployment only');
  });

  test('is said to a stack of a region that stands alone, or is its id', () => {
    const props = {
      place: { region: IRELAND, role: RegionRole.PRIMARY, availabilityZones: ['eu-west-1a'] },
      peers: [],
      service: shopOf(Tier.STANDARD),
      env: { account: ACCOUNT, region: IRELAND },
    };
    const app = new App();
    expect(nameIn(new RegionStack(app, 'Blue-eu-west-1', props))).toBe('shop-blue-orders');
    expect(nameIn(new RegionStack(app, 'Own', { ...props, setName: 'Green' }))).toBe('shop-green-orders');
  });
});

describe('two of one name are refused', () => {
  /** The error of the second call of two. */
  const second = (...[first, other]: readonly [() => unknown, () => unknown]) => {
    first();
    return refusal(other);
  };

  test('in two stacks of one set and one region', () => {
    const app = new App();
    const stacks = [ownStack(app, 'Data'), ownStack(app, 'Web'), ownStack(app, 'Standby', FRANKFURT)];
    setIn(app, 'Shop', { stacks });
    const { path, problem, fix } = second(
      () => nameIn(stacks[0]!),
      () => nameIn(stacks[1]!),
    );
    expect(path).toBe('Web/Orders');
    expect(problem).toBe(
      `its physical name shop-orders is that of Data/Orders as well, in eu-west-1 of account ${ACCOUNT}: AWS has a name once`,
    );
    expect(fix).toBe('give Web/Orders or Data/Orders another id');
  });

  test('which differ in letters that AWS does not take', () => {
    const stack = shopStackIn(new App(), 'Shop');
    const { path, fix } = second(
      () => nameIn(stack, 'Orders'),
      () => nameIn(stack, 'orders'),
    );
    expect(path).toBe('Shop/orders');
    expect(fix).toBe('give Shop/orders or Shop/Orders another id');
  });

  test('in two sets of one name', () => {
    const app = new App();
    const sets = [setIn(app, 'Blue'), setIn(app, 'Green', { name: 'blue' })];
    const { path, fix } = second(
      () => namesOf(sets[0]!),
      () => namesOf(sets[1]!),
    );
    expect(path).toBe('Green-eu-west-1/Orders');
    expect(fix).toBe('give the set of one of them another id, or a name');
  });

  test('in two stacks that differ in their region’s code alone', () => {
    const app = new App();
    const { fix } = second(
      () => nameIn(shopStackIn(app, 'Data')),
      () => nameIn(shopStackIn(app, 'Data-eu-west-1')),
    );
    expect(fix).toBe('give the stack of one of them another id');
  });

  test('in two stages of one name', () => {
    const app = new App();
    const shopIn = (id: string) => namesOf(setIn(new Stage(app, id, { stageName: 'Prod' }), 'Shop'));
    const { path, problem, fix } = second(
      () => shopIn('One'),
      () => shopIn('Two'),
    );
    expect(path).toBe('Two/Shop-eu-west-1/Orders');
    expect(problem).toContain(
      'its physical name prod-shop-orders is that of One/Shop-eu-west-1/Orders as well',
    );
    expect(fix).toBe('give one of the stages One and Two another stageName');
  });

  test('where neither account nor region is known yet', () => {
    const app = new App();
    const nameOf = (id: string) => nameIn(new Stack(app, id));
    const { problem } = second(
      () => nameOf('Data'),
      () => nameOf('data'),
    );
    expect(problem).toContain('is that of Data/Orders as well, in the region and account of both');
  });

  test('not in two accounts, nor in two regions, nor when one asks twice', () => {
    const app = new App();
    const stack = (id: string, account: string, region: string) =>
      new Stack(new Stage(app, id, { stageName: 'Prod' }), 'Shop', { env: { account, region } });
    const names = [
      stack('One', ACCOUNT, IRELAND),
      stack('Two', '444455556666', IRELAND),
      stack('Three', ACCOUNT, FRANKFURT),
    ].map((each) => part(each));
    expect([...names, ...names].map((each) => sharedName(each))).toEqual(Array(6).fill('prod-shop-orders'));
  });

  test('not in two apps', () => {
    expect([new App(), new App()].map((app) => nameIn(shopStackIn(app, 'Shop')))).toEqual([
      'shop-orders',
      'shop-orders',
    ]);
  });
});

test('a table of two sets has two names, and one of a set has one', () => {
  const app = new App();
  const [shop, blue] = ['Shop', 'Blue'].map((id) =>
    setIn(app, id, {
      build: (stack) =>
        new GlobalTable(stack, 'Orders', { partitionKey: { name: 'id', type: 'S' as never } }),
    }),
  );
  const tableIn = (set: RegionSet | undefined) =>
    only(set!.stackIn(IRELAND), 'AWS::DynamoDB::GlobalTable').TableName;
  expect([tableIn(shop), tableIn(blue)]).toEqual(['shop-orders', 'shop-blue-orders']);
});
