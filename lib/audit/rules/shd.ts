import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import { referencesIn, Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

const PROTECTION = 'AWS::Shield::Protection';

/** What Firewall Manager spreads over accounts by a policy. */
const POLICY_TYPE = 'SecurityServicePolicyData.Type';

/** Types that face the internet, and the setting without which they do not. */
const FACING: Readonly<Record<string, (resource: Resource) => Judgement>> = {
  'AWS::CloudFront::Distribution': () => pass(),
  'AWS::EC2::EIP': (address) =>
    // Shield protects instances and load balancers by their addresses; it protects no NAT gateway.
    address.stack.graph.mentionsOf(address, 'AWS::EC2::NatGateway').length > 0
      ? notApplicable('the address is that of a NAT gateway')
      : pass(),
  'AWS::ElasticLoadBalancing::LoadBalancer': (balancer) =>
    balancer.is('Scheme', 'internet-facing', { default: 'internet-facing' }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (balancer) =>
    balancer.is('Type', 'application', { default: 'application' }).outcome === 'fail'
      ? notApplicable('Shield protects a network load balancer by its addresses')
      : balancer.is('Scheme', 'internet-facing', { default: 'internet-facing' }),
  'AWS::GlobalAccelerator::Accelerator': () => pass(),
  'AWS::Route53::HostedZone': (zone) => {
    const networks = zone.isSet('VPCs');
    return networks.outcome === 'fail' ? pass() : notApplicable('the zone is private');
  },
};

export const floodsAreStopped: Rule = {
  id: 'SHD-01',
  title: 'Where Shield Advanced is subscribed to, all that faces the internet is protected.',
  kind: 'redundancy',
  why: 'A flood is sent to what is not protected, and the subscription that is paid does not stop it.',
  fix: 'add an AWS::Shield::Protection for the resource',
  severity: LOW,
  appliesTo: Object.keys(FACING),
  controls: REDUNDANCY,
  parameters: {
    subscribed: {
      meaning: 'Whether the accounts have Shield Advanced; an app that protects anything with it has.',
      default: false,
    },
  },
  sources: ['https://docs.aws.amazon.com/waf/latest/developerguide/ddos-protections-by-resource-type.html'],
  check: (resource, { graph, parameters }) => {
    const { protectedBy, open } = protections(graph);
    if (parameters.subscribed !== true && protectedBy.size === 0 && open.length === 0)
      return notApplicable('the app uses no Shield Advanced');
    const facing = FACING[resource.type]?.(resource) ?? pass();
    if (facing.outcome === 'fail') return notApplicable('it does not face the internet');
    return facing.outcome === 'pass' ? judge(resource, protectedBy.get(resource) ?? [], open) : facing;
  },
};

const protections = oncePerGraph((graph) => {
  const protectedBy = new Map<Resource, Resource[]>();
  const open: Unknown[] = graph
    .ofType('AWS::FMS::Policy')
    .filter((policy) => policy.is(POLICY_TYPE, 'SHIELD_ADVANCED').outcome !== 'fail')
    .map(({ logicalId }) => new Unknown(`Firewall Manager may protect it by ${logicalId}`));
  for (const protection of graph.ofType(PROTECTION)) {
    const target = protection.target('ResourceArn');
    // The ARN of an address or of a zone is put together around its id.
    const [part] = referencesIn(protection.get('ResourceArn'));
    const found = target instanceof Resource ? target : part?.resource;
    if (found) protectedBy.set(found, [...(protectedBy.get(found) ?? []), protection]);
    else if (target instanceof Unknown) open.push(target);
  }
  return { protectedBy, open };
});

function judge(resource: Resource, own: readonly Resource[], open: readonly Unknown[]): Judgement {
  if (own.some((protection) => existsWith(protection, resource) === true)) return pass();
  const doubt =
    own.map(({ presence }) => presence).find((presence) => presence instanceof Unknown) ?? open[0];
  return doubt instanceof Unknown
    ? unknown(undefined, doubt)
    : fail({ found: 'no protection', needed: 'a protection of Shield Advanced' });
}
