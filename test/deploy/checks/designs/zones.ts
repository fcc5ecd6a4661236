import type { DeployedStack } from '../deployed';
import type { Live } from '../readers/reader';
import { ofType } from './design';

/** The zones of subnets and of what stands in them, as EC2 tells them. */
export class Zones {
  private readonly bySubnet: ReadonlyMap<unknown, unknown>;

  constructor(private readonly stack: DeployedStack) {
    this.bySubnet = new Map(
      ofType(stack, 'AWS::EC2::Subnet').map(({ physicalId, live }) => [physicalId, live?.AvailabilityZone]),
    );
  }

  /** The zones of all subnets, each once. */
  ofSubnets(): unknown[] {
    return [...new Set(this.bySubnet.values())].sort();
  }

  /** The zone of each NAT gateway. */
  ofGateways(): unknown[] {
    return [...this.byGateway().values()].sort();
  }

  /** By which zone the subnets of each zone leave: `eu-west-1b by eu-west-1a`. */
  exits(): string[] {
    const gateways = this.byGateway();
    const exits = ofType(this.stack, 'AWS::EC2::Route').flatMap(({ live }) => {
      if (live?.NatGatewayId === undefined) return [];
      const exit = gateways.get(live.NatGatewayId);
      return this.subnetsOf(live.RouteTableId).map((subnet) => `${this.bySubnet.get(subnet)} by ${exit}`);
    });
    return exits.sort();
  }

  private byGateway(): Map<unknown, unknown> {
    return new Map(
      ofType(this.stack, 'AWS::EC2::NatGateway').map(({ physicalId, live }) => [
        physicalId,
        this.bySubnet.get(live?.SubnetId),
      ]),
    );
  }

  /** As declared: the emulator does not tell which subnet an association is of. */
  private subnetsOf(routeTable: unknown): unknown[] {
    return ofType(this.stack, 'AWS::EC2::SubnetRouteTableAssociation').flatMap(({ declared }) =>
      declared.RouteTableId === routeTable ? [declared.SubnetId] : [],
    );
  }
}

/** The zones of a load balancer, as Elastic Load Balancing tells them. */
export function zonesOfLoadBalancer(live: Live): unknown[] {
  const zones = live.AvailabilityZones as readonly { readonly ZoneName?: string }[];
  return zones.map(({ ZoneName }) => ZoneName).sort();
}
