import {
  TargetGroupLoadBalancingAlgorithmType as Algorithm,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import {
  HealthCheckedLoadBalancer,
  type HealthCheckedLoadBalancerProps,
} from '../../lib/constructs/traffic/health-checked-load-balancer';
import { networkThat, STANDS, type Stands } from '../support/host-networks';
import type { Pattern } from '../support/pattern';
import { anyOf, certificateIn, seconds } from '../support/pattern-parts';

type Options = Partial<Omit<HealthCheckedLoadBalancerProps, 'network' | 'weakening'>> & {
  readonly guarded?: boolean;
  readonly stands?: Stands;
};

export const healthCheckedLoadBalancer: Pattern<Options> = {
  construct: 'HealthCheckedLoadBalancer',
  build: (stack) => {
    const certificate = certificateIn(stack);
    // minimal
    const network = new ResilientNetwork(stack, 'Network');
    new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate });
    // end
  },
  options: anyOf<Options>({
    internetFacing: fc.boolean(),
    allowedCidrs: fc.constantFrom([], ['0.0.0.0/0'], ['192.0.2.0/24', '198.51.100.0/24']),
    zonalShift: fc.boolean(),
    deletionProtection: fc.boolean(),
    accessLogRetention: fc.constantFrom(
      Duration.days(30),
      Duration.days(365),
      Duration.days(400),
      Duration.hours(12),
    ),
    healthCheckPath: fc.constantFrom('/', '/ready', 'ready'),
    healthCheckInterval: seconds(1, 60),
    healthCheckTimeout: seconds(1, 10),
    unhealthyThreshold: fc.integer({ min: 1, max: 4 }),
    healthyThreshold: fc.integer({ min: 1, max: 6 }),
    deregistrationDelay: seconds(0, 400),
    targetType: fc.constantFrom(...Object.values(TargetType)),
    algorithm: fc.constantFrom(...Object.values(Algorithm)),
    anomalyMitigation: fc.boolean(),
    slowStart: seconds(10, 1000),
    stickiness: fc.constantFrom(Duration.seconds(0), Duration.hours(1)),
    guarded: fc.boolean(),
    stands: STANDS,
  }),
  buildWith: (stack, { guarded, stands, ...options }) => {
    const network = networkThat(stack, stands);
    const visibilityConfig = {
      cloudWatchMetricsEnabled: true,
      metricName: 'shop',
      sampledRequestsEnabled: true,
    };
    const webAcl = new CfnWebACL(stack, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig,
    });
    new CfnLoggingConfiguration(stack, 'WebAclLogs', {
      resourceArn: webAcl.attrArn,
      logDestinationConfigs: [`arn:aws:logs:${stack.region}:${stack.account}:log-group:aws-waf-logs-shop`],
    });
    new HealthCheckedLoadBalancer(stack, 'Entry', {
      network,
      certificate: certificateIn(stack),
      ...options,
      ...(guarded && { webAcl }),
    });
  },
};
