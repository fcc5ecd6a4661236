import type { Resource } from '../../assembly/resource';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import { type Step, taking } from '../recovery/path';

/** One name for buckets of several regions. */
export const ACCESS_POINT = 'AWS::S3::MultiRegionAccessPoint';

/** The routes of an access point are turned by the data plane, which answers in five regions. */
export function routesTurned(point: Resource): Step {
  return taking(RECOVERY_FACTS.accessPointRouteSeconds, {
    what: 'the new routes of the access point take effect',
    resource: point,
  });
}
