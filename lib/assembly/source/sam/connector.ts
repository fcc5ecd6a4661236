import { isList, isObject, own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import {
  CONNECTOR_PROFILES,
  type ConnectorGrant,
  type ConnectorProfile,
  type ResourceProfile,
  type RoleProfile,
} from './connector-profiles';
import { type Expansion, getAtt, picked, policyDocument, ref, type SamResource } from './expansion';

const CONNECTOR = 'AWS::Serverless::Connector';

/** One side of a connector: a resource of the template, or what is said of one elsewhere. */
interface Side {
  readonly type: string;
  readonly given: JsonObject;
  readonly id?: string;
}

/** A connector as one resource of its own. */
interface Connector {
  readonly id: string;

  /** What the template has: itself, or the resource that it stands in. */
  readonly writtenIn: string;

  /** The attributes that pass to what it becomes. */
  readonly attributes: JsonObject;
  readonly properties: JsonObject;
}

/** Writes what the connectors of a template become. Those of which something is known only at deploy stay connectors. */
export function expandConnectors(expansion: Expansion): void {
  for (const connector of connectorsOf(expansion)) {
    const before = expansion.mark();
    if (expandConnector(expansion, connector)) expansion.removed.add(connector.id);
    else {
      expansion.undo(before);
      keep(expansion, connector);
    }
  }
}

/** A connector that stands in a resource is one of its own to the transform. */
function keep(expansion: Expansion, { id, writtenIn, attributes, properties }: Connector): void {
  if (id === writtenIn) return;
  expansion.set(id, { Type: CONNECTOR, ...attributes, Properties: properties });
  expansion.origins.set(id, writtenIn);
}

/** Connectors within a resource have it as their source. */
function connectorsOf({ input }: Expansion): readonly Connector[] {
  return Object.entries(input.resources).flatMap(([id, body]): readonly Connector[] => {
    if (!isObject(body)) return [];
    const attributes = picked(body, ['Condition']);
    if (body.Type === CONNECTOR)
      return [{ id, writtenIn: id, attributes, properties: ownObject(body, 'Properties') }];
    return Object.entries(ownObject(body, 'Connectors')).map(([name, connector]) => {
      const properties = isObject(connector) ? ownObject(connector, 'Properties') : {};
      const Source = { ...ownObject(properties, 'SourceReference'), Id: id };
      return { id: `${id}${name}`, writtenIn: id, attributes, properties: { ...properties, Source } };
    });
  });
}

function expandConnector(expansion: Expansion, connector: Connector): boolean {
  const { properties, id } = connector;
  const permissions = own(properties, 'Permissions');
  const destination = own(properties, 'Destination');
  const source = sideOf(own(properties, 'Source'), expansion);
  if (source === undefined || destination === undefined || !isList(permissions)) return false;
  const several = isList(destination);
  return (several ? destination : [destination]).every((each, index) => {
    const side = sideOf(each, expansion);
    const profile = side && CONNECTOR_PROFILES[source.type]?.[side.type];
    if (side === undefined || profile === undefined) return false;
    const link = { id: several ? `${id}WithDestination${index}` : id, connector, permissions };
    return writeLink(expansion, link, { source, destination: side, profile });
  });
}

function sideOf(json: Json | undefined, expansion: Expansion): Side | undefined {
  if (!isObject(json)) return undefined;
  const id = ownString(json, 'Id');
  const body = id === undefined ? undefined : expansion.bodyOf(id);
  const type = body === undefined ? ownString(json, 'Type') : ownString(body, 'Type');
  return type === undefined ? undefined : { type, given: json, ...(body && { id: id ?? '' }) };
}

interface Link {
  readonly id: string;
  readonly connector: Connector;
  readonly permissions: readonly Json[];
}

interface Ends {
  readonly source: Side;
  readonly destination: Side;
  readonly profile: ConnectorProfile;
}

function writeLink(expansion: Expansion, link: Link, ends: Ends): boolean {
  const { profile } = ends;
  return profile.kind === 'role'
    ? writeRolePolicy(expansion, link, { ...ends, profile })
    : writeResourcePolicy(expansion, link, { ...ends, profile });
}

function writeRolePolicy(
  expansion: Expansion,
  link: Link,
  { source, destination, profile }: Ends & { readonly profile: RoleProfile },
): boolean {
  const [holder, other] = profile.role === 'source' ? [source, destination] : [destination, source];
  const role = roleNameOf(holder, expansion);
  const arn = arnOf(other);
  const grants = link.permissions.map((permission) =>
    permission === 'Read' || permission === 'Write' ? profile[permission] : undefined,
  );
  if (role === undefined || arn === undefined || grants.length === 0 || grants.includes(undefined))
    return false;
  const values = { Arn: arn, Name: nameOf(other) };
  const statements = grants.flatMap((each) => each ?? []).map((each) => statementOf(each, values));
  add(expansion, link, {
    suffix: 'Policy',
    type: 'AWS::IAM::ManagedPolicy',
    properties: { PolicyDocument: policyDocument(...statements), Roles: [role] },
  });
  return true;
}

function statementOf({ actions, on }: ConnectorGrant, values: JsonObject): JsonObject {
  return {
    Effect: 'Allow',
    Action: [...actions],
    Resource: on.map((text) => (text === '${Arn}' ? (values.Arn ?? null) : filledIn(text, values))),
  };
}

function writeResourcePolicy(
  expansion: Expansion,
  link: Link,
  { source, destination, profile }: Ends & { readonly profile: ResourceProfile },
): boolean {
  const { kind, principal } = profile;
  const arn = arnOf(destination);
  const sourceArn = sourceArnOf(source, profile);
  if (arn === undefined || sourceArn === undefined || !link.permissions.every((each) => each === 'Write'))
    return false;
  if (kind === 'function') {
    const properties = {
      Action: 'lambda:InvokeFunction',
      FunctionName: arn,
      Principal: principal,
      SourceArn: sourceArn,
    };
    add(expansion, link, { suffix: 'WriteLambdaPermission', type: 'AWS::Lambda::Permission', properties });
    return true;
  }
  const PolicyDocument = policyDocument({
    Effect: 'Allow',
    Principal: { Service: principal },
    Action: kind === 'queue' ? 'sqs:SendMessage' : 'sns:Publish',
    Resource: arn,
    Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
  });
  if (kind === 'topic') {
    const properties = { PolicyDocument, Topics: [arn] };
    add(expansion, link, { suffix: 'TopicPolicy', type: 'AWS::SNS::TopicPolicy', properties });
    return true;
  }
  const url =
    own(destination.given, 'QueueUrl') ?? (destination.id === undefined ? undefined : ref(destination.id));
  if (url === undefined) return false;
  const properties = { PolicyDocument, Queues: [url] };
  add(expansion, link, { suffix: 'QueuePolicy', type: 'AWS::SQS::QueuePolicy', properties });
  return true;
}

interface Made {
  readonly suffix: string;
  readonly type: string;
  readonly properties: JsonObject;
}

function add(expansion: Expansion, { id, connector }: Link, { suffix, type, properties }: Made): void {
  const from: SamResource = {
    id: connector.writtenIn,
    type: CONNECTOR,
    properties: connector.properties,
    body: connector.attributes,
  };
  expansion.add(from, `${id}${suffix}`, type, properties);
}

/** Types whose `Ref` is their ARN. */
const REF_IS_ARN: readonly string[] = ['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine'];

function arnOf({ type, given, id }: Side): Json | undefined {
  if (id === undefined) return own(given, 'Arn');
  return REF_IS_ARN.includes(type) ? ref(id) : getAtt(id, 'Arn');
}

function nameOf({ given, id }: Side): Json {
  return (id === undefined ? own(given, 'Name') : getAtt(id, 'Name')) ?? null;
}

function sourceArnOf(source: Side, { sourceArn }: ResourceProfile): Json | undefined {
  if (sourceArn === '${Arn}') return arnOf(source);
  const { type, given, id } = source;
  const made = type === 'AWS::AppSync::GraphQLApi' ? getAtt(id ?? '', 'ApiId') : ref(id ?? '');
  const resourceId = own(given, 'ResourceId') ?? (id === undefined ? undefined : made);
  if (resourceId === undefined) return undefined;
  return filledIn(sourceArn, { ResourceId: resourceId, Qualifier: own(given, 'Qualifier') ?? '*' });
}

function filledIn(text: string, values: JsonObject): JsonObject {
  const used = Object.entries(values).filter(([name]) => text.includes(`\${${name}}`));
  return { 'Fn::Sub': used.length > 0 ? [text, Object.fromEntries(used)] : text };
}

/** Where types name their role. */
const ROLES: Readonly<Record<string, string>> = {
  'AWS::AppSync::DataSource': 'ServiceRoleArn',
  'AWS::Lambda::Function': 'Role',
  'AWS::StepFunctions::StateMachine': 'RoleArn',
};

/** The name of a role that the template has; of a role elsewhere the connector must give it. */
function roleNameOf({ type, given, id }: Side, expansion: Expansion): Json | undefined {
  const name = own(given, 'RoleName');
  const property = ROLES[type];
  if (name !== undefined || property === undefined || id === undefined) return name;
  const arn = own(expansion.propertiesOf(id), property);
  const attribute = isObject(arn) ? own(arn, 'Fn::GetAtt') : undefined;
  const [role, what] =
    typeof attribute === 'string' ? attribute.split('.') : isList(attribute) ? attribute : [];
  return typeof role === 'string' && what === 'Arn' ? ref(role) : undefined;
}
