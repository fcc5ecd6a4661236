import { LifecyclePolicy, ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  ReplicatedFileSystem,
  type ReplicatedFileSystemProps,
} from '../../lib/constructs/data/objects-and-files/replicated-file-system';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import type { Pattern } from '../support/pattern';

export const replicatedFileSystem: Pattern<Partial<ReplicatedFileSystemProps>> = {
  construct: 'ReplicatedFileSystem',
  // EFS replicates one way.
  approach: RecoveryApproach.HOT_STANDBY,
  // Within 15 minutes at best, and snapshots only: data that is owed less is not for it.
  service: {
    dataClasses: [{ name: 'files', rpo: { region: Duration.minutes(15), dataRepair: Duration.hours(48) } }],
  },
  build: (stack) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new ReplicatedFileSystem(stack, 'Files', { vpc, dataClass: 'files' });
    // end
  },
  backedUp: true,
  options: fc.record(
    {
      dataClass: fc.constantFrom('files', undefined),
      replicate: fc.boolean(),
      peerFileSystemId: fc.constantFrom('fs-0123456789abcdef0', 'files'),
      path: fc.constantFrom('/srv/files', 'files'),
      throughputMode: fc.constantFrom(ThroughputMode.BURSTING, ThroughputMode.ELASTIC),
      lifecyclePolicy: fc.constantFrom(LifecyclePolicy.AFTER_7_DAYS, LifecyclePolicy.AFTER_90_DAYS),
      automaticBackups: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, { dataClass, ...options }) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    new ReplicatedFileSystem(stack, 'Files', {
      vpc,
      ...options,
      ...(dataClass !== undefined && { dataClass }),
    });
  },
};
