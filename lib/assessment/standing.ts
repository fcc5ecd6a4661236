import {
  COUNTED_TYPES,
  minimumUnitsOf,
  mostTasksOf,
  scalableTargetOf,
} from '../assembly/compute/minimum-units';
import type { Graph } from '../assembly/graph';
import { mostByAddresses } from '../assembly/network/address-need';
import { valuesAt } from '../assembly/network/zones';
import { oncePerGraph } from '../assembly/once-per-graph';
import { Resource } from '../assembly/resource';
import { isList, isMap, type Value } from '../assembly/value';
import { unitsAfterZoneLoss } from '../calculus/capacity';

/** The types of which the app says how many units run, at the least and at the most. */
export const SCALED_TYPES: ReadonlySet<string> = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ECS::Service',
  'AWS::EKS::Nodegroup',
]);

/** How many units of a resource run. What the app does not tell is left out. */
export interface Standing {
  readonly resource: Resource;
  readonly noun: string;
  readonly minimum?: number;
  readonly desired?: number;
  readonly maximum?: number;

  /** Of the minimum, without the fullest zone. */
  readonly leftWithoutZone?: number;
}

/** How many units of what is counted run; of what is not, undefined. */
export function standingOf(resource: Resource): Standing | undefined {
  if (resource.type === 'AWS::Lambda::Function') return callsOf(resource);
  const counted = COUNTED_TYPES.includes(resource.type) ? minimumUnitsOf(resource) : '';
  if (typeof counted === 'string') return undefined;
  const { units, zones, noun } = counted;
  const maximum = mostUnitsOf(resource);
  const path = DESIRED[resource.type];
  const desired = path === undefined ? undefined : resource.number(path);
  const least = units.why === undefined;
  return {
    resource,
    noun,
    ...(least && { minimum: units.least }),
    ...(typeof desired === 'number' && { desired }),
    ...(maximum !== undefined && { maximum }),
    ...(least && { leftWithoutZone: leftWithoutZone(units.least, zones.least) }),
  };
}

/** A reservation is all that a function may do at once. */
function callsOf(handler: Resource): Standing | undefined {
  const reserved = handler.number('ReservedConcurrentExecutions');
  return typeof reserved === 'number' ? { resource: handler, noun: 'call', maximum: reserved } : undefined;
}

/** How many of so many units are left without the fullest of so many zones; no zone is the fullest of more units than there are. */
export function leftWithoutZone(units: number, zones: number): number {
  return unitsAfterZoneLoss(units, Math.min(zones, Math.max(units, 1)));
}

const DESIRED: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::AutoScalingGroup': 'DesiredCapacity',
  'AWS::ECS::Service': 'DesiredCount',
  'AWS::EKS::Nodegroup': 'ScalingConfig.DesiredSize',
};

/** How many units of a resource run at the most; undefined where the app does not tell. */
export function mostUnitsOf(resource: Resource): number | undefined {
  if (!SCALED_TYPES.has(resource.type)) return undefined;
  if (resource.type === 'AWS::ECS::Service') {
    const { most } = mostTasksOf(resource);
    return Number.isFinite(most) ? most : undefined;
  }
  const path = resource.type === 'AWS::EKS::Nodegroup' ? 'ScalingConfig.MaxSize' : 'MaxSize';
  const most = resource.number(path);
  return typeof most === 'number' ? most : undefined;
}

/** The same, as far as the subnets have addresses for them; undefined where the app tells neither. */
export function mostRunningOf(resource: Resource): number | undefined {
  const limits = [mostUnitsOf(resource), mostByAddresses(resource)].filter((each) => each !== undefined);
  return limits.length > 0 ? Math.min(...limits) : undefined;
}

/** Whether something in the app starts more units of a resource when load comes: a policy, or what a Region switch plan does. */
export function isGrown(resource: Resource): boolean {
  const { graph } = resource.stack;
  // Nodes are started by what runs in their cluster, which the app does not show.
  if (resource.type === 'AWS::EKS::Nodegroup') return true;
  return scaledByPolicy(graph).has(scalableTargetOf(resource) ?? resource) || plansScale(graph);
}

const POLICIES: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'ScalingTargetId',
  'AWS::AutoScaling::ScalingPolicy': 'AutoScalingGroupName',
};

const scaledByPolicy = oncePerGraph(
  (graph: Graph): ReadonlySet<Resource> =>
    new Set(
      Object.entries(POLICIES).flatMap(([type, path]) =>
        graph
          .ofType(type)
          .map((policy) => policy.target(path))
          .filter((target) => target instanceof Resource),
      ),
    ),
);

/** Steps with which a Region switch plan starts units in the region that takes over. */
const SCALING_STEPS: ReadonlySet<string> = new Set([
  'EC2AutoScaling',
  'ECSServiceScaling',
  'EKSResourceScaling',
]);

/** Whether a Region switch plan of the app starts units. */
export const plansScale = oncePerGraph((graph: Graph): boolean =>
  graph.ofType('AWS::ARCRegionSwitch::Plan').some((plan) => valuesAt(plan, 'Workflows').some(scales)),
);

function scales(value: Value | undefined): boolean {
  if (typeof value === 'string') return SCALING_STEPS.has(value);
  if (isList(value)) return value.some(scales);
  return isMap(value) && Object.values(value).some(scales);
}
