import { STATEFUL_TYPES, withoutOwnData } from '../../assembly/data/stateful';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { tagOf } from '../../assembly/resource-tags';
import { Unknown } from '../../assembly/value';
import { OBJECTIVES } from '../control-families';
import type { Rule } from '../rule';
import type { ResolvedService } from '../services';
import { LOW } from '../severity';

/** Types that the internet may reach, and how one sees whether it does. */
const PUBLIC: Readonly<Record<string, (resource: Resource) => Judgement>> = {
  'AWS::ApiGateway::RestApi': (api) => api.isNot('EndpointConfiguration.Types.0', 'PRIVATE'),
  'AWS::ApiGatewayV2::Api': () => pass(),
  'AWS::AppSync::GraphQLApi': (api) => api.isNot('Visibility', 'PRIVATE'),
  'AWS::CloudFront::Distribution': () => pass(),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (balancer) =>
    balancer.is('Scheme', 'internet-facing', { default: 'internet-facing' }),
  'AWS::Lambda::Url': (url) => url.is('AuthType', 'NONE'),
};

export const objectivesAreDeclared: Rule = {
  id: 'X-83',
  title: 'What holds data or faces the internet belongs to a service with an owner, a tier and objectives.',
  kind: 'compliance',
  why: 'In an outage nobody knows who answers for it, how soon it must be back and how much may be lost.',
  fix: 'declare its service with tier and owner: by a ServiceScope, by tags, or in nines.config.yaml',
  severity: LOW,
  appliesTo: [...STATEFUL_TYPES, ...Object.keys(PUBLIC)],
  controls: OBJECTIVES,
  sources: [
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html',
  ],
  check: (resource, { service }) => {
    const concerned = PUBLIC[resource.type]?.(resource) ?? withoutOwnData(resource);
    if (PUBLIC[resource.type] && concerned?.outcome === 'fail')
      return notApplicable('only its network reaches it');
    if (!PUBLIC[resource.type] && concerned?.outcome === 'notApplicable') return concerned;
    const judged = judgeDeclared(resource, service);
    return concerned?.outcome === 'unknown' && judged.outcome === 'fail' ? concerned : judged;
  },
};

function judgeDeclared(resource: Resource, service: ResolvedService): Judgement {
  const needed = 'a service with owner, tier and objectives';
  const tag = tagOf(resource, 'resilience:service');
  if (service.name === undefined || service.name === '')
    return tag instanceof Unknown ? unknown('Tags', tag) : fail({ found: 'no declared service', needed });
  const tagged = tagOf(resource, 'resilience:tier');
  if (typeof tagged === 'string' && Number(tagged) > service.tier)
    return fail({
      property: 'Tags',
      found: `tier ${tagged}`,
      needed: `tier ${service.tier}, as ${service.name} has`,
    });
  const owner = service.catalogue?.owner ?? service.owner ?? tagOf(resource, 'resilience:owner');
  if (owner instanceof Unknown) return unknown('Tags', owner);
  return owner === undefined || owner === ''
    ? fail({ property: 'Tags', found: `service ${service.name} without an owner`, needed: 'an owner' })
    : pass({ found: `service ${service.name} of ${owner} at tier ${service.tier}` });
}
