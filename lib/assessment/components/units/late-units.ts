import { plansSwitchRecords } from '../../../assembly/dns/failover-path';
import { oncePerGraph } from '../../../assembly/once-per-graph';
import type { Resource } from '../../../assembly/resource';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import type { Likelihood } from '../../../calculus/likelihood';
import { switchingLikelihood } from '../../../calculus/switching';
import { anyOf, type Failure } from '../../failure';
import { type Modelling, nameOf } from '../../modelling';
import { declaredPeakOf, type Peak } from '../../peak';
import { scalingIdOf } from '../../scaling';
import { isGrown, mostRunningOf, mostUnitsOf, SCALED_TYPES } from '../../standing';
import { waitsBesideServing, waitsForFailover } from './waiting';

/** What waits with less than the peak is grown when it takes over: that needs the control plane, and takes a while. */
export function growsLater(resource: Resource, { least, peak }: Growth, model: Modelling): Failure {
  const most = mostOf(resource);
  if (most < peak.units || !isGrown(resource)) return neverGrows(resource, { least, peak }, model);
  // A plan that switches users only when the units are there has counted their start.
  if (plansSwitchRecords(model.graph)) return model.regionalControlPlane(resource);
  return grows(resource, least === 0 ? 'its first units' : `${peak.units - least} units more`, model);
}

/**
 * What runs more at the peak than at the least has it started as load comes. It runs by the time that something else is lost; that
 * it did not come, as that needs the control plane, is an event of its own.
 */
export function scalingFails(resource: Resource, { least, units }: Scaled, model: Modelling): Failure {
  const scaling = model.event({
    id: scalingIdOf(resource),
    kind: 'switch',
    what: `the scaling of ${nameOf(resource)} from ${least} to the ${units} units that run at the peak`,
    resources: [resource],
    likelihood: scalingLikelihood(model),
  });
  return least === 0 ? anyOf(startsAtNeed(resource, model), scaling) : scaling;
}

/**
 * What runs nothing until there is work is started at each need. That it takes a while makes the first answers late, and is no
 * outage: nothing has failed. That nothing can be started is one.
 */
export function startsAtNeed(resource: Resource, model: Modelling): Failure {
  const { instanceLaunchSeconds: launch, bootSeconds: boot } = AWS_FACTS;
  const seconds = launch.value.typical + boot.value.typical;
  const seen = isGrown(resource)
    ? ''
    : '; nothing in the app is seen to start them, and they are taken to come';
  model.assume(
    `${nameOf(resource)} may run nothing that serves: its first units are started at each need, which takes a control plane; the ${seconds} s that it takes (${launch.source}) count as late answers, not as time down${seen}`,
    resource,
  );
  return model.regionalControlPlane(resource);
}

/** What scaling brings beyond the least. */
export interface Scaled {
  readonly least: number;
  readonly units: number;
}

const DAY_SECONDS = 86_400;

/** Load rises to its peak once a day: where the control plane is down then, more come when it is back. */
function scalingLikelihood(model: Modelling): Likelihood {
  const { unavailability, terms } = model.assumption('regionalControlPlane');
  const { value: repair, source } = model.repair;
  const share = Math.min(1, repair / DAY_SECONDS);
  const what = `load rises to its peak once a day, and waits ${repair} s for the control plane`;
  return {
    unavailability: unavailability * share,
    terms: [...terms, { what, value: share, source, confidence: 'assumed' }],
  };
}

/**
 * Why what serves can never carry its peak, or that of all who carry it together: it may not run so many.
 *
 * @returns undefined where it may
 */
export function neverCarries(
  resource: Resource,
  growth: Growth,
  model: Modelling,
  all: readonly Resource[],
): Failure | undefined {
  const wanted = all.reduce((sum, each) => sum + (declaredPeakOf(each, model.services)?.units ?? 0), 0);
  const most = all.reduce((sum, each) => sum + mostOf(each), 0);
  if (most >= wanted) return undefined;
  const beside = all.reduce((sum, each) => sum + mostBeside(each, model), 0);
  return beside < wanted ? neverGrows(resource, growth, model) : undefined;
}

/** How many may run at the most, in all regions that serve side by side with the same. */
function mostBeside({ type, logicalId, stack }: Resource, model: Modelling): number {
  const all = sameInRegions(stack.graph).get(`${type} ${logicalId}`) ?? [];
  return all.filter((each) => !waitsForFailover(each, model)).reduce((sum, each) => sum + mostOf(each), 0);
}

/** How many of it may run at the most, its addresses counted; without a limit where the app tells none. */
export function mostOf(resource: Resource): number {
  return mostRunningOf(resource) ?? Number.POSITIVE_INFINITY;
}

const sameInRegions = oncePerGraph((graph): ReadonlyMap<string, readonly Resource[]> => {
  const all = new Map<string, Resource[]>();
  for (const resource of graph.ofType(...SCALED_TYPES)) {
    const key = `${resource.type} ${resource.logicalId}`;
    const known = all.get(key);
    if (known) known.push(resource);
    else all.set(key, [resource]);
  }
  return all;
});

/** What runs before, and what must run at the peak. */
export interface Growth {
  readonly least: number;
  readonly peak: Peak;
}

/** What nothing brings to the peak does not carry it. */
function neverGrows(resource: Resource, { least, peak }: Growth, model: Modelling): Failure {
  const [most, allowed] = [mostOf(resource), mostUnitsOf(resource) ?? Number.POSITIVE_INFINITY];
  const addresses = most < allowed ? `: its subnets have addresses for ${most}` : '';
  const what = `nothing in the app brings ${nameOf(resource)} from ${least} to the ${peak.units} units of the peak (${peak.source})${addresses}`;
  model.assume(what, resource);
  return certainly(resource, { id: 'peak', what: 'the peak, which is more than may run,', why: what }, model);
}

/** Nothing runs, and nothing is seen to start it: it serves nobody. */
export function servesNobody(resource: Resource, why: string, model: Modelling): Failure {
  model.assume(`${nameOf(resource)} serves nobody: ${why}`, resource);
  return certainly(resource, { id: 'off', what: 'everything, which is turned off,', why }, model);
}

function certainly(
  resource: Resource,
  { id, what, why }: { readonly id: string; readonly what: string; readonly why: string },
  model: Modelling,
): Failure {
  const term = { what: why, value: 1, source: 'the template', confidence: 'documented' as const };
  return model.own(resource, { unavailability: 1, terms: [term] }, { id, what });
}

/** What waits for a failover and runs nothing yet needs its first units: users of the broken side wait for them. */
export function startsLater(resource: Resource, model: Modelling): Failure {
  model.assume(`${nameOf(resource)} runs nothing that serves until it is scaled up`, resource);
  return anyOf(model.region(resource), grows(resource, 'its first units', model));
}

function grows(resource: Resource, what: string, model: Modelling): Failure {
  if (!waitsBesideServing(resource, model)) {
    model.assume(
      `${nameOf(resource)} starts ${what} when a region that is not in the app is lost: the time that takes counts there`,
      resource,
    );
    return model.regionalControlPlane(resource);
  }
  const { instanceLaunchSeconds: launch, bootSeconds: boot } = AWS_FACTS;
  const start = model.event({
    id: `switching:${resource.id}`,
    kind: 'switch',
    what: `the time in which ${nameOf(resource)} starts ${what}`,
    resources: [resource],
    likelihood: switchingLikelihood(
      [
        { what: 'launch', seconds: launch.value.typical, source: launch.source },
        { what: 'boot', seconds: boot.value.typical, source: boot.source },
      ],
      model.repair,
    ),
  });
  return anyOf(model.regionalControlPlane(resource), start);
}
