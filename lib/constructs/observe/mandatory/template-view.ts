import {
  CfnResource,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  StringConcat,
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
  const { Resources: resources = {} } = Tokenization.resolve(resource._toCloudFormation(), {
    scope: resource,
    preparing: false,
    resolver: new Marking(),
  }) as { readonly Resources?: Record<string, { readonly Properties?: Record<string, unknown> }> };
  return Object.values(resources)[0]?.Properties ?? {};
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

class Marking extends DefaultTokenResolver {
  constructor() {
    super(new StringConcat());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, after: IPostProcessor): unknown {
    return Reference.isReference(token) ? markOf(token.target) : super.resolveToken(token, context, after);
  }
}
