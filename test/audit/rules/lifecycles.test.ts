import { lifecyclesAgree } from '../../../lib/audit/rules/lifecycles';
import { Tier } from '../../../lib/objectives/tier';
import { REBUILDABLE } from '../../support/rebuildable';
import { checks, outcomeOf } from '../../support/rule-cases';

const PARAMETERS = { Given: { Type: 'String' } };
const VAULT = { Type: 'AWS::Backup::BackupVault' };
const locked = (LockConfiguration: object) => ({ ...VAULT, Properties: { LockConfiguration } });
const LOCKED = locked({ MinRetentionDays: 14, MaxRetentionDays: 90 });
const copyFor = (days: unknown, vault = 'Vault') => ({
  CopyActions: [
    {
      DestinationBackupVaultArn: { 'Fn::GetAtt': [vault, 'BackupVaultArn'] },
      Lifecycle: { DeleteAfterDays: days },
    },
  ],
});
const plan = (DeleteAfterDays: unknown, rule: object = {}, vault: object = LOCKED) => ({
  Parameters: PARAMETERS,
  Resources: {
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanRule: [{ TargetBackupVault: { Ref: 'Vault' }, Lifecycle: { DeleteAfterDays }, ...rule }],
        },
      },
    },
    Vault: vault,
  },
});
const bucket = (rule: object, Status = 'Enabled') => ({
  Parameters: PARAMETERS,
  Resources: {
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        VersioningConfiguration: { Status },
        LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ...rule }] },
      },
    },
  },
});
const old = (NoncurrentDays: unknown) => ({ NoncurrentVersionExpiration: { NoncurrentDays } });
const deadLetters = (properties: object) => ({
  Resources: {
    Failed: { Type: 'AWS::SQS::Queue', Properties: properties },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] } } },
    },
  },
});
const stream = (RetentionPeriodHours: number) => ({
  Resources: { Stream: { Type: 'AWS::Kinesis::Stream', Properties: { RetentionPeriodHours } } },
});
const NO_BOUND = 'without a bound nothing contradicts it';

checks(lifecyclesAgree, {
  passes: {
    'the lock lets backups be kept so long': plan(35),
    'copies are kept as long': plan(35, copyFor(35), VAULT),
    'old versions are kept as long as owed': bucket(old(35)),
    'failed messages outlast the repair': deadLetters({ MessageRetentionPeriod: 345_600 }),
    'the stream outlasts the repair': stream(48),
  },
  fails: {
    'backups go before the lock lets them': plan(7),
    'backups are kept longer than the lock lets them': plan(120),
    'backups are kept for ever, which the lock does not let them': plan(undefined, { Lifecycle: {} }),
    'copies go before their source': plan(35, copyFor(30)),
    'copies go before the source that is kept for ever': plan(0, { Lifecycle: {}, ...copyFor(30) }, VAULT),
    'old versions go after a week': bucket(old(7)),
    'failed messages go within a minute': deadLetters({ MessageRetentionPeriod: 60 }),
    'the stream keeps nothing': stream(0),
  },
  unknown: {
    'the days are a parameter without a default': plan({ Ref: 'Given' }),
    'the lock is a parameter without a default': plan(35, {}, locked({ MinRetentionDays: { Ref: 'Given' } })),
    'the days of versions are a parameter without a default': bucket(old({ Ref: 'Given' })),
  },
  notApplicable: {
    'the vault is not in the app': {
      Resources: {
        Plan: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: 'elsewhere' }] } },
        },
      },
    },
    'the rule is for a part of the objects': bucket({ ...old(7), Prefix: 'tmp/' }),
    'the bucket keeps no versions': bucket(old(7), 'Suspended'),
    'the queue is no queue for failed messages': {
      Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 60 } } },
    },
    'the bucket is declared rebuildable': {
      Resources: {
        Bucket: {
          Type: 'AWS::S3::Bucket',
          Properties: { ...bucket(old(7)).Resources.Bucket.Properties, ...REBUILDABLE },
        },
      },
    },
  },
  equivalent: {
    '*TargetBackupVault': NO_BOUND,
    '*DestinationBackupVaultArn': NO_BOUND,
    'Bucket.VersioningConfiguration.Status': 'without versions there are no old ones',
    'Bucket.LifecycleConfiguration.Rules.0.Status': 'a rule that is off ends nothing',
    'Queue.*': 'what takes no failed messages is not asked',
  },
});

describe('X-36', () => {
  it('leaves the expiry of current objects alone where no service says what they are for', () => {
    expect(outcomeOf(lifecyclesAgree, bucket({ ExpirationInDays: 7 }))).toBe('notApplicable');
  });

  it('holds the expiry of current objects of a service to what its tier owes', () => {
    const config = {
      services: [{ name: 'shop', tier: Tier.IMPORTANT, stacks: ['*'], paths: [], tags: {} }],
      rules: {},
    } as unknown as Parameters<typeof outcomeOf>[3];
    expect(outcomeOf(lifecyclesAgree, bucket({ ExpirationInDays: 7 }), undefined, config)).toBe('fail');
  });
});
