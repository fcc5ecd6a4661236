import { type Registration, registrationsOf } from '../../assembly/compute/load-balancer-targets';
import { forwardsOf } from '../../assembly/compute/load-balancing';
import { COUNTED_TYPES, type MinimumUnits, minimumUnitsOf } from '../../assembly/compute/minimum-units';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { ZoneSet } from '../../assembly/network/zones';
import type { Range } from '../../assembly/range';
import type { Resource } from '../../assembly/resource';
import { sameToken } from '../../assembly/same-token';
import { Unknown } from '../../assembly/value';
import { unitsAfterZoneLoss } from '../../calculus/capacity';
import { CAPACITY, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';
import { OWES_ONE_UNIT, owesOneUnit } from '../single-unit';
import { STARTS_LATE, startsLate } from '../standby';

const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';

/** What must be left after the loss of a zone. Services do not declare a peak in units yet: one unit serves at all. */
const REQUIRED_UNITS = 1;

export const targetsMeetLoadBalancer: Rule = {
  id: 'X-14',
  title: 'Load balancers and their targets stand in the same zones.',
  kind: 'redundancy',
  why: 'Targets in a zone without load balancer get no traffic, and a zone without targets serves nobody by itself: the redundancy is less than it seems.',
  fix: 'give the load balancer and its targets subnets in the same zones',
  severity: MEDIUM,
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer', CLASSIC],
  controls: REDUNDANCY,
  check: (loadBalancer) =>
    loadBalancer.type === CLASSIC ? judgeClassic(loadBalancer) : judgeForwards(loadBalancer),
};

export const unitsSurviveZoneLoss: Rule = {
  id: 'X-16',
  title: 'What is left after the loss of a zone suffices.',
  kind: 'capacity',
  why: 'When a zone is lost, launches may fail in the others: only what already runs there serves.',
  fix: 'run at least two, spread over at least two zones',
  severity: HIGH,
  appliesTo: COUNTED_TYPES,
  controls: [...REDUNDANCY, ...CAPACITY],
  sources: [
    'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html',
  ],
  check: (resource, { service }) => {
    const counted = minimumUnitsOf(resource);
    if (typeof counted === 'string') return notApplicable(counted);
    if (owesOneUnit(service)) return notApplicable(OWES_ONE_UNIT);
    return startsLate(service, counted.units) ? notApplicable(STARTS_LATE) : judgeUnits(counted);
  },
};

function judgeUnits(counted: MinimumUnits): Judgement {
  const { property, units, zones } = counted;
  // With as many zones as units, each unit stands alone: more zones change nothing.
  const mostZones = Math.min(zones.most, Math.max(units.most, 1));
  const worst = unitsAfterZoneLoss(units.least, zones.least);
  const best = Number.isFinite(units.most) ? unitsAfterZoneLoss(units.most, mostZones) : units.most;
  const where = { ...(property !== undefined && { property }) };
  if (worst >= REQUIRED_UNITS)
    return pass({
      ...where,
      found: `${described(counted)}: at least ${worst} left after the loss of a zone`,
    });
  if (best >= REQUIRED_UNITS)
    return unknown(property, units.why ?? zones.why ?? `only deploy knows ${described(counted)}`);
  return fail({
    ...where,
    found: `${described(counted)}: ${best} left after the loss of a zone`,
    needed: `at least ${REQUIRED_UNITS} left, so at least 2 in 2 zones`,
  });
}

/** Such as `2 tasks (MinCapacity of Scaling) in 3 zones`. */
function described({ noun, setBy, units, zones }: MinimumUnits): string {
  const cause = setBy === undefined ? '' : ` (${setBy})`;
  const spread = zones.least === zones.most ? ` in ${counting(zones, 'zone')}` : '';
  return `${counting(units, noun)}${cause}${spread}`;
}

function counting({ least, most }: Range, noun: string): string {
  const number = least === most ? `${least}` : `${least} or more`;
  return `${number} ${noun}${most === 1 ? '' : 's'}`;
}

function judgeClassic(loadBalancer: Resource): Judgement | readonly Judgement[] {
  const { registrations } = registrationsOf(loadBalancer);
  if (registrations.length === 0) return unregistered(loadBalancer);
  return judgeRegistrations(loadBalancer, loadBalancer, registrations);
}

function judgeForwards(loadBalancer: Resource): Judgement | readonly Judgement[] {
  const { forwards, unknowns } = forwardsOf(loadBalancer);
  const lost = unknowns.map((reason) => unknown(undefined, reason));
  if (forwards.length === 0)
    return lost[0] ?? notApplicable('the load balancer sends traffic to no target group');
  const judged = forwards.map(({ targetGroup, certain }) => {
    const judgement = judgeGroup(loadBalancer, targetGroup);
    return judgement.outcome === 'fail' && certain instanceof Unknown
      ? unknown(judgement.property, certain)
      : judgement;
  });
  return [...judged, ...lost];
}

function judgeGroup(loadBalancer: Resource, targetGroup: Resource): Judgement {
  if (targetGroup.text('TargetType') === 'lambda') return notApplicable('functions run in every zone');
  const { registrations } = registrationsOf(targetGroup);
  return registrations.length === 0
    ? unregistered(targetGroup)
    : judgeRegistrations(loadBalancer, targetGroup, registrations);
}

function unregistered(balancer: Resource): Judgement {
  const [why] = registrationsOf(balancer).unknowns;
  return unknown(undefined, why ?? `nothing in the app registers targets with ${balancer.logicalId}`);
}

function judgeRegistrations(
  loadBalancer: Resource,
  balancer: Resource,
  registrations: readonly Registration[],
): Judgement {
  const property = placedBy(loadBalancer);
  if (registrations.every(({ by }) => sharesSubnets(loadBalancer, by))) return pass({ property });
  const enabled = loadBalancer.zones;
  const targets = ZoneSet.union(registrations.map(({ zones }) => zones));
  if (enabled.isEmpty) return unknown(property, 'the load balancer names no subnet');
  const [served, used] = [targets.within(enabled), enabled.within(targets)];
  const doubts = [...registrations.map(({ certain }) => certain), ...registrationsOf(balancer).unknowns];
  const doubt = doubts.find((reason) => reason instanceof Unknown);
  const sure = doubt === undefined;
  if (served === true && used === true && sure) return pass({ property, found: enabled.describe() });
  if (sure && (served === false || used === false))
    return fail({
      property,
      found: `load balancer in ${enabled.describe()}, targets of ${balancer.logicalId} in ${targets.describe()}`,
      needed: 'the same zones',
    });
  const open = doubt ?? enabled.unknowns[0] ?? targets.unknowns[0];
  return unknown(property, open ?? 'whether the zones are the same is known only at deploy');
}

/** The property that says where a load balancer stands. */
function placedBy(loadBalancer: Resource): string {
  const properties = ['Subnets', 'SubnetMappings', 'AvailabilityZones'];
  return properties.find((property) => loadBalancer.get(property) !== undefined) ?? 'Subnets';
}

/** Whether two resources name the same subnets, whatever these will be. */
function sharesSubnets(loadBalancer: Resource, target: Resource): boolean {
  const own = loadBalancer.get('Subnets');
  const path =
    target.type === 'AWS::ECS::Service'
      ? 'NetworkConfiguration.AwsvpcConfiguration.Subnets'
      : 'VPCZoneIdentifier';
  const theirs = target.get(path);
  return own !== undefined && theirs !== undefined && sameToken(own, theirs) === true;
}
