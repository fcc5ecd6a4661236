import type { Tier } from '../objectives/tier';
import { type Yaml, yamlDocument } from './yaml';

/** What a hook looks at. */
export interface HookInput {
  /** The types that its rules ask about. */
  readonly types: readonly string[];

  /** Decides whether it stops a deploy or warns, unless the stack says otherwise. */
  readonly tier: Tier;
}

const ref = (name: string): Yaml => ({ Ref: name });

/** What CloudFormation puts in for a name. */
const of = (name: string): string => `\${${name}}`;
const sub = (text: string): Yaml => ({ 'Fn::Sub': text });

/**
 * A CloudFormation template of a Guard hook that judges resources before they are created or changed. The rules are
 * those of `nines export guard`, in a bucket.
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/guard-hooks.html
 */
export function hookTemplate({ types, tier }: HookInput): Iterable<string> {
  return [
    '# cdk-nines: a hook that judges resources before deploy by the rules of nines export guard.\n',
    yamlDocument({
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'cdk-nines: resources are judged before they are created or changed.',
      Parameters: parameters(tier),
      Conditions: { HasBreakGlassRole: { 'Fn::Not': [{ 'Fn::Equals': [ref('BreakGlassRoleArn'), ''] }] } },
      Resources: {
        Reports: reports(),
        ReportsOverTls: overTls(),
        Role: role(),
        Hook: hook(types),
      },
      Outputs: {
        HookArn: { Value: { 'Fn::GetAtt': ['Hook', 'HookArn'] } },
        ReportsName: { Value: ref('Reports') },
      },
    }),
  ];
}

function parameters(tier: Tier): Yaml {
  return {
    RulesBucket: { Type: 'String', Description: 'The bucket with the rules, versioned' },
    RulesKey: {
      Type: 'String',
      Default: 'nines.guard',
      Description: 'The key of the rules in it',
      AllowedPattern: '^.+\\.guard$',
    },
    FailureMode: {
      Type: 'String',
      Default: tier <= 1 ? 'FAIL' : 'WARN',
      AllowedValues: ['FAIL', 'WARN'],
      Description: 'FAIL stops the deploy, WARN only tells',
    },
    BreakGlassRoleArn: {
      Type: 'String',
      Default: '',
      Description: 'The role of stacks that are let through in an emergency',
    },
    ReportDays: { Type: 'Number', Default: 365, Description: 'Days for which reports are kept' },
  };
}

function reports(): Yaml {
  return {
    Type: 'AWS::S3::Bucket',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'Expire',
            Status: 'Enabled',
            ExpirationInDays: ref('ReportDays'),
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
          },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
    },
  };
}

function overTls(): Yaml {
  return {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: ref('Reports'),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [sub(`${of('Reports.Arn')}`), sub(`${of('Reports.Arn')}/*`)],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    },
  };
}

/** What the hook may do: read its rules, and write its reports. */
function role(): Yaml {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'hooks.cloudformation.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'Rules',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['s3:GetObject', 's3:GetObjectVersion'],
                Resource: sub(`arn:${of('AWS::Partition')}:s3:::${of('RulesBucket')}/${of('RulesKey')}`),
              },
              {
                Effect: 'Allow',
                Action: 's3:ListBucket',
                Resource: sub(`arn:${of('AWS::Partition')}:s3:::${of('RulesBucket')}`),
              },
              { Effect: 'Allow', Action: 's3:PutObject', Resource: sub(`${of('Reports.Arn')}/*`) },
            ],
          },
        },
      ],
    },
  };
}

function hook(types: readonly string[]): Yaml {
  return {
    Type: 'AWS::CloudFormation::GuardHook',
    Properties: {
      Alias: 'Nines::Guard::BeforeDeploy',
      ExecutionRole: { 'Fn::GetAtt': ['Role', 'Arn'] },
      FailureMode: ref('FailureMode'),
      HookStatus: 'ENABLED',
      LogBucket: ref('Reports'),
      RuleLocation: { Uri: sub(`s3://${of('RulesBucket')}/${of('RulesKey')}`) },
      StackFilters: {
        'Fn::If': [
          'HasBreakGlassRole',
          { FilteringCriteria: 'ALL', StackRoles: { Exclude: [ref('BreakGlassRoleArn')] } },
          ref('AWS::NoValue'),
        ],
      },
      TargetFilters: { Actions: ['CREATE', 'UPDATE'], TargetNames: [...types] },
      TargetOperations: ['RESOURCE'],
    },
  };
}
