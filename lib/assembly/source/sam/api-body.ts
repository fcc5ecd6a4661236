import { isObject, own } from '../json';
import type { Json, JsonObject } from '../source';
import { isFlat } from './event';
import { type Expansion, type Route, ref, type SamResource, writtenAtDeploy } from './expansion';

/** What a definition begins with. */
export const SWAGGER: JsonObject = { swagger: '2.0' };
export const OPENAPI: JsonObject = { openapi: '3.0.1' };

/** Settings of the API that the transform writes into every route. */
const WOVEN_IN = ['Auth', 'Cors', 'CorsConfiguration', 'GatewayResponses', 'Models'];

/** The definition of an API from the routes that events declare. */
export function bodyOf(expansion: Expansion, { id, properties }: SamResource, head: JsonObject): JsonObject {
  const paths: Record<string, Json> = Object.create(null);
  for (const route of expansion.routes.get(id) ?? []) {
    const before = paths[route.path];
    paths[route.path] = { ...((before ?? {}) as JsonObject), [route.method]: methodOf(route) };
  }
  const info = { title: ref('AWS::StackName'), version: '1.0' };
  return { ...head, info, paths: { ...paths }, ...wovenIn(properties) };
}

/** A definition that is written down, with what the transform adds to it. */
export function woven(body: Json, properties: JsonObject): Json {
  return isObject(body) && isFlat(body) ? { ...body, ...wovenIn(properties) } : body;
}

/** The settings under keys of their own, so that what they mention counts as mentioned. */
function wovenIn(properties: JsonObject): JsonObject {
  const names = WOVEN_IN.filter((name) => own(properties, name) !== undefined);
  return Object.fromEntries(
    names.map((name) => [`x-nines-${name}`, writtenAtDeploy(own(properties, name) ?? null)]),
  );
}

function methodOf({ integration, condition }: Route): Json {
  const method = { 'x-amazon-apigateway-integration': integration, responses: {} };
  return condition === undefined ? method : { 'Fn::If': [condition, method, ref('AWS::NoValue')] };
}
