import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import type { Resource } from '../../assembly/resource';
import { unitsAfterZoneLoss } from '../../calculus/capacity';
import type { CapacityFinding } from '../assessment';
import { type Declaring, declaredPeakOf } from '../peak';

const RESERVATIONS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html';

/**
 * Whether instances that must be launched after the loss of a zone have capacity kept for them. A group that is large enough
 * needs to launch none.
 */
export function reservedCapacity(group: Resource, services: Declaring): readonly CapacityFinding[] {
  const minimum = group.type === 'AWS::AutoScaling::AutoScalingGroup' ? minimumUnitsOf(group) : '';
  const peak = declaredPeakOf(group, services);
  if (typeof minimum === 'string' || !peak) return [];
  const { units, zones } = minimum;
  const missing =
    peak.units - unitsAfterZoneLoss(units.least, Math.min(zones.least, Math.max(units.least, 1)));
  if (missing <= 0) return [];
  const reserved = group.stack.graph
    .ofType('AWS::EC2::CapacityReservation')
    .filter(({ region, account }) => region === group.region && account === group.account)
    .map((reservation) => reservation.number('InstanceCount'));
  const open = reserved.some((count) => typeof count !== 'number');
  const sum = reserved.reduce<number>((total, count) => total + (typeof count === 'number' ? count : 0), 0);
  return [
    {
      resource: group,
      what: 'reserved capacity',
      found: `${sum} instances reserved in the region`,
      needed: `${missing} to launch when one zone is lost`,
      meets: sum >= missing || (open ? undefined : false),
      source: RESERVATIONS,
    },
  ];
}
