import type { Resource } from '../../lib/assembly/resource';
import {
  describe as described,
  Reference,
  referencesIn,
  sameValue,
  Text,
  Unknown,
  unknownIn,
  type Value,
  ZoneList,
} from '../../lib/assembly/value';
import { graphOf } from '../support/graph';

const graph = graphOf({ Resources: { A: { Type: 'A' }, B: { Type: 'B' } } });
const [a, b] = graph.resources as [Resource, Resource];
const refA = new Reference(a, 'Ref');
const open = new Unknown('open');
const choice = new Unknown('choice', ['x', 'y']);

describe('two values are the same', () => {
  it.each<[string, Value, Value, boolean | undefined]>([
    ['numbers and their texts', 1, '1', true],
    ['texts', 'a', 'b', false],
    ['nothing and its name', null, 'null', false],
    ['lists', ['a', 1], ['a', '1'], true],
    ['lists of other lengths', ['a'], ['a', 'b'], false],
    ['maps in another order', { x: 1, y: 2 }, { y: 2, x: 1 }, true],
    ['maps with other keys', { x: 1 }, { y: 1 }, false],
    ['a map with an inherited key', { x: 1 }, { constructor: 1 }, false],
    ['a list and a map', ['a'], { 0: 'a' }, false],
    ['references to one resource', refA, new Reference(a, 'Ref'), true],
    ['references to two attributes', refA, new Reference(a, 'Arn'), undefined],
    ['a reference and a text', refA, 'a', undefined],
    ['texts around one reference', new Text(['x', refA]), new Text(['x', refA]), true],
    ['texts of other parts', new Text(['x', refA]), new Text(['y', refA]), undefined],
    ['zones of one region', new ZoneList('r'), new ZoneList('r'), true],
    ['zones of two regions', new ZoneList('r'), new ZoneList('s'), undefined],
    ['an unknown and itself', open, open, true],
    ['two unknowns', open, new Unknown('open'), undefined],
    ['a choice and another value', choice, 'z', false],
    ['a choice and one of its values', choice, 'x', undefined],
    ['a list with an unknown', ['a', open], ['b', 'c'], false],
    ['a list with an unknown', ['a', open], ['a', 'c'], undefined],
  ])('%s: %#', (_, one, other, expected) => {
    expect(sameValue(one, other)).toBe(expected);
    expect(sameValue(other, one)).toBe(expected);
  });
});

describe('a value', () => {
  const value = {
    list: [refA, new Text(['x', new Reference(b, 'Arn')])],
    one: new Unknown('why', [refA, undefined]),
  };

  it('mentions resources at any depth, those of an unknown included', () => {
    expect(referencesIn(value).map(({ resource }) => resource.logicalId)).toEqual(['A', 'B', 'A']);
    expect(referencesIn(new Unknown('why', undefined, [refA]))).toEqual([refA]);
    expect(referencesIn(undefined)).toEqual([]);
  });

  it('tells why it is not fully known', () => {
    expect(unknownIn(value)?.reason).toBe('why');
    expect(unknownIn(new Text(['x', open]))).toBe(open);
    expect(unknownIn([refA, 'x'])).toBeUndefined();
  });

  it.each<[Value | undefined, string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    ['', 'an empty text'],
    [0, '0'],
    [open, 'unknown'],
    [refA, 'A'],
    [new Reference(a, 'Arn'), 'A.Arn'],
    [new Text(['x-', refA]), 'x-{A}'],
    [new ZoneList('eu-west-1'), 'all zones of eu-west-1'],
    [['a', 1], '[a, 1]'],
    [['a', 'b', 'c', 'd', 'e'], '5 entries'],
    [[['a']], '1 entries'],
    [{}, 'nothing in it'],
    [{ a: 1, b: 2 }, '{a, b}'],
  ])('is described in a few words: %#', (given, words) => expect(described(given)).toBe(words));

  it('is described in no more than a line', () => {
    const long = 'x'.repeat(10_000);
    const text = new Text(Array.from({ length: 10_000 }, () => refA));
    for (const given of [long, [long], text, { [long]: 1 }])
      expect(described(given).length).toBeLessThan(300);
  });
});

describe('an unknown', () => {
  it('may be absent where one of its values is nothing, at any depth', () => {
    expect(choice.maybeAbsent).toBe(false);
    expect(new Unknown('', ['x', undefined]).maybeAbsent).toBe(true);
    expect(new Unknown('', ['x', new Unknown('', [undefined])]).maybeAbsent).toBe(true);
    expect(open.maybeAbsent).toBe(false);
  });

  it('forgets values that are too many to be walked, but not that it may be absent', () => {
    let doubled = choice;
    for (let level = 0; level < 200; level++) doubled = new Unknown('doubled', [doubled, [doubled]]);
    expect(doubled.extent.parts).toBeLessThan(100_000);
    let deep = choice;
    for (let level = 0; level < 100_000; level++) deep = new Unknown('deep', [deep, 'x']);
    expect(referencesIn(deep)).toEqual([]);
    const many = new Unknown('many', [Array.from({ length: 200_000 }, () => 'x')]);
    expect(many.maybeAbsent).toBe(true);
  });
});
