import { resolveTargetGroup } from '../../assembly/compute/load-balancing';
import type { Graph } from '../../assembly/graph';
import { valuesAt } from '../../assembly/network/zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import type { Resource } from '../../assembly/resource';
import { isMap, type Unknown, wordOf } from '../../assembly/value';

/** Where listeners and their rules name target groups with a weight, and without. */
const SENDERS: Readonly<Record<string, string>> = {
  'AWS::ElasticLoadBalancingV2::Listener': 'DefaultActions',
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'Actions',
};

/** Whether a target group gets no traffic: every listener that names it gives it the weight 0. */
export function isIdle(group: Resource): boolean {
  const { idle, used } = weighted(group.stack.graph);
  return idle.has(group) && !used.has(group);
}

/** The target groups that listeners name, with whether they give them any traffic. */
const weighted = oncePerGraph((graph: Graph) => {
  const named = Object.entries(SENDERS).flatMap(([type, actions]) =>
    graph.ofType(type).flatMap((sender) => namedBy(sender, actions)),
  );
  return {
    idle: new Set(named.filter(({ gets }) => !gets).map(({ group }) => group)),
    used: new Set(named.filter(({ gets }) => gets).map(({ group }) => group)),
  };
});

interface Named {
  readonly group: Resource | Unknown;
  readonly gets: boolean;
}

function namedBy(sender: Resource, actions: string): readonly Named[] {
  const inGroups = valuesAt(sender, `${actions}.*.ForwardConfig.TargetGroups`).flat().filter(isMap);
  return [
    ...inGroups.map(({ TargetGroupArn: arn, Weight: weight }) => ({
      group: resolveTargetGroup(arn ?? null, sender),
      gets: wordOf(weight) !== '0',
    })),
    ...valuesAt(sender, `${actions}.*.TargetGroupArn`).map((arn) => ({
      group: resolveTargetGroup(arn, sender),
      gets: true,
    })),
  ];
}
