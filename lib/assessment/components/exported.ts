import { forwardsOf } from '../../assembly/compute/load-balancing';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { isObject } from '../../assembly/source/json';
import type { Json } from '../../assembly/source/source';
import { Unknown } from '../../assembly/value';
import { nameOf } from '../modelling';

/** What of a load balancer another app needs to register with it, or to lead to what it holds itself. */
const HANDLES: ReadonlySet<string> = new Set(['Arn', 'ListenerArn', 'LoadBalancerArn', 'TargetGroupArn']);

/** Why another app may use a resource: its stack exports the ARN of it. */
export function exportsOf(resource: Resource): readonly Unknown[] {
  const exported = exportedIn(resource.stack.graph).has(`${resource.stack.id} ${resource.logicalId}`);
  return exported ? [new Unknown(`another app may lead on from ${nameOf(resource)}, which is exported`)] : [];
}

/** The same of a target group: another app registers with it, or leads a listener before it to targets of its own. */
export function exportsBefore(group: Resource): readonly Unknown[] {
  const listeners = exportedListeners(group.stack.graph).get(group) ?? [];
  return [group, ...listeners].flatMap(exportsOf);
}

/** The listeners that are exported, by the target groups of their load balancers. */
const exportedListeners = oncePerGraph((graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, Resource[]>();
  for (const listener of graph.ofType('AWS::ElasticLoadBalancingV2::Listener')) {
    const balancer = exportsOf(listener).length > 0 ? listener.target('LoadBalancerArn') : undefined;
    if (!(balancer instanceof Resource)) continue;
    for (const { targetGroup } of forwardsOf(balancer).forwards)
      found.set(targetGroup, [...(found.get(targetGroup) ?? []), listener]);
  }
  return found;
});

const exportedIn = oncePerGraph(
  (graph): ReadonlySet<string> =>
    new Set(
      graph.stacks.flatMap(({ id, source }) =>
        Object.values(source.template.Outputs ?? {})
          .filter((output) => isObject(output) && output.Export !== undefined)
          .flatMap((output) => handlesIn(output).map((logicalId) => `${id} ${logicalId}`)),
      ),
    ),
);

function handlesIn(output: Json): readonly string[] {
  const value = isObject(output) ? output.Value : undefined;
  if (!isObject(value)) return [];
  const { Ref: ref, 'Fn::GetAtt': attribute } = value;
  if (typeof ref === 'string') return [ref];
  const [logicalId, name] = Array.isArray(attribute) ? attribute : [];
  return typeof logicalId === 'string' && typeof name === 'string' && HANDLES.has(name) ? [logicalId] : [];
}
