import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { type Route, routesOf } from '../../assembly/network/routes';
import { oncePerGraph } from '../../assembly/once-per-graph';
import type { Resource } from '../../assembly/resource';
import { referencesIn, Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const SUBNET = 'AWS::EC2::Subnet';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const FIREWALL = 'AWS::NetworkFirewall::Firewall';
const ASSOCIATION = 'AWS::NetworkFirewall::VpcEndpointAssociation';

const IN_OWN_ZONE = {
  kind: 'redundancy',
  why: 'When the zone of the endpoint is lost, the traffic of other zones that is sent through it is lost too.',
  severity: MEDIUM,
  appliesTo: [SUBNET],
  controls: REDUNDANCY,
} as const satisfies Partial<Rule>;

export const inspectionIsInOwnZone: Rule = {
  ...IN_OWN_ZONE,
  id: 'VPC-01',
  title: 'Subnets send through the endpoint of a gateway load balancer in their own zone.',
  fix: 'route each subnet to an endpoint of the gateway load balancer in its own zone',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/getting-started.html'],
  check: (subnet) => judge(subnet, [ENDPOINT], inspects),
};

export const firewallIsInOwnZone: Rule = {
  ...IN_OWN_ZONE,
  id: 'NFW-04',
  title: 'Subnets send through the firewall endpoint in their own zone.',
  fix: 'route each subnet to the firewall endpoint in its own zone',
  sources: ['https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-two-zone-igw.html'],
  check: (subnet) => judge(subnet, [FIREWALL, ASSOCIATION], guards),
};

/** What a route leads through, where it is of the kind asked for. */
type Finder = (route: Route) => Resource | Unknown | undefined;

function judge(subnet: Resource, types: readonly string[], find: Finder): Judgement | readonly Judgement[] {
  const routes = routesOf(subnet);
  const through = routes.flatMap((route) => (route instanceof Unknown ? [] : (find(route) ?? [])));
  if (through.length > 0) return through.map((endpoint) => judgeEndpoint(subnet, endpoint));
  const open = routes.find((route) => route instanceof Unknown);
  // What the app does not have, a route that cannot be followed does not lead to as far as anybody can tell.
  return open instanceof Unknown && appHas(subnet, types)
    ? unknown(undefined, open)
    : notApplicable('no route of the subnet leads through such an endpoint');
}

const inspectors = oncePerGraph(
  (graph) =>
    new Set(
      graph
        .ofType(ENDPOINT, FIREWALL, ASSOCIATION)
        .filter(mayInspect)
        .map(({ type }) => type),
    ),
);

function appHas({ stack }: Resource, types: readonly string[]): boolean {
  const there = inspectors(stack.graph);
  return types.some((type) => there.has(type));
}

function mayInspect(resource: Resource): boolean {
  return (
    resource.type !== ENDPOINT || resource.is('VpcEndpointType', 'GatewayLoadBalancer').outcome !== 'fail'
  );
}

/** An endpoint that a route names and that is not in the app is one of these, or of a firewall. */
function inspects({ kind, target, resource }: Route): Resource | Unknown | undefined {
  if (kind !== 'endpoint' || firewallIn(resource)) return undefined;
  if (target instanceof Unknown) return target;
  return target.type === ENDPOINT && mayInspect(target) ? target : undefined;
}

function guards({ kind, resource }: Route): Resource | undefined {
  return kind === 'endpoint' ? firewallIn(resource) : undefined;
}

/** Endpoints of a firewall are cut out of a list of texts, so that only the firewall is known. */
function firewallIn(route: Resource): Resource | undefined {
  const mentioned = referencesIn(route.get('VpcEndpointId')).map(({ resource }) => resource);
  return mentioned.find(({ type }) => type === FIREWALL || type === ASSOCIATION);
}

function judgeEndpoint(subnet: Resource, endpoint: Resource | Unknown): Judgement {
  if (endpoint instanceof Unknown) return unknown(undefined, endpoint);
  const [own, served] = [subnet.zones, endpoint.zones];
  const within = own.within(served);
  const found = `${endpoint.logicalId} in ${served.describe()}`;
  if (within === false && !served.isEmpty)
    return fail({ found, needed: `an endpoint in the subnet's own zone, ${[...own.names].join(', ')}` });
  if (within === true && served.most === 1) return pass({ found });
  const why = own.unknowns[0] ?? served.unknowns[0];
  return unknown(undefined, why ?? `which endpoint of ${endpoint.logicalId} it is, is known only at deploy`);
}
