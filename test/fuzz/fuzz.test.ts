import { seeds } from './seeds';
import { trial } from './trial';

/** Enough to meet every rule a few times; many more run at night. */
const COUNT = 2_000;

describe('the audit', () => {
  it(`says something of ${COUNT} broken apps, the same twice, and never breaks`, () => {
    const apps = seeds();
    const problems = Array.from({ length: COUNT }, (_, number) => {
      const { problem } = trial(apps, number);
      return problem === undefined ? [] : [`${number}: ${problem}`];
    }).flat();
    expect(problems).toEqual([]);
  }, 240_000);
});
