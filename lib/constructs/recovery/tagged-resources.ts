import { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { writtenPropertiesOf } from '../governance/written-properties';
import { BACKED_UP_TYPES } from './backed-up-types';
import { DATA_CLASS_TAG } from './data-class-tag';
import { tagsToCome } from './tags-to-come';

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
export function taggedResources(construct: Construct, filter: TagFilter): CfnResource[] {
  return resourcesHere(construct, filter, tagsIn);
}

/** Those that will have the tags. Asked earlier, by an aspect that builds for them. @internal */
export function resourcesToBeTagged(construct: Construct, filter: TagFilter): CfnResource[] {
  return resourcesHere(construct, filter, tagsToCome);
}

function resourcesHere(
  construct: Construct,
  { has, hasNot }: TagFilter,
  tagsOf: typeof tagsToCome,
): CfnResource[] {
  const here = Stack.of(construct);
  return construct.node.root.node.findAll().filter((each): each is CfnResource => {
    if (!CfnResource.isCfnResource(each) || !Object.hasOwn(BACKED_UP_TYPES, each.cfnResourceType))
      return false;
    if (Stack.of(each).account !== here.account) return false;
    const tags = tagsOf(each, here.region);
    if (!tags) return false;
    const hasAll = Object.entries(has).every(([key, value]) => tags.get(key) === value);
    return hasAll && !hasNot.some(([key, value]) => tags.get(key) === value);
  });
}

/** The class that the tag of a resource names, as it will be deployed in the region of a construct. @internal */
export function dataClassTagOf(resource: CfnResource, construct: Construct): string | undefined {
  return tagsIn(resource, Stack.of(construct).region)?.get(DATA_CLASS_TAG);
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface TaggedProperties {
  readonly Tags?: readonly Tag[] | Readonly<Record<string, string>>;
  readonly FileSystemTags?: readonly Tag[];
  readonly Replicas?: readonly { readonly Region?: string; readonly Tags?: readonly Tag[] }[];
}

/**
 * The tags in a region as they will be deployed; `undefined` where it is not in that region. A global table is in each
 * region that has a replica, with the tags of the replica, of which no tag manager knows.
 */
function tagsIn(resource: CfnResource, region: string): ReadonlyMap<string, string> | undefined {
  const { Tags, FileSystemTags, Replicas = [] }: TaggedProperties = writtenPropertiesOf(resource);
  const isHere = resource.stack.region === region;
  const replica = Replicas.find(({ Region }) => Region === region) ?? (isHere ? Replicas[0] : undefined);
  if (!isHere && !replica) return undefined;
  return new Map([Tags, FileSystemTags, replica?.Tags].flatMap(entriesOf));
}

function entriesOf(tags: TaggedProperties['Tags']): [string, string][] {
  if (tags === undefined) return [];
  if (!Array.isArray(tags)) return Object.entries(tags);
  return (tags as readonly Tag[]).map(({ Key, Value }) => [Key, Value]);
}

/** Whether something can be restored on its own: what belongs to a cluster cannot. @internal */
export function isOwnData(resource: CfnResource): boolean {
  if (resource.cfnResourceType !== 'AWS::RDS::DBInstance') return true;
  return !('dbClusterIdentifier' in resource) || resource.dbClusterIdentifier === undefined;
}
