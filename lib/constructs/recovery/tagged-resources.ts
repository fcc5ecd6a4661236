import { CfnResource, Stack, TagManager } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { BACKED_UP_TYPES } from './backed-up-types';

/** Tags that a resource must have, and tags that it must not have. @internal */
export interface TagFilter {
  readonly has: Readonly<Record<string, string>>;
  readonly hasNot: readonly (readonly [key: string, value: string])[];
}

/**
 * The resources of the app, in the account and region of a construct, that AWS Backup backs up and that have the tags.
 * Tags are there only once the aspects have run: ask while the tree is validated.
 *
 * @internal
 */
export function taggedResources(construct: Construct, { has, hasNot }: TagFilter): CfnResource[] {
  const here = Stack.of(construct);
  return construct.node.root.node.findAll().filter((each): each is CfnResource => {
    if (!CfnResource.isCfnResource(each) || !Object.hasOwn(BACKED_UP_TYPES, each.cfnResourceType))
      return false;
    const { account, region } = Stack.of(each);
    if (account !== here.account || region !== here.region) return false;
    const tags = TagManager.of(each)?.tagValues() ?? {};
    const hasAll = Object.entries(has).every(([key, value]) => tags[key] === value);
    return hasAll && !hasNot.some(([key, value]) => tags[key] === value);
  });
}

/** Whether something can be restored on its own: what belongs to a cluster cannot. @internal */
export function isOwnData(resource: CfnResource): boolean {
  if (resource.cfnResourceType !== 'AWS::RDS::DBInstance') return true;
  return !('dbClusterIdentifier' in resource) || resource.dbClusterIdentifier === undefined;
}
