import { load } from '../../../lib/assembly/source/load';
import type { Json } from '../../../lib/assembly/source/source';
import { fileOf, QUEUE, refusalFrom } from './workspace';

function refused(content: string | Uint8Array | object): [string, string] {
  const { path, problem } = refusalFrom(() => load([fileOf('t.json', content)]));
  return [path, problem];
}

function accepted(content: string | object): void {
  expect(load([fileOf('t.json', content)]).apps).toHaveLength(1);
}

const queue = (properties: Json, more: object = {}): object => ({
  Type: 'AWS::SQS::Queue',
  Properties: { value: properties },
  ...more,
});

describe('a template', () => {
  test('is a stack whose name is that of the file up to the first dot', () => {
    const { apps } = load([fileOf('net.prod.json', QUEUE)]);
    const [stack] = apps[0]!.stacks;
    expect(apps[0]).toMatchObject({ name: 'net' });
    expect(stack).toMatchObject({ id: 'net', name: 'net', nameKnown: false, template: QUEUE });
    expect(stack).not.toHaveProperty('region');
  });

  test('may begin with a byte order mark', () => {
    accepted(`\ufeff${JSON.stringify(QUEUE)}`);
    accepted('\ufeffResources:\n  Queue:\n    Type: AWS::SQS::Queue\n');
  });

  test('records construct paths in its resources', () => {
    const Resources = { Q: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': 'Shop/Q/Resource' } } };
    const [stack] = load([fileOf('t.json', { Resources })]).apps[0]!.stacks;
    expect([...stack!.constructs]).toEqual([['Q', { path: 'Shop/Q/Resource' }]]);
  });

  test('is read without its null sections and attributes', () => {
    const text = 'Parameters:\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n';
    const [stack] = load([fileOf('t.yaml', text)]).apps[0]!.stacks;
    expect(stack!.template).toEqual({ Resources: { Q: { Type: 'AWS::SQS::Queue' } } });
  });

  test('keeps loops and macro calls among its resources as they are', () => {
    const loop = ['Id', ['a', 'b'], { Queue: { Type: 'AWS::SQS::Queue' } }];
    const Resources = { 'Fn::ForEach::Queues': loop, 'Fn::Transform': { Name: 'AWS::Include' } };
    const [stack] = load([fileOf('t.json', { Resources })]).apps[0]!.stacks;
    expect(stack!.template.Resources).toEqual(Resources);
  });

  test('may call its resources __proto__ and constructor', () => {
    const text =
      '{"Resources": {"__proto__": {"Type": "A::B"}, "constructor": {"Type": "A::B", "DependsOn": "toString"}}}';
    const [stack] = load([fileOf('t.json', text)]).apps[0]!.stacks;
    expect(Object.keys(stack!.template.Resources)).toEqual(['__proto__', 'constructor']);
  });

  test.each([
    ['empty', '', 't.json:1:1', 'is empty'],
    ['blank', ' \n\n', 't.json:1:1', 'is empty'],
    ['binary', Buffer.from([0x7b, 0, 0x7d]), 't.json', 'is binary'],
    ['not UTF-8', Buffer.from([0x23, 0xe9, 0x0a]), 't.json', 'is not UTF-8'],
    ['a list', '[]', 't.json:1:1', 'is a list, and a template is a mapping'],
    ['a word', 'hello', 't.json:1:1', 'is a string, and a template is a mapping'],
    ['without resources', '{"Outputs": {}}', 't.json:1:1', 'has no Resources section'],
  ])('fails when it is %s', (_, content, place, problem) => {
    expect(refused(content)).toEqual([place, problem]);
  });

  test.each([
    ['Resources: [a]', 't.json:1:1', 'Resources is a list, and must be a mapping'],
    ['Resources:\n  A: x', 't.json:2:3', 'resource A is a string, and must be a mapping'],
    ['Resources:\n  A: {Type: 5}', 't.json:2:3', 'resource A has no Type that is a string'],
    [
      'Resources:\n  A:\n    Type: A::B\n    Properties: []',
      't.json:4:5',
      'Properties of A is a list, and must be a mapping',
    ],
    [
      'Resources:\n  A: {Type: A::B, Condition: {a: b}}',
      't.json:2:19',
      'Condition of A is a mapping, and must be the name of a condition',
    ],
    [
      'Resources:\n  A: {Type: A::B, DependsOn: [1]}',
      't.json:2:19',
      'DependsOn of A must be a logical id or a list of them',
    ],
    [
      'Parameters:\n  P: x\nResources: {}',
      't.json:2:3',
      'P of Parameters is a string, and must be a mapping',
    ],
    ['Conditions: x\nResources: {}', 't.json:1:1', 'Conditions is a string, and must be a mapping'],
  ])('fails when its shape is that of %j', (text, place, problem) => {
    expect(refused(text)).toEqual([place, problem]);
  });

  test('tells the place in JSON too', () => {
    const text =
      '{"Metadata": {"Resources": ["A", {"B": "}\\\\"}]},\n "Resources": {"A": {"Type": "A::B"},\n  "B": 1}}';
    expect(refused(text)[0]).toBe('t.json:3:3');
  });

  test('says what is wrong on one line that a terminal can show', () => {
    const file = fileOf('t\u001b[2J\n.yaml', 'Resources:\n  "\\e[31m\\nA": x\n');
    const { line } = refusalFrom(() => load([file]));
    expect(line).toContain('t\\u001b[2J\\u000a.yaml:2:3: resource \\u001b[31m\\u000aA is a string');
  });
});

describe('circles', () => {
  test.each([
    ['Ref', { A: queue({ Ref: 'B' }), B: queue({ Ref: 'A' }) }],
    ['GetAtt', { A: queue({ 'Fn::GetAtt': ['B', 'Arn'] }), B: queue({ 'Fn::GetAtt': 'A.Arn' }) }],
    ['Sub', { A: queue({ 'Fn::Sub': `x\${B.Arn}` }), B: queue({ 'Fn::Sub': [`\${A}`, { C: 'x' }] }) }],
    ['the variables of Sub', { A: queue({ Ref: 'B' }), B: queue({ 'Fn::Sub': ['x', { C: { Ref: 'A' } }] }) }],
    ['DependsOn', { A: queue(1, { DependsOn: ['B'] }), B: queue(1, { DependsOn: 'A' }) }],
    [
      'functions around them',
      { A: queue({ 'Fn::Join': ['', [{ Ref: 'B' }]] }), B: queue([{ a: { Ref: 'A' } }]) },
    ],
  ])('fail when they run through %s', (_, Resources) => {
    expect(refused({ Resources })[1]).toBe('circular reference in Resources: A -> B -> A');
  });

  test('fail at the line of the member that comes first', () => {
    const text = `
Resources:
  Lead: {Type: A::B, DependsOn: Last}
  First: {Type: A::B, DependsOn: Last}
  Last: {Type: A::B, DependsOn: First}
`;
    expect(refused(text)).toEqual(['t.json:4:3', 'circular reference in Resources: First -> Last -> First']);
  });

  test('fail when a resource refers to itself', () => {
    expect(refused({ Resources: { A: queue({ Ref: 'A' }) } })[1]).toContain('A -> A');
  });

  test('fail when conditions name each other', () => {
    const text =
      'Conditions:\n  A: !Not [!Condition B]\n  B: !Or [!Condition A, !Equals [a, b]]\nResources: {}';
    expect(refused(text)).toEqual(['t.json:2:3', 'circular reference in Conditions: A -> B -> A']);
  });

  test('fail with no more names than a line can hold', () => {
    const ids = Array.from({ length: 40 }, (_, i) => `R${i}`);
    const Resources = Object.fromEntries(ids.map((id, i) => [id, queue({ Ref: ids[(i + 1) % 40] ?? '' })]));
    expect(refused({ Resources })[1]).toContain('R4 -> R5 -> … 34 more -> R0');
  });

  test.each([
    ['through a literal', { A: queue({ Ref: 'B' }), B: queue({ 'Fn::Sub': `\${!A}` }) }],
    [
      'through a name that Sub defines',
      { A: queue({ Ref: 'B' }), B: queue({ 'Fn::Sub': [`\${A}`, { A: 'x' }] }) },
    ],
    [
      'through branches of which one deploys',
      { A: queue({ Ref: 'B' }), B: queue({ 'Fn::If': ['C', { Ref: 'A' }, 1] }) },
    ],
    [
      'through a name of a loop',
      { A: queue({ Ref: 'B' }), B: queue({ 'Fn::ForEach::L': ['A', ['x'], { Ref: 'A' }] }) },
    ],
    ['through plain values', { A: queue({ Ref: 'B' }), B: queue({ Ref: 'A', and: 'more' }) }],
    ['through metadata', { A: queue({ Ref: 'B' }), B: queue(1, { Metadata: { a: { Ref: 'A' } } }) }],
    ['through a parameter', { A: queue({ Ref: 'P' }), B: queue({ Ref: 'P' }) }],
    [
      'where paths only meet',
      { A: queue([{ Ref: 'B' }, { Ref: 'C' }]), B: queue({ Ref: 'C' }), C: queue(1) },
    ],
  ])('are not seen %s', (_, Resources) => {
    accepted({ Resources });
  });

  test('are uncertain, and so let be, where a transform rewrites the template', () => {
    const Resources = { A: queue({ Ref: 'B' }), B: queue({ Ref: 'A' }) };
    accepted({ Transform: 'AWS::Serverless-2016-10-31', Resources });
    accepted({ Transform: ['AWS::LanguageExtensions', { Name: 'OurMacro' }], Resources });
    expect(refused({ Transform: ['AWS::LanguageExtensions'], Resources })[1]).toContain('circular');
  });

  test('are told from long chains', () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `R${i}`);
    accepted({ Resources: Object.fromEntries(ids.map((id, i) => [id, queue({ Ref: ids[i + 1] ?? 'P' })])) });
  });
});

describe('depth', () => {
  const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

  test('of some hundred levels is read', () => {
    accepted(`{"Resources": {"A": {"Type": "A::B", "Properties": ${nested(400)}}}}`);
  });

  test.each([
    ['resource', `{"Resources": {\n"A": {"Type": "A::B", "Properties": ${nested(600)}}}}`, 't.json:2:1'],
    ['section', `{"Mappings": ${nested(100_000)}, "Resources": {}}`, 't.json:1:1'],
    ['loop', `{"Resources": {\n\n"Fn::ForEach::A": ${nested(600)}}}`, 't.json:3:1'],
  ])('fails when a %s nests more than 500 levels deep', (_, text, place) => {
    expect(refused(text)).toEqual([place, 'nests more than 500 levels deep']);
  });
});
