/**
 * The instance types that can be EBS-optimised and are so only when asked: all newer ones are so by themselves.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html#previous
 * @internal
 */
export const EBS_OPTIMISED_ON_REQUEST: ReadonlySet<string> = new Set([
  'c1.xlarge',
  'c3.2xlarge',
  'c3.4xlarge',
  'c3.xlarge',
  'g2.2xlarge',
  'i2.2xlarge',
  'i2.4xlarge',
  'i2.xlarge',
  'm1.large',
  'm1.xlarge',
  'm2.2xlarge',
  'm2.4xlarge',
  'm3.2xlarge',
  'm3.xlarge',
  'r3.2xlarge',
  'r3.4xlarge',
  'r3.xlarge',
]);
