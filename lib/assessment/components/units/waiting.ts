import { oncePerResource } from '../../../assembly/once-per-resource';
import type { Resource } from '../../../assembly/resource';
import { CATALOGUE_KEY } from '../../../objectives/catalogue';
import { readCatalogue } from '../../../objectives/catalogue-reader';
import { RegionRole } from '../../../objectives/region-role';
import type { AssessedService } from '../../assessed-service';
import type { Modelling } from '../../modelling';

/** Whether a resource stands where its service says that the region waits for a failover, in its stack or in the configuration. */
export function waitsForFailover(resource: Resource, { services }: Modelling): boolean {
  return waitsByCatalogue(resource) || standbysOf(services).has(resource);
}

const waitsByCatalogue = oncePerResource(({ stack, logicalId }): boolean => {
  const written = stack.source.template.Metadata?.[CATALOGUE_KEY];
  const reading = written === undefined ? undefined : readCatalogue(written);
  if (reading === undefined || 'problem' in reading) return false;
  return reading.catalogue.services.some(
    ({ role, resources }) => role === RegionRole.STANDBY && (resources?.includes(logicalId) ?? true),
  );
});

const known = new WeakMap<readonly AssessedService[], ReadonlySet<Resource>>();

function standbysOf(services: readonly AssessedService[]): ReadonlySet<Resource> {
  const found =
    known.get(services) ??
    new Set(
      services.flatMap(({ resources, roles }) =>
        resources.filter(({ region }) => roles.get(region ?? '') === RegionRole.STANDBY),
      ),
    );
  known.set(services, found);
  return found;
}
