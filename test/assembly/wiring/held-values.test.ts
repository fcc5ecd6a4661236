import { callsOf } from '../../../lib/assembly/wiring/calls';
import { graphOf, type TestStack } from '../../support/graph';

type Resources = Record<string, unknown>;

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      { PolicyName: 'all', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
    ],
  },
};
const caller = (value: unknown) => ({
  Role: ROLE,
  Caller: {
    Type: 'AWS::Lambda::Function',
    Properties: { Role: att('Role', 'Arn'), Environment: { Variables: { THAT: value } } },
  },
});
const parameter = (Value: unknown, Name = '/shop/that') => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Name, Value },
});
const BALANCER = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} };
const PARAMETERS = { That: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/that' } };

function callsFrom(stack: Resources, others: Readonly<Record<string, TestStack>> = {}, more: object = {}) {
  const graph = graphOf({
    stacks: {
      shop: { region: 'eu-west-1', account: '111122223333', template: { Resources: stack, ...more } },
      ...others,
    },
  });
  const found = graph.resources.find(({ logicalId }) => logicalId === 'Caller');
  if (!found) throw new Error('no caller');
  return callsOf(found).map(({ mode, to, certain }) => `${mode} ${to.id}${certain === true ? '' : '?'}`);
}

const other = (Resources: Resources, region = 'eu-west-1'): TestStack => ({
  region,
  account: '111122223333',
  template: { Resources },
});

describe('what a parameter of the app holds', () => {
  const shared = { shared: other({ Balancer: BALANCER, Held: parameter(att('Balancer', 'DNSName')) }) };
  const cases: Readonly<Record<string, readonly [unknown, object?]>> = {
    'by its name in a dynamic reference': ['{{resolve:ssm:/shop/that}}'],
    'by its name and version': ['{{resolve:ssm:/shop/that:3}}'],
    'within an address': ['https://{{resolve:ssm:/shop/that}}/api'],
    'through a parameter of the template': [ref('That'), { Parameters: PARAMETERS }],
    'by its name, which the code asks for': ['/shop/that'],
    'by its ARN': ['arn:aws:ssm:eu-west-1:111122223333:parameter/shop/that'],
  };
  it.each(Object.entries(cases))('is called %s', (_, [value, more]) => {
    expect(callsFrom(caller(value), shared, more)).toEqual(['synchronous shared/Balancer']);
  });

  it('is called by a reference to the parameter', () => {
    const own = { Balancer: BALANCER, Held: parameter(att('Balancer', 'DNSName')) };
    expect(callsFrom({ ...own, ...caller(ref('Held')) })).toEqual(['synchronous shop/Balancer']);
  });

  it('is opened again where it names another parameter', () => {
    const own = {
      Balancer: BALANCER,
      First: parameter('{{resolve:ssm:/second}}'),
      Held: parameter(att('Balancer', 'DNSName'), '/second'),
    };
    expect(callsFrom({ ...own, ...caller('{{resolve:ssm:/shop/that}}') })).toEqual([
      'synchronous shop/Balancer',
    ]);
  });

  it('ends where parameters name each other', () => {
    const own = {
      First: parameter('{{resolve:ssm:/second}}'),
      Second: parameter('{{resolve:ssm:/shop/that}}', '/second'),
    };
    expect(callsFrom({ ...own, ...caller('{{resolve:ssm:/shop/that}}') })).toEqual([]);
  });

  it('is not what the same name holds in another region', () => {
    const there = {
      shared: other({ Balancer: BALANCER, Held: parameter(att('Balancer', 'DNSName')) }, 'us-east-1'),
    };
    expect(callsFrom(caller('{{resolve:ssm:/shop/that}}'), there)).toEqual([]);
  });
});

describe('a parameter that a role may read', () => {
  const reading = (Resource: unknown, Action = 'ssm:GetParameter') => ({
    Balancer: BALANCER,
    Held: parameter(att('Balancer', 'DNSName')),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [
          { PolicyName: 'it', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } },
        ],
      },
    },
    Caller: { Type: 'AWS::Lambda::Function', Properties: { Role: att('Role', 'Arn') } },
  });
  const cases: Readonly<Record<string, unknown>> = {
    'by reference': { 'Fn::Sub': 'arn:aws:ssm:eu-west-1:111122223333:parameter${Held}' },
    'by its ARN': 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/that',
  };
  it.each(Object.entries(cases))('leads where its text leads: %s', (_, resource) => {
    expect(callsFrom(reading(resource))).toEqual(['synchronous shop/Balancer']);
  });

  it('leads nowhere where it may only be written', () => {
    expect(callsFrom(reading(cases['by its ARN'], 'ssm:PutParameter'))).toEqual([]);
  });
});

describe('what a secret of the app holds', () => {
  it('is called where deploy reads it', () => {
    const own = {
      Cluster: { Type: 'AWS::RDS::DBCluster', Properties: {} },
      Secret: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: {
          Name: 'shop-db',
          SecretString: { 'Fn::Sub': '{"host":"${Cluster.Endpoint.Address}"}' },
        },
      },
    };
    expect(callsFrom({ ...own, ...caller('{{resolve:secretsmanager:shop-db:SecretString:host}}') })).toEqual([
      'synchronous shop/Cluster',
    ]);
  });
});

describe('a URL of AWS', () => {
  const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } } };

  it('names a queue of the app', () => {
    const url = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders';
    expect(callsFrom({ ...queue, ...caller(url) })).toEqual(['asynchronous shop/Queue', 'polled shop/Queue']);
  });

  it('names none where it is of another account', () => {
    const url = 'https://sqs.eu-west-1.amazonaws.com/999999999999/orders';
    expect(callsFrom({ ...queue, ...caller(url) })).toEqual([]);
  });

  it('names a bucket of the app', () => {
    const bucket = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shop-files' } } };
    for (const url of ['s3://shop-files/in', 'https://shop-files.s3.eu-west-1.amazonaws.com/in'])
      expect(callsFrom({ ...bucket, ...caller(url) })).toEqual(['synchronous shop/Bucket']);
  });
});

describe('the environment of a platform', () => {
  const balancer = { Balancer: BALANCER };

  it('of Beanstalk is among its options', () => {
    const option = (Namespace: string, Value: unknown) => ({ Namespace, OptionName: 'THAT', Value });
    const environment = (space: string) => ({
      Caller: {
        Type: 'AWS::ElasticBeanstalk::Environment',
        Properties: { OptionSettings: [option(space, att('Balancer', 'DNSName'))] },
      },
    });
    const space = 'aws:elasticbeanstalk:application:environment';
    expect(callsFrom({ ...balancer, ...environment(space) })).toEqual(['synchronous shop/Balancer']);
    expect(callsFrom({ ...balancer, ...environment('aws:elbv2:loadbalancer') })).toEqual([]);
  });

  it('of App Runner stands beside its code too', () => {
    const variables = [{ Name: 'THAT', Value: att('Balancer', 'DNSName') }];
    const runner = {
      Caller: {
        Type: 'AWS::AppRunner::Service',
        Properties: {
          SourceConfiguration: {
            CodeRepository: {
              CodeConfiguration: { CodeConfigurationValues: { RuntimeEnvironmentVariables: variables } },
            },
          },
        },
      },
    };
    expect(callsFrom({ ...balancer, ...runner })).toEqual(['synchronous shop/Balancer']);
  });
});
