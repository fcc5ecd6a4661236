import fc from 'fast-check';
import { evaluateCondition, type Truth } from '../../lib/assembly/conditions';
import { Unknown } from '../../lib/assembly/value';
import { graphOf } from '../support/graph';
import { evaluated, type Place } from '../support/values';

const PARAMETERS = { Open: { Type: 'String' }, Env: { Type: 'String', Default: 'prod' } };

/** A condition's truth as `true`, `false` or the reason. */
function truth(condition: unknown, conditions: Record<string, unknown> = {}, place: Place = {}): unknown {
  const graph = graphOf({
    stacks: {
      app: { template: { Parameters: PARAMETERS, Conditions: conditions, Resources: {} }, ...place },
    },
  });
  return plain(evaluateCondition(condition as never, graph.stacks[0]!));
}

function plain(value: Truth): boolean | string {
  return value instanceof Unknown ? value.reason : value;
}

const YES = { 'Fn::Equals': ['a', 'a'] };
const NO = { 'Fn::Equals': ['a', 'b'] };
const OPEN = { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] };
const WHY = 'parameter Open has no default';

describe('Fn::Equals', () => {
  it.each([
    ['prod', true],
    ['test', false],
  ])('compares a parameter with %s', (text, expected) => {
    expect(truth({ 'Fn::Equals': [{ Ref: 'Env' }, text] })).toBe(expected);
  });

  it('compares as text', () => {
    expect(truth({ 'Fn::Equals': [true, 'true'] })).toBe(true);
    expect(truth({ 'Fn::Equals': [1, '1'] })).toBe(true);
    expect(truth({ 'Fn::Equals': ['a', ['a']] })).toBe(false);
    expect(truth({ 'Fn::Equals': [null, 'null'] })).toBe(false);
  });

  it('does not know what deploy decides', () => {
    expect(truth(OPEN)).toBe(WHY);
    expect(truth({ 'Fn::Equals': [{ 'Fn::Sub': `x-\${Open}` }, 'x-y'] })).toBe(WHY);
    expect(truth({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] })).toMatch(/no region/);
  });

  it('knows that a value is itself', () => {
    expect(truth({ 'Fn::Equals': [{ Ref: 'Open' }, { Ref: 'Open' }] })).toBe(true);
  });

  it('does not take the partition of ARNs for an answer where no region is bound', () => {
    const chinese = { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] };
    expect(truth(chinese)).toMatch(/no region/);
    expect(truth(chinese, {}, { region: 'cn-north-1' })).toBe(true);
    expect(truth(chinese, {}, { region: 'eu-west-1' })).toBe(false);
  });

  it.each([[['a']], [['a', 'b', 'c']], ['a'], [null]])('does not know what %j compares', (sides) => {
    expect(truth({ 'Fn::Equals': sides })).toMatch(/two values/);
  });
});

describe('Fn::And, Fn::Or and Fn::Not', () => {
  it.each([
    [YES, YES, true, true],
    [YES, NO, false, true],
    [NO, NO, false, false],
    [YES, OPEN, WHY, true],
    [NO, OPEN, false, WHY],
    [OPEN, OPEN, WHY, WHY],
  ])('of %j and %j are %j and %j', (a, b, and, or) => {
    for (const sides of [
      [a, b],
      [b, a],
    ]) {
      expect(truth({ 'Fn::And': sides })).toBe(and);
      expect(truth({ 'Fn::Or': sides })).toBe(or);
    }
  });

  it('negate', () => {
    expect(truth({ 'Fn::Not': [YES] })).toBe(false);
    expect(truth({ 'Fn::Not': [NO] })).toBe(true);
    expect(truth({ 'Fn::Not': [OPEN] })).toBe(WHY);
  });

  it.each([
    { 'Fn::And': [] },
    { 'Fn::Or': 'x' },
    { 'Fn::Not': [] },
    { 'Fn::Not': [YES, YES] },
    { Condition: ['a'] },
    { Condition: 'Nobody' },
    { 'Fn::And': [YES], 'Fn::Or': [YES] },
    'maybe',
    7,
    null,
  ])('do not know what %j means', (condition) => {
    expect(typeof truth(condition)).toBe('string');
  });

  it('take what reads as a truth for one', () => {
    expect(truth(true)).toBe(true);
    expect(truth('false')).toBe(false);
  });

  it('say what holds whatever the unknown turns out to be', () => {
    const leaf = fc.constantFrom('yes', 'no', 'p', 'q');
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.record({ 'Fn::Not': fc.tuple(tie('tree')) }),
        fc.record({ 'Fn::And': fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ 'Fn::Or': fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      ),
    }));
    fc.assert(
      fc.property(tree, (condition) => {
        const said = truth(written(condition));
        if (typeof said === 'string') return;
        for (const p of [true, false])
          for (const q of [true, false]) expect(naive(condition, { yes: true, no: false, p, q })).toBe(said);
      }),
    );
  });
});

function written(tree: unknown): unknown {
  if (tree === 'yes') return YES;
  if (tree === 'no') return NO;
  if (typeof tree === 'string') return { 'Fn::Equals': [{ Ref: 'Open' }, tree] };
  const [[name = '', parts = []] = []] = Object.entries(tree as Record<string, unknown[]>);
  return { [name]: parts.map(written) };
}

function naive(tree: unknown, values: Record<string, boolean>): boolean {
  if (typeof tree === 'string') return values[tree]!;
  const [[name, parts = []] = []] = Object.entries(tree as Record<string, unknown[]>);
  const truths = parts.map((part) => naive(part, values));
  if (name === 'Fn::Not') return !truths[0];
  return name === 'Fn::And' ? truths.every(Boolean) : truths.some(Boolean);
}

describe('a named condition', () => {
  it('is followed by name', () => {
    expect(truth({ Condition: 'IsProd' }, { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } })).toBe(true);
  });

  it('is named in the reason, the innermost one only', () => {
    const conditions = { Outer: { 'Fn::Not': [{ Condition: 'Inner' }] }, Inner: OPEN };
    expect(truth({ Condition: 'Outer' }, conditions)).toBe(`condition Inner: ${WHY}`);
  });

  it('is unknown where it hangs on itself', () => {
    const conditions = { A: { 'Fn::And': [{ Condition: 'B' }, YES] }, B: { Condition: 'A' } };
    expect(truth({ Condition: 'A' }, conditions)).toBe('condition A depends on itself');
  });

  it('is unknown, and no stack overflow, at the end of an endless chain', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`C${index}`, { Condition: `C${index + 1}` }]),
    );
    expect(truth({ Condition: 'C0' }, chain)).toMatch(/too long a chain/);
  });

  it('is found only where the template has it', () => {
    expect(truth({ Condition: 'constructor' })).toMatch(/defined nowhere/);
    expect(truth({ Condition: '__proto__' })).toMatch(/defined nowhere/);
  });
});

describe('Fn::If', () => {
  const sections = {
    Parameters: PARAMETERS,
    Conditions: { Yes: YES, No: NO, Open: OPEN },
    Resources: { A: { Type: 'A::A::A' }, B: { Type: 'B::B::B' } },
  };

  it('takes the branch that the condition chooses', () => {
    expect(evaluated({ 'Fn::If': ['Yes', 1, 2] }, sections)).toBe(1);
    expect(evaluated({ 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, sections)).toBeUndefined();
  });

  it('keeps both branches where deploy decides', () => {
    expect(evaluated({ 'Fn::If': ['Open', 1, { Ref: 'AWS::NoValue' }] }, sections)).toEqual({
      oneOf: [1, undefined],
    });
    expect(evaluated({ 'Fn::If': ['Open', { Ref: 'A' }, { Ref: 'B' }] }, sections)).toEqual({
      oneOf: ['<A.Ref>', '<B.Ref>'],
    });
  });

  it('is known where both branches say the same', () => {
    expect(evaluated({ 'Fn::If': ['Open', 'x', 'x'] }, sections)).toBe('x');
    expect(evaluated({ 'Fn::If': ['Open', { Ref: 'A' }, { Ref: 'A' }] }, sections)).toBe('<A.Ref>');
    expect(evaluated({ 'Fn::If': ['Open', { a: [1] }, { a: ['1'] }] }, sections)).toEqual({ a: [1] });
  });

  it.each([[['Yes', 1]], [['Yes', 1, 2, 3]], ['Yes'], [[YES, 1, 2]]])(
    'does not know what %j means',
    (parts) => {
      expect(evaluated({ 'Fn::If': parts }, sections)).toMatch(/^\?/);
    },
  );
});
