import { stageRollbacks } from '../../assembly/observe/pipeline-rollbacks';
import { rollbackOf } from '../../assembly/observe/rollback-alarms';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { textOfBoolean } from '../../assembly/question';
import type { Resource } from '../../assembly/resource';
import { isMap, Unknown, type Value } from '../../assembly/value';
import { startsTasks } from '../../assembly/wiring/started-tasks';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import type { AssessedService } from '../assessed-service';
import { alarmStep } from './noticing';
import { hangingOn, inSequence, longest, type Path, type Step, taking } from './path';
import { byHand } from './people';
import { SPREAD_TYPES, started, targetGroupsOf, unitsOf } from './units';
import type { Structure } from './walk';

/** What takes a deploy back without waiting for a person. */
function fixFor(resource: Resource): string {
  const { type } = resource;
  if (type === 'AWS::ECS::Service')
    return 'let alarms take a deploy back: DeploymentConfiguration.Alarms with Rollback';
  if (type === 'AWS::Lambda::Function')
    return 'let CodeDeploy move an alias of the function, and alarms take it back: AutoRollbackConfiguration';
  return startsTasks(resource)
    ? 'let alarms take back what the pipeline deploys'
    : 'deploy by CodeDeploy, and let alarms take it back: AutoRollbackConfiguration';
}

/** The way back from a bad deploy: noticed, and the version before deployed again; all that runs code side by side. */
export function rolledBack({ resources }: AssessedService, { nodes }: Structure): Path {
  const needed = new Set(nodes.map(({ resource }) => resource));
  return longest(resources.filter((resource) => needed.has(resource) && runsCode(resource)).map(wayBackOf));
}

function runsCode(resource: Resource): boolean {
  const { type } = resource;
  const stands = SPREAD_TYPES.has(type) || type === 'AWS::Lambda::Function' || type === 'AWS::EC2::Instance';
  return stands || startsTasks(resource);
}

function wayBackOf(resource: Resource): Path {
  const alarms = alarmsOf(resource);
  const steps = alarms.map(alarmStep).filter((step) => step !== undefined);
  const again = deployedAgain(resource, steps.length > 0);
  if (steps.length > 0) return inSequence(longest(steps.map((step) => inSequence(step))), again);
  const open = whoDeploys(resource);
  const person = byHand(resource, open === undefined ? again : hangingOn(again, open), fixFor(resource));
  if (!hasCircuitBreaker(resource)) return person;
  // It sees tasks that do not start or are not healthy; what starts and fails its users, a person sees.
  const seen = inSequence(
    taking(RECOVERY_FACTS.circuitBreakerSeconds, {
      what: 'the circuit breaker gives the deploy up',
      resource,
    }),
    again,
  );
  return { ...person, typicalSeconds: Math.min(person.typicalSeconds, seen.typicalSeconds) };
}

/** A pipeline of another app may take a deploy back; one of this app that does not is no help. */
function whoDeploys({ stack: { graph } }: Resource): string | undefined {
  return graph.ofType('AWS::CodePipeline::Pipeline').length > 0
    ? undefined
    : 'what deploys the app, and may take a deploy back, is not in it';
}

/** The version before, deployed as the new one was. */
function deployedAgain(resource: Resource, byItself: boolean): Path {
  if (resource.type === 'AWS::Lambda::Function')
    return byItself
      ? inSequence(
          taking(RECOVERY_FACTS.aliasShiftSeconds, {
            what: 'the alias leads to the version before',
            resource,
            controlPlane: 'changes the alias',
          }),
        )
      : stackUpdated(resource);
  // Each run starts anew: the next one is of the version before.
  if (startsTasks(resource)) return stackUpdated(resource);
  const rolling = rolledOut(resource);
  return byItself && resource.type === 'AWS::ECS::Service'
    ? rolling
    : inSequence(stackUpdated(resource), rolling);
}

function stackUpdated(resource: Resource): Path {
  return inSequence(
    taking(RECOVERY_FACTS.stackUpdateSeconds, {
      what: 'the stack is updated to the version before',
      resource,
      controlPlane: 'updates the stack',
    }),
  );
}

/** Units are replaced in batches, each of which must be healthy before the next. */
function rolledOut(resource: Resource): Path {
  const batches = batchesOf(resource);
  const step = inSequence(...started(resource, targetGroupsOf(resource), ROLLING_FIX));
  const seconds = (each: number) => each * batches;
  return {
    ...step,
    steps: step.steps.map((each): Step => {
      const what = batches === 1 ? each.what : `${each.what}, in ${batches} batches`;
      return {
        ...each,
        what,
        worstSeconds: seconds(each.worstSeconds),
        typicalSeconds: seconds(each.typicalSeconds),
      };
    }),
    worstSeconds: seconds(step.worstSeconds),
    typicalSeconds: seconds(step.typicalSeconds),
  };
}

const ROLLING_FIX = 'replace more units at a time: a higher MaximumPercent, or a larger MaxBatchSize';

function batchesOf(resource: Resource): number {
  const units = Math.max(1, unitsOf(resource) ?? 1);
  const atOnce =
    resource.type === 'AWS::ECS::Service' ? tasksAtOnce(resource, units) : instancesAtOnce(resource);
  return Math.max(1, Math.ceil(units / Math.max(1, atOnce)));
}

/** What may run above or below the wanted number while tasks are replaced. */
function tasksAtOnce(service: Resource, units: number): number {
  const most = numberAt(service, 'DeploymentConfiguration.MaximumPercent', 200);
  const least = numberAt(service, 'DeploymentConfiguration.MinimumHealthyPercent', 100);
  return Math.floor((units * most) / 100) - Math.ceil((units * least) / 100);
}

function instancesAtOnce(group: Resource): number {
  const policy = group.attribute('UpdatePolicy');
  const rolling = isMap(policy) ? policy.AutoScalingRollingUpdate : undefined;
  const size = isMap(rolling) ? Number(rolling.MaxBatchSize) : Number.NaN;
  return size > 0 ? size : 1;
}

function numberAt(resource: Resource, path: string, otherwise: number): number {
  const value = resource.number(path);
  return typeof value === 'number' ? value : otherwise;
}

/** The alarms that take the deploys of a resource back: its own, those of its deployment group, those of its pipeline. */
function alarmsOf(resource: Resource): readonly Resource[] {
  const own =
    resource.type === 'AWS::ECS::Service' && isOn(resource, 'DeploymentConfiguration.Alarms')
      ? rollbackOf(resource).alarms
      : [];
  const groups = deploying(resource.stack.graph).get(resource) ?? [];
  return [...new Set([...own, ...groups])];
}

function isOn(resource: Resource, path: string): boolean {
  return [resource.get(`${path}.Enable`), resource.get(`${path}.Rollback`)].every(isTrue);
}

function hasCircuitBreaker(resource: Resource): boolean {
  return isOn(resource, 'DeploymentConfiguration.DeploymentCircuitBreaker');
}

function isTrue(value: Value | undefined): boolean {
  return typeof value === 'boolean' || typeof value === 'string' ? textOfBoolean(value) === 'true' : false;
}

/** What takes back the deploys of each resource by a deployment group or by the stage of a pipeline. */
const deploying = oncePerGraph((graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, Resource[]>();
  const groups = graph
    .ofType('AWS::CodeDeploy::DeploymentGroup')
    .filter((group) => isTrue(group.get('AutoRollbackConfiguration.Enabled')))
    .map(rollbackOf);
  const stages = graph
    .ofType('AWS::CodePipeline::Pipeline')
    .flatMap(stageRollbacks)
    .flatMap((stage) => (stage instanceof Unknown ? [] : [{ ...stage, alarms: stage.followed }]));
  for (const { deployed, alarms } of [...groups, ...stages])
    for (const resource of alarms.length > 0 ? deployed : [])
      found.set(resource, [...(found.get(resource) ?? []), ...alarms]);
  return found;
});
