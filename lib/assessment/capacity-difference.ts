import type { Resource } from '../assembly/resource';
import type { CapacityFinding, ServiceAssessment } from './assessment';
import { type Standing, standingOf } from './standing';

/** Which number of units it is: those that run at the least, as wanted, at the most, or of the least without the fullest zone. */
export type UnitsWhat = 'minimum' | 'desired' | 'maximum' | 'leftWithoutZone';

const UNITS: readonly UnitsWhat[] = ['minimum', 'desired', 'maximum', 'leftWithoutZone'];

/** How one number of units moves. */
export interface MovedUnits {
  /** As it is now, or was where it is gone. */
  readonly resource: Resource;

  /** What one of them is, such as `task`. */
  readonly noun: string;
  readonly what: UnitsWhat;

  /** 0 where there was none. */
  readonly before: number;

  /** 0 where it is gone. */
  readonly after: number;
}

/** What a change does to the capacity of one service. */
export interface CapacityDifference {
  readonly units: readonly MovedUnits[];

  /** What falls short now, and did not: as it is now. */
  readonly lost: readonly CapacityFinding[];
}

/** How the units of a service move, and what falls short of its peak by that. */
export function capacityDifference(before: ServiceAssessment, after: ServiceAssessment): CapacityDifference {
  const [was, is] = [standings(before), standings(after)];
  const units = [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .flatMap((id) => moved(was.get(id), is.get(id)));
  const fell = new Set(units.filter((each) => each.after < each.before).map(({ resource }) => resource.id));
  const known = new Map(before.capacity.map((finding) => [keyOf(finding), finding.meets] as const));
  const lost = after.capacity.filter((finding) => {
    const key = keyOf(finding);
    if (finding.meets !== false || !known.has(key) || known.get(key) === false) return false;
    return known.get(key) === true || fell.has(finding.resource.id);
  });
  return { units, lost };
}

function standings({ service }: ServiceAssessment): ReadonlyMap<string, Standing> {
  return new Map(
    service.resources.flatMap((resource) => {
      const standing = standingOf(resource);
      return standing ? [[resource.id, standing] as const] : [];
    }),
  );
}

/** A number that only one side tells is no step, unless the other side has nothing there. */
function moved(was: Standing | undefined, is: Standing | undefined): readonly MovedUnits[] {
  const shown = is ?? was;
  if (shown === undefined) return [];
  return UNITS.flatMap((what): readonly MovedUnits[] => {
    const before = was === undefined ? 0 : was[what];
    const after = is === undefined ? 0 : is[what];
    if (before === undefined || after === undefined || before === after) return [];
    return [{ resource: shown.resource, noun: shown.noun, what, before, after }];
  });
}

function keyOf({ resource, what }: CapacityFinding): string {
  return `${resource.id} ${what}`;
}
