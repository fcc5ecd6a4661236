import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import type { Range } from '../../assembly/range';
import type { Resource } from '../../assembly/resource';
import { headroomPercent } from '../../calculus/capacity';
import { RegionRole } from '../../objectives/region-role';
import type { AssessedService } from '../assessed-service';
import type { CapacityFinding } from '../assessment';
import { type Declaring, declaredPeakOf, type Peak, peakAfterFailover } from '../peak';
import { scaledTo } from '../scaling';
import { isGrown, leftWithoutZone, mostRunningOf, mostUnitsOf, SCALED_TYPES } from '../standing';

const STATIC_STABILITY =
  'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html';

/**
 * Whether what runs at the peak carries it without one zone, and the maximum carries it without a region. A region that
 * waits is not owed the peak before it is scaled up, but then.
 */
export function unitsCapacity(
  resource: Resource,
  service: AssessedService,
  services: Declaring,
): readonly CapacityFinding[] {
  const minimum = SCALED_TYPES.has(resource.type) ? minimumUnitsOf(resource) : '';
  if (typeof minimum === 'string') return [];
  const { units, zones, noun } = minimum;
  if (service.roles.get(resource.region ?? '') === RegionRole.STANDBY)
    return afterRegionLoss({ resource, noun, peak: peakAfterFailover(resource, services) }, units);
  const counted = { resource, noun, peak: declaredPeakOf(resource, services) };
  return [afterZoneLoss(counted, units, zones), ...atMost(counted)];
}

interface Counted {
  readonly resource: Resource;
  readonly noun: string;
  readonly peak: Peak | undefined;
}

/** At the peak all run that scaling has brought by then, as the availability counts them. */
function afterZoneLoss({ resource, noun, peak }: Counted, units: Range, zones: Range): CapacityFinding {
  const running = peak ? unitsAtPeak(resource, units.least, peak) : units.least;
  const left = leftWithoutZone(running, zones.least);
  const open = units.why ?? zones.why;
  const brought = running > units.least ? `, to which scaling brings the ${units.least} at the least,` : '';
  const found = `${left} of ${running} ${noun}s${brought} are left without the fullest of ${zones.least} zones`;
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

function unitsAtPeak(resource: Resource, least: number, peak: Peak): number {
  const most = mostRunningOf(resource) ?? Number.POSITIVE_INFINITY;
  return Math.max(least, Math.min(most, scaledTo(Math.ceil(peak.units), resource).units));
}

/** A standby takes over with what runs; what is short of the peak is started, if something does that and it may run so many. */
function afterRegionLoss({ resource, noun, peak }: Counted, units: Range): readonly CapacityFinding[] {
  if (!peak) return [];
  const { least, why } = units;
  const most = mostRunningOf(resource);
  const short = Math.max(0, peak.units - least);
  const comes = isGrown(resource) ? 'until they are started' : 'and nothing in the app starts them';
  const found = [
    `${least} ${noun}${least === 1 ? ' runs' : 's run'}${short > 0 ? `, ${short} too few ${comes}` : ''}`,
    ...(most === undefined ? [] : [`${most} at the most`]),
  ].join('; ');
  const meets = short === 0 || ((most ?? peak.units) >= peak.units && isGrown(resource));
  return [
    {
      resource,
      what: 'peak after the loss of a region',
      found,
      needed: `${peak.units} ${noun}s at the peak (${peak.source})`,
      meets: meets || (why === undefined && most !== undefined) ? meets : undefined,
      source: STATIC_STABILITY,
    },
  ];
}

/** The maximum must carry the peak of all regions: one may be all that is left. */
function atMost({ resource, noun, peak }: Counted): readonly CapacityFinding[] {
  if (!peak) return [];
  const [most, allowed] = [mostRunningOf(resource), mostUnitsOf(resource)];
  if (most === undefined) return [];
  return [
    {
      resource,
      what: 'peak with this region alone',
      found: `${most} ${noun}s at the most${most === allowed ? '' : ', by the addresses of its subnets'}`,
      needed: `${peak.units} ${noun}s at the peak (${peak.source})`,
      meets: most >= peak.units,
      source: STATIC_STABILITY,
    },
  ];
}
