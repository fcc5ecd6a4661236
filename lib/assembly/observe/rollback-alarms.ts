import { balancerValuesOf } from '../compute/load-balancer-targets';
import { forwardsOf, resolveTargetGroup } from '../compute/load-balancing';
import type { Truth } from '../conditions';
import { oncePerGraph } from '../once-per-graph';
import { textOfBoolean } from '../question';
import { Resource } from '../resource';
import { everyTruth, someTruth } from '../truth';
import { isMap, isScalar, Unknown, type Value } from '../value';
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

/** A service or scaling group with the target groups that it registers with, and the load balancers before them. */
function withFront(service: Resource): readonly Resource[] {
  return [service, ...fronts(balancerValuesOf(service), service)];
}

/** Target groups with the load balancers before them, and Classic Load Balancers. */
function fronts(values: readonly Value[], from: Resource): readonly Resource[] {
  const groups = values
    .map((value) => resolveTargetGroup(value, from))
    .filter((group) => group instanceof Resource);
  return [...groups, ...groups.flatMap((group) => balancersBefore(from.stack.graph).get(group) ?? [])];
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

/** What a deployment group changes: its services, its scaling groups, or the functions whose aliases it moves. */
function deployedBy(group: Resource): readonly Resource[] {
  const { graph } = group.stack;
  const aliases = aliasesOf(graph).get(group) ?? [];
  const named = [
    ...entriesOf(group, 'ECSServices').map((service) => (isMap(service) ? service.ServiceName : undefined)),
    ...entriesOf(group, 'AutoScalingGroups'),
  ].map((value) => graph.resolve(value ?? null, group));
  const deployed = [
    ...named.filter((one) => one instanceof Resource).flatMap(withFront),
    ...fronts(frontNames(group), group),
    ...aliases,
    ...aliases.map((alias) => alias.target('FunctionName')).filter((fn) => fn instanceof Resource),
  ];
  return [...new Set(deployed)];
}

/** The target groups and Classic Load Balancers that a deployment group takes its hosts out of, by name. */
function frontNames(group: Resource): readonly Value[] {
  const lists = ['LoadBalancerInfo.TargetGroupInfoList', 'LoadBalancerInfo.ElbInfoList'];
  return lists
    .flatMap((list) => entriesOf(group, list))
    .flatMap((entry) => (isMap(entry) && entry.Name !== undefined ? [entry.Name] : []));
}

function entriesOf(resource: Resource, property: string): readonly Value[] {
  const list = resource.list(property);
  return list instanceof Unknown ? [] : list;
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

/** Whether a deploy goes back when one of its alarms fires, and the property that says so. */
export interface Return {
  readonly property: string;
  readonly goesBack: Truth;
}

/**
 * Whether an ECS service or a deployment group goes back when an alarm fires, and is not only stopped. Environments of AppConfig
 * and stages of pipelines always go back.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html
 */
export function revertsOnAlarm(resource: Resource): Return {
  switch (resource.type) {
    case 'AWS::ECS::Service': {
      const property = 'DeploymentConfiguration.Alarms.Rollback';
      return { property, goesBack: isOn(resource, property) };
    }
    case 'AWS::CodeDeploy::DeploymentGroup':
      return { property: RETURN, goesBack: groupGoesBack(resource) };
    default:
      return { property: '', goesBack: true };
  }
}

const RETURN = 'AutoRollbackConfiguration';

function groupGoesBack(group: Resource): Truth {
  if (group.get(RETURN) === undefined) return false;
  const events = group.list(`${RETURN}.Events`);
  const enabled = isOn(group, `${RETURN}.Enabled`);
  if (events instanceof Unknown) return everyTruth([enabled, events]);
  if (events.length === 0)
    return everyTruth([enabled, new Unknown('nothing says on which events it goes back')]);
  const named = events.map((event) =>
    isScalar(event) ? event === 'DEPLOYMENT_STOP_ON_ALARM' : new Unknown('an event is known only at deploy'),
  );
  return everyTruth([enabled, someTruth(named)]);
}

/** Whether a switch is on; of one that is left out AWS does not say. */
export function isOn(resource: Resource, property: string): Truth {
  const value = resource.get(property);
  if (value === undefined) return new Unknown(`nothing says whether ${property} is on`);
  if (value instanceof Unknown) return value;
  return isScalar(value) && textOfBoolean(value) === 'true';
}

/** Whether an alarm watches one metric of one resource. */
export function watches(alarm: Resource, resource: Resource, metric: string): boolean {
  return watchedBy(alarm).some((watched) => watched.resource === resource && watched.name === metric);
}
