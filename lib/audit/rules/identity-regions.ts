import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { Tier } from '../../objectives/tier';
import { SECOND_REGION } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { placesElsewhere, type ServicePlace } from '../service-places';
import { HIGH } from '../severity';

const SECRET = 'AWS::SecretsManager::Secret';

export const identityStandsInEveryRegion: Rule = {
  id: 'X-63',
  title: 'Services of tier 0 have their user pools and secrets in every region that they run in.',
  kind: 'redundancy',
  why: 'Where users and credentials are in one region only, nobody signs in and nothing connects while that region is down.',
  fix: 'replicate the secret to the other region, or give that region a user pool or secret of its own',
  severity: HIGH,
  appliesTo: ['AWS::Cognito::UserPool', 'AWS::Cognito::IdentityPool', SECRET],
  controls: SECOND_REGION,
  sources: ['https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html'],
  check: (resource, context) => {
    const { service } = context;
    if (service.tier !== Tier.MISSION_CRITICAL)
      return notApplicable(`tier ${service.tier} owes one region only`);
    const elsewhere = placesElsewhere(resource, context.placesOf(service.name));
    if (elsewhere.length === 0) return notApplicable('its service is declared in no other region');
    if (resource.region === undefined)
      return unknown(undefined, 'the region of its stack is known only at deploy');
    return elsewhere.map((place) => judgePlace(resource, place, context));
  },
};

function judgePlace(resource: Resource, { stack }: ServicePlace, context: RuleContext): Judgement {
  const region = stack.region ?? '';
  const property = resource.type === SECRET ? 'ReplicaRegions' : undefined;
  const replicated = resource.type === SECRET ? replicatesTo(resource, region) : false;
  if (replicated === true) return pass({ found: `a replica in ${region}` });
  const twin = context.graph
    .ofType(resource.type)
    .find((other) => other.region === region && context.serviceOf(other).name === context.service.name);
  if (twin) return pass({ found: `${twin.logicalId} in ${region}` });
  const [hidden] = context.graph.unreadable;
  if (replicated instanceof Unknown) return unknown(property, replicated);
  if (hidden !== undefined) return unknown(property, hidden);
  return fail({
    ...(property !== undefined && { property }),
    found: `nothing like it in ${region}`,
    needed: `a replica, or one of its own, in ${region}`,
  });
}

function replicatesTo(secret: Resource, region: string): boolean | Unknown {
  const replicas = secret.list('ReplicaRegions');
  if (replicas instanceof Unknown) return replicas;
  const regions = replicas.map((_, index) => secret.text(`ReplicaRegions.${index}.Region`));
  if (regions.includes(region)) return true;
  return regions.find((one) => one instanceof Unknown) ?? false;
}
