import type { Resource } from '../assembly/resource';
import type { FaultEvent } from './failure';

/** Ends the id of the unit that one instance of a cluster is, which the fault model does not count. */
export const MEMBER = '#member';

/** What is lost together. */
export interface NamedLoss {
  /** Regions, by name. */
  readonly regions: ReadonlySet<string>;

  /** Zones, by the names that events of the fault model have: `eu-west-1a`, `eu-west-1#0`. */
  readonly zones: ReadonlySet<string>;

  /** Resources that are lost as a whole. */
  readonly resources: ReadonlySet<Resource>;

  /** Single units of resources, such as one task, by the ids of their events. */
  readonly units: ReadonlySet<string>;

  /** Control planes that are impaired: those of regions by name, and that of global services as `global`. */
  readonly planes: ReadonlySet<string>;

  /** What else happens, by the ids of its events: a service of AWS or of somebody else, a switch, a defect of common software. */
  readonly events: ReadonlySet<string>;
}

/** The id of one unit of a resource: of its event, where it has one of its own. */
export function unitIdOf(resource: Resource, name: string): string {
  return `resource:${resource.id}#${name}`;
}

/** Whether so many units are lost that an event which counts them happens: one of its own, or together with others. */
export function areUnitsLost({ id, resources, counted }: FaultEvent, { units }: NamedLoss): boolean {
  if (units.has(id)) return true;
  if (counted === undefined || units.size === 0) return false;
  const beginnings = resources.map((resource) => unitIdOf(resource, `${counted.noun} `));
  const lost = [...units].filter((unit) => beginnings.some((beginning) => unit.startsWith(beginning)));
  return lost.length >= counted.lost;
}

/** Nothing is lost. */
export const NO_LOSS: NamedLoss = {
  regions: new Set(),
  zones: new Set(),
  resources: new Set(),
  units: new Set(),
  planes: new Set(),
  events: new Set(),
};
