import { valuesAt } from '../network/zones';
import { Resource } from '../resource';

const TASKS: Readonly<Record<string, string>> = {
  'AWS::Events::Rule': 'Targets.*.EcsParameters',
  'AWS::Scheduler::Schedule': 'Target.EcsParameters',
};

/** Whether a rule or a schedule starts tasks of ECS by itself, with no service that keeps them running. */
export function startsTasks(resource: Resource): boolean {
  const path = TASKS[resource.type];
  return path !== undefined && valuesAt(resource, path).length > 0;
}

/** The definitions of the tasks that a rule or a schedule starts, as far as the app holds them. */
export function startedTasksOf(resource: Resource): readonly Resource[] {
  const path = TASKS[resource.type];
  if (path === undefined) return [];
  const found = valuesAt(resource, `${path}.TaskDefinitionArn`)
    .map((value) => resource.stack.graph.resolve(value, resource))
    .filter((task) => task instanceof Resource);
  return [...new Set(found)];
}
