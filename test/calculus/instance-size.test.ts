import { compareSizes } from '../../lib/calculus/instance-size';

describe('the size of an instance class', () => {
  test.each([
    ['db.r6g.large', 'db.r6g.xlarge', -1],
    ['db.r6g.4xlarge', 'db.r7g.2xlarge', 1],
    ['db.t3.micro', 'db.t4g.medium', -1],
    ['db.r6g.xlarge', 'db.r5.xlarge', 0],
    ['db.serverless', 'db.serverless', 0],
  ])('compares %s with %s', (one, other, sign) => {
    expect(Math.sign(compareSizes(one, other) ?? Number.NaN)).toBe(sign);
  });

  test.each([
    ['db.r6g.large', 'db.t3.large'],
    ['db.serverless', 'db.r6g.large'],
    ['db.r6g.metal', 'db.r6g.large'],
  ])('cannot compare %s with %s', (one, other) => {
    expect(compareSizes(one, other)).toBeUndefined();
  });
});
