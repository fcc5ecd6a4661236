import { isList, isObject, own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { expandConnectors } from './connector';
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
    for (const sam of resourcesOf(expansion, type)) expandOne(expansion, sam, expand);
  }
  expandConnectors(expansion);
  const { origins, names, conditions } = expansion;
  // Without prototype, so that a key such as `constructor` is found only if it is there.
  const resources: Record<string, Json> = Object.assign(
    Object.create(null),
    input.resources,
    expansion.resources,
  );
  for (const id of expansion.removed) delete resources[id];
  return { resources, origins, names, conditions };
}

/** A resource is expanded as a whole, or stays as it is. */
function expandOne(expansion: Expansion, sam: SamResource, expand: Expander): void {
  if (!isFlat(own(sam.body, 'Properties'))) return;
  const before = expansion.mark();
  if (!expand(expansion, sam)) expansion.undo(before);
  else if (own(sam.properties, 'PropagateTags') === true) propagateTags(expansion, sam, before);
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
