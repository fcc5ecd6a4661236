import { assessed, assumptionsOf, eventIds, singlePoints, standingOn } from '../../support/assess';
import { attribute, balancer, network, REGISTERED, ref, subnets, tasks } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

function inside(...parts: readonly Resources[]) {
  const resources = Object.assign({}, ...parts);
  return assessed({ stacks: { west: { region: 'eu-west-1', template: { Resources: resources } } } });
}

const down = ({ availability }: ReturnType<typeof inside>) => availability.unavailability;

const handler = (id: string): Resources => ({ [id]: { Type: 'AWS::Lambda::Function', Properties: {} } });
const uriOf = (id: string) => ({
  'Fn::Sub': [
    `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/functions/\${Arn}/invocations`,
    { Arn: attribute(id, 'Arn') },
  ],
});
const rest = (types: readonly string[] = ['REGIONAL'], properties: object = {}): Resources => ({
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: { Name: 'api', EndpointConfiguration: { Types: types }, ...properties },
  },
});
const method = (integration: object, id = 'Method'): Resources => ({
  [id]: {
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: ref('Api'), HttpMethod: 'GET', Integration: integration },
  },
});
const toFunction = (id: string, more: object = {}) => ({ Type: 'AWS_PROXY', Uri: uriOf(id), ...more });

describe('a REST API', () => {
  const plain = inside(rest(), method(toFunction('Work')), handler('Work'));

  it('needs the function that it calls', () => {
    expect(singlePoints(plain)).toEqual(
      expect.arrayContaining(['service:api-gateway@eu-west-1', 'service:lambda@eu-west-1']),
    );
    expect(plain.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Api']);
  });

  it('needs the function that lets callers in', () => {
    const guarded = inside(rest(), method(toFunction('Work')), handler('Work'), handler('Guard'), {
      Authorizer: {
        Type: 'AWS::ApiGateway::Authorizer',
        Properties: { RestApiId: ref('Api'), Type: 'TOKEN', AuthorizerUri: uriOf('Guard') },
      },
    });
    expect(standingOn(plain, 'service:lambda@eu-west-1')).toEqual(['west/Work']);
    expect(standingOn(guarded, 'service:lambda@eu-west-1')).toEqual(['west/Guard', 'west/Work']);
    // Both are Lambda in one region, which is down once for both.
    expect(down(guarded)).toBeCloseTo(down(plain), 15);
  });

  it('needs the user pool that its authorizer asks', () => {
    const guarded = inside(rest(), method(toFunction('Work')), handler('Work'), {
      Users: { Type: 'AWS::Cognito::UserPool', Properties: {} },
      Authorizer: {
        Type: 'AWS::ApiGateway::Authorizer',
        Properties: {
          RestApiId: ref('Api'),
          Type: 'COGNITO_USER_POOLS',
          ProviderARNs: [attribute('Users', 'Arn')],
        },
      },
    });
    expect(singlePoints(guarded)).toContain('service:cognito@eu-west-1');
    expect(down(guarded)).toBeGreaterThan(down(plain) + 9e-4);
  });

  it('does not wait for a function with which it only leaves its requests', () => {
    const parameters = { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" };
    const left = inside(
      rest(),
      method({ ...toFunction('Work'), Type: 'AWS', RequestParameters: parameters }),
      handler('Work'),
    );
    expect(assumptionsOf(left)).toMatch(/leaves its requests with a function/);
    // What is left with it is work of its own, which somebody waits for in the end.
    expect(left.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Api', 'Work']);
  });

  it('is reached through the edge by default, which counts', () => {
    const edge = inside(rest(['EDGE']), method(toFunction('Work')), handler('Work'));
    expect(singlePoints(edge)).toContain('service:cloudfront');
    expect(down(edge)).toBeGreaterThan(down(plain) + 9e-4);
  });

  it('that is private needs its endpoint in the network', () => {
    const zones = ['eu-west-1a', 'eu-west-1b'];
    const endpoint = (letters: string) =>
      inside(
        network(zones),
        rest(['PRIVATE'], {
          EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: [ref('Endpoint')] },
        }),
        method(toFunction('Work')),
        handler('Work'),
        {
          Endpoint: {
            Type: 'AWS::EC2::VPCEndpoint',
            Properties: { VpcEndpointType: 'Interface', VpcId: ref('Vpc'), SubnetIds: subnets(letters) },
          },
        },
      );
    const [one, two] = [endpoint('A'), endpoint('AB')];
    expect(singlePoints(one)).toContain('zone:eu-west-1a');
    expect(singlePoints(two)).not.toContain('zone:eu-west-1a');
    expect(singlePoints(two)).toContain('resource:west/Endpoint');
    expect(down(one)).toBeGreaterThan(down(two) + 8e-4);
  });

  it('needs the load balancer behind its link', () => {
    const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
    const linked = (letters: string) =>
      inside(
        network(zones),
        rest(),
        balancer(letters, {
          Type: 'network',
          LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
        }),
        tasks(6, 'ABC', REGISTERED),
        method({
          Type: 'HTTP_PROXY',
          ConnectionType: 'VPC_LINK',
          ConnectionId: ref('Link'),
          Uri: 'http://inside',
        }),
        {
          Link: {
            Type: 'AWS::ApiGateway::VpcLink',
            Properties: { Name: 'link', TargetArns: [ref('Front')] },
          },
        },
      );
    const [wide, narrow] = [linked('ABC'), linked('A')];
    expect(singlePoints(narrow)).toContain('zone:eu-west-1a');
    expect(wide.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Api']);
    expect(down(narrow)).toBeGreaterThan(down(wide) + 9e-4);
  });

  it('needs the queue that it hands requests to, and not what takes them from there', () => {
    const queued = inside(
      rest(),
      method({
        Type: 'AWS',
        Uri: { 'Fn::Sub': `arn:aws:apigateway:eu-west-1:sqs:path/\${Queue.QueueName}` },
      }),
      { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } },
    );
    expect(singlePoints(queued)).toContain('service:sqs@eu-west-1');
  });
});

describe('a name of an API', () => {
  it('needs the API that is mapped to it', () => {
    const named = inside(rest(), {
      Domain: {
        Type: 'AWS::ApiGateway::DomainName',
        Properties: { DomainName: 'api.example.com', EndpointConfiguration: { Types: ['REGIONAL'] } },
      },
      Mapping: {
        Type: 'AWS::ApiGateway::BasePathMapping',
        Properties: { DomainName: ref('Domain'), RestApiId: ref('Api') },
      },
    });
    expect(named.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Domain']);
    expect(down(named)).toBeCloseTo(down(inside(rest())), 12);
  });
});

describe('an HTTP API that is made at once', () => {
  it('needs its target, and a name that is written in the same words is its own', () => {
    const quick = assessed({
      Parameters: { Name: { Type: 'String' } },
      Resources: {
        Api: {
          Type: 'AWS::ApiGatewayV2::Api',
          Properties: { ProtocolType: 'HTTP', Name: 'api', Target: attribute('Work', 'Arn') },
        },
        ...handler('Work'),
        Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: ref('Name') } },
        Mapping: {
          Type: 'AWS::ApiGatewayV2::ApiMapping',
          Properties: { DomainName: ref('Name'), ApiId: ref('Api'), Stage: '$default' },
        },
      },
    });
    expect(quick.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Domain']);
    expect(singlePoints(quick)).toContain('service:lambda@any-region');
  });
});

describe('an HTTP API', () => {
  const http = (uri: unknown, others: Resources = {}) =>
    inside(
      {
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'api' } },
        Integration: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: { ApiId: ref('Api'), IntegrationType: 'HTTP_PROXY', IntegrationUri: uri },
        },
      },
      others,
    );

  it("needs somebody else's host, whose availability is assumed", () => {
    const outside = http('https://pay.example.net/charge');
    expect(singlePoints(outside)).toContain('service:pay.example.net');
    expect(assumptionsOf(outside)).toMatch(/pay\.example\.net is not in the app/);
  });

  it('needs the load balancer of the listener that it names', () => {
    const listener = http(
      ref('Listener'),
      Object.assign({}, network(['eu-west-1a', 'eu-west-1b']), balancer('AB'), tasks(4, 'AB', REGISTERED)),
    );
    expect(singlePoints(listener)).toContain('resource:west/Front');
  });
});

describe('a GraphQL API', () => {
  const graphql = (...sources: readonly object[]) =>
    inside(
      {
        Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'api', AuthenticationType: 'API_KEY' } },
      },
      handler('Work'),
      { Orders: { Type: 'AWS::DynamoDB::Table', Properties: {} } },
      Object.fromEntries(
        sources.map((properties, index) => [
          `Source${index}`,
          {
            Type: 'AWS::AppSync::DataSource',
            Properties: { ApiId: attribute('Api', 'ApiId'), ...properties },
          },
        ]),
      ),
    );

  it('needs each of its data sources', () => {
    const two = graphql(
      { LambdaConfig: { LambdaFunctionArn: attribute('Work', 'Arn') } },
      { DynamoDBConfig: { TableName: ref('Orders'), AwsRegion: 'eu-west-1' } },
    );
    expect(singlePoints(two)).toEqual(
      expect.arrayContaining([
        'service:appsync@eu-west-1',
        'service:lambda@eu-west-1',
        'service:dynamodb@eu-west-1',
      ]),
    );
    expect(two.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Api']);
  });
});

describe('the URL of a function', () => {
  it('is one with the function', () => {
    const url = inside(handler('Work'), {
      Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ref('Work'), AuthType: 'NONE' } },
    });
    expect(url.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Url']);
    expect(eventIds(url)).toContain('service:lambda@eu-west-1');
    expect(down(url)).toBeCloseTo(down(inside(handler('Work'))), 12);
  });
});
