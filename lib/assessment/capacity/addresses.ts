import { GROWING_TYPES, shortageFor } from '../../assembly/network/address-need';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import type { CapacityFinding } from '../assessment';

const SUBNETS = 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html';

/** Whether the subnets have addresses for all that grows in them when one zone is lost. */
export function addressCapacity(resource: Resource): readonly CapacityFinding[] {
  if (!GROWING_TYPES.includes(resource.type)) return [];
  const shortage = shortageFor(resource);
  const finding = { resource, what: 'addresses in its subnets', source: SUBNETS };
  if (shortage === undefined)
    return [{ ...finding, found: 'enough, also without one zone', needed: 'one for each unit', meets: true }];
  if (shortage instanceof Unknown)
    return [{ ...finding, found: shortage.reason, needed: 'one for each unit', meets: undefined }];
  const { zone, needed, free } = shortage;
  return [
    {
      ...finding,
      found: `${free.most} without ${zone}`,
      needed: `${needed.least} for all that grows there`,
      meets: false,
    },
  ];
}
