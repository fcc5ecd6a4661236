import { parseCron, sixFieldsOf } from '../../lib/calculus/cron-expression';

describe('the six fields of AWS', () => {
  it.each([
    ['0 2 * * *', '0 2 * * ? *'],
    ['*/15 * * * *', '*/15 * * * ? *'],
    ['0 2 1 * *', '0 2 1 * ? *'],
    ['30 4 * * 1-5', '30 4 ? * MON-FRI *'],
    ['0 3 * 1,7 0', '0 3 ? 1,7 SUN *'],
    ['0 3 * * 7', '0 3 ? * SUN *'],
    ['0 3 * * mon,3', '0 3 ? * MON,WED *'],
    ['0 5 ? * *', '0 5 * * ? *'],
  ])('are made of the standard %s', (five, six) => {
    expect(sixFieldsOf(five)).toBe(six);
    expect(parseCron(six)).not.toHaveProperty('unknown');
  });

  it.each([
    ['two fields for days, which the standard joins by or', '0 2 1 * 1'],
    ['six fields', '0 2 * * ? *'],
    ['words', 'now and then'],
    ['five words', 'at two in the night'],
    ['an hour that there is not', '0 25 * * *'],
    ['a week that ends where it began', '0 2 * * 5-7'],
  ])('are made of nothing else: %s', (_, text) => expect(sixFieldsOf(text)).toBeUndefined());
});
