import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  ReplicatedBucket,
  type ReplicatedBucketProps,
} from '../../lib/constructs/data/objects-and-files/replicated-bucket';
import type { Pattern } from '../support/pattern';

export const replicatedBucket: Pattern<Partial<ReplicatedBucketProps>> = {
  construct: 'ReplicatedBucket',
  build: (stack) => {
    // minimal
    new ReplicatedBucket(stack, 'Images', { dataClass: 'images' });
    // end
  },
  // S3 promises 15 minutes at best: data that is owed less is not for it.
  service: { dataClasses: [{ name: 'images', rpo: { region: Duration.minutes(15) } }] },
  backedUp: true,
  options: fc.record(
    {
      dataClass: fc.constantFrom('images', undefined),
      replicateTo: fc.constantFrom([], ['eu-central-1'], ['us-west-2'], ['ap-southeast-2']),
      replicationTimeControl: fc.boolean(),
      replicateDeletions: fc.boolean(),
      noncurrentVersionExpiration: fc.integer({ min: 0, max: 60 }).map((days) => Duration.days(days)),
      objectLock: fc.constantFrom(true, true, false),
      eventBridge: fc.constantFrom(true, true, false),
      objectLockRetention: fc.constant(ObjectLockRetention.governance(Duration.days(30))),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, { dataClass, ...options }) => {
    new ReplicatedBucket(stack, 'Images', { ...options, ...(dataClass !== undefined && { dataClass }) });
  },
};
