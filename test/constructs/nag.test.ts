import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { StatelessService } from '../../lib/constructs/compute/stateless-service';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { RegionSet } from '../../lib/constructs/region/region-set';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { FailoverDns } from '../../lib/constructs/traffic/failover-dns';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import { RegionRole } from '../../lib/objectives/region-role';
import { TIERS, Tier } from '../../lib/objectives/tier';
import { ACCOUNT, certificateIn, shopOf, WEAKENING } from './fixtures';

/** Everything there is, in one region. */
function build(stack: RegionStack): void {
  const network = new ResilientNetwork(stack, 'Network');
  const certificate = certificateIn(stack);
  const loadBalancer = new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate });
  new HealthCheckedLoadBalancer(stack, 'Inside', {
    network,
    internetFacing: false,
    weakening: WEAKENING,
  });
  new StatelessService(stack, 'Web', {
    loadBalancer,
    image: ContainerImage.fromEcrRepository(new Repository(stack, 'Images')),
    port: 8080,
    peakTasks: 4,
    requestsPerTaskPerMinute: 600,
  });
  const metric = new Metric({ namespace: 'Shop', metricName: 'FailedOrders' });
  new FailoverDns(stack, 'Dns', {
    loadBalancer,
    hostedZoneId: 'Z1D633PJN98FT9',
    zoneName: 'example.com',
    recordName: 'shop',
    alarm: new Alarm(stack, 'Errors', { metric, threshold: 1, evaluationPeriods: 3 }),
  });
}

interface Finding {
  readonly ruleName: string;
  readonly reason?: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

/** What the AwsSolutions pack finds in both regions: what is left, and what a construct answered, by rule and place. */
function judge(tier: Tier, nonProduction = false): { left: string[]; answered: string[] } {
  const app = new App();
  const plugin = new AwsSolutionsChecks(app);
  Validations.of(app).addPlugins(plugin);
  const places = [
    { region: 'eu-west-1', role: RegionRole.PRIMARY },
    { region: 'eu-central-1', role: RegionRole.STANDBY },
  ];
  new RegionSet(app, 'Shop', {
    service: shopOf(tier),
    account: ACCOUNT,
    regions: places.map((place) => ({
      ...place,
      availabilityZones: ['a', 'b', 'c'].map((letter) => place.region + letter),
    })),
    nonProduction,
    build,
  });
  const file = join(app.synth().directory, 'validation-report.json');
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8'));
  const report = pluginReports.find(({ pluginName }: { pluginName: string }) => pluginName === plugin.name);
  const named = (findings: Finding[]): string[] =>
    findings
      .flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      )
      .sort();
  return { left: named(report.violations), answered: named(report.suppressedViolations) };
}

/** What the constructs answer in one region, with a reason each. */
const ANSWERED = [
  'AwsSolutions-EC23 Entry/SecurityGroup/Resource',
  'AwsSolutions-IAM5[Resource::*] Web/Task/ExecutionRole/DefaultPolicy/Resource',
  'AwsSolutions-S1 Entry/AccessLogs/Resource',
  'AwsSolutions-S1 Inside/AccessLogs/Resource',
];

const ANSWERED_IN_BOTH = ['eu-central-1', 'eu-west-1']
  .flatMap((region) => ANSWERED.map((each) => each.replace(' ', ` Shop-${region}/`)))
  .sort();

test.each(TIERS)('cdk-nag finds nothing at tier %i that is not answered', (tier) => {
  expect(judge(tier)).toEqual({ left: [], answered: ANSWERED_IN_BOTH });
});

test('cdk-nag finds nothing in a stage that may be torn down', () => {
  expect(judge(Tier.BUSINESS_CRITICAL, true)).toEqual({ left: [], answered: ANSWERED_IN_BOTH });
});
