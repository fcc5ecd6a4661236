import { regionOfZone } from '../assembly/network/region-of-zones';
import { ConfigurationError } from '../errors';
import type { Assessment, ServiceAssessment } from './assessment';
import { planeMeant, planesOf } from './control-planes';
import { EVENT_PREFIX, eventNamesOf, eventsMeant, isEventKind, softNamesOf } from './lost-events';
import {
  hitOf,
  isSoft,
  type LostKind,
  type LostThing,
  lossableNames,
  regionsOf,
  zonesOf,
} from './lost-things';
import { mayStandIn } from './lost-zones';
import { nearNames } from './near-names';

/** The words before a name, by the kind of thing. */
const PREFIXES: Readonly<Record<string, LostKind>> = {
  az: 'zone',
  zone: 'zone',
  region: 'region',
  'control-plane': 'controlPlane',
  service: 'service',
  'third-party': 'thirdParty',
  switch: 'switch',
  software: 'software',
  resource: 'resource',
};

const NAMED = new RegExp(`^(${Object.keys(PREFIXES).join('|')})(?: *: *| +|(?<=control-plane)@)(.*)$`, 'i');

/** What people call a kind of thing. */
export const KIND_WORDS: Readonly<Record<LostKind, string>> = {
  zone: 'zone',
  region: 'region',
  resource: 'resource',
  controlPlane: 'control plane',
  service: 'service',
  thirdParty: 'third party',
  switch: 'switch',
  software: 'software',
};

/**
 * Reads what `--lose` names: `az:eu-west-1a`, `region:eu-west-1`, a resource, `control-plane@eu-west-1`,
 * `service:lambda@eu-west-1`, `third-party:stripe`, `switch:www.example.com A` or `software:shop`; several by commas.
 *
 * @throws ConfigurationError when nothing is named
 */
export function parseLosses(text: string): readonly LostThing[] {
  return text.split(',').map((part) => parseLoss(part.trim()));
}

/**
 * The same of one thing.
 *
 * @throws ConfigurationError when nothing is named
 */
export function parseLoss(text: string): LostThing {
  const [, prefix, found = ''] = NAMED.exec(text) ?? [undefined, 'resource', text];
  const kind = PREFIXES[prefix?.toLowerCase() ?? ''] ?? 'resource';
  // One unit of a resource is known by the id of its event.
  const name = kind === 'resource' && found.includes('#') ? text : found;
  if (name === '')
    throw new ConfigurationError({
      path: `--lose ${text}`,
      problem: 'nothing is named',
      fix: 'write az:eu-west-1a, region:eu-west-1, control-plane:eu-west-1, service:lambda@eu-west-1, third-party:NAME, switch:NAME, software:NAME or a resource',
    });
  return { kind, name };
}

/**
 * What is lost, by the names that the app has for it: `az:1` is the zone `eu-west-1#1`.
 *
 * @throws ConfigurationError when no service knows one of them, or several are called so
 */
export function meantBy({ services }: Assessment, losses: readonly LostThing[]): readonly LostThing[] {
  return losses.map((loss) => meant(loss, services));
}

function meant(thing: LostThing, services: readonly ServiceAssessment[]): LostThing {
  const spelled = { ...thing, name: spelledAs(thing, services) };
  const isKnown = (service: ServiceAssessment) =>
    hitOf(service, spelled) !== undefined || isSoft(service, spelled);
  if (services.some(isKnown) || services.some((service) => standsInNoZone(service, spelled))) return spelled;
  throw unknownLoss(thing, services);
}

/** What AWS spreads over a region goes on without any zone of it. */
function standsInNoZone(service: ServiceAssessment, { kind, name }: LostThing): boolean {
  const region = kind === 'zone' ? regionOfZone(name) : undefined;
  if (region === undefined || !regionsOf(service).includes(region)) return false;
  return !zonesOf(service).some((zone) => mayStandIn(zone, region));
}

function spelledAs(thing: LostThing, services: readonly ServiceAssessment[]): string {
  const { kind, name } = thing;
  if (kind === 'controlPlane') return planeMeant(name);
  const found =
    kind === 'zone' ? zonesMeant(name, services) : isEventKind(kind) ? eventsMeant(name, kind, services) : [];
  if (found.length > 1) throw severalCalledSo(thing, found);
  return found[0] ?? name;
}

function zonesMeant(name: string, services: readonly ServiceAssessment[]): readonly string[] {
  const [, index] = /^#?(\d+)$/.exec(name) ?? [];
  if (index === undefined) return [];
  return [...new Set(services.flatMap(zonesOf))].filter((zone) => zone.endsWith(`#${index}`));
}

function severalCalledSo({ kind, name }: LostThing, found: readonly string[]): ConfigurationError {
  const [what, called] = kind === 'zone' ? [' zones', `#${name.replace('#', '')}`] : ['', name];
  const prefix = prefixOf(kind);
  return new ConfigurationError({
    path: `--lose ${prefix}${name}`,
    problem: `${found.length}${what} are called ${called}`,
    fix: `name one of ${found.map((each) => `${prefix}${each}`).join(', ')}`,
  });
}

function unknownLoss({ kind, name }: LostThing, services: readonly ServiceAssessment[]): ConfigurationError {
  const known = services.flatMap((service) => namesOf(service, kind));
  const near = proposed({ kind, name }, known, services);
  const unnamed = kind === 'region' && known.includes('any-region');
  const what = KIND_WORDS[kind];
  return new ConfigurationError({
    path: `--lose ${shortened(name)}`,
    problem: `no service of the app depends on such ${kind === 'software' ? '' : 'a '}${what}`,
    fix:
      near.length === 0
        ? `there is no ${what} to lose`
        : `name one of ${near.join(', ')}${unnamed ? ' (the stacks are bound to no region: any-region is theirs)' : ''}`,
  });
}

/** What may have been meant: of regions, which are few, all; a place that was named without its prefix goes before all else. */
function proposed(
  { kind, name }: LostThing,
  known: readonly string[],
  services: readonly ServiceAssessment[],
): readonly string[] {
  const places = kind === 'resource' ? placesCalled(name, services) : [];
  const near = places.length > 0 ? [] : nearNames(name, known);
  const all = kind === 'region' ? [...new Set([...near, ...[...known].sort()])] : near;
  const others = kind === 'resource' ? alike(name, services) : [];
  return [...places, ...all.map((each) => `${prefixOf(kind)}${each}`), ...others];
}

/** The region or zone of just that name: `eu-west-1` is `region:eu-west-1`. */
function placesCalled(name: string, services: readonly ServiceAssessment[]): readonly string[] {
  return (['region', 'zone'] as const)
    .filter((kind) => services.some((service) => namesOf(service, kind).includes(name.toLowerCase())))
    .map((kind) => `${prefixOf(kind)}${name.toLowerCase()}`);
}

function namesOf(service: ServiceAssessment, kind: LostKind): readonly string[] {
  if (kind === 'zone') return zonesOf(service);
  if (kind === 'region') return regionsOf(service);
  if (kind === 'controlPlane') return planesOf(service);
  if (isEventKind(kind)) return [...eventNamesOf(service, kind), ...softNamesOf(service, kind)];
  return lossableNames(service);
}

/** What stands before a name that would else be taken for that of a resource. */
function prefixOf(kind: LostKind): string {
  if (kind === 'region') return 'region:';
  if (kind === 'zone') return 'az:';
  if (kind === 'controlPlane') return 'control-plane:';
  return isEventKind(kind) ? EVENT_PREFIX[kind] : '';
}

/** What is no resource, and is named like one: `stripe` is `third-party:stripe`. */
function alike(name: string, services: readonly ServiceAssessment[]): readonly string[] {
  const kinds = [...Object.keys(EVENT_PREFIX), 'controlPlane'] as readonly LostKind[];
  const names = kinds.flatMap((kind) =>
    services.flatMap((service) => namesOf(service, kind).map((each) => `${prefixOf(kind)}${each}`)),
  );
  const holds = (each: string) => each.toLowerCase().includes(name.toLowerCase());
  return [...new Set(names)].filter(holds).sort().slice(0, MOST_ALIKE);
}

const MOST_ALIKE = 5;

/** More of a name than this tells a person nothing. */
const MOST_LETTERS = 200;

function shortened(name: string): string {
  return name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS)}…` : name;
}
