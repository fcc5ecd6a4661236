import { Aspects, type CfnResource, Stack, Tag, TagManager } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * The tags that a resource will have in a region, whether the aspects have run yet or not; `undefined` where it will not be
 * in that region. The nearest aspect wins; what one includes or excludes by type is not known here.
 *
 * Nothing is rendered: whatever the CDK resolves once it keeps, and tags would stay as they were when they were asked for.
 *
 * @internal
 */
export function tagsToCome(resource: CfnResource, region: string): ReadonlyMap<string, string> | undefined {
  if (!regionsOf(resource).includes(region)) return undefined;
  const { scope, scopes } = resource.node;
  // A global table has its tags in its replicas: the construct around it takes them, or one beside it.
  const managers = [resource, scope, ...(scope?.node.children ?? [])].flatMap(managerOf);
  if (managers.length === 0) return new Map();
  const set = scopes.flatMap((each) =>
    Aspects.of(each)
      .all.filter((aspect) => aspect instanceof Tag)
      .map(({ key, value }): [string, string] => [key, value]),
  );
  return new Map([...managers.flatMap((manager) => Object.entries(manager.tagValues())), ...set]);
}

function managerOf(construct: IConstruct | undefined): TagManager[] {
  const manager = TagManager.of(construct);
  return manager ? [manager] : [];
}

/** Its own region, and those of the replicas of a `TableV2`, which only it knows before it is rendered: by their ARNs. */
function regionsOf(resource: CfnResource): string[] {
  const { scope } = resource.node;
  const isTable = resource.cfnResourceType === 'AWS::DynamoDB::GlobalTable';
  const arns: unknown = isTable && scope && 'replicaTableArns' in scope ? scope.replicaTableArns : undefined;
  const replicas = Array.isArray(arns) ? arns.flatMap((arn) => String(arn).split(':')[3] ?? []) : [];
  return [Stack.of(resource).region, ...replicas];
}
