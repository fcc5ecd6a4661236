import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { AirGappedVault, type AirGappedVaultProps } from '../../lib/constructs/recovery/air-gapped-vault';
import type { Pattern } from '../support/pattern';

export const airGappedVault: Pattern<Partial<AirGappedVaultProps>> = {
  construct: 'AirGappedVault',
  build: (stack) => {
    // minimal
    new AirGappedVault(stack, 'AirGapped', { sourceAccounts: ['111122223333', '444455556666'] });
    // end
  },
  options: fc.record(
    {
      vaultName: fc.constantFrom('shop-backups', 'Shop Backups'),
      minRetention: fc.constantFrom(1, 7, 35).map((days) => Duration.days(days)),
      maxRetention: fc.constantFrom(7, 366, 40_000).map((days) => Duration.days(days)),
      sourceAccounts: fc.constantFrom(['111122223333'], ['999988887777']),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    new AirGappedVault(stack, 'AirGapped', options);
  },
};
