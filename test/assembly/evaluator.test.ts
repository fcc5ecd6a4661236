import fc from 'fast-check';
import type { Resource } from '../../lib/assembly/resource';
import { describe as described, referencesIn, unknownIn } from '../../lib/assembly/value';
import { graphOf } from '../support/graph';
import { evaluated } from '../support/values';

describe('a value', () => {
  it('is itself where it is plain', () => {
    const plain = { a: [1, 'x', true, null, { b: [] }], c: {} };
    expect(evaluated(plain)).toEqual(plain);
  });

  it('is unknown where its function is', () => {
    expect(evaluated({ 'Fn::Shout': 'a' })).toBe('?Fn::Shout is no function that is known here');
    expect(evaluated({ 'Fn::Transform': { Name: 'X' } })).toMatch(/^\?Fn::Transform writes/);
    expect(evaluated({ a: { 'Fn::Transform': { Name: 'X' }, b: 1 } })).toEqual({
      a: '?Fn::Transform writes this part of the template at deploy',
    });
  });

  it('is plain data under keys that only look like functions', () => {
    const policy = { Condition: { StringEquals: { a: 'b' } } };
    expect(evaluated(policy)).toEqual(policy);
    expect(evaluated({ constructor: 1 })).toEqual({ constructor: 1 });
    expect(evaluated(JSON.parse('{"__proto__": {"polluted": 1}}'))).not.toHaveProperty('polluted');
  });

  it.each(['And', 'Or', 'Not', 'Equals'])('is the truth of Fn::%s', (name) => {
    const yes = { 'Fn::Equals': [1, 1] };
    const argument = name === 'Equals' ? [1, 1] : name === 'Not' ? [yes] : [yes, yes];
    expect(evaluated({ [`Fn::${name}`]: argument })).toBe(name !== 'Not');
  });
});

/** Any JSON, with functions, names and references in all the wrong places. */
const template = fc.letrec<{ value: unknown; map: object }>((tie) => {
  const name = fc.constantFrom('A', 'B', 'P', 'C', 'M', 'AWS::Region', 'AWS::NoValue', '__proto__', 'x', '');
  const text = fc.oneof(
    name,
    fc.constantFrom('$' + '{A}-$' + '{P.x}', '$' + '{!x}', '{{resolve:ssm:x}}', '10.0.0.0/16', 'a,b'),
  );
  const key = fc.oneof(
    name,
    fc.constantFrom(
      'Ref',
      'Condition',
      'Fn::ForEach::L',
      'Fn::Shout',
      ...'Base64 Cidr FindInMap GetAtt GetAZs GetStackOutput If ImportValue Join Length Select Split Sub'
        .split(' ')
        .map((fn) => `Fn::${fn}`),
      ...'ToJsonString Transform And Or Not Equals'.split(' ').map((fn) => `Fn::${fn}`),
    ),
  );
  return {
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 1 }).map((entries) => Object.fromEntries(entries)),
      tie('map'),
    ),
    map: fc
      .array(fc.tuple(key, tie('value')), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries)),
  };
});

const section = fc.dictionary(fc.constantFrom('A', 'B', 'P', 'C', 'M', 'Fn::ForEach::L'), template.map);
const anything = fc.record({
  Parameters: section,
  Mappings: section,
  Conditions: fc.dictionary(fc.constantFrom('A', 'B', 'C', 'x'), template.value),
  Outputs: fc.dictionary(
    fc.constantFrom('A', 'B'),
    fc.record({
      Value: template.value,
      Export: fc.record({ Name: template.value }),
      Condition: fc.constantFrom('A', 'C', undefined),
    }),
  ),
  Resources: fc.dictionary(
    fc.constantFrom('A', 'B', 'C'),
    fc.record({
      Type: fc.constantFrom(
        'AWS::EC2::Subnet',
        'AWS::RDS::DBSubnetGroup',
        'AWS::RDS::DBInstance',
        'AWS::CloudFormation::Stack',
        'Custom::CrossRegionExportReader',
        'Custom::CrossRegionExportWriter',
      ),
      Condition: fc.constantFrom(undefined, 'A', 'B'),
      Properties: fc.dictionary(
        fc.constantFrom(
          'AvailabilityZone',
          'SubnetIds',
          'DBSubnetGroupName',
          'Name',
          'Parameters',
          'WriterProps',
          'Fn::ForEach::L',
          'Fn::Transform',
        ),
        template.value,
      ),
    }),
  ),
});

function readAll(resource: Resource): void {
  for (const name of resource.propertyNames) {
    const value = resource.get(name);
    described(value);
    unknownIn(value);
    referencesIn(value);
    resource.target(name);
    resource.targets(name);
    for (const judgement of [resource.is(name, 1), resource.atLeast(name, 2), resource.isSet(`${name}.A.0`)])
      expect(judgement.outcome).toMatch(/^(pass|fail|unknown)$/);
  }
  expect(resource.zones.least).toBeLessThanOrEqual(resource.zones.most);
  resource.zones.within(resource.zones);
}

describe('any template', () => {
  it('is evaluated without an error, and without an end that does not come', () => {
    fc.assert(
      fc.property(anything, anything, (one, nested) => {
        const template = one as never;
        const graph = graphOf({
          stacks: { S: { template, nested: { A: { template: nested as never } } }, T: { template } },
        });
        expect(graph.unreadable).toEqual(expect.any(Array));
        for (const resource of graph.resources) {
          readAll(resource);
          graph.mentionsOf(resource);
        }
        for (const stack of graph.stacks) {
          for (const output of Object.keys(stack.outputs)) stack.output(output);
          graph.exportNamed('x', stack);
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['lists', (inner: unknown) => [inner]],
    ['maps', (inner: unknown) => ({ a: inner, b: 1 })],
    ['choices', (inner: unknown) => ({ 'Fn::If': ['Open', inner, 'x'] })],
    ['texts', (inner: unknown) => ({ 'Fn::Join': ['-', ['a', inner]] })],
    ['maps as text', (inner: unknown) => ({ 'Fn::ToJsonString': { a: inner } })],
    ['lookups', (inner: unknown) => ({ 'Fn::FindInMap': ['M', 'a', inner] })],
    ['truths', (inner: unknown) => ({ 'Fn::Not': [inner] })],
  ])('may nest %s as deep as it likes', (_, wrap) => {
    for (const depth of [200, 2_000, 20_000]) {
      let value: unknown = { Ref: 'Open' };
      for (let level = 0; level < depth; level++) value = wrap(value);
      const graph = graphOf({
        Parameters: { Open: { Type: 'String' } },
        Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } },
        Mappings: { M: { a: { b: 1, c: 2 } } },
        Resources: { A: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: value } } },
      });
      readAll(graph.resources[0]!);
    }
  });
});
