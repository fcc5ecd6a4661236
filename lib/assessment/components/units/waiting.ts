import { oncePerResource } from '../../../assembly/once-per-resource';
import { CATALOGUE_KEY } from '../../../objectives/catalogue';
import { readCatalogue } from '../../../objectives/catalogue-reader';
import { RegionRole } from '../../../objectives/region-role';

/** Whether a resource stands where its service says that the region waits for a failover. */
export const waitsForFailover = oncePerResource(({ stack, logicalId }): boolean => {
  const written = stack.source.template.Metadata?.[CATALOGUE_KEY];
  const reading = written === undefined ? undefined : readCatalogue(written);
  if (reading === undefined || 'problem' in reading) return false;
  return reading.catalogue.services.some(
    ({ role, resources }) => role === RegionRole.STANDBY && (resources?.includes(logicalId) ?? true),
  );
});
