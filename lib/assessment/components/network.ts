import { natZonesOf } from '../../assembly/network/nat-gateways';
import { zonesOfTarget } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { subnetRouteFails } from '../ways-out';
import { agreement } from './agreement';
import { behindEndpointFails } from './private-link';
import { INSTANCE } from './units/spread-units';

const NAT: Component = {
  types: ['AWS::EC2::NatGateway'],
  part: 'support',
  fails: (gateway, model) => {
    const likelihood = agreement('natGateway', 'a NAT gateway');
    const zones = model.zoneNames(gateway, natZonesOf(gateway));
    const [only] = zones;
    const own =
      zones.length === 1 && only !== undefined
        ? model.zonal(gateway, only, likelihood)
        : anyOf(model.regional(gateway, likelihood), model.allZones(gateway, zones));
    return anyOf(own, subnetRouteFails(gateway, model));
  },
};

/** A firewall has an endpoint in each of its zones; what passes it leaves through the route of that endpoint's subnet. */
const FIREWALL: Component = {
  types: ['AWS::NetworkFirewall::Firewall'],
  part: 'support',
  fails: (firewall, model) => {
    const zones = model.zoneNames(firewall, firewall.zones);
    const likelihood = agreement('networkFirewall', 'a firewall');
    return anyOf(
      model.regional(firewall, likelihood),
      model.allZones(firewall, zones),
      subnetRouteFails(firewall, model),
    );
  },
};

/** The endpoint of a service or of security appliances in a network: an interface in each of its subnets. */
const ENDPOINT: Component = {
  types: ['AWS::EC2::VPCEndpoint'],
  part: 'support',
  fails: (endpoint, model) => {
    const kind = endpoint.text('VpcEndpointType');
    if (kind === undefined || kind === 'Gateway') return model.region(endpoint);
    const zones = model.zoneNames(endpoint, endpoint.zones);
    const [only, another] = zones;
    const balancer =
      kind === 'GatewayLoadBalancer' ? appliancesFail(endpoint, model) : behindEndpointFails(endpoint, model);
    if (only !== undefined && another === undefined)
      return anyOf(model.zonal(endpoint, only, model.assumption('withoutAgreement')), balancer);
    return anyOf(
      model.regional(endpoint, agreement('interfaceEndpointMultiAz', 'an endpoint in several zones')),
      model.allZones(endpoint, zones),
      balancer,
    );
  },
};

/** What stands behind the endpoint of security appliances. */
function appliancesFail(endpoint: Resource, model: Modelling): Failure {
  const { graph } = endpoint.stack;
  const named = endpoint.references.map(({ reference }) => reference.resource);
  const services = named.filter(({ type }) => type === 'AWS::EC2::VPCEndpointService');
  const balancers = services.flatMap((service) => service.targets('GatewayLoadBalancerArns').resources);
  if (balancers.length === 0 && graph.ofType('AWS::EC2::VPCEndpointService').length === 0)
    model.assume(`what ${nameOf(endpoint)} sends traffic through is not in the app`, endpoint);
  return anyOf(...balancers.map((balancer) => model.of(balancer, endpoint)));
}

const TRANSIT: Component = {
  types: ['AWS::EC2::TransitGateway', 'AWS::NetworkManager::CoreNetwork'],
  part: 'support',
  fails: (transit, model) => {
    model.assume(
      `where ${nameOf(transit)} leads on is not followed: only the gateway itself counts`,
      transit,
    );
    return model.regional(transit, agreement('transitGateway', 'a transit gateway'));
  },
};

/** An interface in a route belongs to an instance that passes traffic on. */
const INTERFACE: Component = {
  types: ['AWS::EC2::NetworkInterface'],
  part: 'support',
  fails: (card, model) => {
    const [zone] = model.zoneNames(card, zonesOfTarget(card, card.get('SubnetId'), true));
    const users = card.stack.graph.mentionsOf(card, 'AWS::EC2::Instance').map(({ from }) => from);
    if (users.length > 0) return anyOf(...[...new Set(users)].map((instance) => model.of(instance)));
    return model.zonal(card, zone ?? `${regionKey(card)}#0`, INSTANCE);
  },
};

const VPN: Component = {
  types: ['AWS::EC2::VPNConnection'],
  part: 'support',
  fails: (connection, model) => model.regional(connection, agreement('siteToSiteVpn', 'a VPN connection')),
};

export const NETWORK: readonly Component[] = [NAT, FIREWALL, ENDPOINT, TRANSIT, INTERFACE, VPN];
