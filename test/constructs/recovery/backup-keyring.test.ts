import {
  App,
  CliCredentialsStackSynthesizer,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Stack,
} from 'aws-cdk-lib/core';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { BackupKeyring, type BackupKeyringProps } from '../../../lib/constructs/recovery/backup-keyring';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { Tier } from '../../../lib/objectives/tier';
import { catalogued, refusal, shopOf } from '../fixtures';
import { roleIn } from './fixtures';
import { ACCOUNTS, all, inTwoRegions, statement } from './region-fixtures';

const tier = Tier.MISSION_CRITICAL;
const plain = (stack: RegionStack) => {
  new BackupKeyring(stack, 'Keyring');
};

describe('the keyring of backups', () => {
  it('has a key in each region, apart from all others', () => {
    const { primary, standby } = inTwoRegions({ tier }, plain);
    for (const stack of [primary, standby]) {
      const key = all(stack, 'AWS::KMS::Key').find(({ Description }) => /backups$/.test(Description));
      expect(key).toMatchObject({
        EnableKeyRotation: true,
        RotationPeriodInDays: 365,
        PendingWindowInDays: 30,
      });
      expect(key.MultiRegion).toBeUndefined();
    }
  });

  const policyOf = (
    nonProduction = false,
    build = plain,
    accounts: typeof ACCOUNTS | undefined = undefined,
  ) =>
    all(
      inTwoRegions({ tier, nonProduction, ...(accounts && { accounts }) }, build).primary,
      'AWS::KMS::Key',
    ).find(({ Description }) => /: backups$/.test(Description)).KeyPolicy;

  it('lets IAM delegate administration and never use', () => {
    const account = statement(policyOf(), 'Account');
    expect(account.Action).toContain('kms:PutKeyPolicy');
    for (const action of ['kms:*', 'kms:Decrypt', 'kms:Encrypt', 'kms:CreateGrant', 'kms:GenerateDataKey*']) {
      expect(account.Action).not.toContain(action);
    }
  });

  it.each([
    [false, 'true', 'what users depend on is not deleted by accident'],
    [true, 'false', 'this stage is not production: it may be torn down'],
  ])('says whether anybody may delete what it protects: torn down %s', (nonProduction, value, because) => {
    const { primary } = inTwoRegions({ tier, nonProduction }, plain);
    expect(catalogued(primary).decisions).toContainEqual(
      expect.objectContaining({ what: 'Keyring.deletionDenied', value, because }),
    );
    const sids = policyOf(nonProduction).Statement.map(({ Sid }: { Sid: string }) => Sid);
    expect(sids.includes('NobodyEndsTheKey')).toBe(!nonProduction);
  });

  it('is used through AWS Backup of the own account only', () => {
    expect(statement(policyOf(), 'ThroughBackup').Condition.StringEquals).toMatchObject({
      'kms:CallerAccount': [ACCOUNTS[0]],
    });
    expect(statement(policyOf(), 'GrantsForBackup').Condition.Bool).toEqual({
      'kms:GrantIsForAWSResource': 'true',
    });
  });

  it('is used by AWS Backup of the other account too where the service has two', () => {
    const { Condition } = statement(policyOf(false, plain, ACCOUNTS), 'ThroughBackup');
    expect(Condition.StringEquals['kms:CallerAccount']).toEqual([...ACCOUNTS]);
  });

  it('is used by the role of AWS Backup in each account, and by roles that it works as', () => {
    const policy = policyOf(
      false,
      (stack) => {
        new BackupKeyring(stack, 'Keyring').serve(roleIn(stack, 'Restorer'), 'Restore');
      },
      ACCOUNTS,
    );
    const roles = JSON.stringify(statement(policy, 'BackupServiceRole').Condition.ArnEquals);
    for (const account of ACCOUNTS) {
      expect(roles).toContain(
        `${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
      );
    }
    expect(statement(policy, 'Restore').Action).toContain('kms:Decrypt');
    expect(statement(policy, 'GrantsForRestore').Condition.Bool).toEqual({
      'kms:GrantIsForAWSResource': 'true',
    });
  });

  it('is ended by nobody but the break-glass role', () => {
    const denied = statement(policyOf(), 'NobodyEndsTheKey');
    expect(denied).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['kms:DisableKey', 'kms:ScheduleKeyDeletion'],
    });
    expect(Object.keys(denied.Condition)).toEqual(['ArnNotLike']);
    expect(JSON.stringify(denied.Condition)).toMatch(/KeyringBreakGlass/);
    expect(JSON.stringify(denied.Condition)).not.toMatch(/cfn-exec-role|:root/);
  });

  it('is ended by the break-glass role with MFA only', () => {
    expect(statement(policyOf(), 'BreakGlassWithMfaOnly')).toMatchObject({
      Effect: 'Deny',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    });
  });

  it('locks nobody out: those who deploy, and the account, still change its policy', () => {
    const { Condition, Action } = statement(policyOf(), 'OnlyDeploysChangeThePolicy');
    expect(Action).toBe('kms:PutKeyPolicy');
    const exempt = JSON.stringify(Condition.ArnNotLike['aws:PrincipalArn']);
    expect(exempt).toMatch(/role\/cdk-\*-cfn-exec-role-111122223333-eu-west-1/);
    expect(exempt).toMatch(/111122223333:root/);
    expect(exempt).toMatch(/KeyringBreakGlass/);
  });

  it('denies nothing where it may be torn down', () => {
    const effects = policyOf(true).Statement.map(({ Effect }: { Effect: string }) => Effect);
    expect(new Set(effects)).toEqual(new Set(['Allow']));
  });

  it('lets people take the break-glass role with MFA, for an hour', () => {
    const { primary } = inTwoRegions({ tier }, plain);
    const role = all(primary, 'AWS::IAM::Role').find(({ Description }) => /with MFA only/.test(Description));
    expect(role.MaxSessionDuration).toBe(3600);
    expect(role.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    });
  });

  it('tells of every attempt, and fires an alarm', () => {
    const { primary } = inTwoRegions({ tier }, plain);
    const [rule] = all(primary, 'AWS::Events::Rule');
    expect(rule.EventPattern.detail.eventName).toEqual(['DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion']);
    expect(rule.Targets).toHaveLength(1);
    const alarm = all(primary, 'AWS::CloudWatch::Alarm').find(({ Namespace }) => Namespace === 'AWS/Events');
    expect(alarm).toMatchObject({
      MetricName: 'MatchedEvents',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(alarm.AlarmActions).toHaveLength(1);
  });
});

describe('the keyring of backups is refused when', () => {
  it('a role both administers and uses the key', () => {
    const both = () =>
      inTwoRegions({ tier }, (stack) => {
        const role = roleIn(stack, 'Both');
        new BackupKeyring(stack, 'Keyring', { administrators: [role], users: [role] });
      });
    expect(refusal(both)).toMatchObject({
      problem: 'Shop-eu-west-1/Both both administers and uses the key',
      fix: 'give the two duties to two roles',
    });
  });

  it('the break-glass role works with the key every day', () => {
    const everyDay = () =>
      inTwoRegions({ tier }, (stack) => {
        const role = roleIn(stack, 'Emergency');
        new BackupKeyring(stack, 'Keyring', { users: [role], breakGlassRole: role });
      });
    expect(refusal(everyDay)).toMatchObject({
      problem: 'Shop-eu-west-1/Emergency breaks the glass and works with the key every day',
      fix: 'keep the break-glass role for emergencies only',
    });
  });
});

describe('who may change the policy of the key', () => {
  const exempt = (synthesizer: IStackSynthesizer, props: BackupKeyringProps = {}) => {
    const env = { account: '111122223333', region: 'eu-west-1' };
    const stack = new Stack(new App(), 'Shop', { env, synthesizer });
    declareService(stack, shopOf(tier));
    new BackupKeyring(stack, 'Keyring', props);
    const [key] = all(stack, 'AWS::KMS::Key').filter(({ Description }) => /: backups$/.test(Description));
    return JSON.stringify(statement(key.KeyPolicy, 'OnlyDeploysChangeThePolicy').Condition);
  };

  it('is the role that the stack is deployed with', () => {
    const usual = /role\/cdk-\*-cfn-exec-role-111122223333-eu-west-1/;
    expect(exempt(new DefaultStackSynthesizer())).toMatch(usual);
    expect(exempt(new DefaultStackSynthesizer({ qualifier: 'bank' }))).toMatch(usual);
    const own = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/bank-deploys';
    const named = exempt(new DefaultStackSynthesizer({ cloudFormationExecutionRole: own }));
    expect(named).toContain('role/bank-deploys');
    expect(named).not.toMatch(usual);
  });

  it('must be said where nothing shows it', () => {
    expect(refusal(() => exempt(new CliCredentialsStackSynthesizer()))).toMatchObject({
      problem:
        'its stack is deployed with the credentials of whoever calls the CLI, whom its policy would shut out',
      fix: 'give deployerArns: the roles that deploy it',
    });
    const deployerArns = ['arn:aws:iam::111122223333:role/pipeline'];
    expect(exempt(new CliCredentialsStackSynthesizer(), { deployerArns })).toContain('role/pipeline');
  });
});
