import { isList, isObject, own, ownObject } from '../json';
import type { Json, JsonObject } from '../source';
import { writeConnection } from './connection';
import {
  assumedBy,
  compact,
  type Expansion,
  getAtt,
  managedPolicy,
  picked,
  ref,
  type SamResource,
  tagList,
} from './expansion';
import { atDeploy, writeFunctions, writeResolvers } from './graphql-resolvers';
import { APPSYNC, apiIdOf, writeSources } from './graphql-sources';

const API = 'AWS::AppSync::GraphQLApi';

const SAME = [
  'XrayEnabled',
  'Visibility',
  'OwnerContact',
  'IntrospectionConfig',
  'QueryDepthLimit',
  'ResolverCountLimit',
];

/** How an authorizer is called in the template and in what it becomes, by type. */
const AUTHORIZERS: Readonly<Record<string, readonly [written: string, made: string]>> = {
  AWS_LAMBDA: ['LambdaAuthorizer', 'LambdaAuthorizerConfig'],
  OPENID_CONNECT: ['OpenIDConnect', 'OpenIDConnectConfig'],
  AMAZON_COGNITO_USER_POOLS: ['UserPool', 'UserPoolConfig'],
};

/**
 * What `AWS::Serverless::GraphQLApi` becomes: the API with its schema, keys, cache, domain and data sources, and the roles
 * and permissions that it needs.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-graphqlapi.html
 */
export function expandGraphQl(expansion: Expansion, sam: SamResource): boolean {
  const { id, properties } = sam;
  const auth = own(properties, 'Auth');
  const tags = own(properties, 'Tags');
  if (!isObject(auth)) return false;
  const additional = own(auth, 'Additional') ?? [];
  if (!isList(additional) || !additional.every(isObject)) return false;
  expansion.add(sam, id, API, {
    Name: own(properties, 'Name') ?? id,
    ...picked(properties, SAME),
    ...authorizerOf(auth),
    AdditionalAuthenticationProviders: additional.length > 0 ? additional.map(authorizerOf) : undefined,
    LogConfig: logConfigOf(expansion, sam),
    Tags: tags === undefined ? undefined : tagList(tags, {}),
  });
  writeSchema(expansion, sam);
  writeParts(expansion, sam);
  const known = writeSources(expansion, sam) && permitAuthorizers(expansion, sam, [auth, ...additional]);
  writeFunctions(expansion, sam);
  writeResolvers(expansion, sam);
  return known;
}

function authorizerOf(auth: JsonObject): JsonObject {
  const type = own(auth, 'Type');
  const [written = '', made = ''] = (typeof type === 'string' ? AUTHORIZERS[type] : undefined) ?? [];
  const config = own(auth, written);
  return compact({ AuthenticationType: type, ...(config !== undefined && { [made]: config }) });
}

/** All is logged unless the template says otherwise. */
function logConfigOf(expansion: Expansion, sam: SamResource): Json | undefined {
  const logging = own(sam.properties, 'Logging');
  if (logging === false) return undefined;
  const said = isObject(logging) ? logging : {};
  const role = `${sam.id}CloudWatchRole`;
  const named = own(said, 'CloudWatchLogsRoleArn');
  if (named === undefined)
    expansion.add(sam, role, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: assumedBy(APPSYNC),
      ManagedPolicyArns: [managedPolicy('service-role/AWSAppSyncPushToCloudWatchLogs')],
    });
  return {
    FieldLogLevel: 'ALL',
    ...said,
    CloudWatchLogsRoleArn: named ?? getAtt(role, 'Arn'),
  };
}

function writeSchema(expansion: Expansion, sam: SamResource): void {
  const { id, properties } = sam;
  expansion.add(sam, `${id}Schema`, 'AWS::AppSync::GraphQLSchema', {
    ApiId: apiIdOf(sam),
    Definition: own(properties, 'SchemaInline'),
    DefinitionS3Location: atDeploy(own(properties, 'SchemaUri')),
  });
}

/** Keys, cache and domain. */
function writeParts(expansion: Expansion, sam: SamResource): void {
  const { id, properties } = sam;
  const ApiId = apiIdOf(sam);
  for (const [name, key] of Object.entries(ownObject(properties, 'ApiKeys')))
    expansion.add(sam, `${id}${name}`, 'AWS::AppSync::ApiKey', {
      ApiId,
      ...(isObject(key) && { ...picked(key, ['ApiKeyId', 'Description']), Expires: own(key, 'ExpiresOn') }),
    });
  const cache = own(properties, 'Cache');
  if (isObject(cache)) expansion.add(sam, `${id}ApiCache`, 'AWS::AppSync::ApiCache', { ApiId, ...cache });
  const domain = own(properties, 'DomainName');
  if (!isObject(domain)) return;
  expansion.add(
    sam,
    `${id}DomainName`,
    'AWS::AppSync::DomainName',
    picked(domain, ['CertificateArn', 'DomainName', 'Description']),
  );
  expansion.add(sam, `${id}DomainNameApiAssociation`, 'AWS::AppSync::DomainNameApiAssociation', {
    ApiId,
    DomainName: getAtt(`${id}DomainName`, 'DomainName'),
  });
}

/** Functions that authorize may be called by the API. */
function permitAuthorizers(expansion: Expansion, sam: SamResource, auths: readonly JsonObject[]): boolean {
  const arns = auths
    .map((auth) => own(ownObject(auth, 'LambdaAuthorizer'), 'AuthorizerUri'))
    .filter((arn) => arn !== undefined);
  return arns.every((arn, index) =>
    writeConnection(expansion, {
      id: `${sam.id}ToLambdaAuthConnector${index + 1}`,
      from: { ...sam, body: picked(sam.body, ['Condition']) },
      permissions: ['Write'],
      source: { type: API, given: { Arn: ref(sam.id), ResourceId: apiIdOf(sam) } },
      destination: { type: 'AWS::Lambda::Function', given: { Arn: arn } },
    }),
  );
}
