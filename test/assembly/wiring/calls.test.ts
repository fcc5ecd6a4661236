import { Unknown } from '../../../lib/assembly/value';
import { callsOf } from '../../../lib/assembly/wiring/calls';
import { graphOf } from '../../support/graph';

type Resources = Record<string, unknown>;

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

const role = (...actions: readonly (readonly [string, unknown])[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: actions.map(([Action, Resource]) => ({
      PolicyName: Action,
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] },
    })),
  },
});

const caller = (variables: Resources = {}, more: Resources = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: att('Role', 'Arn'), Environment: { Variables: variables }, ...more },
});

const THINGS: Resources = {
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } },
  Queue: { Type: 'AWS::SQS::Queue' },
  Callee: { Type: 'AWS::Lambda::Function' },
  Database: { Type: 'AWS::RDS::DBInstance' },
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
};

/** Such as `synchronous Table`, with a question mark where it is open. */
function callsFrom(resources: Resources, from = 'Caller'): readonly string[] {
  const graph = graphOf({ Resources: { ...THINGS, ...resources } });
  const resource = graph.resources.find(({ logicalId }) => logicalId === from);
  if (!resource) throw new Error('no caller');
  return callsOf(resource).map(
    ({ mode, to, certain }) => `${mode} ${to.logicalId}${certain instanceof Unknown ? '?' : ''}`,
  );
}

describe('a function calls', () => {
  const cases: Readonly<Record<string, readonly [Resources, readonly string[]]>> = {
    'nothing that it may not use': [{ Role: role(), Caller: caller({ TABLE: ref('Table') }) }, []],
    'a table that it names and may read': [
      { Role: role(['dynamodb:*', '*']), Caller: caller({ TABLE: ref('Table') }) },
      ['synchronous Table'],
    ],
    'a table that it names by name': [
      { Role: role(['dynamodb:*', '*']), Caller: caller({ TABLE: 'orders' }) },
      ['synchronous Table'],
    ],
    'nothing that only a pattern lets it use': [{ Role: role(['dynamodb:*', '*']), Caller: caller() }, []],
    'what its role names': [
      { Role: role(['lambda:InvokeFunction', att('Callee', 'Arn')]), Caller: caller() },
      ['synchronous Callee'],
    ],
    'nothing that it may only describe': [
      {
        Role: role(['dynamodb:DescribeTable', att('Table', 'Arn')]),
        Caller: caller({ TABLE: ref('Table') }),
      },
      [],
    ],
    'a queue without waiting': [
      { Role: role(['sqs:SendMessage', att('Queue', 'Arn')]), Caller: caller({ URL: ref('Queue') }) },
      ['asynchronous Queue'],
    ],
    'a database whose endpoint it has': [
      { Role: role(), Caller: caller({ HOST: att('Database', 'Endpoint.Address') }) },
      ['synchronous Database'],
    ],
    'no database of which it has the name only': [
      { Role: role(['rds:StopDBInstance', '*']), Caller: caller({ ID: ref('Database') }) },
      [],
    ],
    'a load balancer whose address it has': [
      { Role: role(), Caller: caller({ URL: { 'Fn::Sub': 'https://${Balancer.DNSName}/' } }) },
      ['synchronous Balancer'],
    ],
    'an API whose address it has': [
      {
        Role: role(),
        Api: { Type: 'AWS::ApiGateway::RestApi' },
        Caller: caller({
          URL: { 'Fn::Sub': 'https://${Api}.execute-api.eu-west-1.amazonaws.com/prod' },
          ID: ref('Api'),
        }),
      },
      ['synchronous Api'],
    ],
    'no API of which it has the id only': [
      { Role: role(), Api: { Type: 'AWS::ApiGateway::RestApi' }, Caller: caller({ ID: ref('Api') }) },
      [],
    ],
    'a database whose secret it has': [
      {
        Role: role(),
        Secret: { Type: 'AWS::SecretsManager::Secret' },
        Attachment: {
          Type: 'AWS::SecretsManager::SecretTargetAttachment',
          Properties: { SecretId: ref('Secret'), TargetId: ref('Database') },
        },
        Caller: caller({ SECRET: ref('Attachment') }),
      },
      ['synchronous Database'],
    ],
    'perhaps what a role elsewhere lets it': [
      { Caller: caller({ TABLE: ref('Table') }, { Role: 'arn:aws:iam::111122223333:role/own' }) },
      ['synchronous Table?'],
    ],
    'a database that lets its group in': [
      {
        Role: role(),
        Own: { Type: 'AWS::EC2::SecurityGroup' },
        Other: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: {
            SecurityGroupIngress: [
              {
                IpProtocol: 'tcp',
                FromPort: 5432,
                ToPort: 5432,
                SourceSecurityGroupId: att('Own', 'GroupId'),
              },
            ],
          },
        },
        Database: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { VPCSecurityGroups: [att('Other', 'GroupId')] },
        },
        Caller: caller({}, { VpcConfig: { SecurityGroupIds: [att('Own', 'GroupId')] } }),
      },
      ['synchronous Database'],
    ],
  };
  for (const [name, [resources, expected]] of Object.entries(cases)) {
    it(name, () => expect(callsFrom(resources)).toEqual(expected));
  }
});

describe('calls are declared', () => {
  it('by the methods of an API', () => {
    const resources = {
      Api: { Type: 'AWS::ApiGateway::RestApi' },
      Method: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: ref('Api'),
          Integration: {
            Uri: {
              'Fn::Sub':
                'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Callee.Arn}/invocations',
            },
          },
        },
      },
    };
    expect(callsFrom(resources, 'Api')).toEqual(['synchronous Callee']);
  });

  it('by the tasks of a state machine', () => {
    const resources = {
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          Definition: {
            StartAt: 'Pay',
            States: {
              Pay: {
                Type: 'Task',
                Resource: 'arn:aws:states:::lambda:invoke',
                Parameters: { FunctionName: att('Callee', 'Arn') },
                End: true,
              },
            },
          },
        },
      },
    };
    expect(callsFrom(resources, 'Machine')).toEqual(['synchronous Callee']);
  });

  it('by the containers of a service', () => {
    const resources = {
      Caller: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: ref('Task') } },
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          ContainerDefinitions: [
            { Environment: [{ Name: 'HOST', Value: att('Database', 'Endpoint.Address') }] },
          ],
        },
      },
    };
    expect(callsFrom(resources)).toEqual(['synchronous Database']);
  });
});
