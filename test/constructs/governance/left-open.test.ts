import { App, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { refuseLeftOpen, regionInWords } from '../../../lib/constructs/governance/left-open';
import { refusal, shopStack } from '../fixtures';

const COUNT = Token.asNumber({ Ref: 'Count' });
const NAMES = Token.asList({ Ref: 'Names' });

describe('what synth has to know is refused when only deployment knows it', () => {
  test.each([
    [
      'a time',
      { pace: Duration.hours(COUNT) },
      'pace is known at deployment only',
      'write the time itself: pace: Duration.minutes(5)',
    ],
    [
      'a time within a list',
      { steps: [{}, { timeout: Duration.seconds(COUNT) }] },
      'steps[1].timeout is known at deployment only',
      'write the time itself: steps[1].timeout: Duration.minutes(5)',
    ],
    [
      'a list',
      { zones: NAMES },
      'zones is known at deployment only',
      'write zones as a list; its elements may be left to deployment where they are not judged',
    ],
    ['a number', { size: COUNT }, 'size is known at deployment only', 'write size itself'],
    [
      'an element of a list',
      { size: [Token.asString({ Ref: 'Size' })] },
      'size is known at deployment only',
      'write size itself',
    ],
    [
      'several',
      { size: COUNT, pace: Duration.seconds(COUNT) },
      '2 mistakes: (1) pace is known at deployment only; (2) size is known at deployment only',
      '(1) write the time itself: pace: Duration.minutes(5); (2) write size itself',
    ],
  ])('%s', (_, props, problem, fix) => {
    const error = refusal(() => refuseLeftOpen('Shop/It', props, { known: ['size'] }));
    expect(error).toMatchObject({ path: 'Shop/It', problem, fix });
  });
});

test('what is written as it is may be left to deployment', () => {
  const props = {
    port: COUNT,
    name: Token.asString({ Ref: 'Name' }),
    topics: NAMES,
    zones: [Token.asString({ Ref: 'Zone' })],
    pace: Duration.minutes(5),
  };
  expect(() => refuseLeftOpen('Shop/It', props, { lists: ['topics'] })).not.toThrow();
  expect(() => refuseLeftOpen('Shop/It', undefined)).not.toThrow();
});

test('a region that only deployment knows is said in words', () => {
  expect(regionInWords(shopStack(1))).toBe('eu-west-1');
  expect(regionInWords(new Stack(new App(), 'Anywhere'))).toBe('the region of its stack');
});
