import fc from 'fast-check';
import { DatabaseEngine, instanceEngine } from '../../lib/constructs/data/relational/database-engine';
import { RdsMultiAzCluster } from '../../lib/constructs/data/relational/rds-multi-az-cluster';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly engine: DatabaseEngine;
  readonly allocatedStorage: number | undefined;
  readonly iops: number | undefined;
  readonly databaseName: string | undefined;
}

const REGION_LOST = /RDS Multi-AZ cluster loses all of data at the loss of a region.*Aurora Global Database/s;

export const rdsMultiAzCluster: Pattern<Options> = {
  construct: 'RdsMultiAzCluster',
  approach: RecoveryApproach.WARM_STANDBY,
  build: (stack) => {
    const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones: stack.availabilityZones });
    // minimal
    new RdsMultiAzCluster(stack, 'Orders', { vpc });
    // end
  },
  refused: { 0: REGION_LOST, 1: REGION_LOST },
  backedUp: true,
  options: fc.record({
    engine: fc.constantFrom(...Object.values(DatabaseEngine)),
    allocatedStorage: fc.option(fc.constantFrom(50, 100, 1000), { nil: undefined }),
    iops: fc.option(fc.constantFrom(1000, 3000), { nil: undefined }),
    databaseName: fc.option(fc.constant('orders'), { nil: undefined }),
  }),
  buildWith: (stack, { engine, ...options }) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    const set = Object.entries(options).filter(([, value]) => value !== undefined);
    new RdsMultiAzCluster(stack, 'Orders', {
      vpc,
      engine: instanceEngine(engine),
      ...Object.fromEntries(set),
    });
  },
};
