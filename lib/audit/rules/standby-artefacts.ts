import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { describe, Unknown } from '../../assembly/value';
import { type Artefact, artefactsOf, NEEDING_TYPES, regionOfArtefact } from '../../assembly/wiring/artefacts';
import { RegionRole } from '../../objectives/region-role';
import { SECOND_REGION } from '../control-families';
import type { Rule } from '../rule';
import { placesElsewhere } from '../service-places';
import { HIGH } from '../severity';

export const standbyHasItsArtefacts: Rule = {
  id: 'X-47',
  title: 'What the second region needs to start is in that region.',
  kind: 'redundancy',
  why: 'An image, a secret, a key or a certificate that is in the lost region only keeps the standby from starting.',
  fix: 'replicate it to the region that needs it, and name it there',
  severity: HIGH,
  appliesTo: NEEDING_TYPES,
  controls: SECOND_REGION,
  sources: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html'],
  check: (resource, { service, placesOf }) => {
    const { role } = service;
    if (role !== RegionRole.STANDBY && role !== RegionRole.ACTIVE)
      return notApplicable('its stack is no second region');
    if (placesElsewhere(resource, placesOf(service.name)).length === 0)
      return notApplicable('its service is declared in no other region');
    if (resource.region === undefined)
      return unknown(undefined, 'the region of its stack is known only at deploy');
    return artefactsOf(resource).map((artefact) => judgeArtefact(artefact, resource));
  },
};

function judgeArtefact(artefact: Artefact, resource: Resource): Judgement {
  const { kind, property, presence } = artefact;
  const region = regionOfArtefact(artefact, resource);
  if (region === undefined) return notApplicable(`${property} names nothing that stands in a region`);
  if (region instanceof Unknown) return unknown(property, region);
  if (region === resource.region) return pass({ property, found: `a ${kind} in ${region}` });
  if (presence instanceof Unknown) return unknown(property, presence);
  return fail({
    property,
    found: `${describe(artefact.value)}, a ${kind} in ${region}`,
    needed: `a ${kind} in ${resource.region}`,
  });
}
