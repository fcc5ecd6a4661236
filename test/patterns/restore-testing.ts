import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { BackupStrategy } from '../../lib/constructs/recovery/backup-strategy';
import { RestoreTestType } from '../../lib/constructs/recovery/restore-test-type';
import { RestoreTesting } from '../../lib/constructs/recovery/restore-testing';
import type { RestoreTestingProps } from '../../lib/constructs/recovery/restore-testing-props';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { RegionRole } from '../../lib/objectives/region-role';
import { ordersIn } from '../constructs/recovery/fixtures';
import type { Pattern, Surroundings } from '../support/pattern';

export const restoreTesting: Pattern<Partial<RestoreTestingProps>> = {
  construct: 'RestoreTesting',
  build: (stack, around) => {
    addBackups(stack, around);
    if (stack.place.role === RegionRole.STANDBY) return;
    // minimal
    new RestoreTesting(stack, 'RestoreTests', {
      resourceTypes: [RestoreTestType.DYNAMODB],
    });
    // end
  },
  options: fc.record(
    {
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
  buildWith: (stack, options, around) => {
    addBackups(stack, around);
    if (stack.place.role === RegionRole.STANDBY) return;
    new RestoreTesting(stack, 'RestoreTests', { resourceTypes: [RestoreTestType.DYNAMODB], ...options });
  },
};

/** Backups to restore. */
function addBackups(stack: RegionStack, around: Surroundings): void {
  ordersIn(stack, around);
  new BackupStrategy(stack, 'Backup');
}
