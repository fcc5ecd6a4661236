import type { Truth } from '../conditions';
import { Resource } from '../resource';
import { sameToken } from '../same-token';
import { describe, isList, isMap, Reference, Unknown, type Value, type ValueMap, wordOf } from '../value';

/**
 * Whether a container behind a target group gets another host port at each start; undefined where no ECS service of
 * the app registers with it.
 */
export function dynamicPortOf(targetGroup: Resource): Truth | undefined {
  const { graph } = targetGroup.stack;
  const services = [...new Set(graph.mentionsOf(targetGroup, 'AWS::ECS::Service').map(({ from }) => from))];
  const answers = services.flatMap((service) =>
    entriesOf(service.get('LoadBalancers'))
      .filter((entry) => namesGroup(entry, targetGroup))
      .map((entry) => isDynamic(service, entry)),
  );
  if (answers.length === 0) return undefined;
  return answers.includes(true) || (answers.find((answer) => answer instanceof Unknown) ?? false);
}

function namesGroup(entry: ValueMap, targetGroup: Resource): boolean {
  const { TargetGroupArn: group } = entry;
  return group instanceof Reference && group.resource === targetGroup;
}

function isDynamic(service: Resource, { ContainerName: name, ContainerPort: port }: ValueMap): Truth {
  const task = service.target('TaskDefinition');
  if (!(task instanceof Resource)) return task ?? new Unknown(`${service.logicalId} has no task definition`);
  // On instances, ECS takes the bridge where no mode is set; every other mode maps a port to itself.
  const mode = task.text('NetworkMode') ?? 'bridge';
  if (mode instanceof Unknown) return mode;
  if (mode !== 'bridge') return false;
  const container = entriesOf(task.get('ContainerDefinitions')).find(({ Name }) => same(Name, name));
  const mapping = entriesOf(container?.PortMappings).find(({ ContainerPort }) => same(ContainerPort, port));
  if (!mapping)
    return new Unknown(
      `the port of container ${describe(name)} of ${task.logicalId} is known only at deploy`,
    );
  const { HostPort: host = 0 } = mapping;
  return host instanceof Unknown ? host : wordOf(host) === '0';
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  return a !== undefined && b !== undefined && sameToken(a, b) === true;
}

function entriesOf(value: Value | undefined): readonly ValueMap[] {
  return (isList(value) ? value : [value]).filter(isMap);
}
