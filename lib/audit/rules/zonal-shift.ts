import { attributeIs } from '../../assembly/compute/load-balancer-attributes';
import { loadBalancerType } from '../../assembly/compute/load-balancing';
import { any, type Judgement, notApplicable } from '../../assembly/judgement';
import { existsWith } from '../../assembly/presence';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { Tier } from '../../objectives/tier';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const SHIFT = 'https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-shift.resource-types.html';

export const zonesCanBeLeft: Rule = {
  id: 'X-25',
  title: 'Traffic and launches can be moved out of a zone that is sick but not dead.',
  kind: 'redundancy',
  why: 'A zone that is slow or loses packets passes health checks: without zonal shift nobody can take it out.',
  fix: 'enable zonal shift, and at tier 0 say how an Auto Scaling group spreads and leaves an impaired zone',
  severity: LOW,
  appliesTo: [GROUP, LOAD_BALANCER, 'AWS::EKS::Cluster'],
  controls: REDUNDANCY,
  sources: [SHIFT, 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-zonal-shift.html'],
  check: (resource, { service }) => {
    if (resource.type !== GROUP) return judgeShift(resource);
    const policies = ['AvailabilityZoneDistribution', 'AvailabilityZoneImpairmentPolicy'];
    const set = service.tier === Tier.MISSION_CRITICAL ? policies.map((path) => resource.isSet(path)) : [];
    return [...set, judgeShift(resource)];
  },
};

function judgeShift(resource: Resource): Judgement {
  const own = ownShift(resource);
  return own.outcome === 'fail' ? any(own, ...autoshiftsOf(resource)) : own;
}

function ownShift(resource: Resource): Judgement {
  if (resource.type === GROUP)
    return resource.is('AvailabilityZoneImpairmentPolicy.ZonalShiftEnabled', true, { default: false });
  if (resource.type !== LOAD_BALANCER)
    return resource.is('ZonalShiftConfig.Enabled', true, { default: false });
  const type = loadBalancerType(resource);
  if (type === 'gateway') return notApplicable('a gateway load balancer takes no zonal shift');
  const question = { key: 'zonal_shift.config.enabled', needed: 'true', default: 'false' };
  const judged = attributeIs(resource, question);
  return type instanceof Unknown && judged.outcome === 'fail'
    ? { outcome: 'unknown', reason: type.reason }
    : judged;
}

/** Zonal autoshift, configured for the resource by itself. */
function autoshiftsOf(resource: Resource): readonly Judgement[] {
  return resource.stack.graph
    .mentionsOf(resource, 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration')
    .filter(({ from, property }) => property === 'ResourceIdentifier' && existsWith(from, resource) === true)
    .map(({ from }) => from.is('ZonalAutoshiftStatus', 'ENABLED'));
}
