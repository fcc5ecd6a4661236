import { grantsOf } from '../../../../lib/assembly/iam/iam-grants';
import { resourcesNamedBy } from '../../../../lib/assembly/iam/iam-resources';
import { concernsAction } from '../../../../lib/assembly/iam/iam-statements';
import { graphOf, type TestTemplate } from '../../../support/graph';

const SAM = 'AWS::Serverless-2016-10-31';
const code = { Handler: 'a.b', Runtime: 'nodejs22.x', CodeUri: 's3://code/key' };
const sqs = { Type: 'SQS', Properties: { Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] }, BatchSize: 5 } };
const queue = { Type: 'AWS::SQS::Queue' };

const fn = (properties: object = {}, attributes: object = {}) => ({
  Type: 'AWS::Serverless::Function',
  ...attributes,
  Properties: { ...code, ...properties },
});

/** The types of what a template becomes, by logical id. */
function typesOf(Resources: TestTemplate['Resources'], sections: object = {}) {
  const [stack] = graphOf({ Transform: SAM, Resources, ...sections }).stacks;
  return Object.fromEntries([...(stack?.resources ?? [])].map(([id, { type }]) => [id, type]));
}

function resourceOf(id: string, Resources: TestTemplate['Resources'], sections: object = {}) {
  const resource = graphOf({ Transform: SAM, Resources, ...sections }).stacks[0]?.resources.get(id);
  if (!resource) throw new Error(`${id} is not there`);
  return resource;
}

describe('the serverless transform', () => {
  it('writes a role for a function that names none', () => {
    expect(typesOf({ F: fn() })).toEqual({ F: 'AWS::Lambda::Function', FRole: 'AWS::IAM::Role' });
    expect(typesOf({ F: fn({ Role: 'arn:aws:iam::1:role/x' }) })).toEqual({ F: 'AWS::Lambda::Function' });
  });

  it('expands nothing where the template does not ask for it', () => {
    const [stack] = graphOf({ Resources: { F: fn() } }).stacks;
    expect(stack?.resources.get('F')?.type).toBe('AWS::Serverless::Function');
  });

  it('tells what a resource is made from', () => {
    expect(resourceOf('FRole', { F: fn() }).madeFrom).toBe('F');
    expect(resourceOf('F', { F: fn() }).madeFrom).toBeUndefined();
  });

  it('gives what is made the construct path of what it is made from', () => {
    const template = { Transform: SAM, Resources: { F: fn() } };
    const [stack] = graphOf({ stacks: { App: { template, paths: { F: 'App/Orders/Resource' } } } }).stacks;
    expect(stack?.resources.get('FRole')?.origin?.path).toBe('App/Orders/Resource');
  });

  it('adds globals, and lets the values of the resource win', () => {
    const Globals = { Function: { Timeout: 5, MemorySize: 128, Environment: { Variables: { A: 'all' } } } };
    const own = fn({ Timeout: 9, Environment: { Variables: { B: 'own' } } });
    const resource = resourceOf('F', { F: own }, { Globals });
    expect(resource.get('Timeout')).toBe(9);
    expect(resource.get('MemorySize')).toBe(128);
    expect(resource.get('Environment.Variables')).toEqual({ A: 'all', B: 'own' });
    expect(
      resourceOf('F', { F: { ...own, IgnoreGlobals: '*' } }, { Globals }).get('MemorySize'),
    ).toBeUndefined();
  });

  it.each<[string, object, Record<string, string>]>([
    ['SQS', sqs, { FE: 'AWS::Lambda::EventSourceMapping' }],
    [
      'Schedule',
      { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } },
      { FE: 'AWS::Events::Rule', FEPermission: 'AWS::Lambda::Permission' },
    ],
    [
      'ScheduleV2',
      { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'rate(1 day)' } },
      { FE: 'AWS::Scheduler::Schedule', FERole: 'AWS::IAM::Role' },
    ],
    [
      'SNS',
      { Type: 'SNS', Properties: { Topic: 'arn:aws:sns:eu-west-1:1:t' } },
      { FE: 'AWS::SNS::Subscription', FEPermission: 'AWS::Lambda::Permission' },
    ],
    [
      'EventBridgeRule',
      { Type: 'EventBridgeRule', Properties: { Pattern: {} } },
      { FE: 'AWS::Events::Rule', FEPermission: 'AWS::Lambda::Permission' },
    ],
    [
      'CloudWatchLogs',
      { Type: 'CloudWatchLogs', Properties: { LogGroupName: 'g' } },
      { FE: 'AWS::Logs::SubscriptionFilter', FEPermission: 'AWS::Lambda::Permission' },
    ],
  ])('writes what an event of type %s needs', (_, event, made) => {
    const rest = { F: 'AWS::Lambda::Function', FRole: 'AWS::IAM::Role', Queue: 'AWS::SQS::Queue' };
    expect(typesOf({ F: fn({ Events: { E: event } }), Queue: queue })).toEqual({ ...rest, ...made });
  });

  it('makes a queue for what a schedule could not deliver', () => {
    const Events = {
      E: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)', DeadLetterConfig: { Type: 'SQS' } } },
    };
    expect(typesOf({ F: fn({ Events }) })).toMatchObject({
      FEQueue: 'AWS::SQS::Queue',
      FEQueuePolicy: 'AWS::SQS::QueuePolicy',
    });
  });

  it('calls the alias where a version is published', () => {
    const Resources = { F: fn({ AutoPublishAlias: 'live', Events: { E: sqs } }), Queue: queue };
    const target = resourceOf('FE', Resources).target('FunctionName');
    expect(target).toMatchObject({ logicalId: 'FAliaslive', type: 'AWS::Lambda::Alias' });
    expect(resourceOf('FAliaslive', Resources).target('FunctionVersion')).toMatchObject({
      type: 'AWS::Lambda::Version',
    });
  });

  it('follows names such as F.Alias and F.Version', () => {
    const Alarm = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        A: { Ref: 'F.Alias' },
        B: { 'Fn::GetAtt': ['F', 'Version.Version'] },
        C: { 'Fn::Sub': '${F.Alias}' },
      },
    };
    const alarm = resourceOf('Alarm', { F: fn({ AutoPublishAlias: 'live' }), Alarm });
    for (const [name, type] of [
      ['A', 'Alias'],
      ['B', 'Version'],
      ['C', 'Alias'],
    ] as const)
      expect(alarm.target(name)).toMatchObject({ type: `AWS::Lambda::${type}` });
  });

  it('shifts traffic with the alarms of a deployment preference', () => {
    const DeploymentPreference = { Type: 'Canary10Percent5Minutes', Alarms: ['errors'] };
    const group = resourceOf('FDeploymentGroup', {
      F: fn({ AutoPublishAlias: 'live', DeploymentPreference }),
    });
    expect(group.get('AlarmConfiguration')).toEqual({ Enabled: true, Alarms: [{ Name: 'errors' }] });
    expect(group.get('DeploymentConfigName')).toBe('CodeDeployDefault.LambdaCanary10Percent5Minutes');
  });

  it('shares one API among events that name none', () => {
    const api = (Path: string) => ({ Events: { E: { Type: 'Api', Properties: { Path, Method: 'get' } } } });
    const types = typesOf(
      { F: fn(api('/f')), G: fn(api('/g')) },
      { Globals: { Api: { TracingEnabled: true } } },
    );
    expect(types).toMatchObject({
      ServerlessRestApi: 'AWS::ApiGateway::RestApi',
      ServerlessRestApiDeployment: 'AWS::ApiGateway::Deployment',
      ServerlessRestApiProdStage: 'AWS::ApiGateway::Stage',
      FEPermissionProd: 'AWS::Lambda::Permission',
      GEPermissionProd: 'AWS::Lambda::Permission',
    });
  });

  it('makes the shared API where one of the functions exists', () => {
    const Conditions = { C: { 'Fn::Equals': ['a', 'b'] }, D: { 'Fn::Equals': ['a', 'c'] } };
    const api = (Path: string) => ({ Events: { E: { Type: 'Api', Properties: { Path, Method: 'get' } } } });
    const Resources = { F: fn(api('/f'), { Condition: 'C' }), G: fn(api('/g'), { Condition: 'D' }) };
    expect(typesOf(Resources, { Conditions })).toEqual({});
  });

  it('passes conditions and deletion policies on', () => {
    const Conditions = { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } };
    const role = resourceOf(
      'FRole',
      { F: fn({}, { Condition: 'C', DeletionPolicy: 'Retain' }) },
      { Conditions },
    );
    expect(role.attribute('DeletionPolicy')).toBe('Retain');
    expect(role.presence).not.toBe(true);
  });

  it('lets a bucket of the template notify the function', () => {
    const Events = { E: { Type: 'S3', Properties: { Bucket: { Ref: 'B' }, Events: 's3:ObjectCreated:*' } } };
    const bucket = resourceOf('B', { F: fn({ Events }), B: { Type: 'AWS::S3::Bucket' } });
    expect(bucket.list('NotificationConfiguration.LambdaConfigurations')).toHaveLength(1);
  });

  const grantsOfTemplates = (...Policies: readonly object[]) => {
    const role = resourceOf('FRole', { F: fn({ Policies }), T: { Type: 'AWS::DynamoDB::Table' } });
    return grantsOf(role).grants;
  };

  it('writes the statements of its policy templates', () => {
    const [crud, parameters, parameter] = grantsOfTemplates(
      { DynamoDBCrudPolicy: { TableName: { Ref: 'T' } } },
      { SSMParameterReadPolicy: { ParameterName: 'orders/key' } },
    );
    expect(crud?.effect).toBe('Allow');
    expect(crud?.certain).toBe(true);
    expect(crud && concernsAction(crud, 'dynamodb:UpdateItem')).toBe(true);
    expect(crud && concernsAction(crud, 'dynamodb:DeleteTable')).toBe(false);
    expect(
      crud && resourcesNamedBy(crud.resources, crud.by).resources.map(({ logicalId }) => logicalId),
    ).toEqual(['T']);
    expect(parameters && concernsAction(parameters, 'ssm:DescribeParameters')).toBe(true);
    expect(parameter && concernsAction(parameter, 'ssm:GetParameter')).toBe(true);
  });

  it.each([
    ['it does not know', { RekognitionWriteOnlyAccessPolicy: { CollectionId: 'c' } }],
    ['whose parameter is missing', { SQSPollerPolicy: {} }],
    ['of which there are two in one entry', { SQSPollerPolicy: { QueueName: 'q' }, TextractPolicy: {} }],
  ])('leaves the statements of a policy template open %s', (_, entry) => {
    const role = resourceOf('FRole', { F: fn({ Policies: [entry] }) });
    const [policy] = role.list('Policies') as readonly { readonly PolicyDocument: unknown }[];
    expect(policy?.PolicyDocument).toHaveProperty('reason');
  });

  it.each<[string, object]>([
    ['an event of a type that it does not know', fn({ Events: { E: { Type: 'New' } } })],
    ['events that a condition chooses', fn({ Events: { 'Fn::If': ['C', {}, {}] } })],
    [
      'properties that a macro writes',
      { Type: 'AWS::Serverless::Function', Properties: { 'Fn::Transform': {} } },
    ],
    [
      'a bucket that stands elsewhere',
      fn({ Events: { E: { Type: 'S3', Properties: { Bucket: 'b', Events: 'x' } } } }),
    ],
  ])('leaves a function as it is with %s', (_, resource) => {
    expect(typesOf({ F: resource })).toEqual({ F: 'AWS::Serverless::Function' });
  });

  it('makes tables, layers, state machines and nested stacks of its other types', () => {
    const Resources = {
      T: { Type: 'AWS::Serverless::SimpleTable' },
      L: { Type: 'AWS::Serverless::LayerVersion', Properties: { ContentUri: 'layer/' } },
      S: {
        Type: 'AWS::Serverless::StateMachine',
        Properties: { Definition: {}, Role: 'arn:aws:iam::1:role/x' },
      },
      A: { Type: 'AWS::Serverless::Application', Properties: { Location: 'other.yaml' } },
      C: { Type: 'AWS::Serverless::Connector', Properties: {} },
    };
    expect(typesOf(Resources)).toEqual({
      T: 'AWS::DynamoDB::Table',
      L: 'AWS::Lambda::LayerVersion',
      S: 'AWS::StepFunctions::StateMachine',
      A: 'AWS::CloudFormation::Stack',
      C: 'AWS::Serverless::Connector',
    });
    expect(resourceOf('T', Resources).get('BillingMode')).toBe('PAY_PER_REQUEST');
    expect(resourceOf('L', Resources).attribute('DeletionPolicy')).toBe('Retain');
  });

  it('takes values of parameters that are known', () => {
    const Parameters = { Name: { Type: 'String', Default: 'live' } };
    expect(typesOf({ F: fn({ AutoPublishAlias: { Ref: 'Name' } }) }, { Parameters })).toHaveProperty(
      'FAliaslive',
    );
  });

  it('makes a role only where the condition of Role leaves it to the transform', () => {
    const Conditions = { C: { 'Fn::Equals': ['a', 'a'] } };
    const Role = { 'Fn::If': ['C', 'arn:aws:iam::1:role/x', { Ref: 'AWS::NoValue' }] };
    expect(typesOf({ F: fn({ Role }) }, { Conditions })).toEqual({ F: 'AWS::Lambda::Function' });
  });
});
