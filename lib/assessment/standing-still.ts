import type { Resource } from '../assembly/resource';
import type { Disruption } from '../objectives/disruption';
import type { ServiceAssessment } from './assessment';
import { regionKey } from './modelling';
import { isGrown, SCALED_TYPES } from './standing';

/** Something that cannot be done while a control plane is impaired. */
export interface StandingStill {
  /** In words: `launches a unit`. */
  readonly what: string;

  /** @default - the whole service */
  readonly resource?: Resource;

  /** The control plane: a region, or `global`. */
  readonly plane: string;

  /** The disruptions from which it would bring the service back. Empty where it goes on all the time. */
  readonly after: readonly Disruption[];
}

/** What waits while some control planes are impaired: the rest of the design is statically stable against that. */
export function standingStill(
  assessment: ServiceAssessment,
  planes: ReadonlySet<string>,
): readonly StandingStill[] {
  const found = new Map<string, StandingStill & { readonly after: Disruption[] }>();
  for (const { what, resource, plane, disruption } of assessment.controlPlane) {
    if (!planes.has(plane)) continue;
    const key = `${plane} ${resource?.id} ${what}`;
    const known = found.get(key);
    if (!known) found.set(key, { what, plane, after: [disruption], ...(resource && { resource }) });
    else if (!known.after.includes(disruption)) known.after.push(disruption);
  }
  return [...unitsOf(assessment, planes), ...found.values()];
}

/** Units that are lost are missed, and load that comes finds no more of them. */
function unitsOf(
  { availability: { model } }: ServiceAssessment,
  planes: ReadonlySet<string>,
): readonly StandingStill[] {
  return [...new Set(model.resources.values())]
    .filter((resource) => SCALED_TYPES.has(resource.type) && planes.has(regionKey(resource)))
    .map((resource) => ({
      what: isGrown(resource) ? 'replaces lost units, starts more as load comes' : 'replaces lost units',
      resource,
      plane: regionKey(resource),
      after: [],
    }));
}
