import { oncePerResource } from '../../../assembly/once-per-resource';
import type { Resource } from '../../../assembly/resource';
import { CATALOGUE_KEY } from '../../../objectives/catalogue';
import { readCatalogue } from '../../../objectives/catalogue-reader';
import { RegionRole } from '../../../objectives/region-role';
import type { AssessedService } from '../../assessed-service';
import type { Modelling } from '../../modelling';

/** Whether a resource stands where its service says that the region waits for a failover, in its stack or in the configuration. */
export function waitsForFailover(resource: Resource, { services }: Modelling): boolean {
  return waitsByCatalogue(resource) || placedIn(services).waiting.has(resource);
}

/** Whether a resource stands in one of several regions that serve at once. */
export function servesBesideOthers(resource: Resource, { services }: Modelling): boolean {
  return placedIn(services).besideOthers.has(resource);
}

/** Whether the region that a resource waits for is in the app: else its start is late beside no outage that is seen. */
export function waitsBesideServing(resource: Resource, { services }: Modelling): boolean {
  return placedIn(services).besideServing.has(resource);
}

const waitsByCatalogue = oncePerResource(({ stack, logicalId }): boolean => {
  const written = stack.source.template.Metadata?.[CATALOGUE_KEY];
  const reading = written === undefined ? undefined : readCatalogue(written);
  if (reading === undefined || 'problem' in reading) return false;
  return reading.catalogue.services.some(
    ({ role, resources }) => role === RegionRole.STANDBY && (resources?.includes(logicalId) ?? true),
  );
});

/** The resources of the regions that have a role. */
interface Placed {
  readonly waiting: ReadonlySet<Resource>;
  readonly besideOthers: ReadonlySet<Resource>;
  readonly besideServing: ReadonlySet<Resource>;
}

const known = new WeakMap<readonly AssessedService[], Placed>();

function placedIn(services: readonly AssessedService[]): Placed {
  const found = known.get(services) ?? {
    waiting: ofRole(services, RegionRole.STANDBY),
    besideOthers: ofRole(services.filter(servesTwice), RegionRole.ACTIVE),
    besideServing: new Set(services.filter(serves).flatMap(({ resources }) => resources)),
  };
  known.set(services, found);
  return found;
}

function serves({ roles }: AssessedService): boolean {
  return [...roles.values()].some((role) => role === RegionRole.PRIMARY || role === RegionRole.ACTIVE);
}

function servesTwice({ roles }: AssessedService): boolean {
  return [...roles.values()].filter((role) => role === RegionRole.ACTIVE).length > 1;
}

function ofRole(services: readonly AssessedService[], wanted: RegionRole): ReadonlySet<Resource> {
  return new Set(
    services.flatMap(({ resources, roles }) =>
      resources.filter(({ region }) => roles.get(region ?? '') === wanted),
    ),
  );
}
