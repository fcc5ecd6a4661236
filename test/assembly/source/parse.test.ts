import { parse } from '../../../lib/assembly/source/parse';
import type { Json } from '../../../lib/assembly/source/source';
import { refusalFrom } from './workspace';

function read(text: string): Json {
  return parse({ file: 'template', text });
}

function refusedAt(text: string): [string, string] {
  const { path, problem } = refusalFrom(() => read(text));
  return [path, problem];
}

describe('JSON', () => {
  test('is read as it stands, the key __proto__ included', () => {
    const value = read('{"a": [1, "b", null], "__proto__": {"polluted": true}}');
    expect(Object.keys(value as object)).toEqual(['a', '__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('with comments, tabs and trailing commas is read as CloudFormation reads it', () => {
    expect(read('{\n\t"a":\t[1, 2,], # why\n\t"b": {"c": "d",},\n}')).toEqual({ a: [1, 2], b: { c: 'd' } });
  });

  test.each([
    ['{"a": {"b": 1', 'template:1:14'],
    ['{"a": "b', 'template:1:9'],
    ['{"a": {"b": 1}\n\n', 'template:1:15'],
    ['{\n  "a": [1,\n', 'template:2:11'],
  ])('fails when %j ends too early, and tells where', (text, place) => {
    expect(refusedAt(text)).toEqual([place, 'JSON ends too early']);
  });

  test('fails when it is neither JSON nor YAML', () => {
    expect(refusedAt('{\n  "a": 1\n  "b": 2\n}')[0]).toBe('template:3:3');
  });
});

describe('YAML', () => {
  test('turns short function tags into the long form', () => {
    const text = `
a: !Ref Queue
b: !Sub "\${Queue.Arn}"
c: !Join ['-', [!Ref A, 'x']]
d: !If [Large, !Ref A, !Ref AWS::NoValue]
e: !And [!Condition Large, !Equals [!Ref A, b]]
f: !GetAZs
g: !Base64 123
h: !Transform {Name: AWS::Include}
i: !FindInMap
  - Map
  - !Ref AWS::Region
  - Key
j: !Sub
  - "\${X}"
  - X: !Select [0, !Split [',', 'a,b']]
`;
    expect(read(text)).toEqual({
      a: { Ref: 'Queue' },
      b: { 'Fn::Sub': '${Queue.Arn}' },
      c: { 'Fn::Join': ['-', [{ Ref: 'A' }, 'x']] },
      d: { 'Fn::If': ['Large', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
      e: { 'Fn::And': [{ Condition: 'Large' }, { 'Fn::Equals': [{ Ref: 'A' }, 'b'] }] },
      f: { 'Fn::GetAZs': '' },
      g: { 'Fn::Base64': '123' },
      h: { 'Fn::Transform': { Name: 'AWS::Include' } },
      i: { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'Key'] },
      j: { 'Fn::Sub': ['${X}', { X: { 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] } }] },
    });
  });

  test('splits the attribute that GetAtt names at the first dot', () => {
    expect(read('a: !GetAtt Nested.Outputs.Arn\nb: !GetAtt [Db, Endpoint.Port]\nc: !GetAtt Lone')).toEqual({
      a: { 'Fn::GetAtt': ['Nested', 'Outputs.Arn'] },
      b: { 'Fn::GetAtt': ['Db', 'Endpoint.Port'] },
      c: { 'Fn::GetAtt': ['Lone'] },
    });
  });

  test('reads the booleans of YAML 1.1, but no single letters', () => {
    expect(read('[yes, On, TRUE, no, off, False]')).toEqual([true, true, true, false, false, false]);
    expect(read("[y, N, 'yes', oN]")).toEqual(['y', 'N', 'yes', 'oN']);
  });

  test('keeps every unquoted scalar a string that would lose something as a number', () => {
    const text =
      '[2010-09-09, 012345678901, 8.0, 5.10, 0755, 1:30, 1e3, 0x1F, 1_000, 12345678901234567890, +1, -0]';
    expect(read(text)).toEqual(text.slice(1, -1).split(', '));
    expect(read('[0, 42, -7, 1.5, 123456789012]')).toEqual([0, 42, -7, 1.5, 123456789012]);
  });

  test('reads an empty value, a tilde and null as null, and a quoted nothing as a string', () => {
    expect(read("a:\nb: ~\nc: null\nd: ''\ne: !!str\n")).toEqual({ a: null, b: null, c: null, d: '', e: '' });
  });

  test('keeps keys as they are written', () => {
    expect(Object.keys(read('012: a\ntrue: b\n2010-09-09: c\n: d\n') as object)).toEqual([
      '012',
      'true',
      '2010-09-09',
      '',
    ]);
  });

  test('keeps the last of two equal keys, as CloudFormation does', () => {
    expect(read('a: 1\nb: 2\na: 3')).toEqual({ a: 3, b: 2 });
  });

  test('resolves anchors and merge keys, what a mapping says itself first', () => {
    const text =
      'base: &base {x: 1, y: [1]}\nmore: &more {x: 2, z: 3}\none: {<<: *base, y: 9}\ntwo: {<<: [*base, *more]}';
    expect(read(text)).toMatchObject({ one: { x: 1, y: 9 }, two: { x: 1, y: [1], z: 3 } });
  });

  test('treats __proto__ as any other key, merged or not', () => {
    const value = read('a: &a {__proto__: {x: 1}}\nb: {<<: *a}') as Record<string, Record<string, Json>>;
    expect(Object.keys(value.b ?? {})).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value.b)).toBe(Object.prototype);
  });

  test('reads quoted strings that go on at the margin', () => {
    const text = 'body:\n  a: !Sub \'{\n"it": "it\'\'s",\n\n"b": 1}\'\n  c: "x\n\\"y"\n  d: e\n';
    expect(read(text)).toEqual({
      body: { a: { 'Fn::Sub': '{ "it": "it\'s",\n"b": 1}' }, c: 'x "y', d: 'e' },
    });
  });

  test('reads one document between empty ones', () => {
    expect(read('---\na: 1\n---\n')).toEqual({ a: 1 });
  });

  test.each([
    ['a tag that CloudFormation does not know', 'a:\n  - !Reff x', 'template:2:11', 'unknown tag !Reff'],
    ['a tag for binary data', 'a: !!binary aGk=', 'template:1:13', 'tag !!binary is not for templates'],
    ['a mapping as a key', 'a:\n  {b: c}: d', 'template:2:3', 'a key that is not a plain word'],
    [
      'a second document',
      'a: 1\n---\nb: 2',
      'template:2:1',
      'holds several YAML documents, and a template is one',
    ],
    ['comments only', '# nothing\n', 'template:1:1', 'is empty'],
    ['an alias without an anchor', 'a:\n  b: *c', 'template:2:6', '*c stands for nothing'],
    ['an alias within its own anchor', 'a: &a\n  b: *a', 'template:2:6', '*a contains itself'],
    ['a merge key over no mapping', 'a: &a [1]\nb:\n  <<: *a', 'template:3:3', '<< must name mappings'],
    [
      'a string that never ends',
      'a: 1\nb: "x\n',
      'template:3:1',
      'invalid YAML: a quoted string is not closed',
    ],
    [
      'a tab as indentation',
      'a:\n\tb: 1',
      'template:2:1',
      'invalid YAML: Tabs are not allowed as indentation',
    ],
  ])('fails when it holds %s, and tells where', (_, text, place, problem) => {
    expect(refusedAt(text)).toEqual([place, problem]);
  });

  test('fails when aliases multiply beyond measure', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`);
    const text = ['a0: &a0 [x]', ...levels].join('\n');
    expect(refusedAt(text)[1]).toBe('aliases stand for more than 100000 values');
  });

  test.each([
    ['brackets', `a: ${'['.repeat(100_000)}`],
    ['dashes', `a:\n  ${'- '.repeat(100_000)}`],
    ['indentation', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('fails when %s nest absurdly deep', (_, text) => {
    expect(refusedAt(text)[1]).toBe('nests more than 500 levels deep');
  });

  test('fails when it holds more than memory should', () => {
    expect(refusedAt(`${'# a\n'.repeat(2_600_000)}a: 1`)[1]).toBe('holds over 5000000 YAML tokens');
    expect(refusedAt('%a\n'.repeat(1000))[1]).toBe('holds many YAML directives');
  });
});
