import { isList, isObject, own } from '../json';
import type { Json, JsonObject } from '../source';
import {
  CONNECTOR_PROFILES,
  type ConnectorGrant,
  type ResourceProfile,
  type RoleProfile,
} from './connector-profiles';
import { type Expansion, getAtt, policyDocument, ref, type SamResource } from './expansion';

/** One side of a connector: a resource of the template, or what is said of one elsewhere. */
export interface Side {
  readonly type: string;

  /** What the connector says of it. */
  readonly given: JsonObject;

  /** @default - it is not in the template */
  readonly id?: string;
}

/** What one connection is made of. */
export interface Connection {
  /** What the ids of what it becomes begin with. */
  readonly id: string;

  /** What the template has. */
  readonly from: SamResource;

  /** `Read` and `Write`. */
  readonly permissions: readonly Json[];
  readonly source: Side;
  readonly destination: Side;
}

/** Writes what lets the source use the destination; false where that is known only at deploy. */
export function writeConnection(expansion: Expansion, connection: Connection): boolean {
  const profile = CONNECTOR_PROFILES[connection.source.type]?.[connection.destination.type];
  if (profile === undefined) return false;
  return profile.kind === 'role'
    ? writeRolePolicy(expansion, connection, profile)
    : writeResourcePolicy(expansion, connection, profile);
}

function writeRolePolicy(expansion: Expansion, connection: Connection, profile: RoleProfile): boolean {
  const { source, destination, permissions } = connection;
  const [holder, other] = profile.role === 'source' ? [source, destination] : [destination, source];
  const role = roleNameOf(holder, expansion);
  const arn = arnOf(other);
  const grants = permissions.map((permission) =>
    permission === 'Read' || permission === 'Write' ? profile[permission] : undefined,
  );
  if (role === undefined || arn === undefined || grants.length === 0 || grants.includes(undefined))
    return false;
  const values = { Arn: arn, Name: nameOf(other) };
  const statements = grants.flatMap((each) => each ?? []).map((each) => statementOf(each, values));
  add(expansion, connection, {
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
  connection: Connection,
  profile: ResourceProfile,
): boolean {
  const { source, destination, permissions } = connection;
  const { kind, principal } = profile;
  const arn = arnOf(destination);
  const sourceArn = sourceArnOf(source, profile);
  if (arn === undefined || sourceArn === undefined || !permissions.every((each) => each === 'Write'))
    return false;
  if (kind === 'function') {
    const properties = {
      Action: 'lambda:InvokeFunction',
      FunctionName: arn,
      Principal: principal,
      SourceArn: sourceArn,
    };
    add(expansion, connection, {
      suffix: 'WriteLambdaPermission',
      type: 'AWS::Lambda::Permission',
      properties,
    });
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
    add(expansion, connection, { suffix: 'TopicPolicy', type: 'AWS::SNS::TopicPolicy', properties });
    return true;
  }
  const url =
    own(destination.given, 'QueueUrl') ?? (destination.id === undefined ? undefined : ref(destination.id));
  if (url === undefined) return false;
  const properties = { PolicyDocument, Queues: [url] };
  add(expansion, connection, { suffix: 'QueuePolicy', type: 'AWS::SQS::QueuePolicy', properties });
  return true;
}

interface Made {
  readonly suffix: string;
  readonly type: string;
  readonly properties: JsonObject;
}

function add(expansion: Expansion, { id, from }: Connection, { suffix, type, properties }: Made): void {
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
