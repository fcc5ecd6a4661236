import { Protocol, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import fc from 'fast-check';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import {
  HealthCheckedNetworkLoadBalancer,
  type HealthCheckedNetworkLoadBalancerProps,
} from '../../lib/constructs/traffic/health-checked-network-load-balancer';
import { networkThat, STANDS, type Stands } from '../support/host-networks';
import type { Pattern } from '../support/pattern';
import { anyOf, certificateIn, seconds } from '../support/pattern-parts';

type Options = Partial<
  Omit<HealthCheckedNetworkLoadBalancerProps, 'network' | 'weakening' | 'certificate'>
> & {
  readonly certified?: boolean;
  readonly stands?: Stands;
};

export const healthCheckedNetworkLoadBalancer: Pattern<Options> = {
  construct: 'HealthCheckedNetworkLoadBalancer',
  build: (stack) => {
    const certificate = certificateIn(stack);
    // minimal
    const network = new ResilientNetwork(stack, 'Network');
    const broker = { port: 8883, healthCheckPort: 8080, certificate };
    new HealthCheckedNetworkLoadBalancer(stack, 'Entry', { network, ...broker });
    // end
  },
  options: anyOf<Options>({
    port: fc.constantFrom(0, 443, 8883, 70_000),
    targetPort: fc.constantFrom(8080, 0),
    protocol: fc.constantFrom(Protocol.TCP, Protocol.TLS, Protocol.UDP, Protocol.TCP_UDP, Protocol.HTTP),
    certified: fc.boolean(),
    stands: STANDS,
    targetType: fc.constantFrom(...Object.values(TargetType)),
    healthCheckProtocol: fc.constantFrom(Protocol.HTTP, Protocol.HTTPS, Protocol.TCP, Protocol.UDP),
    healthCheckPort: fc.constantFrom(8081, 8080),
    healthCheckPath: fc.constantFrom('/', '/ready'),
    healthCheckInterval: seconds(4, 40),
    healthCheckTimeout: seconds(1, 12),
    unhealthyThreshold: fc.integer({ min: 1, max: 4 }),
    preserveClientIp: fc.boolean(),
    crossZone: fc.boolean(),
    minimumTargets: fc.integer({ min: 1, max: 8 }),
    elasticIps: fc.boolean(),
    allocationIds: fc.constantFrom(['eipalloc-0a'], ['eipalloc-0a', 'eipalloc-0b', 'eipalloc-0c']),
    internetFacing: fc.boolean(),
    allowedCidrs: fc.constantFrom([], ['192.0.2.0/24']),
    zonalShift: fc.boolean(),
    deletionProtection: fc.boolean(),
  }),
  buildWith: (stack, { certified, stands, ...options }) => {
    new HealthCheckedNetworkLoadBalancer(stack, 'Entry', {
      network: networkThat(stack, stands),
      port: 8883,
      ...options,
      ...(certified && { certificate: certificateIn(stack) }),
    });
  },
};
