import type { MinimumUnits } from '../../../assembly/compute/minimum-units';
import { plansSwitchRecords } from '../../../assembly/dns/failover-path';
import type { Range } from '../../../assembly/range';
import type { Resource } from '../../../assembly/resource';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import { unitsAfterZoneLoss } from '../../../calculus/capacity';
import type { Likelihood } from '../../../calculus/likelihood';
import { switchingLikelihood } from '../../../calculus/switching';
import { anyOf, type Failure } from '../../failure';
import { type Modelling, nameOf } from '../../modelling';
import { declaredPeakOf } from '../../peak';
import { agreement } from '../agreement';
import { zoneNeedsFail } from '../zone-needs';
import { waitsForFailover } from './waiting';

/** A single instance or task, by the agreement on single instances. */
export const INSTANCE: Likelihood = agreement('computeInstance', 'a single instance');

/** More units than this are beyond what private failures can take: only zones matter then. */
const MOST_UNITS = 60;

/** Units of one resource, and where they stand. */
export interface StandingUnits {
  readonly noun: MinimumUnits['noun'];
  readonly units: Range;
  readonly zones: readonly string[];

  /** The zones whose units get any work. @default - all */
  readonly served?: ReadonlySet<string>;
}

/** What takes so many units away that the others do not carry the peak. */
export function unitsFail(resource: Resource, standing: StandingUnits, model: Modelling): Failure {
  const { noun, served } = standing;
  const count = Math.min(countOf(standing.units, resource, model), MOST_UNITS);
  if (count === 0) return startsLater(resource, model);
  const zones = standing.zones.slice(0, Math.max(count, 1));
  const serving = served ? zones.filter((zone) => served.has(zone)) : zones;
  const units = served ? unitsIn(serving, zones, count) : count;
  if (units === 0) return startsLater(resource, model);
  const needed = neededOf(resource, { noun, units, zones: serving.length }, model);
  // One object for all units of a zone: what they share is one gate.
  const ways = new Map(serving.map((zone) => [zone, zoneNeedsFail(resource, model, zone)]));
  const inZone = (zone: string) => ways.get(zone) ?? anyOf();
  const spread = model.spread(resource, serving, { units, needed, noun, each: INSTANCE, inZone });
  return anyOf(spread, growsLater(resource, count, model));
}

/** Units are dealt out to zones one after the other. */
function unitsIn(some: readonly string[], all: readonly string[], count: number): number {
  return Array.from({ length: count }, (_, index) => all[index % all.length]).filter(
    (zone) => zone !== undefined && some.includes(zone),
  ).length;
}

/** How many units carry the peak: as it is declared, else what is left without the fullest zone; at least one. */
function neededOf(
  resource: Resource,
  { noun, units, zones }: { readonly noun: string; readonly units: number; readonly zones: number },
  model: Modelling,
): number {
  const left = Math.max(1, unitsAfterZoneLoss(units, Math.max(zones, 1)));
  const peak = declaredPeakOf(resource);
  if (peak && peak.units <= units) {
    model.assume(
      `${peak.units} of ${units} ${noun}s of ${nameOf(resource)} carry the peak, ${peak.source}`,
      resource,
    );
    return peak.units;
  }
  const more = peak
    ? `; ${peak.units} (${peak.source}) run only once load or a failover has brought them`
    : '';
  model.assume(
    `${left} of ${units} ${noun}s of ${nameOf(resource)} carry the peak: what is left without its fullest zone${more}`,
    resource,
  );
  return left;
}

/** What waits with less than the peak is grown when it takes over: that needs the control plane, and takes a while. */
function growsLater(resource: Resource, units: number, model: Modelling): Failure {
  const peak = declaredPeakOf(resource);
  if (!peak || peak.units <= units || !waitsForFailover(resource)) return anyOf();
  // A plan that switches users only when the units are there has counted their start.
  if (plansSwitchRecords(model.graph)) return model.regionalControlPlane(resource);
  return grows(resource, `${peak.units - units} units more`, model);
}

function startsLater(resource: Resource, model: Modelling): Failure {
  model.assume(`${nameOf(resource)} runs nothing that serves until it is scaled up`, resource);
  return anyOf(model.region(resource), grows(resource, 'its first units', model));
}

function grows(resource: Resource, what: string, model: Modelling): Failure {
  const { instanceLaunchSeconds: launch, bootSeconds: boot } = AWS_FACTS;
  const start = model.event({
    id: `switching:${resource.id}`,
    kind: 'switch',
    what: `the time in which ${nameOf(resource)} starts ${what}`,
    resources: [resource],
    likelihood: switchingLikelihood([
      { what: 'launch', seconds: launch.value.typical, source: launch.source },
      { what: 'boot', seconds: boot.value.typical, source: boot.source },
    ]),
  });
  return anyOf(model.regionalControlPlane(resource), start);
}

/** Where the app does not tell the least, at least one is taken to run. */
function countOf({ least, why }: Range, resource: Resource, model: Modelling): number {
  if (!why) return least;
  const count = Math.max(least, 1);
  model.assume(`${nameOf(resource)} runs ${count} units at the least: ${why.reason}`, resource);
  return count;
}
