import { Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted, repeated } from '../../objectives/mistakes';
import { ActiveRouting, type ActiveRoutingProps, EVERYWHERE_ELSE, placeOf } from './active-routing';

/** Everything in which the choice among the regions contradicts itself. @internal */
export function routingMistakes(props: ActiveRoutingProps, regions: readonly string[]): Mistake[] {
  const { routing = ActiveRouting.LATENCY } = props;
  return [...idleMistakes(props, routing), ...MISTAKES_OF[routing](props, regions)];
}

const MISTAKES_OF: Readonly<
  Record<ActiveRouting, (props: ActiveRoutingProps, regions: readonly string[]) => Mistake[]>
> = {
  [ActiveRouting.LATENCY]: () => [],
  [ActiveRouting.WEIGHTED]: weightMistakes,
  [ActiveRouting.GEOLOCATION]: ({ locations }, regions) => {
    const places = mapped(locations, (each) => each.map(placeOf));
    return placesMistakes('locations', places, regions, 'GeoLocation.default()');
  },
  [ActiveRouting.CIDR]: cidrMistakes,
};

/** Route 53 has one policy for each record: what belongs to another one would move nothing. */
function idleMistakes(props: ActiveRoutingProps, routing: ActiveRouting): Mistake[] {
  const idle = Object.entries(BELONGS_TO)
    .filter(([name, to]) => to !== routing && props[name as keyof typeof BELONGS_TO] !== undefined)
    .map(([name]) => name);
  return idle.map((name) => ({
    problem: `${name} says nothing to ${routing} routing`,
    fix: `leave ${name} out, or set routing to ${BELONGS_TO[name as keyof typeof BELONGS_TO]}`,
  }));
}

const BELONGS_TO = {
  weights: ActiveRouting.WEIGHTED,
  locations: ActiveRouting.GEOLOCATION,
  cidrCollectionId: ActiveRouting.CIDR,
  cidrLocations: ActiveRouting.CIDR,
} as const;

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html */
function weightMistakes({ weights }: ActiveRoutingProps, regions: readonly string[]): Mistake[] {
  // Left out, all regions weigh the same.
  if (!weights) return [];
  const known = Object.entries(weights).filter(([, weight]) => !Token.isUnresolved(weight));
  const mistakes = [
    ...namedMistakes('weights', Object.keys(weights), regions),
    ...known
      .filter(([, weight]) => !(Number.isInteger(weight) && weight >= 0 && weight <= HEAVIEST))
      .map(([region, weight]) => ({
        problem: `the weight of ${region} is ${weight}, but Route 53 takes 0 to ${HEAVIEST}`,
        fix: `set it to a whole number from 0 to ${HEAVIEST}`,
      })),
  ];
  const serving = Object.values(weights).filter((weight) => weight !== 0);
  if (serving.length >= 2) return mistakes;
  return [
    ...mistakes,
    {
      problem: `${serving.length === 1 ? 'only one region has' : 'no region has'} a weight, so regions do not share the work`,
      fix: 'give two regions or more a weight above 0, or use FailoverDns',
    },
  ];
}

function cidrMistakes(props: ActiveRoutingProps, regions: readonly string[]): Mistake[] {
  const { cidrCollectionId, cidrLocations } = props;
  const mistakes: Mistake[] = [];
  if (!cidrCollectionId) {
    mistakes.push({
      problem: 'cidrCollectionId is missing: no ranges are known',
      fix: 'deploy a CidrLocations once, and write its id here',
    });
  } else if (!Token.isUnresolved(cidrCollectionId) && !COLLECTION.test(cidrCollectionId)) {
    mistakes.push({
      problem: `cidrCollectionId is ${quoted(cidrCollectionId)}, which is no id of a collection`,
      fix: 'write the id that the CidrLocations has as its output',
    });
  }
  return [...mistakes, ...placesMistakes('cidrLocations', cidrLocations, regions, quoted(EVERYWHERE_ELSE))];
}

function placesMistakes(
  what: string,
  places: Readonly<Record<string, readonly string[]>> | undefined,
  regions: readonly string[],
  standard: string,
): Mistake[] {
  if (!places)
    return [{ problem: `${what} is missing`, fix: `say in ${what} which users each region serves` }];
  const all = Object.values(places).flat();
  const mistakes = namedMistakes(what, Object.keys(places), regions);
  if (!all.includes(EVERYWHERE_ELSE)) {
    mistakes.push({
      problem: `${what} gives nobody the users who are in none of its places, who would get no answer at all`,
      fix: `add ${standard} to one region`,
    });
  }
  for (const place of repeated(all)) {
    mistakes.push({ problem: `${place} is given twice in ${what}`, fix: `give ${place} to one region` });
  }
  for (const [region, own] of Object.entries(places)) {
    if (own.length > 0) continue;
    mistakes.push({
      problem: `${what} gives ${region} no users`,
      fix: `give ${region} a place, or leave its record out`,
    });
  }
  return mistakes;
}

/** The map is the same in all regions, and speaks of all of them. */
function namedMistakes(what: string, named: readonly string[], regions: readonly string[]): Mistake[] {
  const strange = named.filter((region) => !regions.includes(region));
  const forgotten = regions.filter((region) => !named.includes(region));
  const mistakes: Mistake[] = [];
  if (forgotten.length > 0) {
    mistakes.push({
      problem: `${what} says nothing of ${forgotten.join(', ')}`,
      fix: `name all active regions: ${regions.join(', ')}`,
    });
  }
  if (strange.length > 0) {
    mistakes.push({
      problem: `${what} names ${strange.join(', ')}, which does not serve`,
      fix: `name only active regions: ${regions.join(', ')}`,
    });
  }
  return mistakes;
}

function mapped<T, U>(
  map: Readonly<Record<string, T>> | undefined,
  change: (value: T) => U,
): Record<string, U> | undefined {
  return map && Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

const COLLECTION = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const HEAVIEST = 255;
