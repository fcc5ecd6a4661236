import {
  CfnLoadBalancer,
  type ILoadBalancerV2,
  IpAddressType,
  Protocol,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { HTTP_PORTS, HTTPS } from './entry-facts';
import { HealthCheckedLoadBalancer } from './health-checked-load-balancer';
import { HealthCheckedNetworkLoadBalancer } from './health-checked-network-load-balancer';

/**
 * A load balancer that a record can lead to: of this library, or one of the CDK, made or imported
 * (`ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes`).
 */
export type DnsLoadBalancer = HealthCheckedLoadBalancer | HealthCheckedNetworkLoadBalancer | ILoadBalancerV2;

/** What is known of a load balancer; what only deployment or another app knows is `undefined`. @internal */
export interface Entrance {
  readonly path: string;
  readonly loadBalancer: ILoadBalancerV2;
  readonly isNetwork: boolean | undefined;
  readonly ipAddressType: IpAddressType | undefined;
  readonly internetFacing: boolean | undefined;
  readonly allowedCidrs: readonly string[] | undefined;
  readonly ports: readonly number[] | undefined;

  /** Whether it speaks HTTPS. */
  readonly https: boolean | undefined;

  /** Where the application says whether it can serve. */
  readonly healthCheckPath: string | undefined;

  /** Whether it takes connections, which checkers can make. */
  readonly isConnected: boolean;
}

/** What is known of a load balancer. @internal */
export function entranceOf(balancer: DnsLoadBalancer): Entrance {
  if (balancer instanceof HealthCheckedLoadBalancer) return ofApplication(balancer);
  return balancer instanceof HealthCheckedNetworkLoadBalancer ? ofNetwork(balancer) : ofExisting(balancer);
}

function ofApplication(balancer: HealthCheckedLoadBalancer): Entrance {
  const { loadBalancer, node, internetFacing, allowedCidrs, ports, https, healthCheckPath } = balancer;
  const { ipAddressType = IpAddressType.IPV4 } = loadBalancer;
  const known = { internetFacing, allowedCidrs, ports, https, healthCheckPath };
  return { path: node.path, loadBalancer, isNetwork: false, ipAddressType, ...known, isConnected: true };
}

function ofNetwork(balancer: HealthCheckedNetworkLoadBalancer): Entrance {
  const { loadBalancer, node, internetFacing, allowedCidrs, port, protocol, healthCheckPath } = balancer;
  const { ipAddressType = IpAddressType.IPV4 } = loadBalancer;
  const speaksHttp = HTTP_PORTS.includes(port);
  return {
    path: node.path,
    loadBalancer,
    isNetwork: true,
    ipAddressType,
    internetFacing,
    allowedCidrs,
    ports: [port],
    https: protocol === Protocol.TLS || port === HTTPS,
    // Another port speaks what nobody knows; its targets are asked for the path behind it.
    healthCheckPath: speaksHttp ? healthCheckPath : undefined,
    isConnected: protocol !== Protocol.UDP,
  };
}

function ofExisting(loadBalancer: ILoadBalancerV2): Entrance {
  const resource = loadBalancer.node.defaultChild;
  const own = resource instanceof CfnLoadBalancer ? resource : undefined;
  const { ipAddressType } = loadBalancer as { ipAddressType?: IpAddressType };
  return {
    path: loadBalancer.node.path,
    loadBalancer,
    isNetwork: kindOf(loadBalancer, own?.type),
    ipAddressType,
    internetFacing: own?.scheme === undefined ? undefined : own.scheme !== 'internal',
    allowedCidrs: undefined,
    ports: undefined,
    https: undefined,
    healthCheckPath: undefined,
    isConnected: true,
  };
}

/** By its type, else by its ARN: `…:loadbalancer/net/name/id`; an ARN that only deployment knows says nothing. */
function kindOf({ loadBalancerRef }: ILoadBalancerV2, type: string | undefined): boolean | undefined {
  if (type !== undefined) return type === 'network';
  const kind = /:loadbalancer\/(net|app)\//.exec(loadBalancerRef.loadBalancerArn)?.[1];
  return kind === undefined ? undefined : kind === 'net';
}

/** What keeps a record from leading to it at all. @internal */
export function notALoadBalancer(balancer: DnsLoadBalancer): Mistake[] {
  const isOwn =
    balancer instanceof HealthCheckedLoadBalancer || balancer instanceof HealthCheckedNetworkLoadBalancer;
  if (isOwn) return [];
  if (!('loadBalancerRef' in Object(balancer))) {
    return [
      {
        problem: `loadBalancer is ${quoted(balancer)}, which is no load balancer`,
        fix: 'give a HealthCheckedLoadBalancer, or import one with ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes',
      },
    ];
  }
  try {
    return balancer.loadBalancerDnsName && balancer.loadBalancerCanonicalHostedZoneId
      ? []
      : [nameless(balancer)];
  } catch {
    // The CDK throws where it was imported without them.
    return [nameless(balancer)];
  }
}

function nameless({ node }: ILoadBalancerV2): Mistake {
  return {
    problem: `${node.path} is imported without its name, which the record leads to`,
    fix: 'import it with loadBalancerDnsName and loadBalancerCanonicalHostedZoneId',
  };
}
