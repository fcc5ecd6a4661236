import type { Duration } from 'aws-cdk-lib/core';
import type { Mistake } from '../../../../objectives/mistakes';
import {
  accountOf,
  block,
  formMistakes,
  type SwitchBlock,
  SwitchPhase,
  type SwitchStepProps,
} from '../switch-block';

/** Properties of a step that waits for a person. */
export interface ManualApprovalStepProps extends SwitchStepProps {
  /** The role that may approve, by its full ARN with its path. */
  readonly approvalRoleArn: string;
}

/** Properties of a step that runs another plan. */
export interface ChildPlanStepProps {
  /** What people see while the plan runs. */
  readonly name: string;

  /**
   * What it is for.
   *
   * @default - nothing is said
   */
  readonly description?: string;

  /**
   * The ARN of the other plan, with the six characters that AWS gave it. It must be of the same two regions and the same
   * approach, and have no children itself.
   */
  readonly planArn: string;

  /** How long the other plan takes at its worst: the step has no timeout of its own. */
  readonly expected: Duration;
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_manual_approval.html @internal */
export function manualApproval(props: ManualApprovalStepProps): SwitchBlock {
  const { approvalRoleArn } = props;
  return block(props, {
    type: 'ManualApproval',
    phase: SwitchPhase.GATE,
    usualMinutes: 15,
    extraMistakes: approvalRoleMistakes(props.name, approvalRoleArn),
    permissions: () => [],
    render: (_site, timeoutMinutes) => ({
      executionApprovalConfig: { approvalRole: approvalRoleArn, timeoutMinutes },
    }),
  });
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_plan_execution.html @internal */
export function childPlan({ planArn, expected, ...props }: ChildPlanStepProps): SwitchBlock {
  const account = accountOf(planArn);
  const own = block(
    { ...props, timeout: expected },
    {
      type: 'ARCRegionSwitchPlan',
      phase: SwitchPhase.ACTION,
      usualMinutes: 0,
      extraMistakes: formMistakes(
        `${props.name}: planArn`,
        planArn,
        /^arn:aws[a-zA-Z-]*:arc-region-switch::[0-9]{12}:plan\/[a-zA-Z0-9-]{1,32}:[a-z0-9]{6}$/,
        'arn:aws:arc-region-switch::<account>:plan/<name>:<six characters>',
      ),
      permissions: () => [
        {
          actions: [
            'arc-region-switch:StartPlanExecution',
            'arc-region-switch:GetPlanExecution',
            'arc-region-switch:CancelPlanExecution',
            'arc-region-switch:UpdatePlanExecution',
            'arc-region-switch:ListPlanExecutions',
            // For the report of the parent.
            'arc-region-switch:ListPlanExecutionEvents',
          ],
          resources: [planArn],
          account,
        },
      ],
      render: (site) => ({ regionSwitchPlanConfig: { arn: planArn, ...site.access(account) } }),
    },
  );
  return { ...own, accounts: () => (account === undefined ? [] : [account]) };
}

/** Side by side: it takes as long as the longest. @internal */
export function parallel(name: string, steps: readonly SwitchBlock[]): SwitchBlock {
  // Region switch takes no step of this kind within another, and one level says the same.
  const parts = steps.flatMap((each) => each.parts ?? [each]);
  const phases = parts.map((part) => part.phase);
  const own = block(
    { name },
    {
      type: 'Parallel',
      phase: phases.length === 0 ? SwitchPhase.ACTION : Math.max(...phases),
      usualMinutes: 0,
      movesData: parts.some((part) => part.movesData),
      parts,
      extraMistakes:
        parts.length > 0 ? [] : [{ problem: `${name}: nothing runs side by side`, fix: 'give it steps' }],
      permissions: (site) => parts.flatMap((part) => part.permissions(site)),
      render: () => ({ parallelConfig: { steps: [] } }),
    },
  );
  return {
    ...own,
    accounts: () => parts.flatMap((part) => part.accounts()),
    mistakes: (regions) => [...own.mistakes(regions), ...parts.flatMap((part) => part.mistakes(regions))],
  };
}

/** @internal */
export function approvalRoleMistakes(where: string, arn: string): Mistake[] {
  const form = formMistakes(
    `${where}: approvalRoleArn`,
    arn,
    /^arn:aws[a-zA-Z0-9-]*:iam::[0-9]{12}:role\/.+$/,
    'arn:aws:iam::<account>:role/<path>/<name>',
  );
  // A role of IAM Identity Center lives under a path that its name does not show.
  if (form.length > 0 || !/:role\/AWSReservedSSO_/.test(arn)) return form;
  return [
    {
      problem: `${where}: ${arn} leaves out the path of the role, so nobody could approve`,
      fix: 'write role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_…',
    },
  ];
}
