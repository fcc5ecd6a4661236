import { type Mistake, repeated } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import { REGION_SWITCH } from '../../../objectives/policy/sources';
import type { TierChoices } from '../../governance/tier-choices';
import type { RegionSwitchProps } from './region-switch-props';
import { approvalRoleMistakes, manualApproval } from './steps/gate-steps';
import type { PlanAlarms } from './switch-alarm';
import { boundMistakes, type SwitchBlock } from './switch-block';
import type { PlanSite } from './switch-site';
import { type OrderedWorkflow, SwitchAction } from './switch-workflow';

/** Whether a workflow moves the service, and does not only clear up behind it. @internal */
export function isSwitch({ action }: OrderedWorkflow): boolean {
  return action !== SwitchAction.POST_RECOVERY;
}

/** How many people are asked before the steps; approvals among the steps count. @internal */
export function chooseGates(
  choices: TierChoices,
  { bothServe }: PlanSite,
  { approvals, stateful, triggers = [] }: RegionSwitchProps,
  workflows: readonly OrderedWorkflow[],
): number {
  const switches = workflows.filter(isSwitch);
  const movesData = switches.some(({ blocks }) => blocks.some((each) => each.movesData));
  const { regionSwitchApprovers, automaticSwitchAlarms } = choices.policy;
  const peopleDecide = stateful ?? (movesData || !bothServe);
  const startsAlone = triggers.length > 0 && automaticSwitchAlarms.value === undefined;
  const owed = peopleDecide || startsAlone ? regionSwitchApprovers : NOBODY;
  const chosen = choices.atLeast({ what: 'approvals', owed, chosen: approvals });
  const among = Math.min(...switches.map(({ blocks }) => blocks.filter(isGate).length));
  return Math.max(0, chosen - among);
}

function isGate({ type }: SwitchBlock): boolean {
  return type === 'ManualApproval';
}

/** @internal */
export function gateMistakes(
  { approvalRoleArns, approvers, approvals }: RegionSwitchProps,
  gates: number,
): Mistake[] {
  const mistakes = [
    ...boundMistakes('approvals', approvals, { least: 0, most: 10 }),
    ...(approvalRoleArns ?? []).flatMap((arn) => approvalRoleMistakes('approvalRoleArns', arn)),
    ...repeated([...(approvalRoleArns ?? [])]).map((arn) => ({
      problem: `${arn} approves twice, so one person is enough`,
      fix: 'name another role for each approval',
    })),
  ];
  for (const [what, given] of Object.entries({ approvalRoleArns, approvers })) {
    if (given === undefined || given.length === gates) continue;
    mistakes.push({
      problem: `${what} names ${given.length}, but ${gates} must approve`,
      fix: `name one for each of the ${gates} approvals`,
    });
  }
  return mistakes;
}

/** @internal */
export function withGates(
  workflow: OrderedWorkflow,
  gates: number,
  roles: readonly string[],
  { approvalTimeout }: RegionSwitchProps,
): OrderedWorkflow {
  if (!isSwitch(workflow)) return workflow;
  const asked = Array.from({ length: gates }, (_, index) =>
    manualApproval({
      name: `Approval ${index + 1}`,
      description: 'Is the switch worth what it may lose?',
      approvalRoleArn: roles[index] ?? '',
      ...(approvalTimeout && { timeout: approvalTimeout }),
    }),
  );
  return { ...workflow, blocks: [...asked, ...workflow.blocks] };
}

/** An active-active service leaves a region by itself only when several alarms agree. @internal */
export function chooseTriggers(
  choices: TierChoices,
  { bothServe }: PlanSite,
  { triggers }: PlanAlarms,
  gates: number,
): void {
  choices.record({
    what: 'triggers',
    value: triggers.length,
    because: triggers.length === 0 ? 'a person starts the plan: nobody has named alarms' : 'named by hand',
    source: REGION_SWITCH,
  });
  const { automaticSwitchAlarms } = choices.policy;
  const { value } = automaticSwitchAlarms;
  if (!bothServe || value === undefined || gates > 0) return;
  for (const { alarms } of triggers) {
    choices.atLeast({
      what: 'automaticSwitchAlarms',
      owed: { ...automaticSwitchAlarms, value },
      chosen: alarms.length,
    });
  }
}

const NOBODY: Decided<number> = {
  value: 0,
  because: 'nothing is lost by a switch: both regions serve, or nothing is kept',
  source: REGION_SWITCH,
};
