import type { Resource } from '../assembly/resource';
import { RegionRole } from '../objectives/region-role';
import type { AssessedService } from './assessed-service';
import { isRebuildable } from './data-owed';
import { partOf, reachedFrom } from './entry-points';
import { allOf, anyOf, type Failure, type FaultEvent } from './failure';
import { type Modelling, nameOf } from './modelling';
import { holdsOwnData, STORE_TYPES, storeFor } from './recovery/stores';
import { keepSameData } from './same-data';
import { ACCESS_POINT } from './switching/access-point-routes';
import { RegionChange } from './switching/region-change';

/** Types of which one serves all regions. */
const GLOBAL_TYPES: ReadonlySet<string> = new Set([
  'AWS::CloudFront::Distribution',
  'AWS::GlobalAccelerator::Accelerator',
  'AWS::Route53::RecordSet',
  'AWS::Route53::RecordSetGroup',
  ACCESS_POINT,
]);

/** What the ways into a service are made of. */
export interface WaysIn {
  readonly entries: readonly Resource[];
  readonly model: Modelling;
  readonly failureOf: FailureOf;
}

type FailureOf = (resource: Resource) => Failure;

/**
 * What makes the ways into a service fail. All of one region are needed there; regions that are declared to stand in for
 * each other do so, if the change from one to the other works.
 */
export function waysInFail(service: AssessedService, input: WaysIn): Failure {
  const { entries, model } = input;
  const roles = rolesOf(service, entries);
  const anywhere = entries.filter((entry) => isGlobal(entry) || roleOf(entry, roles) === undefined);
  const regional = entries.filter((entry) => !anywhere.includes(entry));
  const regions = [...roles.keys()].map((region) =>
    anyOf(...regional.filter((entry) => entry.region === region).map((entry) => model.of(entry))),
  );
  const serving = regional.filter((entry) => SERVING.has(roleOf(entry, roles)));
  const alone = serving.filter((entry) => isAlone(entry, service, model));
  return anyOf(
    ...[...anywhere, ...alone].map((entry) => model.of(entry)),
    takenOver(serving, regions, { service, input }),
  );
}

const SERVING: ReadonlySet<RegionRole | undefined> = new Set([RegionRole.PRIMARY, RegionRole.ACTIVE]);

/** Whether no other region takes over from a store, as nothing replicates its data: that is not there. */
function isAlone(
  entry: Resource,
  { name, dataClasses, resources }: AssessedService,
  model: Modelling,
): boolean {
  if (!STORE_TYPES.includes(entry.type) || !holdsOwnData(entry, true)) return false;
  if (isRebuildable(entry, dataClasses) === true) return false;
  if ((storeFor(entry, model)?.copies ?? []).length > 0) return false;
  const elsewhere = resources.filter(({ type, region }) => type === entry.type && region !== entry.region);
  if (elsewhere.some((other) => keepSameData(entry, other))) return false;
  model.assume(
    `no other region of ${name} takes over from ${nameOf(entry)}: nothing replicates its data`,
    entry,
  );
  return true;
}

/** The regions of which a role is declared, without those that only vote. */
function rolesOf({ roles }: AssessedService, entries: readonly Resource[]): ReadonlyMap<string, RegionRole> {
  const regions = new Set(entries.map(({ region }) => region));
  const known = [...roles].filter(([region, role]) => role !== RegionRole.WITNESS && regions.has(region));
  return new Map(roles.size > 1 ? known : []);
}

function roleOf({ region }: Resource, roles: ReadonlyMap<string, RegionRole>): RegionRole | undefined {
  return region === undefined ? undefined : roles.get(region);
}

/** Every way in of a region that serves is lost for as long as its change of region takes, and all with all regions. */
function takenOver(
  serving: readonly Resource[],
  regions: readonly Failure[],
  { service, input }: { readonly service: AssessedService; readonly input: WaysIn },
): Failure {
  const failures = anyOf(...serving.map((entry) => input.model.of(entry)));
  if (regions.length < 2 || failures.kind === 'never') return failures;
  const change = changeOf(service, input);
  input.model.assume(
    `the regions of ${service.name} stand in for each other behind what no DNS name leads to`,
  );
  return anyOf(...serving.map((entry) => change.lostWith(entry)), allOf(...regions));
}

function changeOf(service: AssessedService, { entries, model, failureOf }: WaysIn): RegionChange {
  const roles = rolesOf(service, entries);
  const named = (wanted: (role: RegionRole) => boolean) =>
    new Set([...roles].filter(([, role]) => wanted(role)).map(([region]) => region));
  const waiting = named((role) => role === RegionRole.STANDBY);
  const from = named((role) => role !== RegionRole.STANDBY);
  const leading = entries.filter((entry) => isGlobal(entry) && leadsBetween(entry, roles, failureOf));
  return new RegionChange({
    service,
    from,
    to: waiting.size > 0 ? waiting : from,
    names: leading.length > 0 ? leading.flatMap((entry) => switchesOf(failureOf(entry))) : undefined,
    isAsked: (entry) => partOf(entry) === 'entry',
    model,
  });
}

function isGlobal({ type }: Resource): boolean {
  return GLOBAL_TYPES.has(type);
}

/** Whether a way in leads to more than one of the regions. */
function leadsBetween(
  entry: Resource,
  roles: ReadonlyMap<string, RegionRole>,
  failureOf: FailureOf,
): boolean {
  const reached = [...reachedFrom(entry, failureOf)].filter((each) => !isGlobal(each));
  const regions = new Set(reached.map(({ region }) => region ?? ''));
  return [...regions].filter((region) => roles.has(region)).length > 1;
}

function switchesOf(failure: Failure): readonly FaultEvent[] {
  if (failure.kind === 'event')
    return failure.event.kind === 'switch' && !failure.event.byPeople ? [failure.event] : [];
  return 'of' in failure ? failure.of.flatMap(switchesOf) : [];
}
