import { Aspects, type CfnResource, Tag, TagManager } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * The tags that aspects above a resource set, whether they have run yet or not. The nearest wins. What they include or
 * exclude by type is not known here.
 *
 * @internal
 */
export function tagsToCome(resource: CfnResource): [string, string][] {
  const { scopes } = resource.node;
  if (![resource, resource.node.scope].some(takesTags)) return [];
  return scopes.flatMap((scope) =>
    Aspects.of(scope)
      .all.filter((aspect) => aspect instanceof Tag)
      .map(({ key, value }): [string, string] => [key, value]),
  );
}

/** A global table has its tags in its replicas: the construct around it takes them. */
function takesTags(construct: IConstruct | undefined): boolean {
  return TagManager.isTaggable(construct) || TagManager.isTaggableV2(construct);
}
