import {
  bucketIsBackedUp,
  bucketIsReplicated,
  bucketIsReplicatedToOtherRegion,
  bucketKeepsVersions,
  bucketLocksObjects,
} from '../../../lib/audit/rules/s3-data';
import { Tier } from '../../../lib/objectives/tier';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks, outcomeOf } from '../../support/rule-cases';

const BUCKET = 'AWS::S3::Bucket';
const PARAMETERS = { Given: { Type: 'String' } };
const one = (Properties: object, more: object = {}) => ({
  Parameters: PARAMETERS,
  Resources: { Subject: { Type: BUCKET, Properties }, ...more },
});
const MAYBE = { ...MAYBE_REBUILDABLE.template, ...one(MAYBE_REBUILDABLE.Properties) };
const MAYBE_CASE = {
  ...MAYBE,
  Parameters: { ...PARAMETERS, ...MAYBE_REBUILDABLE.template.Parameters },
};
const LOGS_ONLY = {
  Resources: {
    Subject: { Type: BUCKET },
    Logged: {
      Type: 'AWS::EC2::FlowLog',
      Properties: { LogDestination: { 'Fn::GetAtt': ['Subject', 'Arn'] } },
    },
  },
};

checks(bucketKeepsVersions, {
  passes: {
    'versions are kept': { VersioningConfiguration: { Status: 'Enabled' } },
    'a condition changes nothing about it': {
      Parameters: PARAMETERS,
      Conditions: { Some: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] } },
      Resources: {
        Subject: {
          Type: BUCKET,
          Properties: {
            VersioningConfiguration: { 'Fn::If': ['Some', { Status: 'Enabled' }, { Status: 'Enabled' }] },
          },
        },
      },
    },
  },
  fails: {
    'nothing is said': {},
    'versions are suspended': { VersioningConfiguration: { Status: 'Suspended' } },
  },
  unknown: {
    'it is a parameter without a default': one({ VersioningConfiguration: { Status: { Ref: 'Given' } } }),
    'whether it is rebuildable is known only at deploy': MAYBE_CASE,
  },
  notApplicable: { 'it is declared rebuildable': REBUILDABLE },
});

const replicating = (Bucket: unknown, rule: object = {}) => ({
  ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Destination: { Bucket }, ...rule }] },
});
const ELSEWHERE = 'arn:aws:s3:::elsewhere';

checks(bucketIsReplicated, {
  passes: {
    'a rule is enabled': replicating(ELSEWHERE),
    'one of two rules is enabled': {
      ReplicationConfiguration: { Rules: [{ Status: 'Disabled' }, { Status: 'Enabled' }] },
    },
  },
  fails: {
    'there is no rule': {},
    'the rule is off': replicating(ELSEWHERE, { Status: 'Disabled' }),
  },
  unknown: {
    'the rules come from a transform': { ReplicationConfiguration: { Rules: { 'Fn::Transform': {} } } },
    'the status is a parameter without a default': one(replicating(ELSEWHERE, { Status: { Ref: 'Given' } })),
    'whether it is rebuildable is known only at deploy': MAYBE_CASE,
  },
  notApplicable: {
    'it is declared rebuildable': REBUILDABLE,
    'it takes logs only': LOGS_ONLY,
  },
  equivalent: {
    '*Destination.Bucket': 'which bucket takes the copies is the question of another rule',
    '*Rules.0.Status': 'beside a rule that is enabled, others may be off',
  },
});

const acrossStacks = (region: string) => ({
  stacks: {
    Main: {
      region: 'eu-west-1',
      template: {
        Resources: {
          Subject: {
            Type: BUCKET,
            Properties: { BucketName: 'main', ...replicating('arn:aws:s3:::copies') },
          },
        },
      },
    },
    Copies: {
      region,
      template: { Resources: { Copies: { Type: BUCKET, Properties: { BucketName: 'copies' } } } },
    },
  },
});

checks(bucketIsReplicatedToOtherRegion, {
  passes: {
    'the copies are in another region': acrossStacks('eu-central-1'),
    'the copies are on another continent': acrossStacks('us-east-1'),
  },
  fails: {
    'there is no rule': {},
    'the copies stay in the region': acrossStacks('eu-west-1'),
    'the rule is off': one(replicating(ELSEWHERE, { Status: 'Disabled' })),
  },
  unknown: {
    'the destination is not in the app': replicating(ELSEWHERE),
    'the region of the stack is not known': {
      stacks: {
        Main: {
          template: {
            Resources: { Subject: { Type: BUCKET, Properties: replicating('arn:aws:s3:::copies') } },
          },
        },
        Copies: {
          region: 'eu-central-1',
          template: { Resources: { Copies: { Type: BUCKET, Properties: { BucketName: 'copies' } } } },
        },
      },
    },
  },
  notApplicable: {
    'it is declared rebuildable': REBUILDABLE,
    'it takes logs only': LOGS_ONLY,
  },
});

const locked = (retention: object) => ({
  ObjectLockEnabled: true,
  ObjectLockConfiguration: { Rule: { DefaultRetention: retention } },
});

/** A bucket that reports are delivered to, and what its policy denies to everybody. */
function delivered(denied: object, others: { readonly reports?: undefined } = {}) {
  const reports = {
    Type: 'AWS::Backup::ReportPlan',
    Properties: { ReportDeliveryChannel: { S3BucketName: { Ref: 'Subject' } } },
  };
  const statement = {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    Resource: { 'Fn::Sub': '${Subject.Arn}/*' },
    ...denied,
  };
  const policy = {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: { Ref: 'Subject' }, PolicyDocument: { Statement: [statement] } },
  };
  return one({}, { policy, ...('reports' in others ? {} : { reports }) });
}

checks(bucketLocksObjects, {
  passes: {
    'objects are locked for days': locked({ Mode: 'GOVERNANCE', Days: 30 }),
    'objects are locked for years': locked({ Mode: 'COMPLIANCE', Years: 1 }),
  },
  fails: {
    'nothing is said': {},
    'the lock has no default': { ObjectLockEnabled: true },
    'the lock is off': { ...locked({ Mode: 'GOVERNANCE', Days: 30 }), ObjectLockEnabled: false },
    'the lock is for no time': locked({ Mode: 'GOVERNANCE' }),
    'logs are delivered to it, and can be deleted': delivered({ Action: ['s3:DeleteObject'] }),
    'nobody can delete, but it is no bucket for logs': delivered({}, { reports: undefined }),
  },
  unknown: {
    'the days are a parameter without a default': one(locked({ Mode: 'GOVERNANCE', Days: { Ref: 'Given' } })),
    'logs are delivered to it, and what is denied is a parameter': delivered({ Action: { Ref: 'Given' } }),
  },
  notApplicable: {
    'logs are delivered to it, and nobody can delete them': delivered({}),
    'it takes access logs, which no lock lets in': {
      Resources: {
        Subject: {
          Type: BUCKET,
          Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'Subject' } } },
        },
      },
    },
  },
});

const PLAN = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{}] } } };
const planned = (arn: string) =>
  one(
    {},
    {
      Plan: PLAN,
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: [arn] } },
      },
    },
  );

checks(bucketIsBackedUp, {
  passes: {
    'a plan selects everything': planned('*'),
    'a plan selects all buckets': planned('arn:aws:s3:::*'),
  },
  fails: {
    'no plan selects it': {},
    'the plan selects tables': planned('arn:aws:dynamodb:*:*:table/*'),
  },
  unknown: { 'whether it is rebuildable is known only at deploy': MAYBE_CASE },
  notApplicable: {
    'it is declared rebuildable': REBUILDABLE,
    'it takes logs only': LOGS_ONLY,
  },
});

it.each([bucketIsReplicated, bucketIsReplicatedToOtherRegion])(
  '$id asks for nothing where the tier owes copies of backups only',
  (rule) => {
    const bare = { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } };
    expect(outcomeOf(rule, bare, Tier.BUSINESS_CRITICAL)).toBe('fail');
    expect(outcomeOf(rule, bare, Tier.IMPORTANT)).toBe('notApplicable');
  },
);
