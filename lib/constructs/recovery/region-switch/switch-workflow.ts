import type { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import type { Mistake } from '../../../objectives/mistakes';
import { repeated } from '../../../objectives/mistakes';
import { parallel } from './steps/gate-steps';
import { type SwitchBlock, SwitchMoment, SwitchPhase, type SwitchSite } from './switch-block';
import type { SwitchStep } from './switch-step';
import type { StepMinutes } from './switch-timing';

/** What a workflow does for a region. */
export enum SwitchAction {
  /** Brings traffic to it. */
  ACTIVATE = 'activate',

  /** Takes traffic from it, where both regions serve. */
  DEACTIVATE = 'deactivate',

  /** Once it is over: makes the other region ready for the way back. */
  POST_RECOVERY = 'postRecovery',
}

/** A sequence of steps of your own order. */
export interface SwitchWorkflow {
  readonly action: SwitchAction;

  /** The steps, in the order in which they run; the gates that the tier decides come before them. */
  readonly steps: readonly SwitchStep[];

  /**
   * The region that it is for.
   *
   * @default - each of the two
   */
  readonly region?: string;
}

/** A workflow as the plan has it. @internal */
export interface OrderedWorkflow {
  readonly action: SwitchAction;
  readonly region?: string | undefined;
  readonly blocks: readonly SwitchBlock[];
}

/**
 * The order in which most switches go: people, databases, capacity, what is special, traffic. Databases run side by side,
 * and so does what is scaled.
 *
 * @internal
 */
export function inUsualOrder(blocks: readonly SwitchBlock[]): SwitchBlock[] {
  const of = (phase: SwitchPhase): SwitchBlock[] => blocks.filter((block) => block.phase === phase);
  return [
    ...of(SwitchPhase.GATE),
    ...sideBySide('Databases', of(SwitchPhase.DATABASE)),
    ...sideBySide('Capacity', of(SwitchPhase.SCALING)),
    ...of(SwitchPhase.ACTION),
    ...of(SwitchPhase.TRAFFIC),
  ];
}

function sideBySide(name: string, blocks: readonly SwitchBlock[]): readonly SwitchBlock[] {
  return blocks.length > 1 ? [parallel(name, blocks)] : blocks;
}

/** Workflows that are missing, and steps in those that they do not belong in. @internal */
export function workflowMistakes(
  workflows: readonly OrderedWorkflow[],
  needed: readonly SwitchAction[],
  regions: readonly string[],
): Mistake[] {
  const has = (action: SwitchAction, region: string): boolean =>
    workflows.some((each) => each.action === action && (each.region ?? region) === region);
  const gaps = needed.flatMap((action) =>
    regions
      .filter((region) => !has(action, region))
      .map((region) => ({
        problem: `no workflow has the action ${action} for ${region}`,
        fix: `add one, so that the plan goes both ways`,
      })),
  );
  return [
    ...gaps,
    ...workflows.flatMap((each) => strayMistakes(each, needed, regions)),
    ...workflows.flatMap(stepMistakes),
  ];
}

function strayMistakes(
  { action, region }: OrderedWorkflow,
  needed: readonly SwitchAction[],
  regions: readonly string[],
): Mistake[] {
  const mistakes: Mistake[] = [];
  if (region !== undefined && !regions.includes(region)) {
    mistakes.push({
      problem: `a workflow is for ${region}, which is no region of the plan`,
      fix: `name ${regions.join(' or ')}`,
    });
  }
  if (action === SwitchAction.DEACTIVATE && !needed.includes(action)) {
    mistakes.push({
      problem: 'a workflow deactivates a region, but one of the two only waits',
      fix: `use ${SwitchAction.ACTIVATE} for each region: who activates one leaves the other`,
    });
  }
  return mistakes;
}

function stepMistakes({ action, blocks }: OrderedWorkflow): Mistake[] {
  const singles = blocks.flatMap((block) => block.parts ?? [block]);
  const names = [...blocks, ...blocks.flatMap((block) => block.parts ?? [])].map(({ name }) => name);
  const moment = action === SwitchAction.POST_RECOVERY ? SwitchMoment.AFTERWARDS : SwitchMoment.SWITCH;
  const misplaced = singles.filter(({ when }) => when !== undefined && when !== moment);
  return [
    ...repeated(names).map((name) => ({
      problem: `two steps of one workflow are called ${name}`,
      fix: 'give each a name of its own: approvals name the step',
    })),
    ...misplaced.map(({ name }) => ({
      problem: `${name} belongs ${moment === SwitchMoment.SWITCH ? 'after the switch, not into it' : 'into the switch, not after it'}`,
      fix: moment === SwitchMoment.SWITCH ? 'move it to postRecovery' : 'move it to steps',
    })),
    ...(blocks.length === 0
      ? [{ problem: `a workflow to ${action} has no steps`, fix: 'give it steps' }]
      : []),
  ];
}

/** @internal */
export function renderWorkflow(
  { action, region, blocks }: OrderedWorkflow,
  site: SwitchSite,
  minutes: StepMinutes,
): CfnPlan.WorkflowProperty {
  return {
    workflowTargetAction: action,
    ...(region !== undefined && { workflowTargetRegion: region }),
    steps: blocks.map((block) => renderStep(block, site, minutes)),
  };
}

function renderStep(block: SwitchBlock, site: SwitchSite, minutes: StepMinutes): CfnPlan.StepProperty {
  const { name, description, type, parts } = block;
  return {
    name,
    ...(description !== undefined && { description }),
    executionBlockType: type,
    executionBlockConfiguration: parts
      ? { parallelConfig: { steps: parts.map((part) => renderStep(part, site, minutes)) } }
      : block.render(site, minutes.get(block) ?? 1),
  };
}
