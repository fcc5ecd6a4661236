import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { isList, isMap, isScalar, Unknown, type Value } from '../value';

/** Where the tasks of a service run. */
export type EcsLaunch = 'EC2' | 'EXTERNAL' | 'FARGATE';

/** Where the tasks of a service run: by its launch type, its capacity providers, or those of its cluster. */
export function ecsLaunchOf(service: Resource): EcsLaunch | Unknown {
  const own = service.text('LaunchType');
  if (own instanceof Unknown) return own;
  if (own !== undefined) return own === 'FARGATE' || own === 'EXTERNAL' ? own : 'EC2';
  const strategy = service.get('CapacityProviderStrategy');
  return strategy === undefined ? launchOfCluster(service) : launchOf(strategy);
}

/** A service that says nothing takes the strategy of its cluster; where that has none, instances. */
function launchOfCluster(service: Resource): EcsLaunch | Unknown {
  if (service.get('Cluster') === undefined) return 'EC2';
  const cluster = service.target('Cluster');
  if (!(cluster instanceof Resource)) return cluster ?? new Unknown('the cluster is not known');
  const associated = associations(service.stack.graph).get(cluster);
  const strategy =
    cluster.get('DefaultCapacityProviderStrategy') ?? associated?.get('DefaultCapacityProviderStrategy');
  return strategy === undefined ? 'EC2' : launchOf(strategy);
}

const associations = oncePerGraph(
  (graph: Graph): ReadonlyMap<Resource, Resource> =>
    new Map(
      graph.ofType('AWS::ECS::ClusterCapacityProviderAssociations').flatMap((association) => {
        const cluster = association.target('Cluster');
        return cluster instanceof Resource ? [[cluster, association] as const] : [];
      }),
    ),
);

function launchOf(strategy: Value): EcsLaunch | Unknown {
  if (strategy instanceof Unknown) return strategy;
  const entries = isList(strategy) ? strategy : [strategy];
  if (entries.length === 0) return 'EC2';
  const names = entries.map((entry) => (isMap(entry) ? entry.CapacityProvider : entry));
  const fargate = names.map((name) => isScalar(name) && /^FARGATE(_SPOT)?$/.test(String(name)));
  const open = names.find((name) => name instanceof Unknown);
  if (open instanceof Unknown) return open;
  return fargate.every((is) => is) ? 'FARGATE' : 'EC2';
}
