import type { Resource } from '../../assembly/resource';
import { RegionRole } from '../../objectives/region-role';
import type { AssessedService } from '../assessed-service';
import { isRebuildable } from '../data-owed';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { keepSameData } from '../same-data';
import { restoredElsewhere } from './impaired';
import { AT_ONCE, inSequence, longest, neverBack, type Path, type Step } from './path';
import { peopleDecide } from './people';
import { bestPoint, beyond } from './recovery-point';
import { wayToSpread } from './spreading';
import type { Store } from './store';
import { holdsOwnData, storeFor } from './stores';
import type { Structure } from './walk';

/** A region that is lost, as what is left behind in it needs to know. */
export interface Leaving {
  readonly region: string;

  /** All regions that are lost together. */
  readonly gone: ReadonlySet<string>;
  readonly service: AssessedService;
  readonly model: Modelling;
  readonly noticed: Step;
}

/**
 * What another region serves without: the data that nothing replicated there. Users are answered again, but what they had
 * is back only once it is restored from a copy of a backup, or never.
 */
export function leftBehind({ nodes }: Structure, leaving: Leaving): Path {
  const { region, service } = leaving;
  if (service.roles.get(region) === RegionRole.STANDBY) return AT_ONCE;
  const used = [...new Set(nodes.map(({ resource }) => resource))];
  return longest(
    used.filter((resource) => regionKey(resource) === region).map((resource) => dataBack(resource, leaving)),
  );
}

function dataBack(resource: Resource, { gone, service, model, noticed }: Leaving): Path {
  const store = storeFor(resource, model);
  if (!store || store.unknown !== undefined || !holdsOwnData(resource, true)) return AT_ONCE;
  if (isRebuildable(resource, service.dataClasses) === true) return AT_ONCE;
  const { copies, points } = beyond(store, gone);
  if (copies.length > 0 || isKeptElsewhere(resource, service, gone)) return AT_ONCE;
  if (!store.repairable && store.holds) return AT_ONCE;
  const point = bestPoint({ ...store, points }, ({ elsewhere }) => elsewhere);
  const fix = 'let a copy in the other region follow it';
  return point
    ? inSequence(noticed, ...peopleDecide(fix), ...restoredElsewhere(point))
    : lostForGood(store, service);
}

function isKeptElsewhere(
  store: Resource,
  { resources }: AssessedService,
  gone: ReadonlySet<string>,
): boolean {
  return resources.some(
    (other) => other.type === store.type && !gone.has(regionKey(other)) && keepSameData(store, other),
  );
}

/** Nothing of a store is left when its region is lost. */
export function lostForGood(store: Store, service: AssessedService): Path {
  const { resource, open } = store;
  return neverBack({
    what: `${nameOf(resource)} is lost with its region: no copy of its data is in another one`,
    source: 'no replica, and no copy of a backup, in another region',
    resource,
    fix: wayToSpread(store, service),
    ...(open !== undefined && { open }),
  });
}
