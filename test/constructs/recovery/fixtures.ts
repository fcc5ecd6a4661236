import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { MultiRegionKey } from '../../../lib/constructs/recovery/multi-region-key';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { RegionRole } from '../../../lib/objectives/region-role';

/** A multi-Region key as AWS makes it. */
export function primaryKeyArn(region: string): string {
  return `arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
}

/** A role of the stack. */
export function roleIn(stack: Construct, id: string): Role {
  return new Role(stack, id, { assumedBy: new AccountRootPrincipal() });
}

/** A table of orders where the service serves: something to back up. */
export function ordersIn(
  stack: RegionStack,
  { nonProduction = false }: { nonProduction?: boolean } = {},
): void {
  if (stack.place.role === RegionRole.STANDBY) return;
  const table = new TableV2(stack, 'Orders', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryptionV2.customerManagedKey(new MultiRegionKey(stack, 'Key').key),
    deletionProtection: !nonProduction,
    removalPolicy: nonProduction ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  for (const pack of ['NIST.800.53.R5', 'HIPAA.Security']) {
    Validations.of(table).acknowledge({
      id: `${pack}::${pack}-DynamoDBInBackupPlan`,
      reason: 'it is selected by its tags',
    });
  }
}
