import { isObject, own, ownObject } from '../json';
import type { JsonObject } from '../source';
import { type Expansion, ref, type SamResource } from './expansion';

/** Lets an API invoke the functions that authorise its callers. */
export function permitAuthorizers(
  expansion: Expansion,
  sam: SamResource,
  isPermitted: (authorizer: JsonObject) => boolean,
): void {
  const arn = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*';
  for (const [name, authorizer] of Object.entries(
    ownObject(ownObject(sam.properties, 'Auth'), 'Authorizers'),
  )) {
    const lambda = isObject(authorizer) ? own(authorizer, 'FunctionArn') : undefined;
    if (lambda === undefined || !isObject(authorizer) || !isPermitted(authorizer)) continue;
    expansion.add(sam, `${sam.id}${name}AuthorizerPermission`, 'AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: lambda,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Sub': [arn, { __ApiId__: ref(sam.id) }] },
    });
  }
}
