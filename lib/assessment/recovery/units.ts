import { balancerValuesOf, registrationsOf } from '../../assembly/compute/load-balancer-targets';
import { resolveTargetGroup } from '../../assembly/compute/load-balancing';
import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import { disksOf } from '../../assembly/data/instance-disks';
import { Resource } from '../../assembly/resource';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { detectionStep } from '../../calculus/failover-time';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import { AT_ONCE, hangingOn, inSequence, longest, type Path, type Step, taking } from './path';
import { byHand } from './people';

const SECOND_UNIT = 'run at least two units in two zones';

/** The types whose units are started again by themselves. */
export const SPREAD_TYPES: ReadonlySet<string> = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ECS::Service',
  'AWS::EKS::Nodegroup',
  'AWS::ElasticBeanstalk::Environment',
]);

const PODS = /EKS-?(::)?(FargateProfile|Cluster)$/;

/** A pod that is lost is started again; whether others serve meanwhile is in no template. Undefined where none are run. */
export function podBack(resource: Resource): Path | undefined {
  const nodes = resource.type.endsWith('Cluster') && resource.text('ComputeConfig.Enabled') !== 'true';
  if (!PODS.test(resource.type) || nodes) return undefined;
  const again = inSequence(
    taking(RECOVERY_FACTS.taskStoppedSeconds, { what: 'its loss is seen', resource }),
    taking(AWS_FACTS.fargateLaunchSeconds, {
      what: 'a pod is launched',
      resource,
      fix: 'run two pods or more',
      controlPlane: 'launches a pod',
    }),
    taking(AWS_FACTS.bootSeconds, { what: 'it starts', resource }),
  );
  return hangingOn(again, 'how many pods run is in no template');
}

/** A new unit takes the place of a lost one: seen, launched, started, healthy. */
export function replacement(resource: Resource, fix: string = SECOND_UNIT): Path {
  const groups = targetGroupsOf(resource);
  return inSequence(unitSeen(resource, groups, fix), ...started(resource, groups, fix));
}

/** A unit is launched, starts, and is found healthy. */
export function started(
  resource: Resource,
  groups: readonly Resource[] = targetGroupsOf(resource),
  fix: string = SECOND_UNIT,
): readonly Step[] {
  const task = resource.type === 'AWS::ECS::Service';
  const launch = task ? AWS_FACTS.fargateLaunchSeconds : AWS_FACTS.instanceLaunchSeconds;
  const what = task ? 'a task is launched' : 'an instance is launched';
  return [
    taking(launch, { what, resource, fix, controlPlane: 'launches a unit' }),
    taking(AWS_FACTS.bootSeconds, { what: 'it starts', resource }),
    ...foundHealthy(groups, fix),
  ];
}

/** An instance that stands alone recovers on another host, where AWS can do that. */
export function instanceBack(instance: Resource): Path {
  const { local } = disksOf(instance);
  if (local === undefined && instance.text('MaintenanceOptions.AutoRecovery') !== 'disabled')
    return inSequence(
      taking(RECOVERY_FACTS.statusCheckSeconds, { what: 'its loss is seen', resource: instance }),
      taking(RECOVERY_FACTS.instanceRecoverySeconds, {
        what: 'the instance recovers on another host',
        resource: instance,
        fix: 'run two instances in an Auto Scaling group',
        controlPlane: 'recovers the instance',
      }),
    );
  const why = local ?? 'AutoRecovery is disabled';
  const made = taking(RECOVERY_FACTS.stackUpdateSeconds, {
    what: `another instance is deployed: ${why}`,
    resource: instance,
    controlPlane: 'changes the stack',
  });
  return byHand(instance, made, 'run two instances in an Auto Scaling group');
}

/** The load balancer no longer sends requests to what is lost; the others go on. */
export function targetOut(group: Resource): Path {
  if (registrationsOf(group).registrations.length === 0) return AT_ONCE;
  return inSequence(targetSeen(group));
}

/** The target groups that a scaling group or a service registers with. */
export function targetGroupsOf(resource: Resource): readonly Resource[] {
  return balancerValuesOf(resource)
    .map((value) => resolveTargetGroup(value, resource))
    .filter((group) => group instanceof Resource);
}

/** How many units run at the least; undefined where that cannot be counted. */
export function unitsOf(resource: Resource): number | undefined {
  const minimum = minimumUnitsOf(resource);
  return typeof minimum === 'string' ? undefined : minimum.units.least;
}

function unitSeen(resource: Resource, groups: readonly Resource[], fix: string): Path {
  if (groups.length > 0 && followsBalancer(resource))
    return longest(groups.map((each) => inSequence({ ...targetSeen(each), fix })));
  const own = resource.type === 'AWS::ECS::Service' ? 'taskStoppedSeconds' : 'statusCheckSeconds';
  return inSequence(taking(RECOVERY_FACTS[own], { what: 'its loss is seen', resource, fix }));
}

/** A scaling group replaces what the load balancer finds unhealthy only where it is told to. */
function followsBalancer(resource: Resource): boolean {
  if (resource.type !== 'AWS::AutoScaling::AutoScalingGroup') return true;
  const type = resource.get('HealthCheckType');
  return typeof type === 'string' && type.includes('ELB');
}

function targetSeen(group: Resource): Step {
  const interval = intervalOf(group);
  const threshold = numberOf(group, 'UnhealthyThresholdCount', AWS_FACTS.elbDefaultUnhealthyThreshold.value);
  const { typicalSeconds, worstSeconds } = detectionStep({
    kind: 'health-check',
    intervalSeconds: interval,
    failureThreshold: threshold,
  });
  return {
    what: `health checks of targets, ${interval} s × (${threshold} + 1)`,
    typicalSeconds,
    worstSeconds,
    source: `HealthCheckIntervalSeconds × UnhealthyThresholdCount; ${AWS_FACTS.elbDefaultIntervalSeconds.source}`,
    resource: group,
    fix: 'use a shorter HealthCheckIntervalSeconds or a lower UnhealthyThresholdCount',
  };
}

function foundHealthy(groups: readonly Resource[], fix: string): readonly Step[] {
  const path = longest(
    groups.map((group) => {
      const interval = intervalOf(group);
      const threshold = numberOf(group, 'HealthyThresholdCount', AWS_FACTS.elbDefaultHealthyThreshold.value);
      const seconds = interval * threshold;
      return inSequence({
        what: `it is found healthy, ${interval} s × ${threshold}`,
        typicalSeconds: seconds,
        worstSeconds: seconds,
        source: 'HealthCheckIntervalSeconds × HealthyThresholdCount',
        resource: group,
        fix,
      });
    }),
  );
  return path.steps;
}

function intervalOf(group: Resource): number {
  return numberOf(group, 'HealthCheckIntervalSeconds', AWS_FACTS.elbDefaultIntervalSeconds.value);
}

function numberOf(resource: Resource, path: string, otherwise: number): number {
  const value = resource.number(path);
  return typeof value === 'number' ? value : otherwise;
}
