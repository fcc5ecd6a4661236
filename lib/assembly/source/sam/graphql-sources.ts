import { isList, isObject, own, ownObject } from '../json';
import type { Json, JsonObject } from '../source';
import { writeConnection } from './connection';
import { assumedBy, compact, type Expansion, getAtt, picked, ref, type SamResource } from './expansion';

/** Who assumes the roles of an API. */
export const APPSYNC = 'appsync.amazonaws.com';

/** The id of an API as its parts take it. */
export function apiIdOf({ id }: SamResource): JsonObject {
  return getAtt(id, 'ApiId');
}

/** The two kinds of data sources that the transform takes. */
interface SourceKind {
  readonly name: string;
  readonly type: string;
  readonly target: string;
  readonly arn: string;
  readonly connector: string;
  configOf(source: JsonObject): JsonObject;
}

const KINDS: Readonly<Record<string, SourceKind>> = {
  DynamoDb: {
    name: 'DynamoDB',
    type: 'AMAZON_DYNAMODB',
    target: 'AWS::DynamoDB::Table',
    arn: 'TableArn',
    connector: 'ToTableConnector',
    configOf: (source) => ({
      DynamoDBConfig: compact({
        AwsRegion: own(source, 'Region') ?? ref('AWS::Region'),
        DeltaSyncConfig: own(source, 'DeltaSync'),
        ...picked(source, ['TableName', 'UseCallerCredentials', 'Versioned']),
      }),
    }),
  },
  Lambda: {
    name: 'Lambda',
    type: 'AWS_LAMBDA',
    target: 'AWS::Lambda::Function',
    arn: 'FunctionArn',
    connector: 'ToLambdaConnector',
    configOf: (source) => ({ LambdaConfig: { LambdaFunctionArn: own(source, 'FunctionArn') ?? null } }),
  },
};

/** Writes the data sources of an API with their roles; false where what they may do is known only at deploy. */
export function writeSources(expansion: Expansion, sam: SamResource): boolean {
  const sources = ownObject(sam.properties, 'DataSources');
  return Object.entries(KINDS).every(([key, kind]) =>
    Object.entries(ownObject(sources, key)).every(
      ([name, source]) => isObject(source) && writeSource(expansion, sam, { name, source, kind }),
    ),
  );
}

interface NamedSource {
  readonly name: string;
  readonly source: JsonObject;
  readonly kind: SourceKind;
}

function writeSource(expansion: Expansion, sam: SamResource, { name, source, kind }: NamedSource): boolean {
  const id = sourceId(sam, name, kind);
  const role = `${id}Role`;
  const named = own(source, 'ServiceRoleArn');
  expansion.add(sam, id, 'AWS::AppSync::DataSource', {
    ApiId: apiIdOf(sam),
    Name: own(source, 'Name') ?? name,
    Type: kind.type,
    ...picked(source, ['Description']),
    ...kind.configOf(source),
    ServiceRoleArn: named ?? getAtt(role, 'Arn'),
  });
  if (named !== undefined) return true;
  const arn = own(source, kind.arn);
  const asked = own(source, 'Permissions');
  expansion.add(sam, role, 'AWS::IAM::Role', { AssumeRolePolicyDocument: assumedBy(APPSYNC) });
  if (arn === undefined) return false;
  const all = kind.type === 'AWS_LAMBDA' ? ['Write'] : ['Read', 'Write'];
  return writeConnection(expansion, {
    id: `${id}${kind.connector}`,
    from: { ...sam, body: picked(sam.body, ['Condition']) },
    permissions: isList(asked) ? asked : all,
    source: { type: 'AWS::AppSync::DataSource', given: { RoleName: ref(role) } },
    destination: { type: kind.target, given: { Arn: arn } },
  });
}

function sourceId({ id }: SamResource, name: string, { name: kind }: SourceKind): string {
  return `${id}${name}${kind}DataSource`;
}

/** One of the API's own data sources by its name in the template, or none at all. */
export function sourceNameOf(
  expansion: Expansion,
  sam: SamResource,
  name: Json | undefined,
): Json | undefined {
  if (typeof name !== 'string') return name;
  if (name.toLowerCase() !== 'none') {
    const sources = ownObject(sam.properties, 'DataSources');
    const kind = Object.entries(KINDS).find(([key]) => Object.hasOwn(ownObject(sources, key), name))?.[1];
    return kind === undefined ? name : getAtt(sourceId(sam, name, kind), 'Name');
  }
  const id = `${sam.id}NoneDataSource`;
  expansion.add(sam, id, 'AWS::AppSync::DataSource', { ApiId: apiIdOf(sam), Name: id, Type: 'NONE' });
  return getAtt(id, 'Name');
}
