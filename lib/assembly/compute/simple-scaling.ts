import { Grouped } from '../grouped';
import { oncePerGraph } from '../once-per-graph';
import { Resource, type Targets } from '../resource';
import { Unknown } from '../value';

const POLICY = 'AWS::AutoScaling::ScalingPolicy';

/**
 * The simple scaling policies of an Auto Scaling group: those that say no other type. Other types heed no cooldown.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scaling-cooldowns.html
 */
export function simplePoliciesOf(group: Resource): Targets {
  const { byGroup, open } = policiesIn(group.stack.graph);
  const types = byGroup.of(group).map((policy) => ({ policy, type: policy.text('PolicyType') }));
  const undecided = types.map(({ type }) => type).filter((type) => type instanceof Unknown);
  return {
    resources: types
      .filter(({ type }) => type === undefined || type === 'SimpleScaling')
      .map(({ policy }) => policy),
    unknowns: [...undecided, ...open],
  };
}

const policiesIn = oncePerGraph((graph) => {
  const byGroup = new Grouped<Resource, Resource>();
  const open = graph.unreadable.map((reason) => new Unknown(reason));
  for (const policy of graph.ofType(POLICY)) {
    const group = policy.target('AutoScalingGroupName');
    if (group instanceof Resource) byGroup.add(group, policy);
    // A name written out that no group of the app bears is that of a group elsewhere.
    else if (group !== undefined && typeof policy.get('AutoScalingGroupName') !== 'string') open.push(group);
  }
  return { byGroup, open };
});
