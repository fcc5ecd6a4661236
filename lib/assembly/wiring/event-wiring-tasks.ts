import { standsFor } from '../iam/iam-resources';
import { Resource } from '../resource';
import { isMap, isScalar, Reference, Unknown, type Value } from '../value';
import type { EventEdge, EventMode } from './event-edge';
import { definitionOf, type State, type TaskAction, taskActionOf } from './state-machine';

/** Parameters of tasks that name what a task works with. */
const NAMING = [
  'Cluster',
  'EventBusName',
  'FunctionName',
  'JobQueue',
  'ProjectName',
  'QueueUrl',
  'StateMachineArn',
  'TableName',
  'TaskDefinition',
  'TopicArn',
];

/** Services that take a message and answer before it is dealt with. */
const TAKE_MESSAGES = ['batch', 'ecs', 'events', 'sns', 'sqs', 'states'];

/** What the tasks of a state machine work with. */
export function taskEdgesOf(machine: Resource): readonly EventEdge[] {
  const definition = definitionOf(machine);
  const edge = { kind: 'task', from: machine, via: machine, presence: machine.presence } as const;
  if (definition instanceof Unknown)
    return [{ ...edge, mode: definition, to: definition, property: 'DefinitionString' }];
  const { property } = definition;
  return definition.states
    .filter(({ type }) => type === 'Task')
    .flatMap((state) =>
      targetsOf(state, machine).map((to) => ({
        ...edge,
        mode: modeOf(state),
        to,
        property: `${property}.${state.path}`,
      })),
    );
}

function modeOf(state: State): EventMode {
  const action = taskActionOf(state);
  return action && isLeft(state, action) ? 'asynchronous' : 'synchronous';
}

/** Whether a task is done when the event is taken, not when it is dealt with. */
function isLeft({ body }: State, { service, waitsFor }: TaskAction): boolean {
  if (waitsFor !== 'answer') return false;
  if (service !== 'lambda') return TAKE_MESSAGES.includes(service);
  return settingsOf(body).some((settings) => settings.InvocationType === 'Event');
}

function targetsOf({ body }: State, machine: Resource): readonly (Resource | Unknown)[] {
  const { Resource: task } = body;
  const direct =
    task instanceof Reference || /:(function|activity):/.test(isScalar(task) ? String(task) : '');
  const values: (Value | undefined)[] = direct ? [task] : [];
  for (const settings of settingsOf(body)) values.push(...NAMING.map((name) => settings[name]));
  return values
    .filter((value) => value !== undefined)
    .map((value) => {
      const found = machine.stack.graph.resolve(value, machine);
      return found instanceof Resource ? standsFor(found) : found;
    });
}

function settingsOf(body: State['body']) {
  return [body.Parameters, body.Arguments].filter(isMap);
}
