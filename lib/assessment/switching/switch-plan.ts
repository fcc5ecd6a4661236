import { mayDo } from '../../assembly/iam/iam-access';
import { standsFor } from '../../assembly/iam/iam-resources';
import { valuesAt } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import { isList, isMap, type Value, type ValueMap, wordOf } from '../../assembly/value';
import { AWS_FACTS, type SecondsRange } from '../../calculus/aws-facts';
import type { Fact } from '../../calculus/fact';
import type { FailoverTerm } from '../../calculus/failover-time';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import type { Step } from '../recovery/path';
import { acknowledged } from '../recovery/people';
import { decidedByPeople, usually } from './by-people';
import { startOf } from './plan-start';

export const PLAN = 'AWS::ARCRegionSwitch::Plan';

const { acknowledgeSeconds, auroraGlobalFailoverSeconds, instanceLaunchSeconds, bootSeconds } = AWS_FACTS;

/** A part that usually takes as long as a fact says. */
export function termOf(what: string, { value, source }: Fact<SecondsRange>): FailoverTerm {
  return { what, seconds: value.typical, source };
}

export function secondsOf(terms: readonly FailoverTerm[]): number {
  return terms.reduce((total, { seconds }) => total + seconds, 0);
}

/** One step of a workflow. */
export interface PlanStep {
  readonly type: string;

  /** What it is set to do. */
  readonly config: ValueMap;

  /** The steps that it takes side by side. @default - none */
  readonly parts: readonly PlanStep[];
}

/** The steps of each workflow, with the region that it brings users to, where it says so. */
function workflowsOf(
  plan: Resource,
): readonly { readonly to: string; readonly steps: readonly PlanStep[] }[] {
  return valuesAt(plan, 'Workflows')
    .flat()
    .filter(isMap)
    .map(({ Steps: steps, WorkflowTargetAction: action, WorkflowTargetRegion: target }) => ({
      to: wordOf(action) === 'activate' ? wordOf(target) : '',
      steps: stepsIn(steps),
    }));
}

/** The steps that bring users to a region; where no workflow is for it, those of the longest one. */
function stepsOf(plan: Resource, to: string | undefined): readonly PlanStep[] {
  const workflows = workflowsOf(plan);
  const [longest] = [...workflows].sort((a, b) => b.steps.length - a.steps.length);
  return (workflows.find((workflow) => workflow.to === to) ?? longest)?.steps ?? [];
}

/** All steps of all workflows, with those that are taken side by side. */
export function allStepsOf(plan: Resource): readonly PlanStep[] {
  return workflowsOf(plan)
    .flatMap(({ steps }) => steps)
    .flatMap(unfolded);
}

function unfolded(step: PlanStep): readonly PlanStep[] {
  return [step, ...step.parts.flatMap(unfolded)];
}

function stepsIn(value: Value | undefined): readonly PlanStep[] {
  return (isList(value) ? value : []).flatMap((step) => {
    if (!isMap(step) || typeof step.ExecutionBlockType !== 'string') return [];
    const { ExecutionBlockType: type, ExecutionBlockConfiguration: block } = step;
    const config = isMap(block) ? block : {};
    const parts = Object.values(config).flatMap((each) => (isMap(each) ? stepsIn(each.Steps) : []));
    return [{ type, config, parts }];
  });
}

const aurora = termOf('promotion of the database', auroraGlobalFailoverSeconds);
const replica = termOf('promotion of the database', RECOVERY_FACTS.readReplicaPromotionSeconds);

/** Steps of a Region switch plan that change what runs: how long each usually takes. */
const CHANGING: Readonly<Record<string, FailoverTerm>> = {
  AuroraGlobalDatabase: aurora,
  DocumentDb: aurora,
  EC2AutoScaling: scaling('instances'),
  ECSServiceScaling: scaling('tasks'),
  EKSResourceScaling: scaling('pods'),
  NeptuneGlobalDatabase: aurora,
  RdsPromoteReadReplica: replica,
  RdsSwitchoverReadReplica: replica,
};

function scaling(what: string): FailoverTerm {
  return {
    what: `more ${what}`,
    seconds: instanceLaunchSeconds.value.typical + bootSeconds.value.typical,
    source: instanceLaunchSeconds.source,
  };
}

/** What a Region switch plan takes. */
export interface PlanTaking {
  /** What starts it, the people that it waits for, and its steps. */
  readonly terms: readonly FailoverTerm[];

  /** Whether it changes what runs. */
  readonly changes: boolean;

  /** Why nothing is known of how soon its alarms fire. @default - it is, or a person starts it */
  readonly assumed?: string;
}

/**
 * What a Region switch plan takes, from the failure on. Where no trigger starts it a person does, and decides unless a step
 * asks for that.
 *
 * @param noticed what tells that person
 * @param to the region that it brings users to. Default: the workflow with the most steps counts
 */
export function takingOf(plan: Resource, noticed: Step, to?: string): PlanTaking {
  const steps = stepsOf(plan, to);
  const changes = steps.flatMap(termsOfStep);
  const asked = steps.flatMap(unfolded).some(({ type }) => type === 'ManualApproval');
  const start = startOf(plan);
  const begun = start
    ? [start.term]
    : asked
      ? [noticed, acknowledged()].map(usually)
      : decidedByPeople(noticed);
  return {
    terms: [...begun, ...(asked ? [termOf('a person approves', acknowledgeSeconds)] : []), ...changes],
    changes: changes.length > 0,
    ...(start?.assumed !== undefined && { assumed: start.assumed }),
  };
}

/** Of steps that are taken side by side the slowest counts. */
function termsOfStep({ type, parts }: PlanStep): readonly FailoverTerm[] {
  const [slowest] = parts.map(termsOfStep).sort((a, b) => secondsOf(b) - secondsOf(a));
  const own = CHANGING[type];
  return [...(own ? [own] : []), ...(slowest ?? [])];
}

/** What promotes a copy of a type: steps of a plan, and the calls by which a function does. */
const PROMOTING: Readonly<Record<string, readonly [steps: readonly string[], calls: readonly string[]]>> = {
  'AWS::AmazonMQ::Broker': [[], ['mq:Promote']],
  'AWS::DocDB::DBCluster': [['DocumentDb'], ['rds:FailoverGlobalCluster', 'rds:RemoveFromGlobalCluster']],
  'AWS::EFS::FileSystem': [[], ['elasticfilesystem:DeleteReplicationConfiguration']],
  'AWS::ElastiCache::ReplicationGroup': [
    [],
    ['elasticache:FailoverGlobalReplicationGroup', 'elasticache:DisassociateGlobalReplicationGroup'],
  ],
  'AWS::Neptune::DBCluster': [
    ['NeptuneGlobalDatabase'],
    ['rds:FailoverGlobalCluster', 'rds:RemoveFromGlobalCluster'],
  ],
  'AWS::RDS::DBCluster': [
    ['AuroraGlobalDatabase'],
    ['rds:FailoverGlobalCluster', 'rds:RemoveFromGlobalCluster', 'rds:PromoteReadReplicaDBCluster'],
  ],
  'AWS::RDS::DBInstance': [
    ['RdsPromoteReadReplica', 'RdsSwitchoverReadReplica'],
    ['rds:PromoteReadReplica', 'rds:SwitchoverReadReplica'],
  ],
};

/** Whether a Region switch plan promotes a copy: by a step that is made for it, or by a function that may. */
export function promotes(plan: Resource, { type }: Resource): boolean {
  const [steps, calls] = PROMOTING[type] ?? [[], []];
  return allStepsOf(plan).some(
    (step) =>
      steps.includes(step.type) ||
      functionsOf(step, plan).some((handler) => calls.some((call) => mayDo(handler, call) === true)),
  );
}

/** The functions of the app that a step runs. */
function functionsOf({ config: { CustomActionLambdaConfig: custom } }: PlanStep, plan: Resource) {
  const lambdas = isMap(custom) && isList(custom.Lambdas) ? custom.Lambdas : [];
  return lambdas
    .map((entry) => (isMap(entry) ? plan.stack.graph.resolve(entry.Arn ?? null, plan) : undefined))
    .filter((found) => found instanceof Resource)
    .map(standsFor);
}
