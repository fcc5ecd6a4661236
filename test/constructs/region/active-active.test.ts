import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { App, Stage } from 'aws-cdk-lib/core';
import { ActiveActive, type ActiveActiveProps } from '../../../lib/constructs/region/active-active';
import { membershipOf, sharedName } from '../../../lib/constructs/region/membership';
import { RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { Residency } from '../../../lib/objectives/residency';
import { Service } from '../../../lib/objectives/service';
import { TIERS, Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, refusal, shopOf } from '../fixtures';

/** The shop in Ireland and Frankfurt at once. */
function shopIn(tier: Tier, props: Partial<ActiveActiveProps> = {}): ActiveActive {
  return new ActiveActive(new App(), 'Shop', {
    service: shopOf(tier),
    account: ACCOUNT,
    regions: ['eu-west-1', 'eu-central-1'],
    build: (stack) => new LogGroup(stack, 'Logs'),
    ...props,
  });
}

const refused = (props: Partial<ActiveActiveProps>) => refusal(() => shopIn(Tier.MISSION_CRITICAL, props));

describe('an ActiveActive', () => {
  test.each(TIERS)('serves from all regions at tier %i', (tier) => {
    const { stacks } = shopIn(tier);
    expect(stacks.map((stack) => membershipOf(stack)?.place.role)).toEqual(['active', 'active']);
    expect(stacks.map((stack) => membershipOf(stack)?.approach)).toEqual(
      stacks.map(() => RecoveryApproach.ACTIVE_ACTIVE),
    );
    expect(catalogued(stacks[0]!).decisions).toContainEqual(
      expect.objectContaining({ what: 'approach', value: 'ACTIVE_ACTIVE' }),
    );
  });

  test('knows its witness, in which nothing is deployed', () => {
    const { stacks, witness } = shopIn(Tier.MISSION_CRITICAL, { witness: 'eu-west-3' });
    expect(stacks.map(({ stackName }) => stackName)).toEqual(['Shop-eu-west-1', 'Shop-eu-central-1']);
    expect(witness).toMatchObject({ region: 'eu-west-3', role: 'witness', availabilityZones: [] });
    expect(membershipOf(stacks[0]!)?.peers.map(({ region }) => region)).toEqual([
      'eu-central-1',
      'eu-west-3',
    ]);
  });

  test('does not let one region need another at deployment', () => {
    const app = new App();
    let first: LogGroup | undefined;
    new ActiveActive(app, 'Shop', {
      service: shopOf(Tier.MISSION_CRITICAL),
      account: ACCOUNT,
      regions: ['eu-west-1', 'eu-central-1'],
      build: (stack) => {
        const logs = new LogGroup(stack, 'Logs');
        if (first) logs.node.addDependency(first);
        first = logs;
      },
    });
    expect(refusal(() => app.synth()).problem).toMatch(/^it needs Shop-eu-west-1 in eu-west-1/);
  });

  test('is made region by region in stages of one name, whose stacks know each other by name', () => {
    const app = new App();
    const names = ['eu-west-1', 'eu-central-1'].map((region) => {
      const stage = new Stage(app, `Prod-${region}`, { stageName: 'Prod' });
      const { stacks } = new ActiveActive(stage, 'Shop', {
        service: shopOf(Tier.MISSION_CRITICAL),
        account: ACCOUNT,
        regions: ['eu-west-1', 'eu-central-1'],
        only: [region],
        build: (stack) => new LogGroup(stack, 'Logs'),
      });
      expect(membershipOf(stacks[0]!)?.peers).toHaveLength(1);
      return [...stacks.map(({ stackName }) => stackName), sharedName(stacks[0]!)];
    });
    expect(names).toEqual([
      ['Prod-Shop-eu-west-1', 'prod-shop'],
      ['Prod-Shop-eu-central-1', 'prod-shop'],
    ]);
  });

  test.each([
    ['only names another region', { only: ['eu-west-2'] }, /^only names eu-west-2, which is none/],
    ['only names none', { only: [] }, /^only names no region/],
    ['there is one region', { regions: ['eu-west-1'] }, /1 regions serve, but two must be active at least/],
    [
      'a witness is the second region',
      { regions: ['eu-west-1'], witness: 'eu-central-1' },
      /1 regions serve/,
    ],
    ['a witness serves as well', { witness: 'eu-west-1' }, /^eu-west-1 is named twice/],
    ['regions are missing', { regions: undefined }, /^regions is missing/],
    ['the service is missing', { service: undefined }, /^service is missing/],
    ['nothing fills its stacks', { build: undefined }, /^nothing fills its stacks/],
    [
      'its regions are one text',
      { regions: 'eu-west-1' as never },
      /^regions are "eu-west-1", which is no list$/,
    ],
    [
      'an account is that of another region',
      { accounts: { 'eu-west-2': ACCOUNT } },
      /^accounts names eu-west-2/,
    ],
  ])('fails when %s', (_, props, problem) => {
    expect(refused(props).problem).toMatch(problem);
  });

  test('fails when data may not lie with the witness, which keeps some', () => {
    const service = new Service({
      name: 'shop',
      tier: Tier.MISSION_CRITICAL,
      owner: 'team-shop',
      residency: new Residency({ countries: ['IE', 'DE'] }),
    });
    expect(refused({ service, witness: 'eu-west-3' }).problem).toBe(
      'data may lie in DE, IE only, and eu-west-3 is not there',
    );
  });

  test('fails when it is asked for a region that has no stack', () => {
    const set = shopIn(Tier.MISSION_CRITICAL, { witness: 'eu-west-3' });
    expect(refusal(() => set.stackIn('eu-west-3')).fix).toBe('ask for one of eu-west-1, eu-central-1');
  });
});
