import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, CfnOutput, type Stack } from 'aws-cdk-lib/core';
import { StatelessService } from '../../../lib/constructs/compute/stateless-service';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { ActivePassive } from '../../../lib/constructs/region/active-passive';
import { requireMembership, sharedName } from '../../../lib/constructs/region/membership';
import { FailoverDns } from '../../../lib/constructs/traffic/failover-dns';
import { HealthCheckedLoadBalancer } from '../../../lib/constructs/traffic/health-checked-load-balancer';
import { RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { Tier } from '../../../lib/objectives/tier';
import { allPatterns, appOf, type Pattern, surroundings } from '../../support/pattern';
import { ACCOUNT, shopOf } from '../fixtures';

const PRIMARY = 'eu-west-1';
const STANDBY = 'eu-central-1';

/** The shop of a user: entry, tasks and DNS, and a bucket with a physical name whose twin is named, not referred to. */
function buildShop(stack: Stack): void {
  const { region, account } = stack;
  const network = new ResilientNetwork(stack, 'Network');
  const arn = `arn:aws:acm:${region}:${account}:certificate/0f4c7b52`;
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', arn);
  const loadBalancer = new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate });
  new StatelessService(stack, 'Web', {
    loadBalancer,
    image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
    port: 8080,
    peakTasks: 8,
    requestsPerTaskPerMinute: 600,
  });
  const dns = { hostedZoneId: 'Z1D633PJN98FT9', zoneName: 'example.com', recordName: 'shop' };
  new FailoverDns(stack, 'Dns', { ...dns, loadBalancer });
  const bucket = new Bucket(stack, 'Orders', { bucketName: `${sharedName(stack)}-orders-${region}` });
  const [twin] = requireMembership(bucket).peers;
  new CfnOutput(stack, 'Twin', { value: `${sharedName(stack)}-orders-${twin?.region}` });
}

/** Everything in the assembly of an app by which one region would wait for another at deployment. */
function needsOfRegion(app: App, region: string): readonly string[] {
  const assembly = app.synth();
  const others = assembly.stacksRecursively.filter((stack) => stack.environment.region !== region);
  return assembly.stacksRecursively
    .filter((stack) => stack.environment.region === region)
    .flatMap((stack) => {
      const text = JSON.stringify(stack.template);
      const needed = new Set(
        stack.dependencies.flatMap((each) => [each.id, ...each.dependencies.map(({ id }) => id)]),
      );
      const functions = ['Fn::GetStackOutput', 'Fn::ImportValue', 'Custom::CrossRegionExport'];
      return [
        ...others
          .filter(({ id, stackName }) => needed.has(id) || text.includes(`"${stackName}"`))
          .map(({ id }) => id),
        ...functions.filter((each) => text.includes(each)),
        ...stack.assets
          .map((asset) => JSON.stringify(asset))
          .filter((asset) => others.some((other) => asset.includes(other.environment.region))),
      ].map((what) => `${stack.id} needs ${what}`);
    });
}

describe('no standby needs its source region', () => {
  test.each([RecoveryApproach.HOT_STANDBY, RecoveryApproach.WARM_STANDBY])(
    'in the app of a user, as a %s, with physical names',
    (approach) => {
      const app = new App();
      new ActivePassive(app, 'Shop', {
        service: shopOf(Tier.BUSINESS_CRITICAL),
        account: ACCOUNT,
        primary: PRIMARY,
        standby: STANDBY,
        approach,
        build: buildShop,
      });
      expect(needsOfRegion(app, STANDBY)).toEqual([]);
    },
  );

  const { WARM_STANDBY, ACTIVE_ACTIVE } = RecoveryApproach;
  const cases = allPatterns().flatMap((pattern): [string, RecoveryApproach, Pattern][] =>
    (pattern.approach ? [pattern.approach] : [WARM_STANDBY, ACTIVE_ACTIVE]).map((approach) => [
      pattern.construct,
      approach,
      pattern,
    ]),
  );

  test.each(cases)('with the pattern %s as %s', (_, approach, pattern) => {
    const tiers = [Tier.BUSINESS_CRITICAL, Tier.MISSION_CRITICAL, Tier.IMPORTANT, Tier.STANDARD];
    const tier = tiers.find((each) => !pattern.refused?.[each]);
    const app = appOf(pattern, surroundings(pattern, tier ?? Tier.STANDARD, { approach }));
    expect(needsOfRegion(app, STANDBY)).toEqual([]);
    if (approach === ACTIVE_ACTIVE) expect(needsOfRegion(app, PRIMARY)).toEqual([]);
  });
});
