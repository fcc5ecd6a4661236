import { valuesAt } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import { isList, isMap, Unknown, type Value, type ValueMap, wordOf } from '../../assembly/value';
import { AWS_FACTS, type SecondsRange } from '../../calculus/aws-facts';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import type { AssessedService } from '../assessed-service';
import { triggerAlarms } from '../switching/plan-start';
import { planeBeside } from './impaired';
import { alarmStep } from './noticing';
import { inSequence, longest, type Path, type Step } from './path';
import { acknowledged, decided } from './people';

const PLAN = 'AWS::ARCRegionSwitch::Plan';
const MINUTE = 60;

/** How a Region switch plan of a service brings it out of a region that is lost. */
export interface SwitchPlan {
  readonly plan: Resource;

  /** What starts it, and all of its steps. */
  readonly path: Path;
}

/** The plan that switches a service out of a region, with the start that its triggers or a person make. */
export function switchPlanOf(
  { resources }: AssessedService,
  region: string,
  detection: Step,
): SwitchPlan | undefined {
  const plans = resources.filter(({ type }) => type === PLAN);
  const plan = plans.find((each) => valuesAt(each, 'Regions').flat().includes(region)) ?? plans[0];
  const workflow = plan && workflowFor(plan, region);
  if (!plan || !workflow) return undefined;
  const regions = valuesAt(plan, 'Regions')
    .flat()
    .filter((each) => typeof each === 'string');
  const steps = stepsOf(workflow.Steps, { plan, plane: planeBeside(region, regions) });
  const gated = steps.some(({ gate }) => gate);
  const path = inSequence(
    ...startOf(plan, triggerFired(plan, region) ?? detection, gated),
    ...steps.map(({ path: each }) => each),
  );
  return { plan, path };
}

/** The slowest of the alarms that start it, where all of them are in the app and speak when that region is lost. */
function triggerFired(plan: Resource, lost: string): Step | undefined {
  const steps = triggerAlarms(plan).map((alarm) =>
    alarm instanceof Unknown || (alarm.region ?? lost) === lost ? undefined : alarmStep(alarm),
  );
  const known = steps.filter((step) => step !== undefined);
  if (known.length < steps.length) return undefined;
  return known.sort((a, b) => b.worstSeconds - a.worstSeconds)[0];
}

/** Somebody starts it where no trigger does; where nobody else is asked, that somebody decides. */
function startOf(plan: Resource, detection: Step, gated: boolean): readonly Step[] {
  const triggers = plan.list('Triggers');
  if (!(triggers instanceof Unknown) && triggers.length > 0) return [detection];
  const fix = 'give the plan Triggers, so that alarms start it';
  return [detection, acknowledged(fix), ...(gated ? [] : [decided(fix)])];
}

function workflowFor(plan: Resource, region: string): ValueMap | undefined {
  const workflows = plan.list('Workflows');
  if (workflows instanceof Unknown) return undefined;
  return workflows.filter(isMap).find(({ WorkflowTargetAction: action, WorkflowTargetRegion: target }) => {
    if (action === 'deactivate') return target === undefined || target === region;
    return action === 'activate' && target !== region;
  });
}

interface PlanStep {
  readonly path: Path;

  /** Whether a person is asked. */
  readonly gate: boolean;
}

interface Place {
  readonly plan: Resource;

  /** The control plane of where it leads. */
  readonly plane: string;
}

function stepsOf(value: Value | undefined, place: Place): readonly PlanStep[] {
  return (isList(value) ? value : []).filter(isMap).map((step) => stepOf(step, place));
}

function stepOf(step: ValueMap, { plan, plane }: Place): PlanStep {
  const { ExecutionBlockType: type, ExecutionBlockConfiguration: configuration, Name: name } = step;
  const blocks = isMap(configuration) ? Object.values(configuration).filter(isMap) : [];
  if (type === 'Parallel') {
    const parts = blocks.flatMap((block) => stepsOf(block.Steps, { plan, plane }));
    return { path: longest(parts.map(({ path }) => path)), gate: parts.some(({ gate }) => gate) };
  }
  const minutes = blocks.map((block) => Number(block.TimeoutMinutes)).find((each) => each > 0);
  const worstSeconds =
    minutes === undefined ? AWS_FACTS.regionSwitchApprovalTimeoutSeconds.value : minutes * MINUTE;
  const gate = type === 'ManualApproval';
  const usual = USUAL[wordOf(type)] ?? RECOVERY_FACTS.regionSwitchStepSeconds.value;
  const what = gate ? 'a person approves' : wordOf(type);
  const path = inSequence({
    what: typeof name === 'string' && name !== '' ? `${what} (${name})` : what,
    typicalSeconds: Math.min(usual.typical, worstSeconds),
    worstSeconds,
    source: minutes === undefined ? AWS_FACTS.regionSwitchApprovalTimeoutSeconds.source : 'TimeoutMinutes',
    resource: plan,
    fix: 'set a shorter TimeoutMinutes, or run steps side by side',
    ...(SCALING.test(wordOf(type)) && { controlPlane: 'starts units in the region that takes over', plane }),
    ...(PROMOTING.test(wordOf(type)) && { controlPlane: 'promotes a copy', plane }),
  });
  return { path, gate };
}

const SCALING = /Scaling|EKSResource/;
const PROMOTING = /GlobalDatabase|DocumentDb|ReadReplica/;

const USUAL: Readonly<Record<string, SecondsRange>> = {
  ARCRoutingControl: RECOVERY_FACTS.recordChangeSeconds.value,
  AuroraGlobalDatabase: AWS_FACTS.auroraGlobalFailoverSeconds.value,
  ManualApproval: AWS_FACTS.acknowledgeSeconds.value,
  Route53HealthCheck: RECOVERY_FACTS.recordChangeSeconds.value,
};
