import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { ZONE_PROPERTIES } from './placement-properties';

/** The region that the name of a zone begins with: `eu-west-1a`, the local zone `us-west-2-lax-1a`. */
const REGION_OF_ZONE = /^([a-z]{2}(?:-[a-z]+)+-\d)(?:[a-z]|-[a-z0-9-]+)$/;

/** The region of a zone by its name; undefined where its letter, its symbol or its id (`euw1-az1`) is all that is known. */
export function regionOfZone(zone: string): string | undefined {
  return REGION_OF_ZONE.exec(zone)?.[1];
}

/**
 * The region of the stacks that are bound to none, by the zones that they name: such stacks are deployed together, to the
 * same one. Undefined where they name no zone, or zones of several regions.
 */
export const regionByZones: (graph: Graph) => string | undefined = oncePerGraph((graph) => {
  const unbound = graph.ofType(...Object.keys(ZONE_PROPERTIES)).filter(({ region }) => region === undefined);
  const regions = new Set(
    unbound.flatMap(({ zones }) => [...zones.names].flatMap((zone) => regionOfZone(zone) ?? [])),
  );
  const [only] = regions;
  return regions.size === 1 ? only : undefined;
});
