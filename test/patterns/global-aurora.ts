import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { auroraEngine, DatabaseEngine } from '../../lib/constructs/data/relational/database-engine';
import { GlobalAurora } from '../../lib/constructs/data/relational/global-aurora';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly engine: DatabaseEngine;
  readonly readers: number | undefined;
  readonly serverlessMaxCapacity: number | undefined;
  readonly headless: boolean | undefined;
  readonly writeForwarding: boolean | undefined;
  readonly rpoSeconds: number | undefined;
  readonly namesWriter: boolean;

  /** Whether the region that comes first has taken over from the other one. */
  readonly tookOver: boolean;
  readonly passwordRotation: Duration | undefined;
  readonly rotatePassword: boolean | undefined;
  readonly passwordCopies: boolean | undefined;
}

const ONE_ACCOUNT = /eu-central-1 stands in another account, but a global database stands in one account/;

export const globalAurora: Pattern<Options> = {
  construct: 'GlobalAurora',
  approach: RecoveryApproach.WARM_STANDBY,
  build: (stack) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new GlobalAurora(stack, 'Orders', { vpc });
    // end
  },
  refusedInTwoAccounts: { 0: ONE_ACCOUNT, 1: ONE_ACCOUNT, 2: ONE_ACCOUNT, 3: ONE_ACCOUNT },
  backedUp: true,
  options: fc.record({
    engine: fc.constantFrom(DatabaseEngine.POSTGRESQL, DatabaseEngine.MYSQL),
    readers: fc.option(fc.integer({ min: 1, max: 15 }), { nil: undefined }),
    serverlessMaxCapacity: fc.option(fc.constantFrom(16, 256), { nil: undefined }),
    headless: fc.option(fc.boolean(), { nil: undefined }),
    writeForwarding: fc.option(fc.boolean(), { nil: undefined }),
    rpoSeconds: fc.option(fc.constantFrom(10, 20, 60), { nil: undefined }),
    namesWriter: fc.boolean(),
    tookOver: fc.constantFrom(false, false, true),
    passwordRotation: fc.option(fc.constantFrom(...[7, 90, 120].map((days) => Duration.days(days))), {
      nil: undefined,
    }),
    rotatePassword: fc.constantFrom(undefined, undefined, undefined, true, false),
    passwordCopies: fc.constantFrom(undefined, undefined, undefined, true, false),
  }),
  buildWith: (stack, { engine, rpoSeconds, namesWriter, tookOver, ...options }, { regions }) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    const set = Object.entries(options).filter(([, value]) => value !== undefined);
    new GlobalAurora(stack, 'Orders', {
      vpc,
      engine: auroraEngine(engine),
      ...(rpoSeconds !== undefined && { globalDbRpo: Duration.seconds(rpoSeconds) }),
      ...(namesWriter && { homeRegion: regions[0] }),
      ...(tookOver && { homeRegion: regions[1], promoted: true }),
      ...Object.fromEntries(set),
    });
  },
};
