import { oncePerGraph } from '../assembly/once-per-graph';
import type { Resource } from '../assembly/resource';
import type { Stack } from '../assembly/stack';
import { CATALOGUE_KEY, type CatalogueService } from '../objectives/catalogue';
import { readCatalogue } from '../objectives/catalogue-reader';
import { RegionRole } from '../objectives/region-role';

/** A service in one stack, with what the region of the stack does for it. */
export interface ServicePlace {
  readonly stack: Stack;
  readonly role: RegionRole;
}

/** The places that constructs declare: those of which the role is known, witnesses left out. */
export const declaredPlaces = oncePerGraph((graph): ReadonlyMap<string, readonly ServicePlace[]> => {
  const places = new Map<string, ServicePlace[]>();
  for (const stack of graph.stacks) {
    for (const { name, role } of declaredIn(stack)) {
      if (role === undefined || role === RegionRole.WITNESS) continue;
      places.set(name, [...(places.get(name) ?? []), { stack, role }]);
    }
  }
  return places;
});

function declaredIn({ source }: Stack): readonly CatalogueService[] {
  const { Metadata: metadata } = source.template;
  const written = metadata && Object.hasOwn(metadata, CATALOGUE_KEY) ? metadata[CATALOGUE_KEY] : undefined;
  if (written === undefined) return [];
  const reading = readCatalogue(written);
  return 'problem' in reading ? [] : reading.catalogue.services;
}

/** The places of a service in other regions than a resource's, known ones only. */
export function placesElsewhere(
  resource: Resource,
  places: readonly ServicePlace[],
): readonly ServicePlace[] {
  return places.filter(({ stack }) => stack.region !== undefined && stack.region !== resource.region);
}

/** The regions in which a service runs, as far as its stacks are bound to some. */
export function regionsOf(places: readonly ServicePlace[]): readonly string[] {
  const regions = places.map(({ stack }) => stack.region).filter((region) => region !== undefined);
  return [...new Set(regions)].sort();
}
