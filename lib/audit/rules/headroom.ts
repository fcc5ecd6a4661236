import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { exactly } from '../../assembly/range';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { formatSeconds } from '../../calculus/time-span';
import { RegionRole } from '../../objectives/region-role';
import { Tier } from '../../objectives/tier';
import { CAPACITY, REDUNDANCY } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { HIGH, MEDIUM } from '../severity';
import { STARTS_LATE, startsLate } from '../standby';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const NODES = 'AWS::EKS::Nodegroup';
const SERVICE = 'AWS::ECS::Service';
const STABILITY =
  'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html';

export const groupsHaveHeadroom: Rule = {
  id: 'X-17',
  title: 'Scaling groups of tiers 0 and 1 may grow, and hold what is desired without one zone.',
  kind: 'capacity',
  why: 'When a zone is lost the others must take its share: a group that is at its maximum cannot.',
  fix: 'raise the maximum above the minimum, to the desired size × zones ÷ (zones - 1) at least',
  severity: MEDIUM,
  appliesTo: [GROUP, NODES],
  controls: [...REDUNDANCY, ...CAPACITY],
  sources: [STABILITY],
  check: judgeHeadroom,
};

export const standbyStartsInTime: Rule = {
  id: 'X-18',
  title: 'What a standby region runs can serve within the recovery time.',
  kind: 'capacity',
  why: 'What is started only after the region is lost is started when everybody starts: it takes time, and may fail.',
  fix: 'keep at least one unit running in the standby region',
  severity: HIGH,
  appliesTo: [GROUP, NODES, SERVICE],
  controls: [...REDUNDANCY, ...CAPACITY],
  sources: [STABILITY, AWS_FACTS.instanceLaunchSeconds.source],
  check: judgeStandby,
};

/** Where the sizes of a group are set. */
const SIZES: Readonly<Record<string, readonly [min: string, max: string, desired: string]>> = {
  [GROUP]: ['MinSize', 'MaxSize', 'DesiredCapacity'],
  [NODES]: ['ScalingConfig.MinSize', 'ScalingConfig.MaxSize', 'ScalingConfig.DesiredSize'],
};

function judgeHeadroom(group: Resource, { service }: RuleContext): Judgement | readonly Judgement[] {
  if (service.tier > Tier.BUSINESS_CRITICAL)
    return notApplicable(`tier ${service.tier} may do with what is left until a zone is back`);
  const [minPath, maxPath, desiredPath] = SIZES[group.type] ?? ['MinSize', 'MaxSize', 'DesiredCapacity'];
  const [min, max] = [group.number(minPath), group.number(maxPath)];
  if (max === undefined || max instanceof Unknown) return unknown(maxPath, max ?? 'no maximum is set');
  if (startsLate(service, exactly(max))) return notApplicable(STARTS_LATE);
  const grows = judgeGrowth({ min, max, property: maxPath });
  const desired = group.number(desiredPath) ?? min;
  if (desired === undefined || desired instanceof Unknown)
    return [grows, unknown(desiredPath, desired ?? 'no size is set')];
  return [grows, judgeLoss(group, { max, desired, property: maxPath })];
}

function judgeGrowth({
  min,
  max,
  property,
}: {
  readonly min: number | Unknown | undefined;
  readonly max: number;
  readonly property: string;
}): Judgement {
  if (min === undefined || min instanceof Unknown) return unknown(property, min ?? 'no minimum is set');
  if (max > min) return pass({ property, found: `${min} to ${max}` });
  return fail({ property, found: `${max}, which is the minimum too`, needed: `more than ${min}` });
}

interface Sizes {
  readonly max: number;
  readonly desired: number;
  readonly property: string;
}

function judgeLoss({ zones }: Resource, { max, desired, property }: Sizes): Judgement {
  const left = (count: number) => (Number.isFinite(count) ? (max * (count - 1)) / Math.max(count, 1) : max);
  const [worst, best] = [left(Math.max(zones.least, 1)), left(Math.max(zones.most, 1))];
  const found = `a maximum of ${max}, and ${desired} desired, in ${zones.describe()}`;
  if (worst >= desired) return pass({ property, found });
  if (best >= desired)
    return unknown(property, zones.unknowns[0] ?? 'how many zones there are is known only at deploy');
  return fail({ property, found, needed: `room for ${desired} without one zone` });
}

function judgeStandby(resource: Resource, { service }: RuleContext): Judgement {
  if (service.role !== RegionRole.STANDBY) return notApplicable('the region is declared no standby');
  const counted = minimumUnitsOf(resource);
  if (typeof counted === 'string') return notApplicable(counted);
  const { units, property } = counted;
  const where = property === undefined ? {} : { property };
  if (units.least > 0) return pass({ ...where, found: `${units.least} ${counted.noun}s at least` });
  if (units.most > 0) return unknown(property, units.why ?? 'how many run is known only at deploy');
  if (!startsLate(service, units))
    return fail({
      ...where,
      found: 'nothing runs',
      needed: `at least one ${counted.noun}: the tier is no pilot light`,
    });
  return judgeLaunch(resource, service.recovery.region.rtoSeconds, where);
}

/** Launch and warm-up, at their worst, must fit the recovery time. */
function judgeLaunch(resource: Resource, rto: number, where: { readonly property?: string }): Judgement {
  const isService = resource.type === SERVICE;
  const launch = isService ? AWS_FACTS.fargateLaunchSeconds : AWS_FACTS.instanceLaunchSeconds;
  const warmUp = resource.number(isService ? 'HealthCheckGracePeriodSeconds' : 'DefaultInstanceWarmup') ?? 0;
  if (warmUp instanceof Unknown) return unknown(where.property, warmUp);
  const seconds = launch.value.worst + warmUp;
  const found = `nothing runs, and starting takes ${formatSeconds(seconds)}`;
  if (seconds <= rto) return pass({ ...where, found });
  return fail({ ...where, found, needed: `at most ${formatSeconds(rto)}, the RTO for the loss of a region` });
}
