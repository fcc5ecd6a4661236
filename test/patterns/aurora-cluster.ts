import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { AuroraCluster } from '../../lib/constructs/data/relational/aurora-cluster';
import { auroraEngine, DatabaseEngine } from '../../lib/constructs/data/relational/database-engine';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly engine: DatabaseEngine;
  readonly readers: number | undefined;
  readonly serverlessMaxCapacity: number | undefined;
  readonly serverlessMinCapacity: number | undefined;
  readonly databaseName: string | undefined;
  readonly backtrackWindow: Duration | undefined;
}

const REGION_LOST =
  /Aurora cluster with readers loses all of data at the loss of a region.*Aurora Global Database/s;

export const auroraCluster: Pattern<Options> = {
  construct: 'AuroraCluster',
  approach: RecoveryApproach.WARM_STANDBY,
  build: (stack) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new AuroraCluster(stack, 'Orders', { vpc });
    // end
  },
  refused: { 0: REGION_LOST, 1: REGION_LOST },
  backedUp: true,
  options: fc.record({
    engine: fc.constantFrom(DatabaseEngine.POSTGRESQL, DatabaseEngine.MYSQL),
    readers: fc.option(fc.integer({ min: 0, max: 15 }), { nil: undefined }),
    serverlessMaxCapacity: fc.option(fc.constantFrom(1.5, 16, 256), { nil: undefined }),
    serverlessMinCapacity: fc.option(fc.constantFrom(0, 2, 8), { nil: undefined }),
    backtrackWindow: fc.option(
      fc.constantFrom(...[0, 3600, 259_200, 300_000].map((each) => Duration.seconds(each))),
      { nil: undefined },
    ),
    databaseName: fc.option(fc.constantFrom('orders', '1st'), { nil: undefined }),
  }),
  buildWith: (stack, { engine, ...options }) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    const set = Object.entries(options).filter(([, value]) => value !== undefined);
    new AuroraCluster(stack, 'Orders', { vpc, engine: auroraEngine(engine), ...Object.fromEntries(set) });
  },
};
