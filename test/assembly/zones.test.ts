import fc from 'fast-check';
import type { Judgement } from '../../lib/assembly/judgement';
import { Unknown } from '../../lib/assembly/value';
import { ZoneSet } from '../../lib/assembly/zones';
import { graphOf, subnetsIn } from '../support/graph';

const either = (a: unknown, b: unknown) => ({ 'Fn::If': ['Open', a, b] });
const SECTIONS = {
  Parameters: { Open: { Type: 'String' }, Zone: { Type: 'AWS::EC2::AvailabilityZone::Name' } },
  Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } },
};
const azs = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });

/** The zones of the resource `Subject`: their names, sorted, and `?` for each unknown. */
function zonesOf(Type: string, Properties: object, resources: object = {}): string[] {
  const Resources = {
    ...subnetsIn('eu-west-1a', 'eu-west-1b', azs(0), { Ref: 'Zone' }),
    ...resources,
    Subject: { Type, Properties },
  };
  const { zones } = graphOf({ ...SECTIONS, Resources }).stacks[0]!.resources.get('Subject')!;
  return [...[...zones.names].sort(), ...zones.unknowns.map(() => '?'), ...(zones.whole ? ['all'] : [])];
}

describe('a resource stands in', () => {
  it.each([
    ['its own zone', 'AWS::EC2::Volume', { AvailabilityZone: 'eu-west-1a' }, ['eu-west-1a']],
    ['a zone by id', 'AWS::EC2::Subnet', { AvailabilityZoneId: 'euw1-az1' }, ['euw1-az1']],
    ['a zone by symbol', 'AWS::EC2::Subnet', { AvailabilityZone: azs(1) }, ['AWS::Region#1']],
    [
      'a zone by its letter',
      'AWS::EC2::Subnet',
      { AvailabilityZone: { 'Fn::Sub': ['$', '{AWS::Region}a'].join('') } },
      ['{own region}a'],
    ],
    [
      'the zone of a subnet',
      'AWS::EC2::Volume',
      { AvailabilityZone: { 'Fn::GetAtt': 'SubnetB.AvailabilityZone' } },
      ['eu-west-1b'],
    ],
    ['a zone that a parameter names', 'AWS::EC2::Subnet', { AvailabilityZone: { Ref: 'Zone' } }, ['?']],
    ['one of two zones', 'AWS::EC2::Subnet', { AvailabilityZone: either('a', 'b') }, ['?']],
    ['the one zone of both branches', 'AWS::EC2::Subnet', { AvailabilityZone: either('a', 'a') }, ['a']],
    ['a zone that AWS chooses', 'AWS::EC2::Subnet', {}, ['?']],
    ['a zone that is no text', 'AWS::EC2::Subnet', { AvailabilityZone: 7 }, ['?']],
    [
      'the zone of something that has none',
      'AWS::EC2::Volume',
      { AvailabilityZone: { 'Fn::GetAtt': 'Custom.AvailabilityZone' } },
      ['?'],
    ],
    [
      'all zones of the region',
      'AWS::AutoScaling::AutoScalingGroup',
      { AvailabilityZones: { 'Fn::GetAZs': '' } },
      ['all'],
    ],
    [
      'the zones of its subnets',
      'AWS::Lambda::Function',
      { VpcConfig: { SubnetIds: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }] } },
      ['eu-west-1a', 'eu-west-1b'],
    ],
    [
      'the zones of mapped subnets',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { SubnetMappings: [{ SubnetId: { Ref: 'SubnetA' } }, { SubnetId: { Ref: 'SubnetC' } }] },
      ['AWS::Region#0', 'eu-west-1a'],
    ],
    [
      'the zones of its subnet group',
      'AWS::RDS::DBInstance',
      { DBSubnetGroupName: { Ref: 'Group' } },
      ['eu-west-1a', 'eu-west-1b'],
    ],
    [
      'the zones of its subnet group by name',
      'AWS::RDS::DBInstance',
      { DBSubnetGroupName: 'main' },
      ['eu-west-1a', 'eu-west-1b'],
    ],
    ['zones that AWS chooses', 'AWS::RDS::DBInstance', {}, ['?']],
    [
      'zones of subnets that are imported',
      'AWS::Lambda::Function',
      { VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] } },
      ['?', '?'],
    ],
    [
      'zones of subnets that a custom resource finds',
      'AWS::Lambda::Function',
      { VpcConfig: { SubnetIds: [{ 'Fn::GetAtt': 'Custom.SubnetId' }] } },
      ['?'],
    ],
    [
      'what both branches have',
      'AWS::Lambda::Function',
      { VpcConfig: { SubnetIds: either([{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }], [{ Ref: 'SubnetA' }]) } },
      ['eu-west-1a', '?'],
    ],
    [
      'what the one branch of its mappings has',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { SubnetMappings: either([{ SubnetId: { Ref: 'SubnetA' } }], { Ref: 'AWS::NoValue' }) },
      ['?'],
    ],
    ['no zone', 'AWS::Lambda::Function', {}, []],
    ['no zone', 'AWS::Lambda::Function', { VpcConfig: { SubnetIds: [] } }, []],
  ])('%s: %s %j', (_, type, properties, expected) => {
    const resources = {
      Group: {
        Type: 'AWS::RDS::DBSubnetGroup',
        Properties: { DBSubnetGroupName: 'main', SubnetIds: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }] },
      },
      Custom: { Type: 'Custom::Lookup' },
    };
    expect(zonesOf(type, properties, resources)).toEqual(expected);
  });

  it('no zone that can be told where groups name each other', () => {
    const group = (name: string, other: string) => ({
      Type: 'AWS::RDS::DBSubnetGroup',
      Properties: { DBSubnetGroupName: name, SubnetIds: [other] },
    });
    const resources = { One: group('one', 'two'), Two: group('two', 'one') };
    expect(zonesOf('AWS::RDS::DBInstance', { DBSubnetGroupName: 'one' }, resources)).toEqual(['?']);
  });
});

describe('a judgement on zones', () => {
  const why = new Unknown('parameter Zone has no default');
  const told = ({ outcome, reason, found }: Judgement) => [outcome, reason ?? found];

  it('says what was found, or why it cannot be told', () => {
    expect(told(new ZoneSet(new Set(['b', 'a'])).atLeast(2, 'Subnets'))).toEqual(['pass', '2 zones (a, b)']);
    expect(told(new ZoneSet(new Set(['a'])).atLeast(2, 'Subnets'))).toEqual(['fail', '1 zone (a)']);
    expect(told(ZoneSet.none.atLeast(1, 'Subnets'))).toEqual(['fail', '0 zones']);
    expect(told(new ZoneSet(new Set(['a']), [why]).atLeast(2, 'Subnets'))).toEqual(['unknown', why.reason]);
    expect(told(new ZoneSet(new Set(['a', 'r#0'])).atLeast(2, 'Subnets'))).toEqual([
      'unknown',
      'whether a and r#0 are different zones is known only at deploy',
    ]);
    const whole = new ZoneSet(new Set(), [], true);
    expect(told(whole.atLeast(2, 'Zones'))).toEqual(['pass', 'all zones of the region']);
    expect(told(whole.atLeast(3, 'Zones'))).toEqual([
      'unknown',
      'how many zones the region has is known only at deploy',
    ]);
    expect(told(new ZoneSet(new Set(['a', 'b']), [why]).atLeast(2, 'Subnets'))).toEqual([
      'pass',
      '2 zones (a, b) and others that are known only at deploy',
    ]);
  });
});

/** A region of three zones, in which deploy gives symbols, ids and unknowns their meaning. */
const REGION = ['a', 'b', 'c'];
const UNKNOWNS = [new Unknown('u'), new Unknown('v'), new Unknown('w', [undefined, new Unknown('w')])];

interface Meaning {
  readonly symbols: readonly string[];
  readonly ids: readonly string[];
  readonly unknowns: readonly (readonly string[])[];
}

const permutations = (items: readonly string[]): readonly (readonly string[])[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item) =>
        permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
      );

const subsets = Array.from({ length: 2 ** REGION.length }, (_, bits) =>
  REGION.filter((_zone, index) => (bits >> index) % 2 === 1),
);
const SOME = subsets.filter((set) => set.length > 0);

/** Every way in which symbols, ids and the unknowns that are used may be meant. */
function meaningsOf(sets: readonly ZoneSet[]): readonly Meaning[] {
  const used = UNKNOWNS.map((unknown) => sets.some(({ unknowns }) => unknowns.includes(unknown)));
  const choices = UNKNOWNS.map((unknown, index) =>
    !used[index] ? [[]] : unknown.maybeAbsent ? subsets : SOME,
  );
  const kinds = (mark: RegExp) =>
    sets.some(({ names }) => [...names].some((name) => mark.test(name))) ? permutations(REGION) : [REGION];
  return kinds(/#/).flatMap((symbols) =>
    kinds(/-az/).flatMap((ids) =>
      choices[0]!.flatMap((u) =>
        choices[1]!.flatMap((v) => choices[2]!.map((w) => ({ symbols, ids, unknowns: [u, v, w] }))),
      ),
    ),
  );
}

function zonesMeant(set: ZoneSet, meaning: Meaning): Set<string> {
  const named = [...set.names].map((name) => {
    if (name.includes('#')) return meaning.symbols[Number(name.at(-1))]!;
    return name.includes('-az') ? meaning.ids[Number(name.at(-1))]! : name.slice(-1);
  });
  const unknown = set.unknowns.flatMap((one) => meaning.unknowns[UNKNOWNS.indexOf(one)]!);
  return new Set([...named, ...unknown, ...(set.whole ? REGION : [])]);
}

const zoneNames = [
  'a',
  'b',
  'c',
  '{own region}a',
  '{own region}b',
  'r#0',
  'r#1',
  'r#2',
  'x-az0',
  'x-az1',
  'x-az2',
];
const zoneSet = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom(...zoneNames), { maxLength: 4 }),
    unknowns: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.uniqueArray(fc.constantFrom(...UNKNOWNS), { maxLength: 2 }),
    ),
    whole: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
  })
  .map(({ names, unknowns, whole }) => new ZoneSet(new Set(names), unknowns, whole));

describe('sets of zones', () => {
  it('have no fewer zones than they surely have and no more than they may have, whatever deploy decides', () => {
    fc.assert(
      fc.property(zoneSet, (set) => {
        for (const meaning of meaningsOf([set])) {
          const { size } = zonesMeant(set, meaning);
          expect(size).toBeGreaterThanOrEqual(set.least);
          expect(size).toBeLessThanOrEqual(set.most);
        }
      }),
    );
  });

  it('lie within each other only, and surely not only, where they do whatever deploy decides', () => {
    fc.assert(
      fc.property(zoneSet, zoneSet, (one, other) => {
        const said = one.within(other);
        if (said === undefined) return;
        for (const meaning of meaningsOf([one, other])) {
          const there = zonesMeant(other, meaning);
          expect([...zonesMeant(one, meaning)].every((zone) => there.has(zone))).toBe(said);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are told apart wherever names alone decide', () => {
    fc.assert(
      fc.property(fc.subarray(REGION), fc.subarray(REGION), (one, other) => {
        const naive = one.every((zone) => other.includes(zone));
        expect(new ZoneSet(new Set(one)).within(new ZoneSet(new Set(other)))).toBe(naive);
      }),
    );
  });

  it('lie within themselves, and within what they are joined to', () => {
    fc.assert(
      fc.property(zoneSet, zoneSet, (one, other) => {
        expect(one.within(one)).toBe(true);
        expect(one.within(ZoneSet.union([one, other]))).toBe(true);
        expect(ZoneSet.none.within(one)).toBe(true);
      }),
    );
  });

  it('never shrink when they are joined', () => {
    fc.assert(
      fc.property(zoneSet, zoneSet, (one, other) => {
        const both = ZoneSet.union([one, other]);
        expect(both.least).toBeGreaterThanOrEqual(Math.max(one.least, other.least));
        expect(both.most).toBeGreaterThanOrEqual(Math.max(one.most, other.most));
        expect(both.most).toBeLessThanOrEqual(one.most + other.most);
      }),
    );
  });

  it('pass and fail only where they do whatever deploy decides', () => {
    fc.assert(
      fc.property(zoneSet, fc.integer({ min: 1, max: 4 }), (set, needed) => {
        const { outcome } = set.atLeast(needed, 'Subnets');
        if (outcome === 'unknown') return;
        for (const meaning of meaningsOf([set]))
          expect(zonesMeant(set, meaning).size >= needed).toBe(outcome === 'pass');
      }),
    );
  });

  it('of which deploy chooses one have what all of them have', () => {
    fc.assert(
      fc.property(fc.array(zoneSet, { minLength: 1, maxLength: 3 }), (sets) => {
        const chosen = ZoneSet.oneOf(new Unknown('chosen'), sets);
        for (const set of sets) {
          expect(chosen.least).toBeLessThanOrEqual(set.least);
          expect(chosen.most).toBeGreaterThanOrEqual(set.most);
        }
      }),
    );
  });
});
