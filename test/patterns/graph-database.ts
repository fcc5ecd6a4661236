import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  GraphDatabase,
  type GraphDatabaseProps,
} from '../../lib/constructs/data/documents-and-graphs/graph-database';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';
import { anyRegionChoice, chosenRegion } from '../support/region-choice';

const NEEDS_ONE_ACCOUNT = /a Neptune global database stays within one account/;

export const graphDatabase: Pattern<Partial<GraphDatabaseProps>> = {
  construct: 'GraphDatabase',
  refused: { 0: /is back 2 min after the loss of an instance at the worst, but an RTO of 1 min is owed/ },
  refusedInTwoAccounts: { 1: NEEDS_ONE_ACCOUNT },
  backedUp: true,
  build: (stack, { regions: [homeRegion] }) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new GraphDatabase(stack, 'People', { vpc, homeRegion });
    // end
  },
  options: fc.record(
    {
      global: fc.boolean(),
      homeRegion: anyRegionChoice,
      instances: fc.constantFrom(3, 3, 4, 16, 1, 0, 17),
      instanceClass: fc.constantFrom('db.r6g.large', 'db.r5.xlarge', 'db.t4g.medium'),
      engineVersion: fc.constantFrom('1.3.4.0', '1.4.5.0'),
      backupRetention: fc.constantFrom(35, 35, 20, 36).map((days) => Duration.days(days)),
      deletionProtection: fc.constantFrom(true, true, false),
      port: fc.constantFrom(8182, 8200),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, { homeRegion, ...options }, around) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    const region = chosenRegion(homeRegion, around);
    new GraphDatabase(stack, 'People', {
      vpc,
      ...(region !== undefined && { homeRegion: region }),
      ...options,
    });
  },
};
