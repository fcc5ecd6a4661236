import type { DeployedStack } from '../deployed';
import type { Live } from '../readers/reader';
import { type Design, type DesignFinding, Expectations, ofType, only, stackNamed } from './design';
import { keyFindings } from './keys';
import { webRegionFindings } from './web-region';

/** Tier 0: both regions serve under one name, and either carries everything. */
export const activeActive: Design = (stacks) => {
  const regions = ['eu-west-1', 'eu-central-1'];
  const all = regions.map((region) => stackNamed(stacks, `Payments-${region}`));
  return [
    ...all.flatMap((stack) => regionFindings(stack)),
    ...all.flatMap(latencyFindings),
    ...all.flatMap(keyFindings),
    ...oneNameFindings(all, regions),
  ];
};

function regionFindings(stack: DeployedStack): DesignFinding[] {
  const zones = ['a', 'b', 'c'].map((letter) => `${stack.region}${letter}`);
  return webRegionFindings(stack, {
    zones,
    exits: zones.map((zone) => `${zone} by ${zone}`),
    // Eight tasks carry the peak of both regions, twelve still do when one of three zones is lost as well.
    desiredTasks: 12,
    check: { path: '/health/ready', interval: 5, timeout: 3, healthy: 2, unhealthy: 2 },
  });
}

/** The record answers for its own region, leads to its own load balancer, and goes when its checks say so. */
function latencyFindings(stack: DeployedStack): DesignFinding[] {
  const expectations = new Expectations(stack.name);
  const record = only(stack, 'AWS::Route53::RecordSet').live;
  const { DNSName } = only(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer').live;
  const alias = record.AliasTarget as Live | undefined;
  expectations.expect('region of the record', stack.region, record.Region);
  expectations.expect('set identifier of the record', stack.region, record.SetIdentifier);
  expectations.expect('target of the record', `dualstack.${DNSName}`, alias?.DNSName);
  expectations.expect('the record looks at its target as well', true, alias?.EvaluateTargetHealth);
  const checks = ofType(stack, 'AWS::Route53::HealthCheck');
  const types = checks.map(({ live }) => (live?.HealthCheckConfig as Live | undefined)?.Type);
  expectations.expect('checks', ['CALCULATED', 'CLOUDWATCH_METRIC', 'HTTPS'], types.sort());
  const joined = checks.find(
    ({ live }) => (live?.HealthCheckConfig as Live | undefined)?.Type === 'CALCULATED',
  );
  expectations.expect('the record follows both checks joined', joined?.physicalId, record.HealthCheckId);
  return expectations.findings;
}

/** One name in one zone, answered once for each region. */
function oneNameFindings(stacks: readonly DeployedStack[], regions: readonly string[]): DesignFinding[] {
  const records = stacks.map((stack) => only(stack, 'AWS::Route53::RecordSet').live);
  const expectations = new Expectations('all');
  expectations.expect('one name', 1, new Set(records.map(({ Name }) => Name)).size);
  expectations.expect('one hosted zone', 1, new Set(records.map((each) => each.HostedZoneId)).size);
  expectations.expect(
    'regions',
    regions,
    records.map(({ Region }) => Region),
  );
  return expectations.findings;
}
