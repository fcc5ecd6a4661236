import { Fn } from 'aws-cdk-lib/core';
import type { RestoreNetwork } from './isolated-network';
import { RestoreTestType } from './restore-test-type';

const { AURORA, DOCUMENTDB, EC2, FSX, NEPTUNE, RDS } = RestoreTestType;

/** Types that live in a subnet group of the RDS API. @internal */
export const IN_SUBNET_GROUP: readonly RestoreTestType[] = [AURORA, DOCUMENTDB, NEPTUNE, RDS];

/** Types that are restored into a network. @internal */
export const IN_NETWORK: readonly RestoreTestType[] = [...IN_SUBNET_GROUP, EC2, FSX];

/**
 * Where a type is restored to. Without these keys AWS Backup would use the default network of the account. Lists are
 * written as JSON.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 * @internal
 */
export function restoreMetadata(
  type: RestoreTestType,
  network: RestoreNetwork | undefined,
  subnetGroupName: string | undefined,
): Record<string, string> {
  if (!network) return {};
  const securityGroups = list([network.securityGroupId]);
  const [subnetId = ''] = network.subnetIds;
  if (type === EC2) return { subnetId, securityGroupIds: securityGroups, requireImdsV2: 'true' };
  if (type === FSX) return { subnetIds: list([subnetId]), securityGroupIds: securityGroups };
  if (!IN_SUBNET_GROUP.includes(type) || subnetGroupName === undefined) return {};
  return {
    dbSubnetGroupName: subnetGroupName,
    vpcSecurityGroupIds: securityGroups,
    ...(type === RDS && { publiclyAccessible: 'false', multiAz: 'false' }),
  };
}

function list(values: readonly string[]): string {
  return Fn.join('', ['["', Fn.join('","', [...values]), '"]']);
}
