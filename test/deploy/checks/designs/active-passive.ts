import type { DeployedStack } from '../deployed';
import type { Live } from '../readers/reader';
import { type Design, type DesignFinding, Expectations, ofType, only, stackNamed } from './design';
import { keyFindings } from './keys';
import { webRegionFindings } from './web-region';

/** What the plan of the switch calls its checks in the emulator, and what Ireland's stack is told. */
const CHECKS = { primary: '6b7b0f6e-3c3e-4d51-9a0c-2f7a3f9d8e10', standby: 'check-of-frankfurt' };

/** Tier 1: Ireland serves, Frankfurt stands ready, and the name follows the plan that moves the service. */
export const activePassive: Design = (stacks) => {
  const primary = stackNamed(stacks, 'Shop-eu-west-1');
  const standby = stackNamed(stacks, 'Shop-eu-central-1');
  return [
    // Eight tasks carry the peak, twelve still do when one of three zones is lost; the standby runs half of that.
    ...webRegionFindings(primary, region('eu-west-1', 12)),
    ...webRegionFindings(standby, region('eu-central-1', 6)),
    ...failoverFindings(primary, 'PRIMARY', CHECKS.primary),
    ...failoverFindings(standby, 'SECONDARY', CHECKS.standby),
    ...oneNameFindings(primary, standby),
    ...[primary, standby].flatMap((stack) => [...namedAsInThePlan(stack), ...keyFindings(stack)]),
  ];
};

function region(code: string, desiredTasks: number) {
  const zones = ['a', 'b', 'c'].map((letter) => `${code}${letter}`);
  return {
    zones,
    exits: zones.map((zone) => `${zone} by ${zone}`),
    desiredTasks,
    check: { path: '/health/ready', interval: 10, timeout: 5, healthy: 2, unhealthy: 2 },
  };
}

/** The record leads to the load balancer of its own region, and follows the check that the plan made for it. */
function failoverFindings(stack: DeployedStack, failover: string, check: string): DesignFinding[] {
  const expectations = new Expectations(stack.name);
  const record = only(stack, 'AWS::Route53::RecordSet').live;
  const alias = record.AliasTarget as Live | undefined;
  const { DNSName } = only(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer').live;
  expectations.expect('failover of the record', failover, record.Failover);
  expectations.expect('health check of the record', check, record.HealthCheckId);
  expectations.expect('target of the record', `dualstack.${DNSName}`, alias?.DNSName);
  expectations.expect('checks beside that of the plan', 0, ofType(stack, 'AWS::Route53::HealthCheck').length);
  return expectations.findings;
}

/** The plan scales `service/shop-web/shop-web` in both regions: so they must be called. */
function namedAsInThePlan(stack: DeployedStack): DesignFinding[] {
  const expectations = new Expectations(stack.name);
  const { Cluster, ServiceName } = only(stack, 'AWS::ECS::Service').live;
  expectations.expect('cluster and service', ['shop-web', 'shop-web'], [Cluster, ServiceName]);
  return expectations.findings;
}

/** Two records of one name in one zone, told apart. */
function oneNameFindings(primary: DeployedStack, standby: DeployedStack): DesignFinding[] {
  const expectations = new Expectations(standby.name);
  const [first, second] = [primary, standby].map((stack) => only(stack, 'AWS::Route53::RecordSet').live);
  expectations.expect('name of the record', first?.Name, second?.Name);
  expectations.expect('hosted zone of the record', first?.HostedZoneId, second?.HostedZoneId);
  expectations.expect('an identifier of its own', true, first?.SetIdentifier !== second?.SetIdentifier);
  return expectations.findings;
}
