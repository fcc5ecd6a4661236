import type { DeployedStack } from '../deployed';
import { type DesignFinding, Expectations, only } from './design';
import { Zones, zonesOfLoadBalancer } from './zones';

/** What a web service owes in one region. */
export interface WebRegion {
  readonly zones: readonly string[];

  /** By which zone the subnets of each zone leave: `eu-west-1b by eu-west-1a`. */
  readonly exits: readonly string[];
  readonly desiredTasks: number;

  /** How targets are checked. */
  readonly check: {
    readonly path: string;
    readonly interval: number;
    readonly timeout: number;
    readonly healthy: number;
    readonly unhealthy: number;
  };
}

/** A network, a load balancer with HTTPS in all its zones, and tasks behind it. */
export function webRegionFindings(stack: DeployedStack, region: WebRegion): DesignFinding[] {
  const zones = new Zones(stack);
  const expectations = new Expectations(stack.name);
  const loadBalancer = only(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer').live;
  const targets = only(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup').live;
  expectations.expect('zones of the subnets', region.zones, zones.ofSubnets());
  expectations.expect('zones of the load balancer', region.zones, zonesOfLoadBalancer(loadBalancer));
  expectations.expect('ways out of the private subnets', region.exits, zones.exits());
  expectations.expect('health check of the targets', region.check, {
    path: targets.HealthCheckPath,
    interval: targets.HealthCheckIntervalSeconds,
    timeout: targets.HealthCheckTimeoutSeconds,
    healthy: targets.HealthyThresholdCount,
    unhealthy: targets.UnhealthyThresholdCount,
  });
  expectations.expect(
    'desired tasks',
    region.desiredTasks,
    only(stack, 'AWS::ECS::Service').live.DesiredCount,
  );
  return expectations.findings;
}
