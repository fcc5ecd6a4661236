import type { Graph } from '../../../assembly/graph';
import { valuesAt } from '../../../assembly/network/zones';
import { oncePerGraph } from '../../../assembly/once-per-graph';
import { Resource } from '../../../assembly/resource';
import { isMap } from '../../../assembly/value';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** The groups of instances on which the tasks of a service run. */
export interface CapacityGroups {
  readonly groups: readonly Resource[];

  /** Whether each of them carries a share, as a strategy says; else any instance of the cluster will do. */
  readonly shares: boolean;
}

/** Those of its capacity providers, else all of its cluster. */
export function clusterGroupsOf(service: Resource): CapacityGroups {
  const own = groupsAt(service, 'CapacityProviderStrategy');
  if (own.length > 0) return { groups: own, shares: true };
  const cluster = service.target('Cluster');
  const all = cluster instanceof Resource ? (groupsByCluster(service.stack.graph).get(cluster) ?? []) : [];
  return { groups: all, shares: false };
}

/** The groups of the capacity providers that a strategy or a list names. */
function groupsAt(resource: Resource, path: string): readonly Resource[] {
  const groups = valuesAt(resource, path)
    .flat()
    .map((entry) => (isMap(entry) ? entry.CapacityProvider : entry))
    .map((name) => resource.stack.graph.resolve(name ?? null, resource))
    .filter((provider) => provider instanceof Resource)
    .map((provider) => provider.target('AutoScalingGroupProvider.AutoScalingGroupArn'))
    .filter((group) => group instanceof Resource);
  return [...new Set(groups)].filter(({ type }) => type === GROUP);
}

/** What starts instances carries the name of their cluster in the data that it gives them. */
const LAUNCHED_BY = ['LaunchConfigurationName', 'LaunchTemplate.LaunchTemplateId'];

const groupsByCluster = oncePerGraph((graph: Graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, Set<Resource>>();
  const add = (cluster: Resource, groups: readonly Resource[]) => {
    const known = found.get(cluster) ?? new Set<Resource>();
    found.set(cluster, known);
    for (const group of groups) known.add(group);
  };
  for (const cluster of graph.ofType('AWS::ECS::Cluster')) {
    add(cluster, groupsAt(cluster, 'CapacityProviders'));
    add(cluster, groupsAt(cluster, 'DefaultCapacityProviderStrategy'));
  }
  for (const association of graph.ofType('AWS::ECS::ClusterCapacityProviderAssociations')) {
    const cluster = association.target('Cluster');
    if (cluster instanceof Resource) add(cluster, groupsAt(association, 'CapacityProviders'));
  }
  for (const group of graph.ofType(GROUP))
    for (const cluster of clustersNamedBy(group)) add(cluster, [group]);
  return new Map([...found].map(([cluster, groups]) => [cluster, [...groups]]));
});

function clustersNamedBy(group: Resource): readonly Resource[] {
  const launchers = LAUNCHED_BY.map((path) => group.target(path)).filter((one) => one instanceof Resource);
  return [group, ...launchers].flatMap(({ references }) =>
    references.map(({ reference }) => reference.resource).filter(({ type }) => type === 'AWS::ECS::Cluster'),
  );
}
