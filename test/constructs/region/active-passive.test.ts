import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { App, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Span } from '../../../lib/calculus/time-span';
import { ActivePassive, type ActivePassiveProps } from '../../../lib/constructs/region/active-passive';
import { membershipOf } from '../../../lib/constructs/region/membership';
import { RegionStack } from '../../../lib/constructs/region/region-stack';
import { Objectives } from '../../../lib/objectives/objectives';
import { RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { Residency } from '../../../lib/objectives/residency';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, refusal, shopOf, WEAKENING } from '../fixtures';

const { ACTIVE_ACTIVE, HOT_STANDBY, WARM_STANDBY, PILOT_LIGHT, BACKUP_AND_RESTORE } = RecoveryApproach;

/** The shop in Ireland, with Frankfurt behind it. */
function shopIn(tier: Tier, props: Partial<ActivePassiveProps> = {}, scope: Construct = new App()) {
  return new ActivePassive(scope, 'Shop', {
    service: shopOf(tier),
    account: ACCOUNT,
    primary: 'eu-west-1',
    standby: 'eu-central-1',
    build: (stack) => new LogGroup(stack, 'Logs'),
    ...props,
  });
}

const refused = (tier: Tier, props: Partial<ActivePassiveProps>) => refusal(() => shopIn(tier, props));

/** A shop whose objectives differ from those of its tier. */
const shopOwed = (tier: Tier, overrides: Parameters<typeof Objectives.forTier>[1]) =>
  new Service({ name: 'shop', tier, owner: 'team-shop', objectives: Objectives.forTier(tier, overrides) });

describe('an ActivePassive', () => {
  test.each([
    [Tier.MISSION_CRITICAL, HOT_STANDBY, '2'],
    [Tier.BUSINESS_CRITICAL, WARM_STANDBY, '2'],
    [Tier.IMPORTANT, BACKUP_AND_RESTORE, '1'],
    [Tier.STANDARD, BACKUP_AND_RESTORE, '1'],
  ])('at tier %i is a %s, with %s regions that run', (tier, approach, regions) => {
    const set = shopIn(tier);
    expect(set.approach).toBe(approach);
    for (const stack of set.stacks) {
      const { decisions } = catalogued(stack);
      expect(decisions).toContainEqual(expect.objectContaining({ what: 'approach', value: approach }));
      expect(decisions).toContainEqual(expect.objectContaining({ what: 'regions', value: regions }));
    }
  });

  test('makes a stack for each region, with its role, account, zones and approach', () => {
    const { stacks } = shopIn(Tier.BUSINESS_CRITICAL, { accounts: { 'eu-central-1': '444455556666' } });
    expect(stacks.map(({ stackName, account }) => [stackName, account])).toEqual([
      ['Shop-eu-west-1', ACCOUNT],
      ['Shop-eu-central-1', '444455556666'],
    ]);
    const [primary, standby] = stacks.map((stack) => membershipOf(stack));
    expect(primary?.place).toEqual({
      region: 'eu-west-1',
      role: 'primary',
      availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
      account: ACCOUNT,
    });
    expect(primary?.approach).toBe(WARM_STANDBY);
    expect(primary?.peers).toEqual([standby?.place]);
    expect(standby?.peers).toEqual([primary?.place]);
  });

  test('tells its class and its function how a region comes back', () => {
    const told: unknown[] = [];
    class Shop extends RegionStack {}
    shopIn(Tier.STANDARD, { stackClass: Shop, build: (stack) => told.push(stack.approach) });
    expect(told).toEqual([BACKUP_AND_RESTORE, BACKUP_AND_RESTORE]);
  });

  test('fills a region that holds copies alone with what was said of copies', () => {
    const { stacks } = shopIn(Tier.IMPORTANT, { buildCopies: (stack) => new Construct(stack, 'Copies') });
    expect(stacks.map((stack) => stack.node.tryFindChild('Copies') !== undefined)).toEqual([false, true]);
    expect(stacks.map((stack) => stack.node.tryFindChild('Logs') !== undefined)).toEqual([true, false]);
  });

  test('fills a standby that runs with the same as the primary, whatever was said of copies', () => {
    const { stacks } = shopIn(Tier.BUSINESS_CRITICAL, {
      buildCopies: (stack) => new Construct(stack, 'Copies'),
    });
    expect(stacks.map((stack) => stack.node.tryFindChild('Logs') !== undefined)).toEqual([true, true]);
  });

  test('takes the zones that the accounts of a region usually see', () => {
    const set = shopIn(Tier.BUSINESS_CRITICAL, { primary: 'ap-northeast-1', standby: 'ca-central-1' });
    expect(set.primary.availabilityZones).toEqual(['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d']);
    expect(set.standby.availabilityZones).toEqual(['ca-central-1a', 'ca-central-1b', 'ca-central-1d']);
  });

  test('is a faster one than the tier says where its service is owed that', () => {
    const service = shopOwed(Tier.IMPORTANT, { region: { rto: Span.hours(1) } });
    const set = shopIn(Tier.IMPORTANT, { service });
    expect(set.approach).toBe(PILOT_LIGHT);
    expect(catalogued(set.stacks[0]!).decisions).toContainEqual(
      expect.objectContaining({
        what: 'approach',
        because: expect.stringMatching(/^BACKUP_AND_RESTORE takes 4 h at least, too long for an RTO of 1 h/),
      }),
    );
  });

  test('is a faster one where a restore would use up more than the SLO allows in a year', () => {
    expect(shopIn(Tier.IMPORTANT, { service: shopOwed(Tier.IMPORTANT, { slo: 0.9999 }) }).approach).toBe(
      PILOT_LIGHT,
    );
  });

  test('may be a faster one by hand', () => {
    expect(shopIn(Tier.STANDARD, { approach: WARM_STANDBY }).approach).toBe(WARM_STANDBY);
  });

  test('fails when the approach is weaker than the tier allows', () => {
    expect(refused(Tier.BUSINESS_CRITICAL, { approach: PILOT_LIGHT }).message).toMatch(
      /^Shop: approach is PILOT_LIGHT, but the tier owes WARM_STANDBY \(.*\)\n {2}fix: use WARM_STANDBY, or give a weakening/,
    );
  });

  test('may be weaker when somebody answers for it', () => {
    const { stacks } = shopIn(Tier.BUSINESS_CRITICAL, { approach: PILOT_LIGHT, weakening: WEAKENING });
    expect(catalogued(stacks[0]!).weakenings).toEqual([{ ...WEAKENING, what: 'approach' }]);
  });

  test('fails when the approach cannot keep the recovery time, whoever answers for it', () => {
    const slow = { approach: BACKUP_AND_RESTORE, weakening: WEAKENING };
    expect(refused(Tier.BUSINESS_CRITICAL, slow).message).toBe(
      'Shop: approach BACKUP_AND_RESTORE takes 4 h at least (hours: everything is built and restored), ' +
        'but an RTO of 1 h is owed at the loss of a region\n' +
        '  fix: use HOT_STANDBY, or WARM_STANDBY, or PILOT_LIGHT, or an ActiveActive; ' +
        'or give region an RTO of at least 4 h in the objectives',
    );
  });

  test('fails when no waiting region is fast enough', () => {
    const fast = { rto: Span.seconds(30) };
    const service = shopOwed(Tier.MISSION_CRITICAL, { region: fast, availabilityZone: fast, instance: fast });
    expect(refused(Tier.MISSION_CRITICAL, { service })).toMatchObject({
      problem: expect.stringMatching(/^approach HOT_STANDBY takes 1 min at least/),
      fix: expect.stringMatching(/^use an ActiveActive; or give region an RTO of at least 1 min/),
    });
  });

  test('fails when one recovery would use up more than the SLO allows in a year', () => {
    const service = shopOwed(Tier.IMPORTANT, { slo: 0.9999 });
    expect(refused(Tier.IMPORTANT, { service, approach: BACKUP_AND_RESTORE }).problem).toMatch(
      /^an SLO of 99.99 % allows .* but one recovery by BACKUP_AND_RESTORE takes 4 h at least/,
    );
  });

  test('fails when both regions are to serve', () => {
    expect(refused(Tier.STANDARD, { approach: ACTIVE_ACTIVE })).toMatchObject({
      problem: 'approach is ACTIVE_ACTIVE, in which no region waits',
      fix: 'use an ActiveActive, or an approach of HOT_STANDBY, WARM_STANDBY, PILOT_LIGHT, BACKUP_AND_RESTORE',
    });
  });

  test.each(['service', 'primary', 'standby'] as const)('fails when %s is missing', (what) => {
    expect(refused(Tier.STANDARD, { [what]: undefined })).toMatchObject({
      path: 'Shop',
      problem: `${what} is missing`,
    });
  });

  test.each([
    ['the regions are one', { standby: 'eu-west-1' }, 'eu-west-1 is named twice'],
    ['a region is not known', { standby: 'eu-cetnral-1' }, '"eu-cetnral-1" is none of'],
    ['the zones of a region differ between accounts', { primary: 'us-west-1' }, 'us-west-1 has no zones'],
    ['nothing fills its stacks', { build: undefined }, 'nothing fills its stacks'],
    [
      'an account is that of another region',
      { accounts: { 'eu-west-2': ACCOUNT } },
      'accounts names eu-west-2, which is none of the regions',
    ],
    [
      'zones are those of another region',
      { availabilityZones: { 'eu-west-2': ['eu-west-2a'] } },
      'availabilityZones names eu-west-2, which is none of the regions',
    ],
    [
      'a zone is in another region',
      { availabilityZones: { 'eu-central-1': ['eu-west-1a'] } },
      '"eu-west-1a" is no zone of eu-central-1',
    ],
  ])('fails when %s', (_, props, problem) => {
    expect(refused(Tier.STANDARD, props).problem).toContain(problem);
  });

  test('fails with all that is missing at once', () => {
    const props = { service: undefined, primary: undefined, standby: undefined };
    expect(refused(Tier.STANDARD, props as never).problem).toBe(
      '3 mistakes: (1) service is missing; (2) primary is missing; (3) standby is missing',
    );
  });

  test.each([
    [
      'a region is no text',
      { primary: { region: 'eu-west-1' } },
      /^\{"region":"eu-west-1"\} is none of the \d+ regions/,
    ],
    [
      'there is one zone where a list is asked for',
      { availabilityZones: { 'eu-west-1': 'eu-west-1a' } },
      /^availabilityZones of eu-west-1 are "eu-west-1a", which is no list$/,
    ],
  ])('fails in words where no compiler looked: %s', (_, props, problem) => {
    expect(refused(Tier.STANDARD, props as never).problem).toMatch(problem);
  });

  test('fails with the account, the regions and the approach at once', () => {
    const props = { account: '1234', accounts: { 'eu-west-2': ACCOUNT }, approach: PILOT_LIGHT };
    expect(refused(Tier.BUSINESS_CRITICAL, props).problem).toMatch(
      /^3 mistakes: \(1\) account is "1234", .*; \(2\) accounts names eu-west-2, .*; \(3\) approach is PILOT_LIGHT, but/,
    );
  });

  test('fails when data may not lie where its copies are to be', () => {
    const residency = new Residency({ countries: ['IE'] });
    const service = new Service({ name: 'shop', tier: Tier.STANDARD, owner: 'team-shop', residency });
    expect(refused(Tier.STANDARD, { service }).problem).toBe(
      'data may lie in IE only, and eu-central-1 is not there',
    );
  });

  test('fails outside an app or a stage', () => {
    const inside = new Construct(new App(), 'Inside');
    expect(refusal(() => shopIn(Tier.STANDARD, {}, inside)).problem).toMatch(/neither in an App nor/);
  });

  test('fails when it is asked for a region that it has not', () => {
    expect(refusal(() => shopIn(Tier.STANDARD).stackIn('eu-north-1')).problem).toBe(
      'it has no region eu-north-1',
    );
  });

  test('stands in two stages of one app, under names that do not collide', () => {
    const app = new App();
    const names = ['Test', 'Prod'].flatMap((id) => {
      const stage = new Stage(app, id, { env: { account: ACCOUNT } });
      const { stacks } = shopIn(Tier.BUSINESS_CRITICAL, { account: undefined }, stage);
      expect(membershipOf(stacks[1]!)?.peers[0]?.account).toBe(ACCOUNT);
      return stacks.map(({ stackName }) => stackName);
    });
    expect(names).toEqual([
      'Test-Shop-eu-west-1',
      'Test-Shop-eu-central-1',
      'Prod-Shop-eu-west-1',
      'Prod-Shop-eu-central-1',
    ]);
    expect(() => app.synth()).not.toThrow();
  });
});
