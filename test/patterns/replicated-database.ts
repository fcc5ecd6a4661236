import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { DatabaseEngine } from '../../lib/constructs/data/relational/database-engine';
import {
  ReplicatedDatabase,
  type ReplicatedDatabaseProps,
} from '../../lib/constructs/data/relational/replicated-database';
import { DatabaseBackEnd } from '../../lib/constructs/data/relational/replicated-database-back-end';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import { Replication } from '../../lib/objectives/replication';
import type { Pattern } from '../support/pattern';
import { anyOf } from '../support/pattern-parts';

type Options = Partial<Omit<ReplicatedDatabaseProps, 'vpc'>>;

export const replicatedDatabase: Pattern<Options> = {
  construct: 'ReplicatedDatabase',
  // Aurora DSQL loses no write with a region, and hours to damage.
  service: { dataClasses: [{ name: 'ledger', rpo: { dataRepair: Duration.hours(48) } }] },
  approach: RecoveryApproach.WARM_STANDBY,
  build: (stack) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new ReplicatedDatabase(stack, 'Orders', { vpc });
    // end
  },
  refusedInTwoAccounts: {
    0: /eu-central-1 stands in another account, but a global database stands in one account/,
    1: /eu-central-1 stands in another account, but RDS replicates within one account only/,
  },
  backedUp: true,
  options: anyOf<Options>({
    engine: fc.constantFrom(...Object.values(DatabaseEngine)),
    replication: fc.constantFrom(
      Replication.synchronous(),
      ...[10, 20, 60, 300].map((lag) => Replication.asynchronous({ maxLag: Duration.seconds(lag) })),
    ),
    backEnd: fc.constantFrom(...Object.values(DatabaseBackEnd)),
    dataClass: fc.constant('ledger'),
    backtrackWindow: fc.constantFrom(...[0, 3600, 172_800].map((each) => Duration.seconds(each))),
    witnessRegion: fc.constantFrom('eu-west-2', 'us-east-2'),
  }),
  buildWith: (stack, options) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    new ReplicatedDatabase(stack, 'Orders', { vpc, ...options });
  },
};
