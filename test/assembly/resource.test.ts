import fc from 'fast-check';
import type { Resource } from '../../lib/assembly/resource';
import { Unknown } from '../../lib/assembly/value';
import { graphOf, type TestTemplate } from '../support/graph';
import { shown } from '../support/values';

const SECTIONS = {
  Parameters: { Open: { Type: 'String' }, Size: { Type: 'Number', Default: 3 } },
  Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] }, No: { 'Fn::Equals': ['a', 'b'] } },
};

function resourceWith(properties: unknown, more: Partial<TestTemplate> = {}): Resource {
  const Resources = { ...more.Resources, Subject: { Type: 'A::A::A', Properties: properties } };
  const [subject] = graphOf({ ...SECTIONS, ...more, Resources }).ofType('A::A::A');
  return subject!;
}

const either = (a: unknown, b: unknown) => ({ 'Fn::If': ['Chosen', a, b] });
const NOTHING = { Ref: 'AWS::NoValue' };
const OPEN = { Ref: 'Open' };

describe('the values of a resource', () => {
  it('are found by path, through maps and lists', () => {
    const resource = resourceWith({ A: { B: [{ C: 1 }, { C: { Ref: 'Size' } }] } });
    expect(resource.get('A.B.1.C')).toBe('3');
    expect(resource.get('A.B.2.C')).toBeUndefined();
    expect(resource.get('A.X.C')).toBeUndefined();
    expect(resource.get('A.B.length')).toBeUndefined();
    expect(resource.get('Nothing')).toBeUndefined();
  });

  it('are those that the template has, not those of every object', () => {
    const hostile = JSON.parse('{"__proto__":{"MultiAZ":true},"A":{"__proto__":{"B":1}}}');
    const resource = resourceWith(hostile);
    for (const path of ['constructor', 'toString', 'MultiAZ', 'A.B', 'A.constructor.name'])
      expect(resource.get(path)).toBeUndefined();
    expect(resource.get('__proto__.MultiAZ')).toBe(true);
    expect(({} as { MultiAZ?: boolean }).MultiAZ).toBeUndefined();
  });

  it('are left out of maps and lists where they have no value', () => {
    const resource = resourceWith({ A: NOTHING, B: { C: NOTHING, D: 1 }, E: [NOTHING, 2] });
    expect(resource.propertyNames).toEqual(['B', 'E']);
    expect(shown(resource.get('B'))).toEqual({ D: 1 });
    expect(resource.get('E')).toEqual([2]);
  });

  it('may be absent below what deploy decides', () => {
    const resource = resourceWith({ A: OPEN, B: either({ C: 1 }, NOTHING), D: either({ C: 1 }, { C: 1 }) });
    expect(resource.get('A.B')).toMatchObject({ maybeAbsent: true });
    expect(shown(resource.get('B.C'))).toEqual({ oneOf: [1, undefined] });
    expect(resource.get('D.C')).toBe(1);
  });

  it('are unknown below a reference', () => {
    expect(resourceWith({ A: { 'Fn::GetAtt': ['Subject', 'Map'] } }).get('A.B')).toBeInstanceOf(Unknown);
  });

  it('may be written by a transform, but for those that stand beside it', () => {
    const resource = resourceWith({ 'Fn::Transform': { Name: 'AWS::Include' }, Plain: 1 });
    expect(resource.get('Plain')).toBe(1);
    expect(resource.get('Other')).toMatchObject({ maybeAbsent: true });
    expect(resource.is('Other', 1).outcome).toBe('unknown');
    expect(resource.isSet('Other').outcome).toBe('unknown');
    expect(resourceWith({ Deep: { 'Fn::Transform': {}, A: 1 } }).is('Deep.A', 1).outcome).toBe('unknown');
  });

  it('are none where the properties are no map', () => {
    for (const properties of [undefined, null, [], 'text']) {
      expect(resourceWith(properties).propertyNames).toEqual([]);
      expect(resourceWith(properties).get('A')).toBeUndefined();
    }
  });

  it('are read as numbers, texts and lists', () => {
    const resource = resourceWith({ N: '7', T: 7, L: ['a'], One: 'a', Bad: 'seven', Empty: '', Truth: true });
    expect(resource.number('N')).toBe(7);
    for (const path of ['Bad', 'Empty', 'L', 'Truth']) expect(resource.number(path)).toBeInstanceOf(Unknown);
    expect(resource.number('Nothing')).toBeUndefined();
    expect(resource.text('T')).toBe('7');
    expect(resource.text('L')).toBeInstanceOf(Unknown);
    expect([resource.list('L'), resource.list('One'), resource.list('Nothing')]).toEqual([['a'], ['a'], []]);
  });

  it('name other resources', () => {
    const Resources = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } } };
    const resource = resourceWith(
      { A: { Ref: 'Queue' }, B: [{ Ref: 'Queue' }, 'orders', OPEN, 'x'] },
      { Resources },
    );
    const queue = resource.stack.resources.get('Queue');
    expect(resource.target('A')).toBe(queue);
    expect(resource.target('Nothing')).toBeUndefined();
    expect(resource.targets('B').resources).toEqual([queue, queue]);
    expect(resource.targets('B').unknowns.map(({ reason }) => reason)).toEqual([
      'parameter Open has no default',
      'x is not in the app',
    ]);
  });
});

describe('attributes beside the properties', () => {
  it('are evaluated too', () => {
    const graph = graphOf({
      ...SECTIONS,
      Resources: { A: { Type: 'A', DeletionPolicy: either('Retain', 'Delete') } },
    });
    expect(shown(graph.resources[0]?.attribute('DeletionPolicy'))).toEqual({ oneOf: ['Retain', 'Delete'] });
    expect(graph.resources[0]?.attribute('UpdateReplacePolicy')).toBeUndefined();
  });
});

describe('a judgement', () => {
  const outcome = (value: unknown, judge: (resource: Resource) => { outcome: string }) =>
    judge(resourceWith({ A: value })).outcome;

  it.each([
    [true, 'pass'],
    ['true', 'pass'],
    [false, 'fail'],
    [NOTHING, 'fail'],
    [{}, 'fail'],
    [OPEN, 'unknown'],
    [{ 'Fn::Sub': ['$', '{Open}-x'].join('') }, 'unknown'],
    [{ 'Fn::GetAtt': ['Subject', 'X'] }, 'unknown'],
    [either(true, 'true'), 'pass'],
    [either(true, false), 'unknown'],
    [either(false, NOTHING), 'fail'],
    [either(true, OPEN), 'unknown'],
    [either(true, either(true, true)), 'pass'],
  ])('whether %j is true is %s', (value, expected) => {
    expect(outcome(value, (resource) => resource.is('A', true))).toBe(expected);
  });

  it('takes a default for what is not set', () => {
    expect(outcome(NOTHING, (resource) => resource.is('A', true, { default: true }))).toBe('pass');
    expect(outcome(either(true, NOTHING), (resource) => resource.is('A', true, { default: true }))).toBe(
      'pass',
    );
    expect(outcome(either(true, NOTHING), (resource) => resource.is('A', true, { default: false }))).toBe(
      'unknown',
    );
    expect(resourceWith({}).atLeast('A', 7, { default: 1, unit: 'days' })).toEqual({
      outcome: 'fail',
      property: 'A',
      found: '1 day, the default',
      needed: 'at least 7 days',
    });
  });

  it.each([
    [7, 'pass', 'fail'],
    ['7', 'pass', 'fail'],
    [6, 'fail', 'pass'],
    ['', 'fail', 'fail'],
    ['seven', 'fail', 'fail'],
    [true, 'fail', 'fail'],
    [NOTHING, 'fail', 'fail'],
    [OPEN, 'unknown', 'unknown'],
    [either(7, 8), 'pass', 'fail'],
    [either(7, 6), 'unknown', 'unknown'],
  ])('of %j against a least of 7 is %s, against a most of 6 %s', (value, least, most) => {
    expect(outcome(value, (resource) => resource.atLeast('A', 7))).toBe(least);
    expect(outcome(value, (resource) => resource.atMost('A', 6))).toBe(most);
  });

  it.each([
    ['x', 'pass'],
    [0, 'pass'],
    [false, 'pass'],
    [{}, 'pass'],
    [['a'], 'pass'],
    ['', 'fail'],
    [[], 'fail'],
    [NOTHING, 'fail'],
    [OPEN, 'pass'],
    [either('x', OPEN), 'pass'],
    [either('x', NOTHING), 'unknown'],
    [either(['a'], []), 'unknown'],
    [either('', NOTHING), 'fail'],
  ])('whether %j is set is %s', (value, expected) => {
    expect(outcome(value, (resource) => resource.isSet('A'))).toBe(expected);
  });

  it('refuses values', () => {
    expect(outcome('TCP', (resource) => resource.isNot('A', ['TCP', 'UDP']))).toBe('fail');
    expect(outcome('HTTP', (resource) => resource.isNot('A', ['TCP', 'UDP']))).toBe('pass');
    expect(outcome(either('TCP', 'HTTP'), (resource) => resource.isNot('A', 'TCP'))).toBe('unknown');
  });

  it('is unknown where its test cannot tell', () => {
    expect(outcome('x', (resource) => resource.judge('A', () => undefined, 'a value'))).toBe('unknown');
  });

  it('of what a condition decides is that of every value it may take', () => {
    const leaf = fc.constantFrom<unknown>(1, 2, 'true', true, NOTHING, '');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.tuple(tie('value'), tie('value')).map(([a, b]) => either(a, b)),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        const said = outcome(written, (resource) => resource.is('A', true, { default: true }));
        const each = leavesOf(written).map((one) => outcome(one, (r) => r.is('A', true, { default: true })));
        expect(said).toBe(new Set(each).size === 1 ? each[0] : 'unknown');
      }),
    );
  });
});

function leavesOf(value: unknown): readonly unknown[] {
  const branches = (value as { 'Fn::If'?: unknown[] } | null)?.['Fn::If'];
  return branches ? branches.slice(1).flatMap(leavesOf) : [value];
}

describe('the presence of a resource', () => {
  it('hangs on its condition', () => {
    const graph = graphOf({
      ...SECTIONS,
      Resources: {
        Sure: { Type: 'A' },
        Open: { Type: 'A', Condition: 'Chosen' },
        Gone: { Type: 'A', Condition: 'No' },
      },
    });
    expect(graph.resources.map(({ logicalId }) => logicalId)).toEqual(['Sure', 'Open']);
    expect(graph.resources[0]?.presence).toBe(true);
    expect(graph.resources[1]?.presence).toBeInstanceOf(Unknown);
  });

  it('hangs on the nested stack around it', () => {
    const inner = { template: { Resources: { A: { Type: 'A' } } } };
    const presences = (Condition?: string) =>
      graphOf({
        stacks: {
          top: {
            template: {
              ...SECTIONS,
              Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Condition } },
            },
            nested: { Child: inner },
          },
        },
      })
        .ofType('A')
        .map(({ presence }) => (presence instanceof Unknown ? 'unknown' : presence));
    expect(presences()).toEqual([true]);
    expect(presences('Chosen')).toEqual(['unknown']);
    expect(presences('No')).toEqual([]);
  });
});

describe('a boolean that is written as text', () => {
  it.each([['true'], ['True'], ['TRUE'], [{ Ref: 'Flag' }]])('is true: %j', (value) => {
    const sections = { Parameters: { Flag: { Type: 'String', Default: 'True' } } };
    const resource = resourceWith({ A: value }, sections);
    expect(resource.is('A', true).outcome).toBe('pass');
    expect(resource.isNot('A', true).outcome).toBe('fail');
    expect(resource.is('A', false).outcome).toBe('fail');
  });

  it('is taken as written where a text is expected', () => {
    expect(resourceWith({ A: 'True' }).is('A', 'true').outcome).toBe('fail');
    expect(resourceWith({ A: 'False' }).is('A', false).outcome).toBe('pass');
    expect(resourceWith({ A: 'FALSE' }).isNot('A', true).outcome).toBe('pass');
  });
});

describe('the type of a resource', () => {
  it.each(['constructor', '__proto__', 'toString'])('is in no table where it is called %s', (type) => {
    const resources = JSON.parse(`{"A":{"Type":"${type}"}}`);
    const [stack] = graphOf({ Resources: resources }).stacks;
    expect(stack?.resources.get('A')?.type).toBe(`NoSuchType::${type}`);
  });
});
