import fc from 'fast-check';
import type { Judgement } from '../../../lib/assembly/judgement';
import { ZoneSet } from '../../../lib/assembly/network/zones';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf, subnetsIn } from '../../support/graph';

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

/** The least and the most zones of `Subject`, and what is judged of two. */
function countedIn(Type: string, Properties: object, parameters: object = {}) {
  const Resources = {
    ...subnetsIn(undefined, { Ref: 'Zone' }),
    Custom: { Type: 'Custom::Lookup' },
    Network: { Type: 'AWS::CloudFormation::Stack' },
    Subject: { Type, Properties },
  };
  const template = { ...SECTIONS, Parameters: { ...SECTIONS.Parameters, ...parameters }, Resources };
  const { zones } = graphOf(template).stacks[0]!.resources.get('Subject')!;
  return [zones.least, zones.most, zones.atLeast(2).outcome];
}

describe('a list of subnets', () => {
  const MANY = Number.POSITIVE_INFINITY;
  const PARAMETERS = {
    One: { Type: 'AWS::EC2::Subnet::Id' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Subnet::Id>' },
    Allowed: { Type: 'String', AllowedValues: ['subnet-1', 'subnet-2'] },
    List: { Type: 'List<AWS::EC2::Subnet::Id>' },
    Commas: { Type: 'CommaDelimitedList' },
    StoredList: { Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>' },
    NoEcho: { Type: 'CommaDelimitedList', NoEcho: true },
  };

  it.each<[string, unknown, number, string]>([
    ['one id', ['subnet-1'], 1, 'fail'],
    ['one id twice', ['subnet-1', 'subnet-1'], 1, 'fail'],
    ['two ids', ['subnet-1', 'subnet-2'], 2, 'unknown'],
    ['what is declared nowhere', [{ Ref: 'S' }], 1, 'fail'],
    ['what is declared nowhere, twice', [{ Ref: 'S' }, { Ref: 'S' }], 1, 'fail'],
    ['a parameter', [{ Ref: 'One' }], 1, 'fail'],
    ['a parameter twice', [{ Ref: 'One' }, { 'Fn::Sub': ['$', '{One}'].join('') }], 1, 'fail'],
    ['two parameters', [{ Ref: 'One' }, { Ref: 'Stored' }], 2, 'unknown'],
    ['a parameter of two allowed values', [{ Ref: 'Allowed' }], 1, 'fail'],
    ['an import', [{ 'Fn::ImportValue': 'x' }], 1, 'fail'],
    ['an import twice', [{ 'Fn::ImportValue': 'x' }, { 'Fn::ImportValue': 'x' }], 1, 'fail'],
    ['an output that is not at hand', [{ 'Fn::GetAtt': ['Network', 'Outputs.A'] }], 1, 'fail'],
    ['an id that is looked up', [{ 'Fn::GetAtt': ['Custom', 'SubnetId'] }], 1, 'fail'],
    ['ids that are looked up', [{ 'Fn::GetAtt': ['Custom', 'SubnetIds'] }], MANY, 'unknown'],
    ['a subnet that AWS places', [{ Ref: 'SubnetA' }], 1, 'fail'],
    ['two subnets of unknown zones', [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }], 2, 'unknown'],
    ['one of two ids', [either('subnet-1', { Ref: 'One' })], 1, 'fail'],
    ['an id or nothing', [either('subnet-1', { Ref: 'AWS::NoValue' })], 1, 'fail'],
    ['one of two lists of one', either(['subnet-1'], [{ Ref: 'One' }]), 1, 'fail'],
    ['a list or an id', either({ Ref: 'List' }, ['subnet-1']), MANY, 'unknown'],
    ['an entry that may be a list', [either({ Ref: 'List' }, 'subnet-1')], MANY, 'unknown'],
    ['an entry that is split', [{ 'Fn::Split': [',', { Ref: 'One' }] }], MANY, 'unknown'],
    ['an entry that is joined', [{ 'Fn::Join': [',', { Ref: 'List' }] }], MANY, 'unknown'],
    ['an entry with commas', ['subnet-1,subnet-2'], MANY, 'unknown'],
    ['a list parameter as an entry', [{ Ref: 'List' }], MANY, 'unknown'],
    ['a list with commas as an entry', [{ Ref: 'Commas' }], MANY, 'unknown'],
    ['a stored list as an entry', [{ Ref: 'StoredList' }], MANY, 'unknown'],
    ['a secret list as an entry', [{ Ref: 'NoEcho' }], MANY, 'unknown'],
    ['a parameter that is the list', { Ref: 'List' }, MANY, 'unknown'],
    ['what is declared nowhere as the list', { Ref: 'S' }, MANY, 'unknown'],
    ['an import that is split', { 'Fn::Split': [',', { 'Fn::ImportValue': 'x' }] }, MANY, 'unknown'],
  ])('of %s has no more zones than entries', (_, Subnets, most, outcome) => {
    const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
    const [, found, judged] = countedIn(type, { Subnets }, PARAMETERS);
    expect([found, judged]).toEqual([most, outcome]);
  });

  it('has no more zones than the mappings that name its subnets', () => {
    const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
    expect(countedIn(type, { SubnetMappings: [{ SubnetId: 'subnet-1' }] })).toEqual([1, 1, 'fail']);
    expect(countedIn(type, { SubnetMappings: { Ref: 'Open' } })[2]).toBe('unknown');
  });

  it('has no more zones than the entries that name them', () => {
    const type = 'AWS::AutoScaling::AutoScalingGroup';
    expect(countedIn(type, { AvailabilityZones: [{ Ref: 'Zone' }] })).toEqual([1, 1, 'fail']);
    expect(countedIn(type, { AvailabilityZones: [{ Ref: 'Zone' }, 'a'] })).toEqual([1, 2, 'unknown']);
    expect(countedIn(type, { AvailabilityZones: [{ 'Fn::GetAZs': '' }] })[2]).toBe('pass');
  });

  it('has no bound where a text of the parent becomes a list in a nested stack', () => {
    const Subject = {
      Type: 'AWS::Lambda::Function',
      Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Ids' }] } },
    };
    const child = { Parameters: { Ids: { Type: 'CommaDelimitedList' } }, Resources: { Subject } };
    const Network = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { Parameters: { Ids: { Ref: 'Text' } } },
    };
    const template = { Parameters: { Text: { Type: 'String' } }, Resources: { Network } };
    const graph = graphOf({ stacks: { app: { template, nested: { Network: { template: child } } } } });
    expect(graph.ofType('AWS::Lambda::Function')[0]!.zones.atLeast(2).outcome).toBe('unknown');
  });

  it('is not in two zones for symbols of two regions', () => {
    const zones = [azs(0), { 'Fn::Select': [0, { 'Fn::GetAZs': 'us-east-1' }] }];
    const type = 'AWS::AutoScaling::AutoScalingGroup';
    expect(countedIn(type, { AvailabilityZones: zones })).toEqual([1, 2, 'unknown']);
  });
});

describe('a judgement on zones', () => {
  const why = new Unknown('parameter Zone has no default');
  const told = ({ outcome, reason, found }: Judgement) => [outcome, reason ?? found];

  it('says what was found, or why it cannot be told', () => {
    expect(told(new ZoneSet(new Set(['b', 'a'])).atLeast(2, 'Subnets'))).toEqual(['pass', '2 zones (a, b)']);
    expect(told(new ZoneSet(new Set(['a'])).atLeast(2, 'Subnets'))).toEqual(['fail', '1 zone (a)']);
    expect(told(ZoneSet.none.atLeast(1, 'Subnets'))).toEqual(['fail', '0 zones']);
    expect(told(ZoneSet.one(why).atLeast(2, 'Subnets'))).toEqual([
      'fail',
      'at most 1 zone, known only at deploy',
    ]);
    const another = ZoneSet.union([new ZoneSet(new Set(['a'])), ZoneSet.one(why)]);
    expect(told(another.atLeast(3))).toEqual([
      'fail',
      '1 zone (a) and at most 1 other, known only at deploy',
    ]);
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
const [ONE, PERHAPS] = [new Unknown('one'), new Unknown('perhaps', [undefined, new Unknown('one')])].map(
  (why) => ZoneSet.one(why).unknowns[0]!,
);
const UNKNOWNS = [new Unknown('u'), new Unknown('w', [undefined, new Unknown('w')]), ONE!, PERHAPS!];

interface Meaning {
  readonly symbols: readonly string[];
  readonly own: readonly string[];
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
  const choices = UNKNOWNS.map((unknown, index) => {
    if (!used[index]) return [[]];
    const meant = unknown.maybeAbsent ? subsets : SOME;
    return unknown === ONE || unknown === PERHAPS ? meant.filter(({ length }) => length <= 1) : meant;
  });
  const kinds = (mark: RegExp) =>
    sets.some(({ names }) => [...names].some((name) => mark.test(name))) ? permutations(REGION) : [REGION];
  return kinds(/^r#/).flatMap((symbols) =>
    kinds(/^own#/).flatMap((own) =>
      kinds(/-az/).flatMap((ids) =>
        choices
          .reduce<readonly (readonly string[])[][]>(
            (ways, choice) => ways.flatMap((way) => choice.map((meant) => [...way, meant])),
            [[]],
          )
          .map((unknowns) => ({ symbols, own, ids, unknowns })),
      ),
    ),
  );
}

function zonesMeant(set: ZoneSet, meaning: Meaning): Set<string> {
  const named = [...set.names].map((name) => {
    if (name.startsWith('own#')) return meaning.own[Number(name.at(-1))]!;
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
  'own#0',
  'own#1',
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
