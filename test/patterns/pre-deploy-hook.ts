import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { PreDeployHook, type PreDeployHookProps } from '../../lib/constructs/governance/pre-deploy-hook';
import type { Pattern } from '../support/pattern';

type Options = Omit<PreDeployHookProps, 'rulesFile' | 'reportRetention'> & { readonly days: number };

const rulesFile = join(__dirname, '..', 'constructs', 'governance', 'nines.guard');

export const preDeployHook: Pattern<Options> = {
  construct: 'PreDeployHook',
  build: (stack) => {
    // minimal
    new PreDeployHook(stack, 'Hook', { rulesFile });
    // end
  },
  options: fc.record(
    {
      days: fc.integer({ min: 1, max: 2_000 }),
      stopsDeploys: fc.boolean(),
      types: fc.subarray(['AWS::S3::Bucket', 'AWS::RDS::DBInstance', 'buckets']),
      cloudControl: fc.boolean(),
      breakGlassRoleArns: fc.subarray(['arn:aws:iam::111122223333:role/BreakGlass', 'BreakGlass']),
      alias: fc.constantFrom('Shop::Guard::Rules', 'AWS::Guard::Rules', 'Rules'),
    },
    { requiredKeys: ['days'] },
  ),
  buildWith: (stack, { days, ...options }) => {
    new PreDeployHook(stack, 'Hook', { rulesFile, reportRetention: Duration.days(days), ...options });
  },
};
