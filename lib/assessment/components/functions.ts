import type { Graph } from '../../assembly/graph';
import { standsFor } from '../../assembly/iam/iam-resources';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { taskEdgesOf } from '../../assembly/wiring/event-wiring-tasks';
import type { Component } from '../component';
import { allOf, anyOf, type Failure, NEVER } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { needsOf } from '../needs';
import { namesCalledFail } from './called-names';
import { outgoingFail } from './outgoing';
import { sharedByAllFails, sharedFails } from './shared-services';
import { servesNobody } from './units/late-units';
import { waitsForFailover } from './units/waiting';
import { zoneNeedsFail } from './zone-needs';

const FUNCTION: Component = {
  types: ['AWS::Lambda::Function'],
  part: (handler) => (isAtEdge(handler) ? 'support' : 'work'),
  fails: (handler, model) => {
    if (isAtEdge(handler)) {
      model.assume(
        `${nameOf(handler)} runs at the edge, near users: only changes of it come from its own region`,
        handler,
      );
      return anyOf(sharedByAllFails('lambda-edge', handler, model), needsOf(handler, model));
    }
    return anyOf(
      turnedOff(handler, model),
      sharedFails('lambda', handler, model),
      networkFails(handler, model),
      outgoingFail(handler, model),
    );
  },
};

/** A reservation of nothing refuses every call; in a region that waits, the failover takes it away. */
function turnedOff(handler: Resource, model: Modelling): Failure {
  if (handler.number('ReservedConcurrentExecutions') !== 0) return NEVER;
  if (!waitsForFailover(handler, model))
    return servesNobody(handler, 'ReservedConcurrentExecutions is 0', model);
  model.assume(`${nameOf(handler)} takes no calls until the failover reserves it concurrency`, handler);
  return model.regionalControlPlane(handler);
}

const URL: Component = {
  types: ['AWS::Lambda::Url'],
  part: 'entry',
  fails: (url, model) => {
    const handler = standsFor(url);
    return handler === url ? sharedFails('lambda', url, model) : model.of(handler, url);
  },
};

/** A workflow needs what its tasks call and wait for; what starts containers or jobs needs a control plane. */
const WORKFLOW: Component = {
  types: ['AWS::StepFunctions::StateMachine'],
  part: 'work',
  fails: (machine, model) =>
    anyOf(
      sharedFails('step-functions', machine, model),
      needsOf(machine, model),
      ...tasksOf(machine).map((task) =>
        LAUNCHED.has(task.type) ? launchedFails(task, model) : model.of(task, machine),
      ),
    ),
};

export const FUNCTIONS: readonly Component[] = [FUNCTION, URL, WORKFLOW];

/** What a task starts anew each time. */
const LAUNCHED: ReadonlySet<string> = new Set([
  'AWS::Batch::JobQueue',
  'AWS::CodeBuild::Project',
  'AWS::ECS::Cluster',
  'AWS::ECS::TaskDefinition',
]);

/** Tasks of ECS that a workflow starts need what their definition calls, too. */
function launchedFails(task: Resource, model: Modelling): Failure {
  const plane = model.regionalControlPlane(task);
  if (task.type !== 'AWS::ECS::TaskDefinition') return plane;
  return anyOf(plane, needsOf(task, model, { eachTime: true }), namesCalledFail(task, model));
}

/** What the tasks of a workflow work with; of what is only handed over, the queue or topic. */
function tasksOf(machine: Resource): readonly Resource[] {
  const found = taskEdgesOf(machine)
    .filter(({ to, mode }) => to instanceof Resource && !(mode === 'asynchronous' && isHandler(to)))
    .map(({ to }) => to as Resource);
  return [...new Set(found)];
}

function isHandler({ type }: Resource): boolean {
  return type === 'AWS::Lambda::Function' || type === 'AWS::StepFunctions::StateMachine';
}

/** In subnets, a function runs in any zone that is there and has its way out. */
function networkFails(handler: Resource, model: Modelling): Failure {
  if (handler.zones.isEmpty) return NEVER;
  const zones = model.zoneNames(handler, handler.zones);
  return allOf(...zones.map((zone) => anyOf(model.zone(handler, zone), zoneNeedsFail(handler, model, zone))));
}

/** Whether a distribution runs a function at its edge. */
function isAtEdge(handler: Resource): boolean {
  return edgeFunctions(handler.stack.graph).has(handler);
}

const edgeFunctions = oncePerGraph((graph: Graph): ReadonlySet<Resource> => {
  const named = graph
    .ofType('AWS::CloudFront::Distribution')
    .flatMap(({ references }) => references.map(({ reference }) => reference))
    .filter(({ resource, attribute }) => resource.type === 'AWS::Lambda::Version' && attribute === 'Ref');
  return new Set(named.map(({ resource }) => standsFor(resource)));
});
