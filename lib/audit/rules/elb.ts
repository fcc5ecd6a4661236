import { attributeIs } from '../../assembly/compute/load-balancer-attributes';
import { forwardsOf, listenersOf, loadBalancerType } from '../../assembly/compute/load-balancing';
import { all, any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { type Route, routesOf } from '../../assembly/network/routes';
import { valuesAt } from '../../assembly/network/zones';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { HEALTH_CHECKS, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';

const LOAD_BALANCER = ['AWS::ElasticLoadBalancingV2::LoadBalancer'];
const CLASSIC = ['AWS::ElasticLoadBalancing::LoadBalancer'];
const CROSS_ZONE = 'load_balancing.cross_zone.enabled';

export const loadBalancerSpansZones: Rule = {
  id: 'ELB-01',
  title: 'Load balancers span at least two zones.',
  kind: 'redundancy',
  why: 'A load balancer in one zone is gone with that zone, whatever stands behind it.',
  fix: 'give the load balancer a subnet in at least two zones',
  severity: HIGH,
  appliesTo: LOAD_BALANCER,
  controls: REDUNDANCY,
  check: (loadBalancer) => loadBalancer.zones.atLeast(2, subnetProperty(loadBalancer)),
};

export const classicLoadBalancerSpansZones: Rule = {
  id: 'ELB-02',
  title: 'Classic Load Balancers span at least two zones.',
  kind: 'redundancy',
  why: 'A load balancer in one zone is gone with that zone, whatever stands behind it.',
  fix: 'give the load balancer a subnet in at least two zones',
  severity: HIGH,
  appliesTo: CLASSIC,
  controls: REDUNDANCY,
  check: (loadBalancer) =>
    loadBalancer.zones.atLeast(
      2,
      loadBalancer.get('AvailabilityZones') === undefined ? 'Subnets' : 'AvailabilityZones',
    ),
};

export const classicLoadBalancerCrossesZones: Rule = {
  id: 'ELB-03',
  title: 'Classic Load Balancers send traffic to instances in every zone.',
  kind: 'redundancy',
  why: 'Each zone gets an equal share of the clients: where a zone has lost instances, the rest of it is overloaded.',
  fix: 'set CrossZone to true',
  severity: MEDIUM,
  appliesTo: CLASSIC,
  controls: HEALTH_CHECKS,
  check: (loadBalancer) => loadBalancer.is('CrossZone', true, { default: false }),
};

export const loadBalancerCrossesZones: Rule = {
  id: 'ELB-04',
  title:
    'Network and Gateway Load Balancers send traffic to targets in every zone, or leave zones on purpose.',
  kind: 'redundancy',
  why: 'Clients keep coming to a zone whose targets are gone, and fail there, until DNS takes the zone out.',
  fix: 'turn cross-zone load balancing on, or enable zonal shift if the zones are to be independent',
  severity: MEDIUM,
  appliesTo: LOAD_BALANCER,
  controls: HEALTH_CHECKS,
  check: (loadBalancer) => {
    const type = loadBalancerType(loadBalancer);
    if (type === 'application') return notApplicable('an Application Load Balancer always crosses zones');
    const crosses = any(
      attributeIs(loadBalancer, { key: CROSS_ZONE, needed: 'true', default: 'false' }),
      shiftsZones(loadBalancer),
      targetGroupsCrossZones(loadBalancer),
    );
    return type instanceof Unknown && crosses.outcome === 'fail' ? unknown('Type', type) : crosses;
  },
};

export const loadBalancerListens: Rule = {
  id: 'ELB-08',
  title: 'Load balancers have a listener.',
  kind: 'redundancy',
  why: 'A load balancer without a listener takes no traffic: a failover to it fails.',
  fix: 'add a listener to the load balancer, or remove it',
  severity: LOW,
  appliesTo: LOAD_BALANCER,
  controls: HEALTH_CHECKS,
  check: (loadBalancer) => {
    const { resources, unknowns } = listenersOf(loadBalancer);
    const existing = resources.map((listener) => existsWith(listener, loadBalancer));
    if (existing.includes(true)) return pass();
    const doubts = [...existing, ...unknowns];
    const doubt = doubts.find((reason) => reason instanceof Unknown);
    return doubt
      ? unknown(undefined, doubt)
      : fail({ found: 'no listener in the app', needed: 'at least 1 listener' });
  },
};

export const publicSubnetsReachInternet: Rule = {
  id: 'ELB-11',
  title: 'Internet-facing Network Load Balancers stand in subnets with a route to the internet.',
  kind: 'redundancy',
  why: 'In a subnet without a route to an internet gateway the load balancer has an address that answers nobody.',
  fix: "route the subnet's traffic to an internet gateway, or take the subnet from the load balancer",
  severity: HIGH,
  appliesTo: LOAD_BALANCER,
  controls: REDUNDANCY,
  check: (loadBalancer) => {
    const type = loadBalancerType(loadBalancer);
    const scheme = loadBalancer.text('Scheme') ?? 'internet-facing';
    if (type === 'application' || type === 'gateway')
      return notApplicable('the load balancer is no Network Load Balancer');
    if (scheme === 'internal') return notApplicable('the load balancer is internal');
    const doubt = [type, scheme].find((value) => value instanceof Unknown);
    const judgements = subnetJudgements(loadBalancer);
    return doubt instanceof Unknown && all(...judgements).outcome !== 'pass'
      ? unknown(type === doubt ? 'Type' : 'Scheme', doubt)
      : judgements;
  },
};

function subnetProperty(loadBalancer: Resource): string {
  return loadBalancer.get('SubnetMappings') === undefined ? 'Subnets' : 'SubnetMappings';
}

/** Traffic can be moved out of a zone, so that the zones may be independent on purpose. */
function shiftsZones(loadBalancer: Resource): Judgement {
  const shift = attributeIs(loadBalancer, {
    key: 'zonal_shift.config.enabled',
    needed: 'true',
    default: 'false',
  });
  const found =
    'cross-zone load balancing is off, and zonal shift takes a zone out: independent zones on purpose';
  return shift.outcome === 'pass' ? { ...shift, found } : shift;
}

/** Target groups may turn on what the load balancer leaves off. */
function targetGroupsCrossZones(loadBalancer: Resource): Judgement {
  const { forwards, unknowns } = forwardsOf(loadBalancer);
  if (forwards.length + unknowns.length === 0) return notApplicable('no target group takes its traffic');
  const groups = forwards.map(({ targetGroup }) =>
    attributeIs(targetGroup, { key: CROSS_ZONE, needed: 'true', default: 'use_load_balancer_configuration' }),
  );
  const judged = all(...groups, ...unknowns.map((reason) => unknown(undefined, reason)));
  return judged.outcome === 'pass'
    ? { ...judged, found: 'every target group turns cross-zone load balancing on' }
    : judged;
}

function subnetJudgements(loadBalancer: Resource): readonly Judgement[] {
  const property = subnetProperty(loadBalancer);
  const values = [
    ...valuesAt(loadBalancer, 'Subnets').flat(),
    ...valuesAt(loadBalancer, 'SubnetMappings.*.SubnetId'),
  ];
  if (values.length === 0) return [unknown(property, 'the load balancer names no subnet')];
  return values.map((value) => {
    const subnet = loadBalancer.stack.graph.resolve(value, loadBalancer);
    return subnet instanceof Resource ? judgeSubnet(subnet, property) : unknown(property, subnet);
  });
}

function judgeSubnet(subnet: Resource, property: string): Judgement {
  const routes = routesOf(subnet);
  if (routes.some(leadsToInternet))
    return pass({ property, found: `${subnet.logicalId} reaches the internet` });
  const open = routes.find((route) => route instanceof Unknown || route.kind === 'gateway');
  if (open instanceof Unknown) return unknown(property, open);
  if (open !== undefined)
    return unknown(
      property,
      `whether ${open.resource.logicalId} leads to the internet is known only at deploy`,
    );
  return fail({
    property,
    found: `${subnet.logicalId} without a route to an internet gateway`,
    needed: 'a route to an internet gateway from every subnet',
  });
}

function leadsToInternet(route: Route | Unknown): boolean {
  return !(route instanceof Unknown) && route.kind === 'igw';
}
