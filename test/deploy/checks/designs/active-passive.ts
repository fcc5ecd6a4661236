import type { DeployedStack } from '../deployed';
import type { Live } from '../readers/reader';
import { type Design, type DesignFinding, Expectations, only, stackNamed } from './design';
import { webRegionFindings } from './web-region';

/** Tier 1: Ireland serves, Frankfurt stands ready, and the name follows the health of each. */
export const activePassive: Design = (stacks) => {
  const primary = stackNamed(stacks, 'Shop-eu-west-1');
  const standby = stackNamed(stacks, 'Shop-eu-central-1');
  return [
    // Eight tasks carry the peak, twelve still do when one of three zones is lost; the standby runs half of that.
    ...webRegionFindings(primary, region('eu-west-1', 12)),
    ...webRegionFindings(standby, region('eu-central-1', 6)),
    ...failoverFindings(primary, 'PRIMARY'),
    ...failoverFindings(standby, 'SECONDARY'),
    ...oneNameFindings(primary, standby),
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

/** The record leads to the load balancer of its own region, and follows the check of its own region. */
function failoverFindings(stack: DeployedStack, failover: string): DesignFinding[] {
  const expectations = new Expectations(stack.name);
  const record = only(stack, 'AWS::Route53::RecordSet').live;
  const check = only(stack, 'AWS::Route53::HealthCheck');
  const config = check.live.HealthCheckConfig as Live | undefined;
  const alias = record.AliasTarget as Live | undefined;
  const { DNSName } = only(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer').live;
  expectations.expect('failover of the record', failover, record.Failover);
  expectations.expect('health check of the record', check.physicalId, record.HealthCheckId);
  expectations.expect('target of the record', `dualstack.${DNSName}`, alias?.DNSName);
  expectations.expect('the record looks at its target as well', true, alias?.EvaluateTargetHealth);
  expectations.expect(
    'what the health check asks, how often and how many times',
    ['HTTPS', DNSName, 443, '/health/ready', 30, 3],
    [
      config?.Type,
      config?.FullyQualifiedDomainName,
      config?.Port,
      config?.ResourcePath,
      config?.RequestInterval,
      config?.FailureThreshold,
    ],
  );
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
