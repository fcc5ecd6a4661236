import { grantsOf } from '../../../../lib/assembly/iam/iam-grants';
import { concernsAction } from '../../../../lib/assembly/iam/iam-statements';
import { callsOf } from '../../../../lib/assembly/wiring/calls';
import { graphOf } from '../../../support/graph';

type Resources = Readonly<Record<string, unknown>>;

const graphqlApi = (properties: object = {}) => ({
  Type: 'AWS::Serverless::GraphQLApi',
  Properties: { SchemaUri: './schema.graphql', Auth: { Type: 'AWS_IAM' }, ...properties },
});
const of = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties });
const appOf = (properties: object, more: Resources = {}) =>
  graphOf({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: { Api: graphqlApi(properties), ...more },
  });
const typesOf = (properties: object, more: Resources = {}) =>
  Object.fromEntries(appOf(properties, more).resources.map(({ logicalId, type }) => [logicalId, type]));
const resourceOf = (id: string, properties: object, more: Resources = {}) => {
  const found = appOf(properties, more).resources.find(({ logicalId }) => logicalId === id);
  if (!found) throw new Error(`${id} is not there`);
  return found;
};

describe('a serverless GraphQL API', () => {
  it('becomes an API with its schema that logs all', () => {
    expect(typesOf({})).toEqual({
      Api: 'AWS::AppSync::GraphQLApi',
      ApiCloudWatchRole: 'AWS::IAM::Role',
      ApiSchema: 'AWS::AppSync::GraphQLSchema',
    });
    const api = resourceOf('Api', { XrayEnabled: true, Tags: { team: 'shop' } });
    expect(api.get('Name')).toBe('Api');
    expect(api.get('AuthenticationType')).toBe('AWS_IAM');
    expect(api.get('XrayEnabled')).toBe(true);
    expect(api.get('LogConfig.FieldLogLevel')).toBe('ALL');
    expect(api.get('Tags')).toEqual([{ Key: 'team', Value: 'shop' }]);
  });

  it('logs nothing, or with a role of yours, where it says so', () => {
    expect(typesOf({ Logging: false })).not.toHaveProperty('ApiCloudWatchRole');
    expect(resourceOf('Api', { Logging: false }).get('LogConfig')).toBeUndefined();
    const Logging = { CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs', FieldLogLevel: 'ERROR' };
    expect(resourceOf('Api', { Logging }).get('LogConfig')).toEqual(Logging);
    expect(typesOf({ Logging })).not.toHaveProperty('ApiCloudWatchRole');
  });

  it('has data sources with roles for what they use', () => {
    const DataSources = {
      DynamoDb: { Orders: { TableName: { Ref: 'T' }, TableArn: { 'Fn::GetAtt': ['T', 'Arn'] } } },
      Lambda: { Pay: { FunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] } } },
    };
    const more = { T: of('DynamoDB::Table'), F: of('Lambda::Function') };
    const types = typesOf({ DataSources }, more);
    expect(types).toMatchObject({
      ApiOrdersDynamoDBDataSource: 'AWS::AppSync::DataSource',
      ApiOrdersDynamoDBDataSourceRole: 'AWS::IAM::Role',
      ApiPayLambdaDataSource: 'AWS::AppSync::DataSource',
      ApiPayLambdaDataSourceRole: 'AWS::IAM::Role',
    });
    const { grants } = grantsOf(resourceOf('ApiOrdersDynamoDBDataSourceRole', { DataSources }, more));
    expect(grants.some((grant) => concernsAction(grant, 'dynamodb:PutItem') === true)).toBe(true);
    const called = callsOf(resourceOf('Api', { DataSources }, more)).map(({ to }) => to.logicalId);
    expect(called.sort()).toEqual(['F', 'T']);
  });

  it('has authorizers that it may call', () => {
    const Auth = {
      Type: 'AWS_LAMBDA',
      LambdaAuthorizer: { AuthorizerUri: { 'Fn::GetAtt': ['F', 'Arn'] } },
      Additional: [{ Type: 'AMAZON_COGNITO_USER_POOLS', UserPool: { UserPoolId: 'pool' } }],
    };
    const more = { F: of('Lambda::Function') };
    expect(typesOf({ Auth }, more)).toHaveProperty(
      'ApiToLambdaAuthConnector1WriteLambdaPermission',
      'AWS::Lambda::Permission',
    );
    const api = resourceOf('Api', { Auth }, more);
    expect(api.get('AdditionalAuthenticationProviders')).toEqual([
      { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'pool' } },
    ]);
    expect(api.target('LambdaAuthorizerConfig.AuthorizerUri')).toMatchObject({ logicalId: 'F' });
  });

  it('has keys, a cache, a domain, functions and resolvers', () => {
    const types = typesOf({
      ApiKeys: { Key: { Description: 'for tests' } },
      Cache: { ApiCachingBehavior: 'FULL_REQUEST_CACHING', Ttl: 60, Type: 'SMALL' },
      DomainName: { DomainName: 'api.example.com', CertificateArn: 'arn:aws:acm:us-east-1:1:certificate/1' },
      Functions: { load: { DataSource: 'None', InlineCode: '…' }, given: { Id: 'abc' } },
      Resolvers: { Query: { order: { Pipeline: ['load', 'given'] } } },
    });
    expect(types).toMatchObject({
      ApiKey: 'AWS::AppSync::ApiKey',
      ApiApiCache: 'AWS::AppSync::ApiCache',
      ApiDomainName: 'AWS::AppSync::DomainName',
      ApiDomainNameApiAssociation: 'AWS::AppSync::DomainNameApiAssociation',
      Apiload: 'AWS::AppSync::FunctionConfiguration',
      ApiNoneDataSource: 'AWS::AppSync::DataSource',
      ApiQueryorder: 'AWS::AppSync::Resolver',
    });
    expect(types).not.toHaveProperty('Apigiven');
  });

  it.each<[string, object]>([
    ['says nothing of who may call it', { Auth: undefined }],
    ['has a table of which it gives no ARN', { DataSources: { DynamoDb: { T: { TableName: 't' } } } }],
    ['has a data source that only deploy knows', { DataSources: { Lambda: { F: 'x' } } }],
  ])('stays as it is where it %s', (_, properties) => {
    const written = JSON.parse(JSON.stringify(graphqlApi(properties))) as { Properties: object };
    expect(
      graphOf({ Transform: 'AWS::Serverless-2016-10-31', Resources: { Api: written } }).resources.map(
        ({ type }) => type,
      ),
    ).toEqual(['AWS::Serverless::GraphQLApi']);
  });
});
