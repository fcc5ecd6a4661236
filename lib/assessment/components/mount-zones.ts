import { mountCountOf, mountZonesOf } from '../../assembly/network/mount-targets';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { type Modelling, nameOf } from '../modelling';

/**
 * The zones in which a file system can be mounted without leaving the zone: AWS allows one mount target in each.
 * Undefined where the app does not tell; that is said.
 */
export function zonesOfMounts(files: Resource, model: Modelling): readonly string[] | undefined {
  const count = mountCountOf(files);
  if (count instanceof Unknown || count === 0) {
    const found =
      count === 0
        ? `no mount target of ${nameOf(files)} is in the app`
        : `the mount targets of ${nameOf(files)} cannot be told: ${count.reason}`;
    model.assume(`${found}; it is taken to be mounted in all zones of its users`, files);
    return undefined;
  }
  return model.zoneNames(files, mountZonesOf(files), count);
}
