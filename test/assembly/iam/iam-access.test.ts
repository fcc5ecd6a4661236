import type { Truth } from '../../../lib/assembly/conditions';
import { letsService, mayDo } from '../../../lib/assembly/iam/iam-access';
import { grantsOf } from '../../../lib/assembly/iam/iam-grants';
import { resourcesNamedBy } from '../../../lib/assembly/iam/iam-resources';
import { rolesOf } from '../../../lib/assembly/iam/iam-roles';
import type { Resource } from '../../../lib/assembly/resource';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf } from '../../support/graph';

const TRUST = { Statement: [] };

const role = (properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: TRUST, ...properties },
});

const inline = (...statements: unknown[]) => ({
  Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }],
});

const allow = (action: unknown, resource: unknown = '*', more: Record<string, unknown> = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});

const deny = (action: unknown, resource: unknown = '*', more: Record<string, unknown> = {}) => ({
  ...allow(action, resource, more),
  Effect: 'Deny',
});

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const THINGS = {
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'orders-archive' } },
  Unnamed: { Type: 'AWS::S3::Bucket' },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } },
};

function resourcesOf(resources: Record<string, unknown>): Record<string, Resource> {
  const graph = graphOf({ Resources: { ...THINGS, ...resources } });
  return Object.fromEntries(graph.resources.map((resource) => [resource.logicalId, resource]));
}

function may(resources: Record<string, unknown>, action: string, target?: string): boolean | 'unknown' {
  const all = resourcesOf(resources);
  const { Role } = all;
  if (!Role) throw new Error('no role');
  return plain(mayDo(Role, action, target === undefined ? undefined : all[target]));
}

function plain(truth: Truth): boolean | 'unknown' {
  return truth instanceof Unknown ? 'unknown' : truth;
}

describe('a role may do', () => {
  const cases: Readonly<Record<string, readonly [unknown, string, string | undefined, boolean | 'unknown']>> =
    {
      'what is allowed on everything': [allow('s3:*'), 's3:GetObject', 'Bucket', true],
      'what a pattern means, whatever the case': [allow('S3:get?bject'), 's3:GetObject', 'Bucket', true],
      'nothing that no statement allows': [allow('s3:PutObject'), 's3:GetObject', 'Bucket', false],
      'what is allowed on the objects of a bucket': [
        allow('s3:GetObject', { 'Fn::Join': ['', [arn('Bucket'), '/*']] }),
        's3:GetObject',
        'Bucket',
        true,
      ],
      'what is allowed on some objects': [
        allow('s3:GetObject', 'arn:aws:s3:::orders-archive/2026/*'),
        's3:GetObject',
        'Bucket',
        true,
      ],
      'nothing on another bucket': [allow('s3:GetObject', arn('Bucket')), 's3:GetObject', 'Unnamed', false],
      'what a pattern of ARNs means': [
        allow('s3:GetObject', 'arn:aws:s3:::orders-*'),
        's3:GetObject',
        'Bucket',
        true,
      ],
      'nothing by a pattern of another name': [
        allow('s3:GetObject', 'arn:aws:s3:::payments-*'),
        's3:GetObject',
        'Bucket',
        false,
      ],
      'perhaps what a pattern means, where deploy makes up the name': [
        allow('s3:GetObject', 'arn:aws:s3:::payments-*'),
        's3:GetObject',
        'Unnamed',
        'unknown',
      ],
      'nothing by the ARN of another service': [
        allow('*', 'arn:aws:sns:*:*:*'),
        'sqs:SendMessage',
        'Queue',
        false,
      ],
      'all but what is excepted': [
        { Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' },
        'sqs:SendMessage',
        'Queue',
        true,
      ],
      'not what is excepted': [
        { Effect: 'Allow', NotAction: ['sqs:*'], Resource: '*' },
        'sqs:SendMessage',
        'Queue',
        false,
      ],
      'nothing to what is excepted': [
        { Effect: 'Allow', Action: '*', NotResource: arn('Queue') },
        'sqs:SendMessage',
        'Queue',
        false,
      ],
      'what is allowed at times': [
        allow('sqs:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
        'sqs:SendMessage',
        'Queue',
        true,
      ],
      'anything at all': [
        allow('route53:*', 'arn:aws:route53:::hostedzone/Z1'),
        'route53:ChangeTags',
        undefined,
        true,
      ],
      'perhaps what an open action means': [
        allow({ Ref: 'AWS::StackId' }),
        'sqs:SendMessage',
        'Queue',
        'unknown',
      ],
      'perhaps to an open ARN': [
        allow('sqs:*', { 'Fn::ImportValue': 'elsewhere' }),
        'sqs:SendMessage',
        'Queue',
        'unknown',
      ],
    };
  for (const [name, [statement, action, target, expected]] of Object.entries(cases)) {
    it(name, () => expect(may({ Role: role(inline(statement)) }, action, target)).toBe(expected));
  }

  it('nothing that is denied', () => {
    const denied = (statement: unknown) =>
      may({ Role: role(inline(allow('sqs:*'), statement)) }, 'sqs:SendMessage', 'Queue');
    expect(denied(deny('sqs:Send*'))).toBe(false);
    expect(denied(deny('sqs:SendMessage', arn('Queue')))).toBe(false);
    expect(denied(deny('sqs:DeleteQueue'))).toBe(true);
    expect(denied(deny('sqs:*', arn('Table')))).toBe(true);
    expect(denied(deny('sqs:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }))).toBe(
      true,
    );
  });

  it('nothing beyond its boundary', () => {
    const boundary = (...statements: unknown[]) => ({
      Role: role({ ...inline(allow('sqs:*')), PermissionsBoundary: { Ref: 'Boundary' } }),
      Boundary: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: { Statement: statements } },
      },
    });
    expect(may(boundary(allow('s3:*')), 'sqs:SendMessage', 'Queue')).toBe(false);
    expect(may(boundary(allow('*')), 'sqs:SendMessage', 'Queue')).toBe(true);
    expect(may(boundary(allow('*'), deny('sqs:*')), 'sqs:SendMessage', 'Queue')).toBe(false);
  });

  it('perhaps what only a policy grants that is not in the app', () => {
    const imported = role({ ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/own'] });
    expect(may({ Role: imported }, 'sqs:SendMessage', 'Queue')).toBe('unknown');
  });

  it('what a policy of AWS grants', () => {
    const managed = (name: string) =>
      may(
        {
          Role: role({
            ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` }],
          }),
        },
        'sqs:SendMessage',
        'Queue',
      );
    expect(managed('AmazonSQSFullAccess')).toBe(true);
    expect(managed('service-role/AWSLambdaBasicExecutionRole')).toBe(false);
    expect(managed('SomethingNew')).toBe('unknown');
  });

  it.each(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'])(
    'what an %s attached to it grants',
    (type) => {
      const policy = (statement: unknown, named: unknown) => ({
        Type: type,
        Properties: {
          PolicyDocument: { Statement: [statement] },
          ...(type === 'AWS::IAM::RolePolicy' ? { RoleName: named } : { Roles: [named] }),
        },
      });
      const asked = (named: unknown) =>
        may(
          { Role: role(), Other: role({ RoleName: 'other' }), Policy: policy(allow('sqs:*'), named) },
          'sqs:SendMessage',
          'Queue',
        );
      expect(asked({ Ref: 'Role' })).toBe(true);
      expect(asked({ Ref: 'Other' })).toBe(false);
      expect(asked('other')).toBe(false);
      expect(asked({ 'Fn::ImportValue': 'elsewhere' })).toBe('unknown');
    },
  );

  it('what the policy of a resource lets it', () => {
    const policy = (principal: unknown, effect = 'Allow') => ({
      Role: role(effect === 'Deny' ? inline(allow('*')) : {}),
      Other: role(),
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Queue' }],
          PolicyDocument: {
            Statement: [{ Effect: effect, Action: 'sqs:SendMessage', Resource: '*', Principal: principal }],
          },
        },
      },
    });
    expect(may(policy({ AWS: arn('Role') }), 'sqs:SendMessage', 'Queue')).toBe(true);
    expect(may(policy({ AWS: arn('Other') }), 'sqs:SendMessage', 'Queue')).toBe(false);
    expect(may(policy('*'), 'sqs:SendMessage', 'Queue')).toBe(true);
    expect(may(policy('*', 'Deny'), 'sqs:SendMessage', 'Queue')).toBe(false);
    expect(may(policy({ AWS: arn('Other') }, 'Deny'), 'sqs:SendMessage', 'Queue')).toBe(true);
  });

  it('with a key only what the policy of the key leaves to the account', () => {
    const key = (principal: unknown) => ({
      Role: role(inline(allow('kms:Decrypt', arn('Key')))),
      Key: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: {
            Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: principal }],
          },
        },
      },
    });
    const root = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } };
    expect(may(key(root), 'kms:Decrypt', 'Key')).toBe(true);
    expect(may(key({ AWS: arn('Role') }), 'kms:Decrypt', 'Key')).toBe(true);
    expect(may(key({ Service: 'sns.amazonaws.com' }), 'kms:Decrypt', 'Key')).toBe(false);
  });
});

describe('the policy of a resource', () => {
  it('lets a service in or not', () => {
    const permission = (service: string) => {
      const all = resourcesOf({
        Function: { Type: 'AWS::Lambda::Function' },
        Permission: {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            FunctionName: arn('Function'),
            Action: 'lambda:InvokeFunction',
            Principal: service,
          },
        },
      });
      return (
        all.Function && plain(letsService(all.Function, 'events.amazonaws.com', 'lambda:InvokeFunction'))
      );
    };
    expect(permission('events.amazonaws.com')).toBe(true);
    expect(permission('sns.amazonaws.com')).toBe(false);
  });
});

describe('the roles of', () => {
  const found = (resources: Record<string, unknown>, subject: string) => {
    const resource = resourcesOf({ Role: role(), ...resources })[subject];
    return resource && rolesOf(resource).roles.map(({ logicalId }) => logicalId);
  };

  it('a function is its own', () => {
    const fn = { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role') } };
    expect(found({ Fn: fn }, 'Fn')).toEqual(['Role']);
    const alias = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' } } };
    expect(found({ Fn: fn, Alias: alias }, 'Alias')).toEqual(['Role']);
  });

  it('a service is that of its task', () => {
    const task = {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { TaskRoleArn: arn('Role'), ExecutionRoleArn: 'arn:aws:iam::111122223333:role/x' },
    };
    const service = { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } };
    expect(found({ Task: task, Service: service }, 'Service')).toEqual(['Role']);
  });

  it('a group are those of its launch template', () => {
    const resources = {
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } },
      },
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: arn('Profile') } } },
      },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
    };
    expect(found(resources, 'Group')).toEqual(['Role']);
  });

  it('a function with a role elsewhere are not known', () => {
    const { Fn } = resourcesOf({
      Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/own' } },
    });
    expect(Fn && rolesOf(Fn).unknowns).toHaveLength(1);
    expect(Fn && plain(mayDo(Fn, 'sqs:SendMessage'))).toBe('unknown');
  });
});

describe('the resources of a statement', () => {
  it('are named one by one, or by patterns', () => {
    const { Role } = resourcesOf({
      Role: role(
        inline(
          allow('s3:*', [arn('Bucket'), { 'Fn::Join': ['', [arn('Bucket'), '/*']] }]),
          allow('sqs:*', 'arn:aws:sqs:eu-west-1:111122223333:orders'),
          allow('sns:*', '*'),
        ),
      ),
    });
    const named = Role && grantsOf(Role).grants.map(({ resources, by }) => resourcesNamedBy(resources, by));
    expect(named?.map(({ resources }) => resources.map(({ logicalId }) => logicalId))).toEqual([
      ['Bucket'],
      ['Queue'],
      [],
    ]);
    expect(named?.map(({ wildcard }) => wildcard)).toEqual([false, false, true]);
  });
});
