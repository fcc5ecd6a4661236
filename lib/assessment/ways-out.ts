import { subnetsOf } from '../assembly/network/network-place';
import { defaultRouteOf, type Route } from '../assembly/network/routes';
import { rulesOf, securityGroupsOf } from '../assembly/network/security-groups';
import { oncePerResource } from '../assembly/once-per-resource';
import { Resource } from '../assembly/resource';
import { Reference, Unknown, type ValueMap } from '../assembly/value';
import { anyOf, type Failure } from './failure';
import { type Modelling, nameOf } from './modelling';
import { callsStayInside } from './network-endpoints';

/** The default routes of the subnets that something stands in, by the zone of the subnet. */
const routesByZone = oncePerResource((resource): ReadonlyMap<string, readonly (Route | Unknown)[]> => {
  const byZone = new Map<string, (Route | Unknown)[]>();
  for (const subnet of subnetsOf(resource).subnets) {
    const route = defaultRouteOf(subnet);
    if (route === undefined) continue;
    for (const zone of subnet.zones.names) byZone.set(zone, [...(byZone.get(zone) ?? []), route]);
  }
  return byZone;
});

/** Gateways that stand in no zone and have no agreement of their own. */
const ALWAYS_THERE: readonly string[] = ['igw', 'egress-only', 'local', 'gateway'];

/** What cuts what runs in one zone off from everything outside of its network. */
export function wayOutFails(resource: Resource, model: Modelling, zone: string): Failure {
  const routes = routesByZone(resource).get(zone) ?? [];
  if (routes.length === 0) return anyOf();
  if (staysInside(resource)) {
    model.assume(
      `${nameOf(resource)} needs no way out of its network: its security groups let nothing out`,
      resource,
    );
    return anyOf();
  }
  if (callsStayInside(resource))
    model.assume(
      `all calls of ${nameOf(resource)} that are seen go to endpoints of its network; its way out counts all the same, for what else it calls is not in the app`,
      resource,
    );
  return anyOf(...routes.map((route) => routeFails(route, resource, model)));
}

/** What cuts a subnet off: a firewall or a gateway itself leaves through the route of its own subnet. */
export function subnetRouteFails(resource: Resource, model: Modelling): Failure {
  const routes = [...routesByZone(resource).values()].flat();
  return anyOf(...[...new Set(routes)].map((route) => routeFails(route, resource, model)));
}

function routeFails(route: Route | Unknown, resource: Resource, model: Modelling): Failure {
  if (route instanceof Unknown) {
    model.assume(`how ${nameOf(resource)} leaves its network is not in the app, and not counted`, resource);
    return anyOf();
  }
  const { kind } = route;
  const target = targetOf(route);
  if (ALWAYS_THERE.includes(kind) || target === resource) return anyOf();
  if (target instanceof Resource) return model.of(target);
  model.assume(
    `${nameOf(resource)} leaves its network through what is not in the app: ${target.reason}`,
    resource,
  );
  return model.event({
    id: `service:route of ${route.table.id}`,
    kind: 'service',
    what: `where ${nameOf(route.resource)} leads`,
    resources: [route.resource],
    likelihood: model.assumption('withoutAgreement'),
  });
}

/** An endpoint of a firewall is one of a list: its id is known only at deploy, but not whose it is. */
function targetOf({ resource, target }: Route): Resource | Unknown {
  if (target instanceof Resource) return target;
  const named = resource.references.find(({ property }) => property === 'VpcEndpointId');
  return named?.reference.resource ?? target;
}

/** Whether security groups surely let nothing out but to other groups and to addresses of private networks. */
const staysInside = oncePerResource((resource): boolean => {
  const { groups, unknowns } = securityGroupsOf(resource);
  if (groups.length === 0 || unknowns.length > 0) return false;
  return groups.every((group) => {
    const { rules, unknowns: hidden } = rulesOf(group, 'out');
    return hidden.length === 0 && rules.every(({ body, certain }) => certain === true && staysPrivate(body));
  });
});

const PRIVATE = /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|127\.|255\.255\.255\.255\/32)/;

function staysPrivate(rule: ValueMap): boolean {
  const { CidrIp: v4, CidrIpv6: v6, DestinationPrefixListId: list } = rule;
  if (v6 !== undefined || list !== undefined) return false;
  if (v4 instanceof Reference) return v4.resource.type === 'AWS::EC2::VPC';
  return v4 === undefined || (typeof v4 === 'string' && PRIVATE.test(v4));
}
