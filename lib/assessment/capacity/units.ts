import { minimumUnitsOf, mostTasksOf } from '../../assembly/compute/minimum-units';
import type { Range } from '../../assembly/range';
import type { Resource } from '../../assembly/resource';
import { headroomPercent, unitsAfterZoneLoss } from '../../calculus/capacity';
import { RegionRole } from '../../objectives/region-role';
import type { AssessedService } from '../assessed-service';
import type { CapacityFinding } from '../assessment';
import { declaredPeakOf, type Peak } from '../peak';

const STATIC_STABILITY =
  'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html';

const SCALED_TYPES: ReadonlySet<string> = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ECS::Service',
  'AWS::EKS::Nodegroup',
]);

/** Whether what runs at the least carries the peak without one zone, and the maximum carries it without a region. */
export function unitsCapacity(resource: Resource, service: AssessedService): readonly CapacityFinding[] {
  const minimum = SCALED_TYPES.has(resource.type) ? minimumUnitsOf(resource) : '';
  if (typeof minimum === 'string') return [];
  const peak = declaredPeakOf(resource);
  const waits = service.roles.get(resource.region ?? '') === RegionRole.STANDBY;
  const { units, zones, noun } = minimum;
  const counted = { resource, noun, peak };
  return [
    // A region that waits is not owed the peak before it is scaled up.
    ...(waits ? [] : [afterZoneLoss(counted, units, zones)]),
    ...atMost(counted),
  ];
}

interface Counted {
  readonly resource: Resource;
  readonly noun: string;
  readonly peak: Peak | undefined;
}

function afterZoneLoss({ resource, noun, peak }: Counted, units: Range, zones: Range): CapacityFinding {
  const left = unitsAfterZoneLoss(units.least, Math.min(zones.least, Math.max(units.least, 1)));
  const open = units.why ?? zones.why;
  const found = `${left} of ${units.least} ${noun}s are left without the fullest of ${zones.least} zones`;
  const finding = { resource, what: 'peak without one zone', found, source: STATIC_STABILITY };
  if (!peak)
    return { ...finding, needed: 'the peak, which nobody declares', meets: left > 0 ? undefined : false };
  const meets = left >= peak.units;
  const room = headroomPercent(left, peak.units);
  return {
    ...finding,
    found: `${found}, ${Math.round(Math.abs(room))} % ${room < 0 ? 'too few' : 'to spare'}`,
    needed: `${peak.units} ${noun}s at the peak (${peak.source})`,
    meets: meets || open === undefined ? meets : undefined,
  };
}

/** The maximum must carry the peak of all regions: one may be all that is left. */
function atMost({ resource, noun, peak }: Counted): readonly CapacityFinding[] {
  if (!peak) return [];
  const most = mostOf(resource);
  if (most === undefined) return [];
  return [
    {
      resource,
      what: 'peak with this region alone',
      found: `${most} ${noun}s at the most`,
      needed: `${peak.units} ${noun}s at the peak (${peak.source})`,
      meets: most >= peak.units,
      source: STATIC_STABILITY,
    },
  ];
}

function mostOf(resource: Resource): number | undefined {
  if (resource.type === 'AWS::ECS::Service') {
    const { most } = mostTasksOf(resource);
    return Number.isFinite(most) ? most : undefined;
  }
  const path = resource.type === 'AWS::EKS::Nodegroup' ? 'ScalingConfig.MaxSize' : 'MaxSize';
  const most = resource.number(path);
  return typeof most === 'number' ? most : undefined;
}
