import type { MinimumUnits } from '../../../assembly/compute/minimum-units';
import { mostByAddresses } from '../../../assembly/network/address-need';
import type { Range } from '../../../assembly/range';
import type { Resource } from '../../../assembly/resource';
import { allOf, anyOf, type Failure } from '../../failure';
import { type Modelling, nameOf } from '../../modelling';
import { declaredPeakOf, type Peak, peakAfterFailover } from '../../peak';
import { scaledTo } from '../../scaling';
import { isGrown } from '../../standing';
import { zoneNeedsFail } from '../zone-needs';
import {
  type Growth,
  growsLater,
  mostOf,
  neverCarries,
  scalingFails,
  servesNobody,
  startsAtNeed,
  startsLater,
} from './late-units';
import { type Cell, tooFewLeft } from './vote';
import { servesBesideOthers, waitsForFailover } from './waiting';

export { INSTANCE } from './vote';

/** More units than AWS runs of anything; what an odd template asks for beyond is not counted. */
const MOST_UNITS = 100_000;

/** Units of one resource, and where they stand. */
export interface StandingUnits {
  readonly noun: MinimumUnits['noun'];
  readonly units: Range;
  readonly zones: readonly string[];

  /** The zones whose units get any work. @default - all */
  readonly served?: ReadonlySet<string>;
}

/** The units of one resource at the peak. */
export interface Share {
  readonly cells: readonly Cell[];
  readonly units: number;

  /** @default - nobody declares it */
  readonly peak?: Peak;

  /** What there is where scaling does not bring what the peak has started. @default - nothing more is started */
  readonly unscaled?: { readonly cells: readonly Cell[]; readonly fails: Failure };

  /** What keeps those from coming that start only after a failover, or may never run. */
  readonly late: Failure;

  /** What is to be said of the units beyond the least. @default - there are none */
  readonly brought?: string;
}

/** What takes so many units away that the others do not carry the peak. */
export function unitsFail(resource: Resource, standing: StandingUnits, model: Modelling): Failure {
  const share = shareOf(resource, standing, model);
  if ('kind' in share) return share;
  const needed = neededOf(resource, share, model);
  return anyOf(sharesFail([share], needed, model), model.region(resource), share.late);
}

/** What takes too many units of all shares away, at the peak, or where scaling has not brought those of one of them. */
export function sharesFail(shares: readonly Share[], needed: number, model: Modelling): Failure {
  const atPeak = tooFewLeft(
    shares.flatMap(({ cells }) => cells),
    needed,
    model,
  );
  const unscaled = shares.flatMap((share) => {
    if (share.unscaled === undefined) return [];
    const { cells, fails } = share.unscaled;
    const left = shares.flatMap((each) => (each === share ? cells : each.cells));
    return unitsIn(left) < needed ? [fails] : [allOf(fails, tooFewLeft(left, needed, model))];
  });
  return anyOf(atPeak, ...unscaled);
}

/**
 * The units that serve at the peak, those of a standby after a failover; where none do, why that is a failure.
 *
 * @param all what carries the peaks of all of them together. Default: itself
 */
export function shareOf(
  resource: Resource,
  standing: StandingUnits,
  model: Modelling,
  all: readonly Resource[] = [resource],
): Share | Failure {
  const least = withAddresses(countOf(standing.units, resource, model), resource, model);
  const waits = waitsForFailover(resource, model);
  const peak = (waits ? peakAfterFailover : declaredPeakOf)(resource, model.services);
  if (least === 0 && !waits && mostOf(resource) === 0)
    return servesNobody(resource, 'it runs nothing, and may run nothing', model);
  const wanted = peak ? unitsServing(Math.ceil(peak.units), standing) : 0;
  const dealt = (count: number) =>
    cellsOf(resource, { ...standing, count: Math.min(count, MOST_UNITS) }, model);
  const cells = dealt(Math.max(least, wanted));
  if (unitsIn(cells) === 0)
    return waits ? startsLater(resource, model) : startedAtNeed(resource, standing, model);
  if (peak === undefined) return { cells, units: unitsIn(cells), late: anyOf() };
  const growth = { least, peak };
  if (!waits) return atPeak(resource, { growth, dealt, standing, all }, model);
  const grown = wanted > least && {
    late: growsLater(resource, growth, model),
    brought: `${least} run before the failover`,
  };
  return { cells, units: unitsIn(cells), peak, late: anyOf(), ...grown };
}

/** What runs nothing until there is work has one unit when there is. */
function startedAtNeed(resource: Resource, standing: StandingUnits, model: Modelling): Share | Failure {
  const count = Math.max(1, unitsServing(1, standing));
  if (mostOf(resource) < count)
    return servesNobody(resource, 'it may not run so many that one gets work', model);
  const cells = cellsOf(resource, { ...standing, count }, model);
  return { cells, units: unitsIn(cells), late: startsAtNeed(resource, model) };
}

interface Served {
  readonly growth: Growth;
  readonly standing: StandingUnits;
  readonly all: readonly Resource[];

  /** So many units, dealt out to its zones. */
  readonly dealt: (count: number) => readonly Cell[];
}

/** What serves is scaled as load comes: at the peak at least as many run as it needs, or it does not carry it. */
function atPeak(resource: Resource, { growth, dealt, standing, all }: Served, model: Modelling): Share {
  const { least, peak } = growth;
  const needed = Math.ceil(peak.units);
  const never = needed > least ? neverCarries(resource, growth, model, all) : undefined;
  const { units: wanted, cpuPercent } = scaledTo(needed, resource);
  const allowed = Math.min(mostOf(resource), unitsServing(wanted, standing));
  const alone = all.length > 1 ? 0 : unitsServing(needed, standing);
  const count = Math.max(least, allowed, alone);
  const cells = dealt(count);
  const share = { cells, units: unitsIn(cells), peak, late: never ?? anyOf() };
  if (never || count <= least) return share;
  if (!isGrown(resource)) assumeGrowth(resource, growth, model);
  const by = cpuPercent === undefined ? '' : ` to ${cpuPercent} % of their processors`;
  return {
    ...share,
    unscaled: { cells: dealt(least), fails: scalingFails(resource, { least, units: count }, model) },
    brought: `${least} run at the least, and scaling${by} has brought the others`,
  };
}

function assumeGrowth(resource: Resource, { least, peak }: Growth, model: Modelling): void {
  const what = `nothing in the app is seen to bring ${nameOf(resource)} from ${least} to the ${peak.units} units of the peak (${peak.source}): it is taken to come`;
  model.assume(what, resource);
}

function unitsIn(cells: readonly Cell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}

/** How many units it takes, dealt out to all zones, until so many stand where there is work. */
function unitsServing(wanted: number, { zones, served }: StandingUnits): number {
  const working = zones.flatMap((zone, index) => (served && !served.has(zone) ? [] : [index]));
  if (wanted < 1 || working.length === 0) return wanted;
  const rounds = Math.floor((wanted - 1) / working.length);
  return rounds * zones.length + (working[(wanted - 1) % working.length] ?? 0) + 1;
}

/** Units are dealt out to zones one after the other. */
function cellsOf(
  resource: Resource,
  { noun, zones: all, served, count }: StandingUnits & { readonly count: number },
  model: Modelling,
): readonly Cell[] {
  const zones = all.slice(0, count);
  const step = Math.max(zones.length, 1);
  if (zones.length === 0) return [{ resource, noun, count, numberOf: (place) => place + 1, around: anyOf() }];
  return zones.flatMap((zone, index): readonly Cell[] => {
    if (served && !served.has(zone)) return [];
    const around = anyOf(model.zone(resource, zone), zoneNeedsFail(resource, model, zone));
    const numberOf = (place: number) => index + 1 + place * step;
    return [{ resource, noun, count: Math.ceil((count - index) / step), numberOf, around }];
  });
}

/**
 * How many units carry the peak: as it is declared. Where nobody declares it one is taken to carry what there is: a number made
 * from how many run would make more of them look worse.
 */
export function neededOf(
  resource: Resource,
  { units, peak, cells, brought }: Share,
  model: Modelling,
): number {
  const noun = cells[0]?.noun ?? 'unit';
  const name = nameOf(resource);
  if (!peak) {
    const why = 'nobody declares the peak, and it is taken that one does';
    model.assumeLoad(`1 of ${units} ${noun}s of ${name} carries the load: ${why}`, resource);
    return 1;
  }
  const needed = Math.max(1, Math.min(units, Math.ceil(peak.units)));
  const others = brought === undefined ? '' : `; ${brought}`;
  // What the others carry meanwhile may be lost with them: who serves beside them must do without.
  const alone = servesBesideOthers(resource, model)
    ? '; alone, as if the other regions carried none of it'
    : '';
  model.assumeLoad(
    `${needed} of ${units} ${noun}s of ${name} carry the peak, ${peak.source}${others}${alone}`,
    resource,
  );
  return needed;
}

/** Who has no address does not run. */
function withAddresses(count: number, resource: Resource, model: Modelling): number {
  const most = mostByAddresses(resource) ?? count;
  if (most >= count) return count;
  model.assume(
    `${most} of the ${count} units of ${nameOf(resource)} run: its subnets have no addresses for more`,
    resource,
  );
  return most;
}

/** Where the app does not tell the least, at least one is taken to run. */
function countOf({ least, why }: Range, resource: Resource, model: Modelling): number {
  if (!why) return least;
  const count = Math.max(least, 1);
  model.assume(`${nameOf(resource)} runs ${count} units at the least: ${why.reason}`, resource);
  return count;
}
