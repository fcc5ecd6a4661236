import fc from 'fast-check';
import { AwsHealth, type AwsHealthProps } from '../../lib/constructs/observe/detection/aws-health';
import type { Pattern } from '../support/pattern';

export const awsHealth: Pattern<AwsHealthProps> = {
  construct: 'AwsHealth',
  build: (stack) => {
    // minimal
    new AwsHealth(stack, 'AwsHealth', { services: ['EC2', 'RDS'] });
    // end
  },
  options: fc.record({
    services: fc.array(fc.constantFrom('EC2', 'RDS', 'LAMBDA', 'rds'), { maxLength: 3 }),
  }),
  buildWith: (stack, options) => {
    new AwsHealth(stack, 'AwsHealth', options);
  },
};
