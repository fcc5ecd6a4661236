import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { AirGappedVault, type AirGappedVaultProps } from '../../../lib/constructs/recovery/air-gapped-vault';
import { ApprovalTeam, type ApprovalTeamProps } from '../../../lib/constructs/recovery/approval-team';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, only, refusal, shopOf, shopStack } from '../fixtures';

const vaultOf = (props: AirGappedVaultProps = {}) => {
  const stack = shopStack(Tier.MISSION_CRITICAL);
  return { stack, vault: new AirGappedVault(stack, 'AirGapped', props) };
};

const team = {
  identityCenterArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
  approverIds: ['ann', 'bob', 'cyn'],
};

const teamOf = (props: Partial<ApprovalTeamProps> = {}, region = 'us-east-1') => {
  const stack = new Stack(new App(), 'Approvals', { env: { account: ACCOUNT, region } });
  declareService(stack, shopOf(Tier.MISSION_CRITICAL));
  return { stack, team: new ApprovalTeam(stack, 'Team', { ...team, ...props }) };
};

describe('an air-gapped vault', () => {
  it('takes every retention that a plan may ask for, under a key of AWS', () => {
    const { stack } = vaultOf();
    const vault = only(stack, 'AWS::Backup::LogicallyAirGappedBackupVault');
    expect(vault).toMatchObject({
      BackupVaultName: 'shop-airgapped',
      MinRetentionDays: 7,
      MaxRetentionDays: 3653,
    });
    expect(vault.EncryptionKeyArn).toBeUndefined();
    expect(vault.AccessPolicy).toBeUndefined();
  });

  it('takes copies of the accounts that are named', () => {
    const { stack } = vaultOf({ sourceAccounts: ['444455556666'] });
    const { AccessPolicy } = only(stack, 'AWS::Backup::LogicallyAirGappedBackupVault');
    expect(JSON.stringify(AccessPolicy)).toContain('444455556666');
    expect(AccessPolicy.Statement[0].Action).toBe('backup:CopyIntoBackupVault');
  });

  it('has an ARN that others can write down', () => {
    const { vault, stack } = vaultOf({ vaultName: 'central' });
    expect(JSON.stringify(stack.resolve(vault.vaultArn))).toContain(
      ':backup:eu-west-1:111122223333:backup-vault:central',
    );
  });

  it.each<[string, AirGappedVaultProps, string]>([
    [
      'it keeps for too short a time',
      { minRetention: Duration.days(1) },
      'minRetention is 1 d, but an air-gapped vault keeps for 7 d at least',
    ],
    [
      'its longest time is shorter than its shortest',
      { minRetention: Duration.days(35), maxRetention: Duration.days(30) },
      'maxRetention is 30 d, which is not between minRetention (35 d) and 36500 d',
    ],
    ['its name is none', { vaultName: 'My Vault' }, 'vaultName "My Vault" is no name of an air-gapped vault'],
  ])('is refused when %s', (_, props, problem) => {
    expect(refusal(() => vaultOf(props)).problem).toBe(problem);
  });
});

describe('an approval team', () => {
  it('needs two of three, by the policy that CloudFormation takes', () => {
    const { stack } = teamOf();
    expect(only(stack, 'AWS::MPA::ApprovalTeam')).toMatchObject({
      Name: 'shop-approvals-team',
      ApprovalStrategy: { MofN: { MinApprovalsRequired: 2 } },
      Policies: [
        { PolicyArn: 'arn:aws:mpa:::aws:policy/backup.amazonaws.com/CreateRestoreAccessVault/$DEFAULT' },
      ],
    });
    expect(only(stack, 'AWS::MPA::ApprovalTeam').Approvers).toHaveLength(3);
  });

  it('guards a vault by its ARN', () => {
    const approvalTeamArn = 'arn:aws:mpa:us-east-1:111122223333:approval-team/shop-team-1a2b';
    const { stack } = vaultOf({ approvalTeamArn });
    expect(only(stack, 'AWS::Backup::LogicallyAirGappedBackupVault').MpaApprovalTeamArn).toBe(
      approvalTeamArn,
    );
  });

  it('is refused outside its region', () => {
    expect(refusal(() => teamOf({}, 'eu-west-1'))).toMatchObject({
      problem: 'the stack is in eu-west-1, but Multi-party approval is in us-east-1 only',
      fix: 'build the team in a stack in us-east-1, and give its ARN to the vault as approvalTeamArn',
    });
  });

  it.each<[string, Partial<ApprovalTeamProps>, RegExp]>([
    ['one person could agree alone', { minimumApprovals: 1 }, /minimumApprovals is 1: one person alone/],
    ['one who is away stops everything', { minimumApprovals: 3 }, /3 approvers, of whom 3 must agree/],
    ['a person is named twice', { approverIds: ['ann', 'ann', 'bob'] }, /approver ann is named twice/],
    ['nobody is named', { approverIds: [] }, /0 approvers, of whom 2 must agree/],
    ['it has no identity source', { identityCenterArn: '' }, /identityCenterArn is missing/],
  ])('is refused when %s', (_, props, problem) => {
    expect(refusal(() => teamOf(props)).problem).toMatch(problem);
  });
});
