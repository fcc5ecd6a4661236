import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { DatabaseEngine, instanceEngine } from '../../lib/constructs/data/relational/database-engine';
import { RdsMultiAzInstance } from '../../lib/constructs/data/relational/rds-multi-az-instance';
import { RegionCopy } from '../../lib/constructs/data/relational/rds-region-copy';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly engine: DatabaseEngine;
  readonly regionCopy: RegionCopy | undefined;

  /** Whether the region that comes first has taken over from the other one. */
  readonly tookOver: boolean;
  readonly allocatedStorage: number | undefined;
  readonly maxAllocatedStorage: number | undefined;
  readonly maxLagMinutes: number | undefined;
  readonly backupDays: number | undefined;
  readonly monitoringSeconds: number | undefined;
  readonly deletionProtection: boolean | undefined;
  readonly advancedInsights: boolean | undefined;
  readonly port: number | undefined;
  readonly passwordRotation: Duration | undefined;
  readonly rotatePassword: boolean | undefined;
  readonly passwordCopies: boolean | undefined;
}

export const rdsMultiAzInstance: Pattern<Options> = {
  construct: 'RdsMultiAzInstance',
  approach: RecoveryApproach.WARM_STANDBY,
  build: (stack) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new RdsMultiAzInstance(stack, 'Orders', { vpc });
    // end
  },
  refused: {
    0: /RDS Multi-AZ instance with a read replica.*but an RTO of 1 min is owed.*use Aurora Global Database/s,
  },
  refusedInTwoAccounts: {
    1: /eu-central-1 stands in another account, but RDS replicates within one account only/,
  },
  backedUp: true,
  options: fc.record({
    engine: fc.constantFrom(...Object.values(DatabaseEngine)),
    regionCopy: fc.option(fc.constantFrom(...Object.values(RegionCopy)), { nil: undefined }),
    tookOver: fc.constantFrom(false, false, true),
    allocatedStorage: fc.option(fc.constantFrom(20, 100, 400), { nil: undefined }),
    maxAllocatedStorage: fc.option(fc.constantFrom(441, 4000), { nil: undefined }),
    maxLagMinutes: fc.option(fc.constantFrom(1, 10), { nil: undefined }),
    backupDays: fc.option(fc.constantFrom(35), { nil: undefined }),
    monitoringSeconds: fc.option(fc.constantFrom(1, 5, 15), { nil: undefined }),
    deletionProtection: fc.option(fc.constant(true), { nil: undefined }),
    advancedInsights: fc.option(fc.constant(true), { nil: undefined }),
    port: fc.option(fc.constantFrom(1150, 5433), { nil: undefined }),
    passwordRotation: fc.option(fc.constantFrom(...[7, 90, 120].map((days) => Duration.days(days))), {
      nil: undefined,
    }),
    rotatePassword: fc.constantFrom(undefined, undefined, undefined, true, false),
    passwordCopies: fc.constantFrom(undefined, undefined, undefined, true, false),
  }),
  buildWith: (stack, options, { regions }) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    const { engine, maxLagMinutes, backupDays, monitoringSeconds, tookOver, ...rest } = options;
    const set = Object.entries(rest).filter(([, value]) => value !== undefined);
    new RdsMultiAzInstance(stack, 'Orders', {
      vpc,
      engine: instanceEngine(engine),
      ...(tookOver && { homeRegion: regions[1], promoted: true }),
      ...(maxLagMinutes !== undefined && { maxLag: Duration.minutes(maxLagMinutes) }),
      ...(backupDays !== undefined && { backupRetention: Duration.days(backupDays) }),
      ...(monitoringSeconds !== undefined && { monitoringInterval: Duration.seconds(monitoringSeconds) }),
      ...Object.fromEntries(set),
    });
  },
};
