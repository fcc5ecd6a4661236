import { balancerValuesOf } from '../compute/load-balancer-targets';
import { forwardsOf, resolveTargetGroup } from '../compute/load-balancing';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { isMap, Unknown, type Value } from '../value';
import { partsOf } from './alarm-composites';
import { watchedBy } from './alarms';

/** The alarms that take a deploy back, and what it changes. */
export interface Rollback {
  /** Those that are named, with the parts of composite ones. */
  readonly alarms: readonly Resource[];

  /** Why there may be others. @default - there are no others */
  readonly unknown?: Unknown;

  /** The property that names them. */
  readonly property: string;

  /** What shows whether the new version serves: the service or function, its target groups and load balancers. */
  readonly deployed: readonly Resource[];
}

/** What takes back the deploys of an ECS service, a deployment group or an environment of AppConfig. */
export function rollbackOf(resource: Resource): Rollback {
  switch (resource.type) {
    case 'AWS::ECS::Service':
      return rollback(resource, 'DeploymentConfiguration.Alarms.AlarmNames', withFront(resource));
    case 'AWS::CodeDeploy::DeploymentGroup':
      return rollback(resource, 'AlarmConfiguration.Alarms', deployedBy(resource));
    default:
      return rollback(resource, 'Monitors', []);
  }
}

function rollback(resource: Resource, property: string, deployed: readonly Resource[]): Rollback {
  const list = resource.list(property);
  if (list instanceof Unknown) return { alarms: [], unknown: list, property, deployed };
  const named = list.map((entry) => resource.stack.graph.resolve(alarmIn(entry), resource));
  const alarms = named.filter((alarm) => alarm instanceof Resource);
  const open = named.find((alarm) => alarm instanceof Unknown);
  return {
    alarms: [...new Set(alarms.flatMap(withParts))],
    ...(open instanceof Unknown && { unknown: open }),
    property,
    deployed,
  };
}

function alarmIn(entry: Value): Value {
  return isMap(entry) ? (entry.Name ?? entry.AlarmArn ?? null) : entry;
}

/** An alarm with all that it is composed of. */
export function withParts(alarm: Resource): readonly Resource[] {
  return [alarm, ...allPartsOf(alarm)];
}

function allPartsOf(alarm: Resource, above: readonly Resource[] = []): readonly Resource[] {
  if (above.includes(alarm)) return [];
  return partsOf(alarm).flatMap((part) => [part, ...allPartsOf(part, [...above, alarm])]);
}

/** A service with the target groups that it registers with, and the load balancers before them. */
function withFront(service: Resource): readonly Resource[] {
  const groups = balancerValuesOf(service)
    .map((value) => resolveTargetGroup(value, service))
    .filter((group) => group instanceof Resource);
  return [
    service,
    ...groups,
    ...groups.flatMap((group) => balancersBefore(service.stack.graph).get(group) ?? []),
  ];
}

const balancersBefore = oncePerGraph((graph) => {
  const before = new Map<Resource, Resource[]>();
  for (const balancer of graph.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
    for (const { targetGroup } of forwardsOf(balancer).forwards) {
      const list = before.get(targetGroup) ?? [];
      before.set(targetGroup, list);
      list.push(balancer);
    }
  }
  return before;
});

/** What a deployment group changes: its service, or the functions whose aliases it moves. */
function deployedBy(group: Resource): readonly Resource[] {
  const { graph } = group.stack;
  const services = group.list('ECSServices');
  const named = (services instanceof Unknown ? [] : services).map((service) =>
    graph.resolve((isMap(service) ? service.ServiceName : undefined) ?? null, group),
  );
  const aliases = aliasesOf(graph).get(group) ?? [];
  return [
    ...named.filter((service) => service instanceof Resource).flatMap(withFront),
    ...aliases,
    ...aliases.map((alias) => alias.target('FunctionName')).filter((fn) => fn instanceof Resource),
  ];
}

const aliasesOf = oncePerGraph((graph) => {
  const byGroup = new Map<Resource, Resource[]>();
  for (const alias of graph.ofType('AWS::Lambda::Alias')) {
    const policy = alias.body.UpdatePolicy as { readonly CodeDeployLambdaAliasUpdate?: unknown } | undefined;
    if (policy?.CodeDeployLambdaAliasUpdate === undefined) continue;
    const value = alias.attribute('UpdatePolicy');
    const update = isMap(value) ? value.CodeDeployLambdaAliasUpdate : undefined;
    const name = isMap(update) ? update.DeploymentGroupName : undefined;
    const group = name === undefined ? undefined : graph.resolve(name, alias);
    if (group instanceof Resource) byGroup.set(group, [...(byGroup.get(group) ?? []), alias]);
  }
  return byGroup;
});

/** Whether an alarm watches one metric of one resource. */
export function watches(alarm: Resource, resource: Resource, metric: string): boolean {
  return watchedBy(alarm).some((watched) => watched.resource === resource && watched.name === metric);
}
