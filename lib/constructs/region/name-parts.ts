import { Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ServiceScope } from '../governance/service-scope';
import { wholeName } from './short-name';

/** What tells one part of the tree from another in a physical name. @internal */
export interface NameParts {
  /** Stage, service and set of regions: the same for everything that is built there. */
  readonly prefix: readonly string[];

  /** The ids below the stack of a region, those of nested stacks too. */
  readonly ids: readonly string[];
}

/**
 * The parts of a physical name. The set adds none where it is called as its service.
 *
 * @param owner the stack below which ids count
 * @param setName what the set is called, if not as the owner
 * @internal
 */
export function namePartsOf(
  construct: IConstruct,
  owner: IConstruct,
  setName = idsInStage(owner).join('-'),
): NameParts {
  const stage = Stage.of(construct)?.stageName ?? '';
  const service = ServiceScope.of(construct)?.service.name ?? '';
  const set = wholeName([setName]) === wholeName([service]) ? '' : setName;
  return {
    prefix: [stage, service, set].filter((each) => each !== ''),
    ids: construct.node.scopes.slice(owner.node.scopes.length).map(idWithoutRegion),
  };
}

/** The ids of a construct below its stage, or below its app. @internal */
export function idsInStage(construct: IConstruct): readonly string[] {
  return scopesInStage(construct).map(idWithoutRegion);
}

/** The stack around all others that a construct stands in, in its stage. @internal */
export function outermostStackOf(construct: IConstruct): Stack {
  return scopesInStage(construct).find(Stack.isStack) ?? Stack.of(construct);
}

function scopesInStage(construct: IConstruct): readonly IConstruct[] {
  return construct.node.scopes.slice(Stage.of(construct)?.node.scopes.length ?? 0);
}

/** Stacks are often called after their region; what stands in them has the same ids in all. */
function idWithoutRegion(scope: IConstruct): string {
  const { id } = scope.node;
  if (!Stack.isStack(scope) || Token.isUnresolved(scope.region)) return id;
  return id.replaceAll(scope.region, '');
}
