import type { Resource } from '../../lib/assembly/resource';
import type { FaultEvent } from '../../lib/assessment/failure';
import { eventWords } from '../../lib/evidence/event-words';

const standing = (count: number, kind: FaultEvent['kind'] = 'awsService'): FaultEvent => ({
  id: 'service:lambda@eu-west-1',
  kind,
  what: 'AWS Lambda in eu-west-1',
  resources: Array.from(
    { length: count },
    (_, index) => ({ id: `Shop/Work${index}` }) as unknown as Resource,
  ),
  likelihood: { unavailability: 5e-4, terms: [] },
});

describe('a service of AWS in words', () => {
  it.each([
    [0, 'AWS Lambda in eu-west-1'],
    [1, 'AWS Lambda in eu-west-1: Shop/Work0'],
    [4, 'AWS Lambda in eu-west-1: Shop/Work0, Shop/Work1, Shop/Work2, Shop/Work3'],
    [20, 'AWS Lambda in eu-west-1: Shop/Work0, Shop/Work1, Shop/Work2 and 17 more'],
  ])('on which %d resources stand names some of them', (count, words) => {
    expect(eventWords(standing(count))).toBe(words);
  });

  it('is told from what only strikes resources', () => {
    expect(eventWords(standing(2, 'switch'))).toBe('AWS Lambda in eu-west-1');
  });
});
