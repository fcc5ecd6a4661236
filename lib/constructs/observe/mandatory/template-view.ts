import {
  CfnResource,
  DefaultTokenResolver,
  type IFragmentConcatenator,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Tokenization,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * The properties of a resource as its template will have them, overrides and all, with a mark for each reference to another
 * construct: also to one of another stack.
 *
 * @internal
 */
export function propertiesOf(resource: CfnResource): Readonly<Record<string, unknown>> {
  const { Resources: resources = {} } = marked(resource._toCloudFormation(), resource) as {
    readonly Resources?: Record<string, { readonly Properties?: Record<string, unknown> }>;
  };
  return Object.values(resources)[0]?.Properties ?? {};
}

/** How a resource is updated, in the way of {@link propertiesOf}. @internal */
export function updatePolicyOf(resource: CfnResource): unknown {
  return marked(resource.cfnOptions.updatePolicy, resource);
}

function marked(value: unknown, scope: CfnResource): unknown {
  return Tokenization.resolve(value, { scope, preparing: false, resolver: new Marking() });
}

/** The resources below a construct, of some types where they are named. @internal */
export function resourcesIn(scope: IConstruct, ...types: readonly string[]): readonly CfnResource[] {
  return scope.node
    .findAll()
    .filter(
      (each): each is CfnResource =>
        CfnResource.isCfnResource(each) && (types.length === 0 || types.includes(each.cfnResourceType)),
    );
}

/** Whether a value that {@link propertiesOf} returned refers to a construct. @internal */
export function refersTo(value: unknown, construct: IConstruct): boolean {
  return (
    value !== undefined &&
    (JSON.stringify(value) ?? '').includes(JSON.stringify(markOf(construct)).slice(1, -1))
  );
}

/** A construct as text, which no path of another construct is a part of. */
function markOf(construct: IConstruct): string {
  return `<<${construct.node.path}>>`;
}

/** A mark is written as a reference, which typed resources take in place of numbers, lists and objects too. */
class Marking extends DefaultTokenResolver {
  constructor() {
    super(new MarkedText());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, after: IPostProcessor): unknown {
    return Reference.isReference(token)
      ? { Ref: markOf(token.target) }
      : super.resolveToken(token, context, after);
  }
}

class MarkedText implements IFragmentConcatenator {
  join(left: unknown, right: unknown): unknown {
    if (left === undefined) return right;
    return right === undefined ? left : [left, right].map(inText).join('');
  }
}

/** A mark stands in a text as it is; what else is no text stands there as its template would have it. */
function inText(part: unknown): string {
  if (typeof part !== 'object' || part === null) return String(part);
  return 'Ref' in part ? String(part.Ref) : JSON.stringify(part);
}
