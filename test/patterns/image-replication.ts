import { TagStatus } from 'aws-cdk-lib/aws-ecr';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  ImageReplication,
  type ImageReplicationProps,
} from '../../lib/constructs/data/secrets-and-images/image-replication';
import type { Pattern } from '../support/pattern';

export const imageReplication: Pattern<Partial<ImageReplicationProps>> = {
  construct: 'ImageReplication',
  build: (stack) => {
    // minimal
    new ImageReplication(stack, 'Images', { repositories: ['web'] });
    // end
  },
  options: fc.record(
    {
      repositories: fc.constantFrom(['web', 'worker'], [], ['Web'], ['web', 'web']),
      ownsRegistry: fc.boolean(),
      immutableTags: fc.boolean(),
      scanOnPush: fc.boolean(),
      untaggedExpiration: fc.integer({ min: 0, max: 30 }).map((days) => Duration.days(days)),
      lifecycleRules: fc.constant([
        { rulePriority: 2, tagStatus: TagStatus.TAGGED, tagPrefixList: ['pr-'], maxImageCount: 10 },
      ]),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    new ImageReplication(stack, 'Images', { repositories: ['web'], ...options });
  },
};
