import { grantsOf } from '../../../../lib/assembly/iam/iam-grants';
import { resourcesNamedBy } from '../../../../lib/assembly/iam/iam-resources';
import { concernsAction } from '../../../../lib/assembly/iam/iam-statements';
import { callsOf } from '../../../../lib/assembly/wiring/calls';
import { graphOf } from '../../../support/graph';

type Resources = Readonly<Record<string, unknown>>;

const appOf = (resources: Resources, more: object = {}) =>
  graphOf({ Transform: 'AWS::Serverless-2016-10-31', Resources: resources, ...more });
const typesOf = (resources: Resources) =>
  Object.fromEntries(appOf(resources).resources.map(({ logicalId, type }) => [logicalId, type]));
const resourceOf = (id: string, resources: Resources, more: object = {}) => {
  const found = appOf(resources, more).resources.find(({ logicalId }) => logicalId === id);
  if (!found) throw new Error(`${id} is not there`);
  return found;
};

const fn = (attributes: object = {}) => ({
  Type: 'AWS::Serverless::Function',
  Properties: { Handler: 'a.b', Runtime: 'nodejs22.x', CodeUri: 's3://code/key' },
  ...attributes,
});
const of = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties });
const connector = (Source: object, Destination: unknown, ...Permissions: readonly unknown[]) => ({
  Type: 'AWS::Serverless::Connector',
  Properties: { Source, Destination, Permissions },
});
const embedded = (Destination: unknown, ...Permissions: readonly string[]) =>
  fn({ Connectors: { Conn: { Properties: { Destination, Permissions } } } });

describe('connectors', () => {
  it('give the role of a function what they say', () => {
    const resources = { F: fn(), T: of('DynamoDB::Table'), C: connector({ Id: 'F' }, { Id: 'T' }, 'Read') };
    expect(typesOf(resources)).toEqual({
      F: 'AWS::Lambda::Function',
      FRole: 'AWS::IAM::Role',
      T: 'AWS::DynamoDB::Table',
      CPolicy: 'AWS::IAM::ManagedPolicy',
    });
    const [grant] = grantsOf(resourceOf('FRole', resources)).grants.filter(
      (each) => concernsAction(each, 'dynamodb:Query') === true,
    );
    expect(grant && concernsAction(grant, 'dynamodb:PutItem')).toBe(false);
    expect(
      grant && resourcesNamedBy(grant.resources, grant.by).resources.map(({ logicalId }) => logicalId),
    ).toEqual(['T']);
    expect(callsOf(resourceOf('F', resources)).map(({ to }) => to.logicalId)).toEqual(['T']);
  });

  it('stand in a resource, which is their source', () => {
    const resources = { F: embedded({ Id: 'S' }, 'Write'), S: of('SNS::Topic') };
    expect(typesOf(resources)).toHaveProperty('FConnPolicy', 'AWS::IAM::ManagedPolicy');
    const policy = resourceOf('FConnPolicy', resources);
    expect(policy.madeFrom).toBe('F');
    expect(policy.references.map(({ reference }) => reference.resource.logicalId)).toEqual(['S', 'FRole']);
  });

  it('may lead to several', () => {
    const resources = {
      F: embedded([{ Id: 'A' }, { Id: 'B' }], 'Write'),
      A: of('SNS::Topic'),
      B: of('SQS::Queue'),
    };
    expect(Object.keys(typesOf(resources))).toEqual(
      expect.arrayContaining(['FConnWithDestination0Policy', 'FConnWithDestination1Policy']),
    );
  });

  it.each<[string, Resources, string, string]>([
    [
      'a function for an API',
      { A: of('ApiGateway::RestApi'), F: fn(), C: connector({ Id: 'A' }, { Id: 'F' }, 'Write') },
      'CWriteLambdaPermission',
      'AWS::Lambda::Permission',
    ],
    [
      'a queue for a rule',
      { R: of('Events::Rule'), Q: of('SQS::Queue'), C: connector({ Id: 'R' }, { Id: 'Q' }, 'Write') },
      'CQueuePolicy',
      'AWS::SQS::QueuePolicy',
    ],
    [
      'a topic for a rule',
      { R: of('Events::Rule'), S: of('SNS::Topic'), C: connector({ Id: 'R' }, { Id: 'S' }, 'Write') },
      'CTopicPolicy',
      'AWS::SNS::TopicPolicy',
    ],
  ])('open %s', (_, resources, id, type) => {
    const types = typesOf(resources);
    expect(types).toHaveProperty(id, type);
    expect(types).not.toHaveProperty('C');
  });

  it('give the role of the function what it polls', () => {
    const resources = {
      F: fn(),
      Q: of('SQS::Queue'),
      C: connector({ Id: 'Q' }, { Id: 'F' }, 'Read', 'Write'),
    };
    const grants = grantsOf(resourceOf('FRole', resources)).grants;
    expect(grants.some((grant) => concernsAction(grant, 'sqs:DeleteMessage') === true)).toBe(true);
  });

  it('exist where their source does', () => {
    const more = { Conditions: { Large: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'a'] } } };
    const resources = { F: { ...embedded({ Id: 'S' }, 'Write'), Condition: 'Large' }, S: of('SNS::Topic') };
    expect(resourceOf('FConnPolicy', resources, more).body.Condition).toBe('Large');
  });

  it.each<[string, Resources]>([
    ['its permissions are given at deploy', { C: connector({ Id: 'F' }, { Id: 'T' }, { Ref: 'Given' }) }],
    ['it asks for what there is not', { C: connector({ Id: 'F' }, { Id: 'S' }, 'Read') }],
    ['it leads to what it cannot', { C: connector({ Id: 'T' }, { Id: 'S' }, 'Write') }],
    ['its source is not in the template', { C: connector({ Id: 'X' }, { Id: 'T' }, 'Read') }],
    [
      'the role of its source is not in the template',
      {
        F: of('Lambda::Function', { Role: 'arn:aws:iam::111122223333:role/f' }),
        C: connector({ Id: 'F' }, { Id: 'T' }, 'Read'),
      },
    ],
    ['it has no properties', { C: { Type: 'AWS::Serverless::Connector' } }],
  ])('stay connectors where %s', (_, resources) => {
    const types = typesOf({ F: fn(), T: of('DynamoDB::Table'), S: of('SNS::Topic'), ...resources });
    expect(types).toHaveProperty('C', 'AWS::Serverless::Connector');
    expect(types).not.toHaveProperty('CPolicy');
  });

  it('take the name of a role that they give', () => {
    const source = { Type: 'AWS::Lambda::Function', RoleName: 'caller' };
    const resources = { T: of('DynamoDB::Table'), C: connector(source, { Id: 'T' }, 'Write') };
    expect(resourceOf('CPolicy', resources).get('Roles')).toEqual(['caller']);
  });
});
