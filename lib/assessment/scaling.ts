import { scalableTargetOf } from '../assembly/compute/minimum-units';
import type { Graph } from '../assembly/graph';
import { oncePerGraph } from '../assembly/once-per-graph';
import { Resource } from '../assembly/resource';

/** Who is busier than this answers late: so busy is taken to be each of the units that just carry the peak. */
const FULL_CPU_PERCENT = 90;

/** The policies that keep processors as busy as they say, by what they scale and where they say it. */
const TRACKING = [
  {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    scales: 'ScalingTargetId',
    config: 'TargetTrackingScalingPolicyConfiguration',
    metric: 'ECSServiceAverageCPUUtilization',
  },
  {
    type: 'AWS::AutoScaling::ScalingPolicy',
    scales: 'AutoScalingGroupName',
    config: 'TargetTrackingConfiguration',
    metric: 'ASGAverageCPUUtilization',
  },
] as const;

/** How many units scaling has brought at a peak that so many just carry. */
export interface ScaledUnits {
  readonly units: number;

  /** How busy their processors are kept, in per cent. @default - nothing says it: as many run as carry the peak */
  readonly cpuPercent?: number;
}

/** How many units of a resource scaling brings where so many carry the peak: target tracking keeps some to spare. */
export function scaledTo(peak: number, resource: Resource): ScaledUnits {
  const cpuPercent = cpuTargets(resource.stack.graph).get(scalableTargetOf(resource) ?? resource);
  if (cpuPercent === undefined || cpuPercent >= FULL_CPU_PERCENT) return { units: peak };
  return { units: Math.ceil((peak * FULL_CPU_PERCENT) / cpuPercent), cpuPercent };
}

/** The id of the event that scaling does not bring what the peak needs. */
export function scalingIdOf({ id }: Resource): string {
  return `switch:${id}`;
}

/** The lowest target of each: the most units of any policy run. */
const cpuTargets = oncePerGraph((graph: Graph): ReadonlyMap<Resource, number> => {
  const targets = new Map<Resource, number>();
  for (const { type, scales, config, metric } of TRACKING)
    for (const policy of graph.ofType(type)) {
      const scaled = policy.target(scales);
      const percent = policy.number(`${config}.TargetValue`);
      const watched = policy.text(`${config}.PredefinedMetricSpecification.PredefinedMetricType`);
      if (!(scaled instanceof Resource) || watched !== metric) continue;
      if (typeof percent !== 'number' || percent <= 0) continue;
      targets.set(scaled, Math.min(percent, targets.get(scaled) ?? percent));
    }
  return targets;
});
