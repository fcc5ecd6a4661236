import type { Resource } from '../../../lib/assembly/resource';
import {
  allOf,
  anyOf,
  atLeast,
  eventFailure,
  type Failure,
  failureOf,
} from '../../../lib/assessment/failure';
import { AT_ONCE, inSequence, longest, type Path, quickest } from '../../../lib/assessment/recovery/path';
import { Structure } from '../../../lib/assessment/recovery/walk';
import { ASSUMED_UNAVAILABILITY } from '../../../lib/calculus/likelihood';
import { graphOf } from '../../support/graph';

const taking = (seconds: number, what = `${seconds} s`): Path =>
  inSequence({ what, typicalSeconds: seconds / 2, worstSeconds: seconds, source: 'assumed' });

const part = (id: string): Failure =>
  eventFailure({
    id,
    kind: 'resource',
    what: id,
    resources: [],
    likelihood: ASSUMED_UNAVAILABILITY.zone,
  });

/** Each part comes back after the seconds that its id says. */
const backAfter = (top: Failure, failures: ReadonlyMap<Resource, Failure> = new Map()) =>
  new Structure(top, (resource) => failures.get(resource) ?? anyOf()).wayBackFrom({
    event: ({ id }) => taking(Number(id)),
  });

describe('a way back', () => {
  test('in sequence adds up, side by side waits for the longest, with its usual time apart', () => {
    expect(inSequence(taking(10), taking(20)).worstSeconds).toBe(30);
    const unusual = inSequence({ what: 'a', typicalSeconds: 50, worstSeconds: 60, source: 's' });
    const both = longest([unusual, taking(80)]);
    expect([both.worstSeconds, both.typicalSeconds]).toEqual([80, 50]);
    expect(longest([])).toBe(AT_ONCE);
  });

  test('needs the quickest of those that stand in for each other', () => {
    expect(quickest([taking(30), taking(10), taking(20)]).worstSeconds).toBe(10);
    expect(quickest([taking(30), taking(10), taking(20)], 2).worstSeconds).toBe(20);
    expect(quickest([taking(Number.POSITIVE_INFINITY), AT_ONCE])).toBe(AT_ONCE);
  });
});

describe('the structure of a service', () => {
  test('waits for all that is needed, and for one of what stands in', () => {
    expect(backAfter(anyOf(part('10'), part('30'))).worstSeconds).toBe(30);
    expect(backAfter(allOf(part('10'), part('30'))).worstSeconds).toBe(10);
    expect(backAfter(anyOf(part('20'), allOf(part('10'), part('30')))).worstSeconds).toBe(20);
  });

  test('that fails with two of three is back when two of three are', () => {
    expect(backAfter(atLeast(2, [part('10'), part('20'), part('30')])).worstSeconds).toBe(20);
  });

  test('follows resources, also in a circle', () => {
    const graph = graphOf({ Resources: { A: { Type: 'AWS::SNS::Topic' }, B: { Type: 'AWS::SNS::Topic' } } });
    const [a, b] = graph.ofType('AWS::SNS::Topic') as [Resource, Resource];
    const failures = new Map([
      [a, anyOf(part('10'), failureOf(b))],
      [b, anyOf(part('40'), failureOf(a))],
    ]);
    expect(backAfter(failureOf(a), failures).worstSeconds).toBe(40);
    expect(backAfter(failureOf(b), failures).worstSeconds).toBe(40);
  });

  test('of very many resources one after the other does not overflow', () => {
    const count = 20_000;
    const ids = Array.from({ length: count }, (_, index) => `T${index}`);
    const graph = graphOf({
      Resources: Object.fromEntries(ids.map((id) => [id, { Type: 'AWS::SNS::Topic' }])),
    });
    const topics = graph.ofType('AWS::SNS::Topic');
    const failures = new Map(
      topics.map((topic, index) => {
        const next = topics[index + 1];
        return [topic, next ? failureOf(next) : part('7')];
      }),
    );
    expect(backAfter(failureOf(topics[0] as Resource), failures).worstSeconds).toBe(7);
  });
});
