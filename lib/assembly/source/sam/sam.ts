import { isList, isObject, own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { isFlat } from './event';
import { IMPLICIT_APIS } from './events-api';
import { Expansion, type SamInput, type SamOutput, type SamResource, tagList } from './expansion';
import { expandFunction } from './function';
import { withGlobals } from './globals';
import { expandGraphQl } from './graphql-api';
import { expandHttpApi } from './http-api';
import { expandRestApi } from './rest-api';
import { expandApplication, expandLayer, expandSimpleTable } from './simple-types';
import { expandStateMachine } from './state-machine';

type Expander = (expansion: Expansion, sam: SamResource) => boolean;

const PREFIX = 'AWS::Serverless::';

/** APIs come last, for functions declare their routes. */
const IN_ORDER: readonly (readonly [string, Expander])[] = [
  [`${PREFIX}Function`, expandFunction],
  [`${PREFIX}StateMachine`, expandStateMachine],
  [`${PREFIX}SimpleTable`, expandSimpleTable],
  [`${PREFIX}LayerVersion`, expandLayer],
  [`${PREFIX}Application`, expandApplication],
  [`${PREFIX}GraphQLApi`, expandGraphQl],
  [`${PREFIX}Api`, expandRestApi],
  [`${PREFIX}HttpApi`, expandHttpApi],
];

const TAGGED = new Set([
  'AWS::Lambda::Function',
  'AWS::IAM::Role',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::IoT::TopicRule',
  'AWS::StepFunctions::StateMachine',
  'AWS::ApiGateway::Stage',
]);

/** Whether a template asks for the serverless transform. */
export function isServerless(transform: Json | undefined): boolean {
  return (isList(transform) ? transform : [transform]).some(
    (entry) => (isObject(entry) ? ownString(entry, 'Name') : entry) === 'AWS::Serverless-2016-10-31',
  );
}

/**
 * What the serverless transform makes of the resources of a template. Resources that only the transform can write stay
 * as they are, and so keep their types.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function expandServerless(input: SamInput): SamOutput {
  const expansion = new Expansion(input);
  for (const [type, expand] of IN_ORDER) {
    for (const sam of resourcesOf(expansion, type)) {
      if (!isFlat(own(sam.body, 'Properties'))) continue;
      const before = expansion.mark();
      if (!expand(expansion, sam)) expansion.undo(before);
      else if (own(sam.properties, 'PropagateTags') === true) propagateTags(expansion, sam, before);
    }
  }
  writeConnectors(expansion);
  const { origins, names, conditions } = expansion;
  // Without prototype, so that a key such as `constructor` is found only if it is there.
  const resources: Record<string, Json> = Object.assign(
    Object.create(null),
    input.resources,
    expansion.resources,
  );
  return { resources, origins, names, conditions };
}

/** `PropagateTags`: what is made bears the tags that the resource was given, and no others. */
function propagateTags(expansion: Expansion, { properties }: SamResource, since: number): void {
  const tags = own(properties, 'Tags');
  if (!isObject(tags)) return;
  for (const id of expansion.writtenSince(since)) {
    const body = expansion.bodyOf(id) ?? {};
    if (!TAGGED.has(ownString(body, 'Type') ?? '')) continue;
    expansion.amend(id, { Properties: { ...ownObject(body, 'Properties'), Tags: tagList(tags, {}) } });
  }
}

/** Connectors within a resource are resources of their own to the transform, which alone knows what they become. */
function writeConnectors(expansion: Expansion): void {
  for (const [id, body] of Object.entries(expansion.input.resources)) {
    const connectors = isObject(body) ? own(body, 'Connectors') : undefined;
    if (!isObject(connectors)) continue;
    for (const [name, connector] of Object.entries(connectors)) {
      const properties = isObject(connector) ? ownObject(connector, 'Properties') : {};
      expansion.set(`${id}${name}`, { Type: `${PREFIX}Connector`, Properties: properties });
      expansion.origins.set(`${id}${name}`, id);
    }
  }
}

function resourcesOf(expansion: Expansion, type: string): readonly SamResource[] {
  const { resources, globals } = expansion.input;
  const found: SamResource[] = [];
  for (const [id, body] of Object.entries(resources)) {
    if (!isObject(body) || body.Type !== type) continue;
    found.push({ id, type, body, properties: withGlobals(globals, type, body) });
  }
  return [...found, ...implicitApi(expansion, type)];
}

/** The API that the transform makes for events that name none, unless the template has one of that name. */
function implicitApi(expansion: Expansion, type: string): readonly SamResource[] {
  const name = type.slice(PREFIX.length);
  const id = name === 'Api' || name === 'HttpApi' ? IMPLICIT_APIS[name] : undefined;
  const routes = id === undefined ? undefined : expansion.routes.get(id);
  if (id === undefined || routes === undefined || Object.hasOwn(expansion.input.resources, id)) return [];
  const conditions = new Set(routes.map(({ condition }) => condition));
  const body: Record<string, Json> = { Type: type, Properties: {} };
  if (!conditions.has(undefined))
    body.Condition = eitherOf(expansion, `${id}Condition`, [...conditions] as string[]);
  const stage: JsonObject = name === 'Api' ? { StageName: 'Prod' } : {};
  return [{ id, type, body, properties: { ...withGlobals(expansion.input.globals, type, body), ...stage } }];
}

function eitherOf(expansion: Expansion, name: string, conditions: readonly string[]): string {
  const [only = name, another] = conditions;
  if (another === undefined) return only;
  expansion.conditions[name] = { 'Fn::Or': conditions.map((Condition) => ({ Condition })) };
  return name;
}
