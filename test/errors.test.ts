import { Duration, Token } from 'aws-cdk-lib/core';
import { ConfigurationError, withoutMarks } from '../lib/errors';

const COUNT = Token.asNumber({ Ref: 'Count' });
const NAME = Token.asString({ Ref: 'Name' });
const NAMES = Token.asList({ Ref: 'Names' });

describe('a text says in words what only deployment knows', () => {
  test.each([
    ['it is known', 'it is known'],
    [NAME, 'known at deployment only'],
    [`port is ${COUNT}, but databases listen`, 'port is known at deployment only, but databases listen'],
    [`there are to be ${COUNT / 60} brokers`, 'there are to be (known at deployment only) brokers'],
    [`the pace is ${COUNT * 86_400} s`, 'the pace is known at deployment only'],
    [`"shop-${NAME}" is no region`, '(known at deployment only) is no region'],
    [`"a" is not ${NAME} nor "b"`, '"a" is not (known at deployment only) nor "b"'],
    [`types has "${NAMES[0]}"`, 'types has (known at deployment only)'],
    ['1.5e+21 s is long', '1.5e+21 s is long'],
  ])('%#', (text, words) => {
    expect(withoutMarks(text)).toBe(words);
  });

  test('in an error too', () => {
    const error = new ConfigurationError({
      path: `Shop/${NAME}`,
      problem: `ttl is ${Duration.seconds(COUNT).toSeconds()}`,
      fix: `use ${NAME}`,
    });
    expect(error.message).toBe(
      'Shop/(known at deployment only): ttl is known at deployment only\n  fix: use (known at deployment only)',
    );
  });
});

test.each([
  ['an escape', 'a\u001b[31m', 'a\\u001b[31m'],
  ['an escape in one byte', 'a\u009b31m', 'a\\u009b31m'],
  ['a line break', 'a\nfix: none', 'a\\u000afix: none'],
  ['a mark that turns the direction', 'a\u202eb', 'a\\u202eb'],
])('an error shows %s of a name instead of doing it', (_, name, shown) => {
  const error = new ConfigurationError({
    path: name,
    problem: `${name} is no name`,
    fix: `leave ${name} out`,
  });
  expect(error.message).toBe(`${shown}: ${shown} is no name\n  fix: leave ${shown} out`);
  expect(error.line).toBe(`${shown}: ${shown} is no name; fix: leave ${shown} out`);
});
