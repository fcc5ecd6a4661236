import type { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import {
  AccountPrincipal,
  AccountRootPrincipal,
  Effect,
  type IPrincipal,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeInlinePolicy, acknowledgeWildcard } from '../../governance/nag';
import type { SwitchPermission } from './switch-block';
import type { PlanSite } from './switch-site';

/**
 * The role that the plan acts with: what its steps need in its own account, and the roles of other accounts.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_complete_policy.html
 * @internal
 */
export function executionRole(
  scope: Construct,
  site: PlanSite,
  planName: string,
  permissions: readonly SwitchPermission[],
): Role {
  const role = new Role(scope, 'ExecutionRole', {
    roleName: site.executionRoleName,
    assumedBy: new ServicePrincipal('arc-region-switch.amazonaws.com'),
    description: `What the Region switch plan ${planName} may do`,
  });
  const own = permissions.filter(({ account }) => account === undefined || account === site.account);
  const foreign = permissions.map(({ account }) => account).filter((account) => account !== undefined);
  allow(role, [
    ...own,
    { actions: ['iam:SimulatePrincipalPolicy'], resources: [site.executionRoleArn] },
    {
      actions: [
        'arc-region-switch:GetPlan',
        'arc-region-switch:GetPlanExecution',
        'arc-region-switch:ListPlanExecutions',
      ],
      // AWS adds six characters to the name of a plan.
      resources: [`arn:${site.partition}:arc-region-switch::${site.account}:plan/${planName}:*`],
    },
  ]);
  for (const account of [...new Set(foreign)].sort()) allowAccess(role, site.access(account));
  acknowledgeInlinePolicy(role);
  return role;
}

/** The role through which the plan reaches what lies in this account; `undefined` where no step touches it. @internal */
export function accessRole(
  scope: Construct,
  site: PlanSite,
  permissions: readonly SwitchPermission[],
): Role | undefined {
  const here = permissions.filter(({ account }) => account === site.accountHere);
  if (site.accountHere === site.account || here.length === 0) return undefined;
  // By account and name, not by ARN: IAM refuses to trust a role that is not there yet.
  const role = new Role(scope, 'AccessRole', {
    roleName: site.accessRoleName,
    assumedBy: new AccountPrincipal(site.account).withConditions({
      ArnEquals: { 'aws:PrincipalArn': site.executionRoleArn },
    }),
    description: `What the Region switch plan of ${site.account} may do in this account`,
  });
  allow(role, [
    ...here,
    {
      actions: ['iam:SimulatePrincipalPolicy'],
      resources: [`arn:${site.partition}:iam::${site.accountHere}:role/${site.accessRoleName}`],
    },
  ]);
  acknowledgeInlinePolicy(role);
  return role;
}

/** A role for one person who approves, and nothing else. @internal */
export function approvalRole(scope: Construct, index: number, approver: IPrincipal | undefined): Role {
  return new Role(scope, `Approver${index + 1}`, {
    assumedBy: approver ?? new AccountRootPrincipal(),
    description: `Approval ${index + 1} of a switch to another region`,
  });
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_manual_approval.html @internal */
export function allowApproval(roles: readonly Role[], plan: CfnPlan): void {
  for (const role of roles) {
    allow(role, [
      {
        actions: [
          'arc-region-switch:ApprovePlanExecutionStep',
          'arc-region-switch:GetPlan',
          'arc-region-switch:GetPlanInRegion',
          'arc-region-switch:GetPlanExecution',
          'arc-region-switch:ListPlanExecutions',
        ],
        resources: [plan.attrArn],
      },
    ]);
    acknowledgeInlinePolicy(role);
  }
}

function allow(role: Role, permissions: readonly SwitchPermission[]): void {
  for (const { actions, resources } of permissions) {
    role.addToPrincipalPolicy(
      new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] }),
    );
    for (const resource of resources.filter((each) => each.includes('*')))
      acknowledgeWildcard(role, resource, WILDCARD);
  }
}

function allowAccess(role: Role, { crossAccountRole, externalId }: CfnPlan.AsgProperty): void {
  if (crossAccountRole === undefined) return;
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['sts:AssumeRole'],
      resources: [crossAccountRole],
      ...(externalId !== undefined && { conditions: { StringEquals: { 'sts:ExternalId': externalId } } }),
    }),
  );
}

const WILDCARD =
  'The documented permission of a step: the action knows no resources, or their names are known only when it runs.';
