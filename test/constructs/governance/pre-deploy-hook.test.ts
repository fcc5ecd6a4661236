import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { PreDeployHook, type PreDeployHookProps } from '../../../lib/constructs/governance/pre-deploy-hook';
import { TIERS, Tier } from '../../../lib/objectives/tier';
import { refusal, shopStack, WEAKENING } from '../fixtures';

const HOOK = 'AWS::CloudFormation::GuardHook';
const rulesFile = join(__dirname, 'nines.guard');

function hookIn(
  props: Partial<PreDeployHookProps> = {},
  tier = Tier.BUSINESS_CRITICAL,
  nonProduction = false,
) {
  const stack = shopStack(tier, { nonProduction });
  const hook = new PreDeployHook(stack, 'Hook', { rulesFile, ...props });
  return { stack, hook, template: Template.fromStack(stack) };
}

const refused = (props: Partial<PreDeployHookProps>) => refusal(() => hookIn(props));

describe('a PreDeployHook', () => {
  it.each(TIERS)('stops deploys in production at tier %i, and warns elsewhere', (tier) => {
    hookIn({}, tier).template.hasResourceProperties(HOOK, { FailureMode: 'FAIL', HookStatus: 'ENABLED' });
    hookIn({}, tier, true).template.hasResourceProperties(HOOK, { FailureMode: 'WARN' });
  });

  it('judges what is made and changed, of every type unless types are named', () => {
    hookIn().template.hasResourceProperties(HOOK, {
      Alias: 'Nines::Guard::BeforeDeploy',
      TargetFilters: { Actions: ['CREATE', 'UPDATE'], TargetNames: Match.absent() },
      TargetOperations: ['RESOURCE'],
      StackFilters: Match.absent(),
    });
    hookIn({
      types: ['AWS::S3::Bucket', 'AWS::RDS::DBInstance'],
      cloudControl: true,
    }).template.hasResourceProperties(HOOK, {
      TargetFilters: { TargetNames: ['AWS::RDS::DBInstance', 'AWS::S3::Bucket'] },
      TargetOperations: ['RESOURCE', 'CLOUD_CONTROL'],
    });
  });

  it('lets stacks of the break-glass role through', () => {
    const breakGlassRoleArns = ['arn:aws:iam::111122223333:role/BreakGlass'];
    hookIn({ breakGlassRoleArns }).template.hasResourceProperties(HOOK, {
      StackFilters: { FilteringCriteria: 'ALL', StackRoles: { Exclude: breakGlassRoleArns } },
    });
  });

  it('reads its rules and writes its reports with a role that nobody else can take', () => {
    const { stack, hook, template } = hookIn();
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'hooks.cloudformation.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': stack.account } },
          },
        ],
      },
    });
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    const actions = policies.flatMap(({ Properties }) =>
      (Properties.PolicyDocument.Statement as readonly { readonly Action: string | string[] }[]).flatMap(
        ({ Action }) => Action,
      ),
    );
    expect(actions).toEqual([
      's3:GetObject',
      's3:GetObjectVersion',
      's3:ListBucket',
      's3:PutObject',
      'kms:GenerateDataKey',
      'kms:Decrypt',
    ]);
    template.hasResourceProperties(HOOK, { LogBucket: stack.resolve(hook.reports.bucketName) });
  });

  it('is made after the permissions of its role', () => {
    const { template } = hookIn();
    const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
    expect(policies).toHaveLength(2);
    template.hasResource(HOOK, { DependsOn: Match.arrayWith(policies.sort()) });
  });

  it('keeps its reports in production', () => {
    hookIn().template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    hookIn({}, Tier.STANDARD, true).template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  });

  it('takes a tier where no service is declared', () => {
    const stack = new Stack();
    new PreDeployHook(stack, 'Hook', { rulesFile, tier: Tier.STANDARD });
    Template.fromStack(stack).hasResourceProperties(HOOK, { FailureMode: 'FAIL' });
  });

  it('is refused where production only warns and nobody says why', () => {
    expect(refused({ stopsDeploys: false }).message).toMatch(
      /^Shop\/Hook: stopsDeploys is false, but the tier owes true/,
    );
    hookIn({ stopsDeploys: false, weakening: WEAKENING }).template.hasResourceProperties(HOOK, {
      FailureMode: 'WARN',
    });
  });

  it.each([
    [{ rulesFile: '' }, 'rulesFile is missing'],
    [{ rulesFile: 'rules.txt' }, 'rulesFile is "rules.txt"'],
    [{ alias: 'AWS::Guard::Rules' }, 'alias is "AWS::Guard::Rules"'],
    [{ alias: 'Rules' }, 'alias is "Rules"'],
    [{ types: ['buckets'] }, 'types has "buckets"'],
    [{ breakGlassRoleArns: ['BreakGlass'] }, 'breakGlassRoleArns has "BreakGlass"'],
  ])('is refused with %j', (props, message) => {
    expect(refused(props).message).toContain(message);
  });
});
