import type { Expansion, SamResource } from './expansion';

/** `AWS::Serverless::GraphQLApi` is left to the transform. */
export function expandGraphQl(_expansion: Expansion, _sam: SamResource): boolean {
  return false;
}
