import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { GlobalTable } from '../../../lib/constructs/data/key-value/global-table';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { RegionRole } from '../../../lib/objectives/region-role';
import { functionIn } from '../../support/pattern-parts';

/** A multi-Region key as AWS makes it. */
export function primaryKeyArn(region: string): string {
  return `arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
}

/** A role of the stack. */
export function roleIn(stack: Construct, id: string): Role {
  return new Role(stack, id, { assumedBy: new AccountRootPrincipal() });
}

/** A table of orders, with a replica in each region: something to back up. */
export function ordersIn(stack: RegionStack): void {
  const [homeRegion = stack.region] = [stack.region, ...stack.peers.map(({ region }) => region)].sort();
  const serves = stack.place.role === RegionRole.ACTIVE;
  new GlobalTable(stack, 'Orders', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    ...(serves && { homeRegion }),
  });
}

/** The same, and what reads it in each region. */
export function servedOrdersIn(stack: RegionStack): void {
  ordersIn(stack);
  functionIn(stack);
}

/** Whether a region has orders to back up: where it serves, or has a replica in an account of its own. */
export function keepsOrders(stack: RegionStack): boolean {
  const isApart = stack.peers.some(({ account }) => account !== stack.account);
  return isApart || stack.place.role !== RegionRole.STANDBY;
}
