import { dynamicPortOf } from '../../assembly/compute/container-ports';
import { registrationsOf, staticTargetsOf } from '../../assembly/compute/load-balancer-targets';
import { loadBalancersOf } from '../../assembly/compute/load-balancing';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { ZoneSet } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { HEALTH_CHECKS, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';

/** A zone with more of the targets than this takes most of the capacity with it. */
const LARGEST_SHARE = 0.5;

export const targetGroupChecksHealth: Rule = {
  id: 'ELB-07',
  title: 'Target groups check the health of what really serves.',
  kind: 'redundancy',
  why: 'A check of "/", or of a port that the task does not listen on, keeps broken targets or drops good ones.',
  fix: 'set HealthCheckPath to a page that tests the application, and check the traffic port of ECS tasks',
  severity: MEDIUM,
  appliesTo: [TARGET_GROUP],
  controls: HEALTH_CHECKS,
  check: (targetGroup) => all(judgePath(targetGroup), judgePort(targetGroup)),
};

export const targetsAreSpread: Rule = {
  id: 'ELB-10',
  title: 'Single targets are spread evenly over the zones of their load balancer.',
  kind: 'redundancy',
  why: 'The loss of the zone that holds most targets leaves too few, and a zone without targets serves nobody.',
  fix: 'register as many targets in each zone of the load balancer',
  severity: MEDIUM,
  appliesTo: [TARGET_GROUP, CLASSIC],
  controls: REDUNDANCY,
  check: (balancer) => {
    const property = balancer.type === CLASSIC ? 'Instances' : 'Targets';
    const kind = balancer.text('TargetType');
    if (kind === 'lambda' || kind === 'alb')
      return notApplicable(`a target of type ${kind} spans zones itself`);
    const targets = staticTargetsOf(balancer);
    if (targets instanceof Unknown) return unknown(property, targets);
    if (targets.length === 0) return notApplicable('no single target is listed');
    return all(judgeShare(targets, property), ...judgeEnabledZones(balancer, property));
  },
};

function judgePath(targetGroup: Resource): Judgement {
  const protocol = targetGroup.text('Protocol');
  const path = targetGroup.isSet('HealthCheckPath', 'the path of a page that tests the application');
  if (protocol instanceof Unknown) return path.outcome === 'fail' ? unknown('Protocol', protocol) : path;
  if (protocol !== 'HTTP' && protocol !== 'HTTPS')
    return notApplicable(`the target group speaks ${protocol ?? 'no protocol'}`);
  return path.outcome === 'fail' ? { ...path, found: '/, the default' } : path;
}

/** A container that gets another host port at each start cannot be checked at a fixed one. */
function judgePort(targetGroup: Resource): Judgement {
  const dynamic = dynamicPortOf(targetGroup);
  if (dynamic === undefined) return notApplicable('no ECS task of the app is a target');
  // AWS takes traffic-port where none is set.
  const traffic = targetGroup.is('HealthCheckPort', 'traffic-port', { default: 'traffic-port' });
  if (dynamic === false || traffic.outcome === 'pass') return pass({ property: 'HealthCheckPort' });
  return dynamic instanceof Unknown && traffic.outcome === 'fail'
    ? unknown('HealthCheckPort', dynamic)
    : traffic;
}

function judgeShare(targets: readonly ZoneSet[], property: string): Judgement {
  const zones = ZoneSet.union(targets);
  const lost = targets.find((target) => target.names.size !== 1);
  const comparable = zones.least >= zones.names.size;
  const [zone = '', count = 0] = largest(targets);
  const share = `${count} of ${targets.length} targets in ${zone}`;
  if (count > LARGEST_SHARE * targets.length)
    return fail({
      property,
      found: `${share} (${percent(count, targets.length)})`,
      needed: 'at most 50 % in one zone',
    });
  if (lost) return unknown(property, lost.unknowns[0] ?? 'the zone of a target is known only at deploy');
  return comparable ? pass({ property, found: share }) : zones.atLeast(zones.names.size, property);
}

function largest(targets: readonly ZoneSet[]): readonly [string, number] | readonly [] {
  const counts = new Map<string, number>();
  for (const name of targets.flatMap(({ names }) => [...names]))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const [head] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return head ?? [];
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}

/** Every zone that a load balancer of the targets is enabled in has one of them. */
function judgeEnabledZones(balancer: Resource, property: string): readonly Judgement[] {
  const { registrations } = registrationsOf(balancer);
  const served = ZoneSet.union(registrations.map(({ zones }) => zones));
  const loadBalancers = balancer.type === CLASSIC ? [balancer] : loadBalancersOf(balancer).resources;
  return loadBalancers.map((loadBalancer) => {
    const enabled = loadBalancer.zones;
    const within = enabled.isEmpty ? undefined : enabled.within(served);
    if (within === true) return pass({ property });
    const doubt = enabled.unknowns[0] ?? served.unknowns[0] ?? `the zones of ${loadBalancer.logicalId}`;
    if (within === undefined) return unknown(property, doubt);
    return fail({
      property,
      found: `targets in ${served.describe()}, ${loadBalancer.logicalId} in ${enabled.describe()}`,
      needed: 'a target in every zone of the load balancer',
    });
  });
}
