import type { Resource } from '../../lib/assembly/resource';
import { allOf, anyOf, eventFailure, type Failure, failureOf, NEVER } from '../../lib/assessment/failure';
import { type FaultModel, faultModelOf } from '../../lib/assessment/fault-model';
import { lost } from '../../lib/assessment/what-if';
import { quantify } from '../../lib/calculus/fault-tree/quantify';

const P = 0.1;

function event(id: string): Failure {
  const likelihood = { unavailability: P, terms: [] };
  return eventFailure({ id, kind: 'resource', what: id, resources: [], likelihood });
}

/** Things by name that need each other. */
function things(failures: Readonly<Record<string, (of: (name: string) => Failure) => Failure>>) {
  const resources = new Map(Object.keys(failures).map((id) => [id, { id } as unknown as Resource]));
  const of = (name: string) => failureOf(resources.get(name) as Resource);
  const probability = (top: string): number => {
    const { tree } = faultModelOf(of(top), ({ id }) => failures[id]?.(of) ?? NEVER);
    return quantify(tree).probability;
  };
  return { probability };
}

describe('the fault tree of things that need each other', () => {
  it('counts once what two of them share', () => {
    const { probability } = things({
      a: (of) => anyOf(of('b'), of('c')),
      b: (of) => anyOf(event('B'), of('d')),
      c: (of) => anyOf(event('C'), of('d')),
      d: () => event('D'),
    });
    expect(probability('a')).toBeCloseTo(1 - (1 - P) ** 3, 12);
  });

  it('is never where nothing can fail', () => {
    expect(things({ a: () => NEVER }).probability('a')).toBe(0);
  });

  it('has two that need each other fail together', () => {
    const { probability } = things({
      a: (of) => anyOf(event('A'), of('b')),
      b: (of) => anyOf(event('B'), of('a')),
    });
    expect(probability('a')).toBeCloseTo(1 - (1 - P) ** 2, 12);
    expect(probability('b')).toBeCloseTo(1 - (1 - P) ** 2, 12);
  });

  it('keeps redundancy where both sides call each other through the name of both', () => {
    const { probability } = things({
      name: (of) => allOf(of('east'), of('west')),
      east: (of) => anyOf(event('East'), of('name')),
      west: (of) => anyOf(event('West'), of('name')),
    });
    expect(probability('name')).toBeCloseTo(P * P, 12);
    expect(probability('east')).toBeCloseTo(P, 12);
  });

  it('has nothing fail by itself in a circle without a cause', () => {
    const { probability } = things({ a: (of) => of('b'), b: (of) => allOf(of('a'), event('B')) });
    expect(probability('a')).toBe(0);
  });

  it('writes a long circle out once more for each place where it comes back', () => {
    const size = 30;
    const ring = Object.fromEntries(
      Array.from({ length: size }, (_, index) => [
        `r${index}`,
        (of: (name: string) => Failure) =>
          anyOf(event(`R${index}`), allOf(of(`r${(index + 1) % size}`), event(`Other${index}`))),
      ]),
    );
    // From the last one on: what comes back to the first is only what the first failed by already.
    const chain = Array.from({ length: size }).reduce<number>((next) => 1 - (1 - P) * (1 - P * next), 0);
    expect(things(ring).probability('r0')).toBeCloseTo(chain, 12);
  });

  it('keeps the redundancy of names that call each other in a circle, from both of their sides', () => {
    const side = (name: string, next: string) => (of: (name: string) => Failure) =>
      anyOf(event(name), of(next));
    const { probability } = things({
      one: (of) => allOf(of('east1'), of('west1')),
      two: (of) => allOf(of('east2'), of('west2')),
      east1: side('East1', 'two'),
      west1: side('West1', 'two'),
      east2: side('East2', 'one'),
      west2: side('West2', 'one'),
    });
    expect(probability('one')).toBeCloseTo(1 - (1 - P * P) ** 2, 12);
  });

  it('tells two regions apart from which one thing is used', () => {
    const table = { id: 'table', region: 'eu-west-1' } as unknown as Resource;
    const top = allOf(failureOf(table, 'eu-west-1'), failureOf(table, 'eu-central-1'));
    const { tree } = faultModelOf(top, (_, from) => event(`replica in ${from ?? 'eu-west-1'}`));
    expect(quantify(tree).probability).toBeCloseTo(P * P, 12);
  });
});

describe('things that stand on one service of AWS', () => {
  const resources = new Map(['a', 'b', 'c', 'd'].map((id) => [id, { id } as unknown as Resource]));
  const likelihood = { unavailability: P, terms: [] };
  const standing = (id: string): Failure =>
    eventFailure({
      id: 'service:x@here',
      kind: 'awsService',
      what: 'X in here',
      resources: [resources.get(id) as Resource],
      likelihood,
    });
  const of = (id: string) => failureOf(resources.get(id) as Resource);

  const without = (model: FaultModel, ...ids: readonly string[]) =>
    lost(model, [], new Set(ids.map((id) => resources.get(id) as Resource)));

  const modelOf = (failures: Readonly<Record<string, Failure>>, top: Failure) =>
    faultModelOf(top, ({ id }) => failures[id] ?? NEVER);

  it('are one event with all of them', () => {
    const { events, tree } = modelOf({ a: standing('a'), b: standing('b') }, anyOf(of('b'), of('a')));
    expect([...events.keys()]).toEqual(['service:x@here']);
    expect(events.get('service:x@here')?.resources.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(quantify(tree).probability).toBe(P);
  });

  it('are no redundancy for each other, but either may be lost alone', () => {
    const model = modelOf({ a: standing('a'), b: standing('b') }, allOf(of('a'), of('b')));
    expect(quantify(model.tree).probability).toBe(P);
    expect(quantify(model.tree).cutSets.count).toBe(1);
    expect(without(model, 'a')).toMatchObject({ serviceStops: false, failedResources: ['a'] });
    expect(without(model, 'a', 'b').serviceStops).toBe(true);
  });

  it('take what needs them when they are lost alone, round every circle', () => {
    const failures = {
      a: anyOf(standing('a'), of('b')),
      b: anyOf(standing('b'), allOf(of('c'), of('d'))),
      c: anyOf(standing('c'), of('a')),
      d: anyOf(standing('d'), of('a')),
    };
    const model = modelOf(failures, of('a'));
    expect(without(model, 'b').failedResources).toEqual(['a', 'b', 'c', 'd']);
    expect(without(model, 'c').failedResources).toEqual(['c']);
    expect(without(model, 'c', 'd').failedResources).toEqual(['a', 'b', 'c', 'd']);
  });

  it('take nothing that only shares their expression', () => {
    const shared = standing('a');
    const model = modelOf(
      { a: anyOf(shared, event('A')), b: anyOf(shared, event('A')) },
      anyOf(of('a'), of('b')),
    );
    expect(without(model, 'a').failedResources).toEqual(['a']);
  });
});
