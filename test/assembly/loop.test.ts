import { graphOf } from '../support/graph';
import { evaluated, shown } from '../support/values';

const D = '$';
const name = (id: string) => `${D}{${id}}`;
const letters = (id: string) => `&{${id}}`;

const idsOf = (resources: object, sections: object = {}) =>
  graphOf({ ...sections, Resources: resources } as never).resources.map(({ logicalId }) => logicalId);

const topic = (properties: object = {}) => ({ Type: 'AWS::SNS::Topic', Properties: properties });

describe('Fn::ForEach', () => {
  it('writes a resource for each entry, with the entry in keys, texts and references', () => {
    const graph = graphOf({
      Resources: {
        'Fn::ForEach::Topics': [
          'Name',
          ['Orders', 'Stock'],
          {
            [`Topic${name('Name')}`]: topic({
              TopicName: { Ref: 'Name' },
              DisplayName: { 'Fn::Sub': `all ${name('Name')}` },
            }),
          },
        ],
      },
    });
    expect(graph.resources.map(({ logicalId }) => logicalId)).toEqual(['TopicOrders', 'TopicStock']);
    expect(graph.resources.map((resource) => resource.get('TopicName'))).toEqual(['Orders', 'Stock']);
    expect(graph.resources[1]?.get('DisplayName')).toBe('all Stock');
  });

  it('takes the letters of an entry for a logical id', () => {
    const loop = ['Ip', ['10.0.0.1', 'a$&b'], { [`T${letters('Ip')}`]: topic({ TopicName: name('Ip') }) }];
    const graph = graphOf({ Resources: { 'Fn::ForEach::T': loop } });
    expect(graph.resources.map(({ logicalId }) => logicalId)).toEqual(['T10001', 'Tab']);
    expect(graph.resources[1]?.get('TopicName')).toBe('a$&b');
  });

  it('runs over a parameter', () => {
    const Parameters = { Names: { Type: 'CommaDelimitedList', Default: 'A,B' } };
    const loop = ['N', { Ref: 'Names' }, { [name('N')]: topic() }];
    expect(idsOf({ 'Fn::ForEach::T': loop }, { Parameters })).toEqual(['A', 'B']);
  });

  it('runs in a loop, over what the outer one chooses', () => {
    const inner = [
      'M',
      { 'Fn::FindInMap': ['Map', { Ref: 'N' }, 'All'] },
      { [`${name('N')}${name('M')}`]: topic() },
    ];
    const Mappings = { Map: { A: { All: ['1', '2'] }, B: { All: ['3'] } } };
    expect(
      idsOf({ 'Fn::ForEach::Outer': ['N', ['A', 'B'], { 'Fn::ForEach::Inner': inner }] }, { Mappings }),
    ).toEqual(['A1', 'A2', 'B3']);
  });

  it('writes conditions and outputs', () => {
    const graph = graphOf({
      Conditions: {
        'Fn::ForEach::C': ['N', ['A', 'B'], { [`Is${name('N')}`]: { 'Fn::Equals': [name('N'), 'A'] } }],
      },
      Resources: {
        'Fn::ForEach::R': ['N', ['A', 'B'], { [name('N')]: { ...topic(), Condition: `Is${name('N')}` } }],
      },
      Outputs: {
        'Fn::ForEach::O': [
          'N',
          ['A'],
          { [`Out${name('N')}`]: { Value: { 'Fn::GetAtt': [name('N'), 'Arn'] } } },
        ],
      },
    });
    expect(graph.resources.map(({ logicalId }) => logicalId)).toEqual(['A']);
    expect(shown(graph.stacks[0]?.output('OutA'))).toBe('<A.Arn>');
  });

  it('writes properties, at the top and below', () => {
    const loop = ['N', ['A', 'B'], { [`Prop${name('N')}`]: { Ref: 'N' } }];
    const graph = graphOf({
      Resources: { T: topic({ 'Fn::ForEach::P': loop, Plain: 1, Deep: { 'Fn::ForEach::Q': loop, Own: 2 } }) },
    });
    const [resource] = graph.resources;
    expect(resource?.propertyNames).toEqual(['Plain', 'Deep', 'PropA', 'PropB']);
    expect(resource?.get('PropB')).toBe('B');
    expect(resource?.get('PropC')).toBeUndefined();
    expect(shown(resource?.get('Deep'))).toEqual({ PropA: 'A', PropB: 'B', Own: 2 });
  });

  it('may come to the same as often as it is asked', () => {
    const loop = ['N', Array.from({ length: 1000 }, (_, index) => `N${index}`), { [name('N')]: 1 }];
    const graph = graphOf({ Resources: { T: topic({ 'Fn::ForEach::P': loop }) } });
    for (let time = 0; time < 2000; time++) expect(graph.resources[0]?.get(`Other${time}`)).toBeUndefined();
    expect(graph.resources[0]?.get('N999')).toBe(1);
  });
});

describe('an Fn::ForEach that cannot be followed', () => {
  const open = { Parameters: { Names: { Type: 'CommaDelimitedList' } } };

  it('leaves open which resources there are', () => {
    const graph = graphOf({
      ...open,
      Resources: {
        'Fn::ForEach::T': ['N', { Ref: 'Names' }, { [name('N')]: topic() }],
        Known: topic({ A: { Ref: 'X' } }),
      },
    });
    expect(graph.unreadable).toEqual([
      'the collection of Fn::ForEach::T is known only at deploy: parameter Names has no default',
    ]);
    expect(shown(graph.resources[0]?.get('A'))).toMatch(/^\?the collection of Fn::ForEach::T/);
  });

  it('leaves open what else a resource sets, and still mentions what it names', () => {
    const loop = ['N', { Ref: 'Names' }, { [name('N')]: { Ref: 'Key' } }];
    const graph = graphOf({
      ...open,
      Resources: { T: topic({ 'Fn::ForEach::P': loop, Plain: 1 }), Key: { Type: 'AWS::KMS::Key' } },
    });
    const [resource] = graph.resources;
    expect(resource?.get('Plain')).toBe(1);
    expect(resource?.isSet('Other').outcome).toBe('unknown');
    expect(graph.mentionsOf(graph.resources[1]!)).toMatchObject([{ property: 'Fn::ForEach::P' }]);
    const deep = evaluated(
      { 'Fn::ForEach::P': loop, Own: 1 },
      { ...open, Resources: { Key: { Type: 'K' } } },
    );
    expect(deep).toMatch(/^\?the collection/);
  });

  it.each([['x'], [['N', ['a']]], [[1, ['a'], {}]], [['N', ['a'], []]], [['N', [{}], {}]], [{}]])(
    'is unknown where it says %j',
    (loop) => {
      expect(graphOf({ Resources: { 'Fn::ForEach::T': loop } }).unreadable).toHaveLength(1);
    },
  );

  it('ends where it multiplies without end', () => {
    const items = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    let body: object = { [Array.from({ length: 12 }, (_, depth) => name(`N${depth}`)).join('')]: topic() };
    for (let depth = 11; depth >= 0; depth--)
      body = { [`Fn::ForEach::L${depth}`]: [`N${depth}`, items, body] };
    expect(graphOf({ Resources: body as never }).unreadable[0]).toMatch(/writes more than 250000 values/);
  });

  it('ends where texts grow without end', () => {
    const loop = ['N', ['x'.repeat(100_000)], { Key: topic({ A: name('N').repeat(100_000) }) }];
    expect(graphOf({ Resources: { 'Fn::ForEach::T': loop } }).unreadable[0]).toMatch(/writes more than/);
  });

  it('ends where its collection hangs on what it writes', () => {
    const loop = ['N', { 'Fn::Split': [',', { 'Fn::GetAtt': 'A.Names' }] }, { [name('N')]: topic() }];
    expect(graphOf({ Resources: { 'Fn::ForEach::T': loop } }).unreadable).toHaveLength(1);
    const Outputs = { 'Fn::ForEach::O': ['N', [{ 'Fn::ImportValue': 'x' }], { [name('N')]: { Value: 1 } }] };
    expect(
      graphOf({ Resources: {}, Outputs }).exportNamed('x', graphOf({ Resources: {} }).stacks[0]!),
    ).toBeUndefined();
  });
});
