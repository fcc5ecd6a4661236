import { differences } from './compare';
import { UNRESOLVED } from './resolve';

test('a property that the service says otherwise, or not at all, is a difference', () => {
  const declared = { Interval: 10, Check: { Path: '/health' }, Matcher: { HttpCode: '200' } };
  expect(differences(declared, { Interval: 30, Check: { Path: '/health' } })).toEqual([
    { path: 'Interval', expected: '10', found: '30' },
    { path: 'Matcher.HttpCode', expected: '200', found: 'nothing' },
  ]);
});

test('numbers as words, words in another order, attributes by key and the dot of a name make no difference', () => {
  const declared = {
    Port: '443',
    Subnets: ['b', 'a'],
    Attributes: [{ Key: 'x', Value: 'true' }],
    Name: 'shop.example.com.',
  };
  const live = {
    Port: 443,
    Subnets: ['a', 'b'],
    Attributes: [
      { Key: 'y', Value: '1' },
      { Key: 'x', Value: 'true' },
    ],
    Name: 'shop.example.com',
  };
  expect(differences(declared, live)).toEqual([]);
});

test('a declared value that cannot be told differs from whatever is there', () => {
  expect(differences({ Zone: UNRESOLVED }, { Zone: 'eu-west-1a' })).toHaveLength(1);
});
