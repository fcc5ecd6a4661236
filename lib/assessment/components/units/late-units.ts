import { plansSwitchRecords } from '../../../assembly/dns/failover-path';
import type { Resource } from '../../../assembly/resource';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import { switchingLikelihood } from '../../../calculus/switching';
import { anyOf, type Failure } from '../../failure';
import { type Modelling, nameOf } from '../../modelling';
import type { Peak } from '../../peak';
import { isGrown, mostUnitsOf } from '../../standing';

/** What waits with less than the peak is grown when it takes over: that needs the control plane, and takes a while. */
export function growsLater(resource: Resource, { least, peak }: Growth, model: Modelling): Failure {
  const most = mostUnitsOf(resource) ?? Number.POSITIVE_INFINITY;
  if (most < peak.units || !isGrown(resource)) return neverGrows(resource, { least, peak }, model);
  // A plan that switches users only when the units are there has counted their start.
  if (plansSwitchRecords(model.graph)) return model.regionalControlPlane(resource);
  return grows(resource, least === 0 ? 'its first units' : `${peak.units - least} units more`, model);
}

/** What a standby runs, and what it must run once it serves. */
export interface Growth {
  readonly least: number;
  readonly peak: Peak;
}

/** A standby that nothing brings to the peak takes over, and does not carry it. */
function neverGrows(resource: Resource, { least, peak }: Growth, model: Modelling): Failure {
  const what = `nothing in the app brings ${nameOf(resource)} from ${least} to the ${peak.units} units of the peak (${peak.source})`;
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

/** What runs nothing yet needs its first units. */
export function startsLater(resource: Resource, model: Modelling): Failure {
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
