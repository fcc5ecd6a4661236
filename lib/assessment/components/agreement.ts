import type { ZoneSet } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import { AWS_SLAS } from '../../calculus/aws-slas';
import { type Likelihood, likelihoodBySla } from '../../calculus/likelihood';
import type { Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';

/** The agreements that were read. */
export type SlaName = keyof typeof AWS_SLAS;

/** What an agreement allows, said in words. */
export function agreement(sla: SlaName, what: string): Likelihood {
  return likelihoodBySla(AWS_SLAS[sla], `${what}, by its agreement`);
}

/** What stands in one zone only, whichever that is. */
export function inOneZone(
  resource: Resource,
  model: Modelling,
  likelihood: Likelihood,
  zones: ZoneSet = resource.zones,
): Failure {
  const [zone = `${regionKey(resource)}#0`] = model.zoneNames(resource, zones);
  model.assume(`${nameOf(resource)} works in one zone at a time, ${zone}`, resource);
  return model.zonal(resource, zone, likelihood);
}

/** Whether a property is set to true; what cannot be known counts as not, and is said. */
export function isTrue(resource: Resource, path: string, model: Modelling): boolean {
  const value = resource.text(path);
  if (value === undefined || typeof value === 'string') return value?.toLowerCase() === 'true';
  model.assume(`${path} of ${nameOf(resource)} counts as not set: ${value.reason}`, resource);
  return false;
}
