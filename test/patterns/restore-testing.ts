import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { BackupStrategy } from '../../lib/constructs/recovery/backup-strategy';
import { RestoreTestType } from '../../lib/constructs/recovery/restore-test-type';
import { RestoreTesting } from '../../lib/constructs/recovery/restore-testing';
import type { RestoreTestingProps } from '../../lib/constructs/recovery/restore-testing-props';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { keepsOrders, servedOrdersIn } from '../constructs/recovery/fixtures';
import type { Pattern } from '../support/pattern';

export const restoreTesting: Pattern<Partial<RestoreTestingProps>> = {
  construct: 'RestoreTesting',
  build: (stack) => {
    addBackups(stack);
    // minimal
    new RestoreTesting(stack, 'RestoreTests');
    // end
  },
  options: fc.record(
    {
      restores: fc.constantFrom(true, true, false),
      resourceTypes: fc.constantFrom(
        [RestoreTestType.DYNAMODB],
        [],
        [RestoreTestType.EFS],
        [RestoreTestType.DYNAMODB, RestoreTestType.RDS],
      ),
      interval: fc.constantFrom(1, 7, 30, 100, 400).map((days) => Duration.days(days)),
      selectionWindow: fc.constantFrom(7, 30, 500).map((days) => Duration.days(days)),
      startWindow: fc.constantFrom(1, 24, 200).map((hours) => Duration.hours(hours)),
      validationWindow: fc.constantFrom(1, 8, 200).map((hours) => Duration.hours(hours)),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    addBackups(stack);
    new RestoreTesting(stack, 'RestoreTests', options);
  },
};

/** Backups to restore. */
function addBackups(stack: RegionStack): void {
  servedOrdersIn(stack);
  new BackupStrategy(stack, 'Backup', { backsUp: keepsOrders(stack) });
}
