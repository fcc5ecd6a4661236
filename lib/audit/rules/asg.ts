import { balancerValuesOf } from '../../assembly/compute/load-balancer-targets';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { valuesAt } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import { isMap, Unknown, type Value } from '../../assembly/value';
import { HEALTH_CHECKS, MONITORING, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';

const GROUP = ['AWS::AutoScaling::AutoScalingGroup'];

export const groupSpansZones: Rule = {
  id: 'ASG-01',
  title: 'Auto Scaling groups span at least two zones.',
  kind: 'redundancy',
  why: 'When the only zone of a group is lost, no instance is left and none can be started.',
  fix: 'give the group subnets in at least two zones',
  severity: HIGH,
  appliesTo: GROUP,
  controls: REDUNDANCY,
  check: (group) => group.zones.atLeast(2, placedBy(group)),
};

export const balancedGroupAsksBalancer: Rule = {
  id: 'ASG-02',
  title: 'Auto Scaling groups behind a load balancer replace instances that fail its health checks.',
  kind: 'redundancy',
  why: 'An instance whose software hangs still runs for EC2: it is never replaced, and capacity is lost for good.',
  fix: "add ELB to the group's health check types",
  severity: HIGH,
  appliesTo: GROUP,
  controls: HEALTH_CHECKS,
  check: (group) => {
    const attached = attachment(group);
    if (attached === false) return notApplicable('no load balancer sends traffic to the group');
    const type = attached === 'lattice' ? 'VPC_LATTICE' : 'ELB';
    const asked = judgeHealthCheck(group, type);
    return attached instanceof Unknown && asked.outcome === 'fail'
      ? unknown('HealthCheckType', attached)
      : asked;
  },
};

export const balancerCheckHasBalancer: Rule = {
  id: 'ASG-03',
  title: 'Auto Scaling groups that ask a load balancer for health have one.',
  kind: 'redundancy',
  why: 'Without a load balancer nothing checks the software: an instance that hangs counts as healthy.',
  fix: 'attach a target group, or drop ELB from the health check types',
  severity: MEDIUM,
  appliesTo: GROUP,
  controls: HEALTH_CHECKS,
  check: (group) => {
    const asked = judgeHealthCheck(group, 'ELB');
    if (asked.outcome === 'fail') return notApplicable('the group asks no load balancer for health');
    const attached = attachment(group);
    if (attached instanceof Unknown) return unknown('TargetGroupARNs', attached);
    if (attached !== false) return pass({ property: 'HealthCheckType' });
    if (asked.outcome === 'unknown') return asked;
    return fail({
      property: 'HealthCheckType',
      found: 'ELB without a load balancer',
      needed: 'a load balancer, target group or traffic source',
    });
  },
};

export const graceIsSet: Rule = {
  id: 'ASG-04',
  title: 'Auto Scaling groups give a starting instance time before a load balancer judges it.',
  kind: 'redundancy',
  why: 'Without a grace period (0 s) an instance that still starts fails its check and is replaced, again and again.',
  fix: 'set HealthCheckGracePeriod to the time that an instance takes to answer its health check',
  severity: MEDIUM,
  appliesTo: GROUP,
  controls: HEALTH_CHECKS,
  check: (group) => {
    const asked = judgeHealthCheck(group, 'ELB');
    if (asked.outcome === 'fail') return notApplicable('the group asks no load balancer for health');
    const set = group.isSet('HealthCheckGracePeriod', 'a time in seconds');
    return set.outcome === 'fail' && asked.outcome === 'unknown' ? asked : set;
  },
};

/** What an operator has to hear of. */
const SCALING_EVENTS = [
  'autoscaling:EC2_INSTANCE_LAUNCH',
  'autoscaling:EC2_INSTANCE_LAUNCH_ERROR',
  'autoscaling:EC2_INSTANCE_TERMINATE',
  'autoscaling:EC2_INSTANCE_TERMINATE_ERROR',
] as const;

export const scalingIsNotified: Rule = {
  id: 'ASG-06',
  title: 'Auto Scaling groups tell when instances start, stop, or fail to.',
  kind: 'monitoring',
  why: 'When a zone has no capacity left, launches fail silently until the load is too much for the rest.',
  fix: 'notify a topic of launch, launch error, terminate and terminate error',
  severity: LOW,
  appliesTo: GROUP,
  controls: MONITORING,
  check: (group) => {
    // The singular property is the older form of the same.
    const properties = ['NotificationConfigurations', 'NotificationConfiguration'];
    const entries = properties.flatMap((property) => valuesAt(group, property)).flat();
    const told = entries.flatMap((entry) =>
      isMap(entry) ? [entry.NotificationTypes ?? []].flat() : [entry],
    );
    const missing = SCALING_EVENTS.filter((event) => !told.includes(event));
    const lost = told.find((item) => item instanceof Unknown);
    const property = 'NotificationConfigurations';
    if (missing.length === 0) return pass({ property });
    if (lost instanceof Unknown) return unknown(property, lost);
    return fail({
      property,
      found: told.length === 0 ? 'nothing' : `no ${missing.map(shortName).join(', ')}`,
      needed: 'launch, launch error, terminate and terminate error',
    });
  },
};

function shortName(event: string): string {
  return event.slice('autoscaling:EC2_INSTANCE_'.length).toLowerCase().replace('_', ' ');
}

function placedBy(group: Resource): string {
  const properties = ['VPCZoneIdentifier', 'AvailabilityZones', 'AvailabilityZoneIds'];
  return properties.find((property) => group.get(property) !== undefined) ?? 'VPCZoneIdentifier';
}

/** Judges whether a group's comma-separated health check types hold one. EC2 is always checked. */
function judgeHealthCheck(group: Resource, type: string): Judgement {
  const holds = (value: unknown) =>
    String(value)
      .split(',')
      .some((item) => item.trim() === type);
  return group.judge('HealthCheckType', holds, type, { default: 'EC2' });
}

/** Whether traffic is sent to the group; `lattice` where all of it comes through VPC Lattice. */
function attachment(group: Resource): boolean | 'lattice' | Unknown {
  const values = balancerValuesOf(group);
  const lists = ['TargetGroupARNs', 'LoadBalancerNames', 'TrafficSources'].map((name) => group.get(name));
  // A list that is a parameter may be empty; an entry of a list is there whatever it says.
  const isOpen = (value: Value) => value instanceof Unknown && (value.maybeAbsent || lists.includes(value));
  const open = values.find(isOpen);
  if (values.every(isOpen)) return open instanceof Unknown ? open : false;
  return isLatticeOnly(group, values) ? 'lattice' : true;
}

function isLatticeOnly(group: Resource, values: readonly Value[]): boolean {
  const types = valuesAt(group, 'TrafficSources.*.Type');
  return types.length === values.length && types.every((type) => type === 'vpc-lattice');
}
