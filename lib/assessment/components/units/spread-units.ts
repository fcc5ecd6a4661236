import type { MinimumUnits } from '../../../assembly/compute/minimum-units';
import type { Range } from '../../../assembly/range';
import type { Resource } from '../../../assembly/resource';
import { anyOf, type Failure } from '../../failure';
import { type Modelling, nameOf } from '../../modelling';
import { declaredPeakOf, type Peak, peakAfterFailover } from '../../peak';
import { mostUnitsOf } from '../../standing';
import { zoneNeedsFail } from '../zone-needs';
import { growsLater, servesNobody, startsLater } from './late-units';
import { type Cell, tooFewLeft } from './vote';
import { waitsForFailover } from './waiting';

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

/** The units of one resource while it serves. */
export interface Share {
  readonly cells: readonly Cell[];
  readonly units: number;

  /** @default - nobody declares it */
  readonly peak?: Peak;

  /** Whether a failover brings them to the peak. */
  readonly grown: boolean;

  /** What keeps those from coming that start only when they are needed. */
  readonly late: Failure;
}

/** What takes so many units away that the others do not carry the peak. */
export function unitsFail(resource: Resource, standing: StandingUnits, model: Modelling): Failure {
  const share = shareOf(resource, standing, model);
  if ('kind' in share) return share;
  const needed = neededOf(resource, share, model);
  return anyOf(tooFewLeft(share.cells, needed, model), model.region(resource), share.late);
}

/** The units that serve, a standby's after it was grown; where none do, why that is a failure. */
export function shareOf(resource: Resource, standing: StandingUnits, model: Modelling): Share | Failure {
  const least = countOf(standing.units, resource, model);
  const waits = waitsForFailover(resource, model);
  const peak = waits ? peakAfterFailover(resource) : declaredPeakOf(resource);
  if (least === 0 && !waits && (mostUnitsOf(resource) ?? 1) === 0)
    return servesNobody(resource, 'it runs nothing, and may run nothing', model);
  const grown = waits && peak && peak.units > least ? { least, peak } : undefined;
  const count = grown ? Math.ceil(grown.peak.units) : least;
  if (count === 0) return startsLater(resource, model);
  const cells = cellsOf(resource, { ...standing, count: Math.min(count, MOST_UNITS) }, model);
  const units = cells.reduce((sum, cell) => sum + cell.count, 0);
  if (units === 0) return startsLater(resource, model);
  const late = grown ? growsLater(resource, grown, model) : anyOf();
  return { cells, units, late, grown: grown !== undefined, ...(peak && { peak }) };
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
 * How many units carry the peak: as it is declared. Where nobody declares it, and before load has brought as many as it needs,
 * one is taken to carry what there is: a number made from how many run would make more of them look worse.
 */
export function neededOf(resource: Resource, share: Share, model: Modelling): number {
  const { units, peak, cells, grown } = share;
  const noun = cells[0]?.noun ?? 'unit';
  const name = nameOf(resource);
  if (peak && (grown || peak.units <= units)) {
    const needed = Math.max(1, Math.min(units, Math.ceil(peak.units)));
    model.assume(`${needed} of ${units} ${noun}s of ${name} carry the peak, ${peak.source}`, resource);
    return needed;
  }
  const why = peak
    ? `${peak.units} (${peak.source}) run only once load has brought them`
    : 'nobody declares the peak, and it is taken that one does';
  model.assume(`1 of ${units} ${noun}s of ${name} carries the load: ${why}`, resource);
  return 1;
}

/** Where the app does not tell the least, at least one is taken to run. */
function countOf({ least, why }: Range, resource: Resource, model: Modelling): number {
  if (!why) return least;
  const count = Math.max(least, 1);
  model.assume(`${nameOf(resource)} runs ${count} units at the least: ${why.reason}`, resource);
  return count;
}
