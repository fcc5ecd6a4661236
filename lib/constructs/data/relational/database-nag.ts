import type { CfnResource } from 'aws-cdk-lib/core';
import { acknowledgeControls, acknowledgeNag } from '../../governance/nag';
import type { DatabaseFoundation } from './database-foundation';

/** Answers what cdk-nag finds in every database: its plan, its port, and its protection where it may be torn down. @internal */
export function acknowledgeDatabase(
  database: CfnResource,
  { choices }: Pick<DatabaseFoundation, 'choices'>,
): void {
  acknowledgeControls(
    database,
    ['RDSInBackupPlan'],
    'Backup plans select by tag or by ARN from a stack of their own, where cdk-nag does not look; continuous backups are on.',
  );
  acknowledgeNag(
    database,
    'RDS11',
    'Only named security groups may connect: the usual port, which clients and tools expect, is no weakness.',
  );
  if (!choices.nonProduction) return;
  const reason = 'This stage is not production: it may be torn down.';
  acknowledgeNag(database, 'RDS10', reason);
  acknowledgeControls(database, ['RDSInstanceDeletionProtectionEnabled'], reason);
}
