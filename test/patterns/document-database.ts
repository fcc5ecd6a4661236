import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  DocumentDatabase,
  type DocumentDatabaseProps,
} from '../../lib/constructs/data/documents-and-graphs/document-database';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';
import { anyRegionChoice, chosenRegion } from '../support/region-choice';

const NEEDS_ONE_ACCOUNT = /a DocumentDB global cluster stays within one account/;

export const documentDatabase: Pattern<Partial<DocumentDatabaseProps>> = {
  construct: 'DocumentDatabase',
  refusedInTwoAccounts: { 0: NEEDS_ONE_ACCOUNT, 1: NEEDS_ONE_ACCOUNT },
  backedUp: true,
  build: (stack, { regions: [homeRegion] }) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    // minimal
    new DocumentDatabase(stack, 'Orders', { vpc, homeRegion });
    // end
  },
  options: fc.record(
    {
      global: fc.boolean(),
      homeRegion: anyRegionChoice,
      instances: fc.constantFrom(3, 3, 4, 16, 1, 0, 17),
      instanceClass: fc.constantFrom('db.r6g.large', 'db.r5.xlarge', 'db.t4g.medium'),
      engineVersion: fc.constantFrom('4.0.0', '5.0.0'),
      backupRetention: fc.constantFrom(35, 35, 20, 36).map((days) => Duration.days(days)),
      deletionProtection: fc.constantFrom(true, true, false),
      promoted: fc.boolean(),
      port: fc.constantFrom(27017, 27100),
      passwordRotation: fc.constantFrom(30, 90).map((days) => Duration.days(days)),
      rotatePassword: fc.constantFrom(true, true, false),
      passwordCopies: fc.constantFrom(true, true, false),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, { homeRegion, ...options }, around) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    const region = chosenRegion(homeRegion, around);
    new DocumentDatabase(stack, 'Orders', {
      vpc,
      ...(region !== undefined && { homeRegion: region }),
      ...options,
    });
  },
};
