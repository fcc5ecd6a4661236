import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, CompositeAlarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CfnHealthCheck,
  HealthCheck,
  HealthCheckType,
  InsufficientDataHealthStatusEnum,
  RecordType,
} from 'aws-cdk-lib/aws-route53';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Duration, Stack, Token } from 'aws-cdk-lib/core';
import { AlarmHealthCheck } from '../../../lib/constructs/traffic/alarm-health-check';
import { FailoverDns, type FailoverDnsProps } from '../../../lib/constructs/traffic/failover-dns';
import { Objectives } from '../../../lib/objectives/objectives';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, entryIn, only, refusal, shopStack, WEAKENING, witnessStack } from '../fixtures';

const RECORD = 'AWS::Route53::RecordSet';
const CHECK = 'AWS::Route53::HealthCheck';

const seconds = (count: number): Duration => Duration.seconds(count);

/** The half of a failover that stands in Ireland, to an address unless something else is said. */
function dnsIn(stack: Stack, props: Partial<FailoverDnsProps> = {}): FailoverDns {
  return new FailoverDns(stack, 'Dns', {
    hostedZoneId: 'Z1D633PJN98FT9',
    zoneName: 'example.com',
    recordName: 'shop',
    role: RegionRole.PRIMARY,
    peerRegion: 'eu-central-1',
    ...(!props.loadBalancer && { endpoint: '192.0.2.10' }),
    ...props,
  });
}

/** The refusal of a failover at a tier. */
const refused = (tier: Tier, props: Partial<FailoverDnsProps>) =>
  refusal(() => dnsIn(shopStack(tier), props));

describe('the record of a FailoverDns', () => {
  test.each([
    [RegionRole.PRIMARY, 'PRIMARY', 'primary-eu-west-1'],
    [RegionRole.STANDBY, 'SECONDARY', 'secondary-eu-west-1'],
  ])('of a %s region is %s and has a check of its own', (role, Failover, SetIdentifier) => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { role });
    const [checkId] = Object.keys(Template.fromStack(stack).findResources(CHECK));
    expect(only(stack, RECORD)).toMatchObject({
      Name: 'shop.example.com.',
      HostedZoneId: 'Z1D633PJN98FT9',
      Failover,
      SetIdentifier,
      HealthCheckId: { Ref: checkId },
    });
  });

  test('to a load balancer is an alias that follows the health of its targets', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { loadBalancer: entryIn(stack) });
    const { AliasTarget, TTL } = only(stack, RECORD);
    expect(AliasTarget.EvaluateTargetHealth).toBe(true);
    expect(TTL).toBeUndefined();
  });

  test.each([
    ['192.0.2.10', RecordType.A],
    ['2001:db8::10', RecordType.AAAA],
    ['eu-west-1.shop.example.com', RecordType.CNAME],
  ])('to %s has the type %s', (endpoint, Type) => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { endpoint });
    expect(only(stack, RECORD)).toMatchObject({ Type, ResourceRecords: [endpoint] });
  });

  test.each([
    [Tier.MISSION_CRITICAL, '60'],
    [Tier.BUSINESS_CRITICAL, '60'],
    [Tier.IMPORTANT, '300'],
    [Tier.STANDARD, '300'],
  ])('at tier %i lives for %s s', (tier, TTL) => {
    const stack = shopStack(tier);
    dnsIn(stack, { weakening: WEAKENING });
    expect(only(stack, RECORD).TTL).toBe(TTL);
  });

  test('lives no longer than detection leaves of the budget', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { healthCheckFailureThreshold: 4, weakening: WEAKENING });
    expect(only(stack, RECORD).TTL).toBe('30');
  });
});

describe('the health check of a FailoverDns', () => {
  test('asks over HTTPS, from all checker regions, at the pace of the tier', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack);
    const { HealthCheckConfig } = only(stack, CHECK);
    expect(HealthCheckConfig).toMatchObject({
      Type: 'HTTPS',
      Port: 443,
      IPAddress: '192.0.2.10',
      ResourcePath: '/health',
      RequestInterval: 30,
      FailureThreshold: 3,
    });
    expect(HealthCheckConfig.Regions).toHaveLength(8);
  });

  test('asks the load balancer what the load balancer asks its targets', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { loadBalancer: entryIn(stack, { healthCheckPath: '/ready' }) });
    const { ResourcePath, FullyQualifiedDomainName } = only(stack, CHECK).HealthCheckConfig;
    expect(ResourcePath).toBe('/ready');
    expect(FullyQualifiedDomainName['Fn::GetAtt'][1]).toBe('DNSName');
  });

  test('asks in plain HTTP where the load balancer speaks nothing else', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const loadBalancer = entryIn(stack, { certificate: undefined, weakening: WEAKENING });
    dnsIn(stack, { loadBalancer });
    expect(only(stack, CHECK).HealthCheckConfig).toMatchObject({ Type: 'HTTP', Port: 80 });
  });

  test('is joined with an alarm, and both must be well', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    const metric = new Metric({ namespace: 'Shop', metricName: 'FailedOrders' });
    dnsIn(stack, { alarm: new Alarm(stack, 'Errors', { metric, threshold: 1, evaluationPeriods: 3 }) });
    const checks = Object.entries(Template.fromStack(stack).findResources(CHECK));
    const [joined] = checks.filter(([, check]) => check.Properties.HealthCheckConfig.Type === 'CALCULATED');
    expect(joined?.[1].Properties.HealthCheckConfig).toMatchObject({ HealthThreshold: 2 });
    expect(only(stack, RECORD).HealthCheckId).toEqual({ Ref: joined?.[0] });
    expect(checks).toHaveLength(3);
  });

  test('fails when tier 0 has no alarm and nobody answers for it', () => {
    expect(refused(Tier.MISSION_CRITICAL, {}).problem).toMatch(/^alarm is missing, but the tier owes one/);
  });

  test.each([
    [
      { healthCheckInterval: seconds(15) },
      'healthCheckInterval is 15 s, but Route 53 checks every 10 s or 30 s',
    ],
    [{ healthCheckFailureThreshold: 11 }, 'healthCheckFailureThreshold is 11, but Route 53 takes 1 to 10'],
    [{ checkerRegions: ['eu-west-1', 'us-east-1'] }, 'there are 2 checker regions, but Route 53 needs 3'],
    [
      { checkerRegions: ['eu-west-1', 'us-east-1', 'eu-west-1'] },
      'there are 2 checker regions, but Route 53 needs 3',
    ],
    [
      { checkerRegions: ['eu-west-1', 'us-east-1', 'us-west-1', 'eu-north-1'] },
      'Route 53 does not check from "eu-north-1"',
    ],
    [{ hostedZoneId: '' }, 'hostedZoneId is missing'],
    [{ healthCheckPath: '/' }, "the health check asks for '/', which says nothing about the application"],
  ])('fails for %j', (props, problem) => {
    expect(refused(Tier.STANDARD, props)).toMatchObject({ path: 'Shop/Dns', problem });
  });

  test.each([
    { endpoint: 'shop.example.com' },
    { endpoint: 'ireland.example.com', healthCheckHost: 'shop.example.com' },
  ])('fails when it would follow the failover instead of its region: %j', (props) => {
    expect(refused(Tier.STANDARD, props).problem).toBe(
      'the health checkers call shop.example.com, which is the record that fails over',
    );
  });

  test('may say the name of the record to an address', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { healthCheckHost: 'shop.example.com' });
    expect(only(stack, CHECK).HealthCheckConfig).toMatchObject({
      IPAddress: '192.0.2.10',
      FullyQualifiedDomainName: 'shop.example.com',
    });
  });

  test('fails when plain HTTP is asked for and nobody answers for it', () => {
    expect(refused(Tier.STANDARD, { https: false }).problem).toMatch(
      /^https is false, but the tier owes true/,
    );
  });
});

describe('the failover time of a FailoverDns', () => {
  test('fails when the time to live does not fit the budget of the tier, and the sum is shown', () => {
    expect(refused(Tier.BUSINESS_CRITICAL, { ttl: seconds(300) }).message).toBe(
      'Shop/Dns: failover takes 390 s (90 s detection + 300 s TTL), but tier 1 owes 150 s\n' +
        '  fix: use a TTL of 60 s or less',
    );
  });

  test('fails with every change that mends it alone', () => {
    expect(refused(Tier.BUSINESS_CRITICAL, { ttl: seconds(90), healthCheckInterval: seconds(30) }).fix).toBe(
      'use a TTL of 60 s or less, or a health-check interval of 10 s, or a failure threshold of 2',
    );
  });

  test('fails when detection alone does not fit, also before an alias', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const loadBalancer = entryIn(stack);
    expect(refusal(() => dnsIn(stack, { loadBalancer, healthCheckFailureThreshold: 10 })).message).toBe(
      'Shop/Dns: failover takes 360 s (300 s detection + 60 s alias TTL), but tier 1 owes 150 s\n' +
        '  fix: use a failure threshold of 3',
    );
  });

  test('fails when a value is weaker than the tier owes although the sum fits', () => {
    expect(
      refused(Tier.BUSINESS_CRITICAL, { ttl: seconds(90), healthCheckInterval: seconds(10) }).problem,
    ).toMatch(/^ttl is 90 s, but the tier owes 1 min/);
  });

  test('fails when it may take longer than the tier owes, and nobody answers for it', () => {
    expect(refused(Tier.BUSINESS_CRITICAL, { failoverBudget: seconds(390) }).message).toMatch(
      /^Shop\/Dns: failoverBudget is 6 min 30 s, but the tier owes 2 min 30 s \(3 checks of 30 s and a TTL of 60 s\)/,
    );
  });

  test('fails when it does not fit a budget of one’s own', () => {
    expect(refused(Tier.BUSINESS_CRITICAL, { failoverBudget: seconds(100), ttl: seconds(60) }).message).toBe(
      'Shop/Dns: failover takes 150 s (90 s detection + 60 s TTL), but failoverBudget owes 100 s\n' +
        '  fix: use a TTL of 10 s or less, or a health-check interval of 10 s, or a failure threshold of 1',
    );
  });

  test('may be longer when somebody answers for a longer budget', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { ttl: seconds(300), failoverBudget: seconds(390), weakening: WEAKENING });
    expect(only(stack, RECORD).TTL).toBe('300');
    expect(catalogued(stack).weakenings.map(({ what }) => what)).toEqual(['Dns.failoverBudget', 'Dns.ttl']);
  });

  test('has room for a promotion within the recovery time objective of the region', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { promotion: Duration.minutes(40), approval: Duration.minutes(17) });
    expect(only(stack, RECORD).TTL).toBe('60');
  });

  test('fails when everything at its worst takes longer than that objective', () => {
    const props = { promotion: Duration.minutes(50), approval: Duration.minutes(15) };
    expect(refused(Tier.BUSINESS_CRITICAL, props)).toMatchObject({
      problem:
        'failover takes up to 4080 s (120 s detection + 60 s TTL + 3000 s promotion + 900 s approval), ' +
        'but the RTO for the loss of a region is 3600 s',
      fix: 'shorten it by 480 s, beginning with the longest term',
    });
  });

  test('fails with what is owed where no check is quick enough', () => {
    const soon = { rto: seconds(10) };
    const objectives = Objectives.forTier(Tier.BUSINESS_CRITICAL, {
      region: soon,
      availabilityZone: soon,
      instance: soon,
    });
    const owing = () => shopStack(Tier.BUSINESS_CRITICAL, {}, { objectives });
    expect(refusal(() => dnsIn(owing())).fix).toBe(
      'give region an RTO of at least 20 s in the objectives: nothing that asks by DNS is sooner',
    );
    const stack = owing();
    const loadBalancer = entryIn(stack);
    expect(refusal(() => dnsIn(stack, { loadBalancer })).fix).toBe(
      'give region an RTO of at least 80 s in the objectives: nothing that asks by DNS is sooner',
    );
  });

  test('fails with the checks and the time to live that would do, where there are such', () => {
    const objectives = Objectives.forTier(Tier.BUSINESS_CRITICAL, {
      region: { rto: seconds(150) },
      availabilityZone: { rto: seconds(60) },
      instance: { rto: seconds(60) },
    });
    const stack = shopStack(Tier.BUSINESS_CRITICAL, {}, { objectives });
    expect(refusal(() => dnsIn(stack))).toMatchObject({
      problem:
        'failover takes up to 180 s (120 s detection + 60 s TTL), but the RTO for the loss of a region is 150 s',
      fix: 'use a TTL of 30 s or less, or a health-check interval of 10 s, or a failure threshold of 2',
    });
  });

  test('has no budget at tier 3, where a person moves the traffic', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack, { ttl: seconds(3600) });
    expect(only(stack, RECORD).TTL).toBe('3600');
  });
});

describe('the two halves of a FailoverDns', () => {
  test.each([
    [{ peerRegion: 'eu-west-1' }, 'primary and secondary are both in eu-west-1, and are lost together'],
    [{ peerRegion: undefined }, 'there is no standby region beside this one'],
    [{ role: undefined }, 'a region without a role is no half of a failover'],
    [{ role: RegionRole.ACTIVE }, 'a region that is active is no half of a failover'],
    [
      { recordName: 'shop.example.org.' },
      'recordName is "shop.example.org.", a whole name by its dot, and none of the zone example.com',
    ],
    [{ endpoint: undefined }, 'requests go to nowhere'],
    [{ recordType: RecordType.TXT }, 'recordType is TXT'],
  ])('fails for %j', (props, problem) => {
    expect(refused(Tier.BUSINESS_CRITICAL, props).problem).toBe(problem);
  });

  test('fails in a witness region, which keeps its role', () => {
    expect(refusal(() => dnsIn(witnessStack(), { role: undefined }))).toMatchObject({
      problem: 'a witness region serves nobody, so it is no half of a failover',
      fix: 'build it in the other regions only',
    });
  });

  test.each(['shop', 'shop.example.com', 'shop.example.com.'])('takes the name %s', (recordName) => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { recordName });
    expect(only(stack, RECORD).Name).toBe('shop.example.com.');
  });

  test('fails when the checkers cannot reach the load balancer', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const loadBalancer = entryIn(stack, { internetFacing: false });
    expect(refusal(() => dnsIn(stack, { loadBalancer })).problem).toMatch(/does not face the Internet/);
  });

  test('fails when nobody knows before deployment whether the checkers are let in', () => {
    const stack = shopStack(Tier.STANDARD);
    const loadBalancer = entryIn(stack, { allowedCidrs: [Token.asString({ Ref: 'Callers' })] });
    expect(refusal(() => dnsIn(stack, { loadBalancer })).problem).toMatch(
      /^Shop\/Entry admits a range known at deployment, not everybody/,
    );
  });

  test('fails when the load balancer shuts the checkers out', () => {
    const stack = shopStack(Tier.STANDARD);
    const loadBalancer = entryIn(stack, { allowedCidrs: ['203.0.113.0/24'] });
    expect(refusal(() => dnsIn(stack, { loadBalancer }))).toMatchObject({
      path: 'Shop/Dns',
      problem: expect.stringMatching(
        /^Shop\/Entry admits 203\.0\.113\.0\/24, not everybody: health checkers/,
      ),
      fix: expect.stringMatching(/^leave allowedCidrs out/),
    });
  });

  test.each([
    [{ healthCheckPort: 8443 }, 'the health checkers call port 8443, but Shop/Entry listens on 443 and 80'],
    [
      { healthCheckPort: 80 },
      'the health checkers speak HTTPS to port 80, where Shop/Entry speaks plain HTTP',
    ],
    [
      { healthCheckPort: 443, https: false },
      'the health checkers speak plain HTTP to port 443, where Shop/Entry speaks HTTPS',
    ],
  ])('fails for %j, where the load balancer does not answer', (props, problem) => {
    const stack = shopStack(Tier.STANDARD);
    const loadBalancer = entryIn(stack);
    expect(refusal(() => dnsIn(stack, { loadBalancer, ...props }))).toMatchObject({
      path: 'Shop/Dns',
      problem,
    });
  });

  test('fails when the checkers speak HTTPS to a load balancer without a certificate', () => {
    const stack = shopStack(Tier.STANDARD);
    const loadBalancer = entryIn(stack, { certificate: undefined, weakening: WEAKENING });
    expect(refusal(() => dnsIn(stack, { loadBalancer, https: true })).problem).toBe(
      'the health checkers call port 443, but Shop/Entry listens on 80',
    );
  });

  test('fails when an alias is given a time to live', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const loadBalancer = entryIn(stack);
    expect(refusal(() => dnsIn(stack, { loadBalancer, ttl: seconds(300) })).message).toBe(
      'Shop/Dns: ttl is 5 min, but a record to a load balancer is an alias, whose time to live is 60 s and cannot be set\n' +
        '  fix: leave ttl out',
    );
  });
});

describe('the IPv6 record of a FailoverDns', () => {
  test('to a second address has a check of its own', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { ipv6Endpoint: '2001:db8::10' });
    const records = Object.values(Template.fromStack(stack).findResources(RECORD));
    const checks = Object.entries(Template.fromStack(stack).findResources(CHECK));
    const [own] =
      checks.find(([, { Properties }]) => Properties.HealthCheckConfig.IPAddress === '2001:db8::10') ?? [];
    expect(records.map(({ Properties }) => Properties.Type).sort()).toEqual(['A', 'AAAA']);
    const [aaaa] = records.filter(({ Properties }) => Properties.Type === 'AAAA');
    expect(aaaa?.Properties).toMatchObject({ Failover: 'PRIMARY', HealthCheckId: { Ref: own } });
  });

  test('to a dual-stack load balancer stands beside the A record and follows the same check', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const loadBalancer = entryIn(stack);
    Object.assign(loadBalancer.loadBalancer, { ipAddressType: 'dualstack' });
    const { record, ipv6Record } = dnsIn(stack, { loadBalancer });
    expect(ipv6Record).toBeDefined();
    expect(ipv6Record).not.toBe(record);
    const records = Object.values(Template.fromStack(stack).findResources(RECORD));
    expect(new Set(records.map(({ Properties }) => JSON.stringify(Properties.HealthCheckId))).size).toBe(1);
    Template.fromStack(stack).resourceCountIs(CHECK, 1);
  });

  test.each([
    [{ ipv6: true }, 'ipv6 is for a load balancer, and there is none'],
    [{ ipv6Endpoint: '192.0.2.11' }, 'ipv6Endpoint is 192.0.2.11, which is no IPv6 address'],
    [
      { endpoint: 'a.example.net', ipv6Endpoint: '2001:db8::10' },
      'ipv6Endpoint stands beside no IPv4 address',
    ],
  ])('fails for %j', (props, problem) => {
    expect(refused(Tier.STANDARD, props).problem).toBe(problem);
  });

  test.each([
    ['ipv4', { ipv6: true }, 'Shop/Entry has IPv4 addresses only'],
    [
      'dualstack-without-public-ipv4',
      {},
      'Shop/Entry has no public IPv4 address, which the health checkers of Route 53 call',
    ],
  ])('fails when the load balancer is %s', (ipAddressType, props, problem) => {
    const stack = shopStack(Tier.STANDARD);
    const loadBalancer = entryIn(stack);
    Object.assign(loadBalancer.loadBalancer, { ipAddressType });
    expect(refusal(() => dnsIn(stack, { loadBalancer, ...props })).problem).toBe(problem);
  });
});

/** A check of the user's own. */
const given = (stack: Stack, props: Partial<ConstructorParameters<typeof HealthCheck>[2]> = {}) =>
  new HealthCheck(stack, 'Given', { type: HealthCheckType.HTTPS, fqdn: 'pay.example.net', ...props });

/** An alarm of the shop, of one period after another. */
const alarmOf = (stack: Stack, props: { minutes?: number; period?: Duration; statistic?: string } = {}) => {
  const { minutes = 3, period = Duration.minutes(1), statistic = 'Sum' } = props;
  const metric = new Metric({ namespace: 'Shop', metricName: 'FailedOrders', period, statistic });
  return new Alarm(stack, 'Errors', { metric, threshold: 1, evaluationPeriods: minutes });
};

describe('the checks that a FailoverDns joins', () => {
  test('must all be healthy unless somebody counts fewer', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { alarm: alarmOf(stack), healthChecks: [given(stack)] });
    const joined = Object.values(Template.fromStack(stack).findResources(CHECK)).find(
      ({ Properties }) => Properties.HealthCheckConfig.Type === 'CALCULATED',
    );
    expect(joined?.Properties.HealthCheckConfig.HealthThreshold).toBe(3);
    expect(joined?.Properties.HealthCheckConfig.ChildHealthChecks).toHaveLength(3);
  });

  test('are judged by the slowest that decides', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const props = { alarm: alarmOf(stack, { minutes: 5 }), healthThreshold: 1 };
    expect(refusal(() => dnsIn(stack, props)).problem).toBe(
      'failover takes 360 s (300 s detection + 60 s TTL), but tier 1 owes 150 s',
    );
  });

  test('never decide where their pace is not known', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const check = HealthCheck.fromHealthCheckId(stack, 'Foreign', 'a1b2');
    expect(refusal(() => dnsIn(stack, { healthChecks: [check], healthThreshold: 1 }))).toMatchObject({
      problem: expect.stringMatching(/^failover takes unbounded/),
      fix: 'let all checks decide, or give checks of this app',
    });
  });

  test('say of an alarm without data what it said last', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    dnsIn(stack, {
      healthChecks: [new AlarmHealthCheck(stack, 'Alarm', { alarm: alarmOf(stack) }).healthCheck],
    });
    const [alarm] = Object.values(Template.fromStack(stack).findResources(CHECK)).filter(
      ({ Properties }) => Properties.HealthCheckConfig.Type === 'CLOUDWATCH_METRIC',
    );
    expect(alarm?.Properties.HealthCheckConfig).toMatchObject({
      InsufficientDataHealthStatus: 'LastKnownStatus',
      AlarmIdentifier: { Region: 'eu-west-1' },
    });
  });

  test('look for a text where one is given', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { healthCheckSearchString: 'can serve' });
    expect(only(stack, CHECK).HealthCheckConfig).toMatchObject({
      Type: 'HTTPS_STR_MATCH',
      SearchString: 'can serve',
    });
  });

  test.each([
    [{ inverted: true }, 'Shop/Given is inverted: it is healthy while its endpoint is not'],
    [
      { requestInterval: seconds(15) },
      'Shop/Given checks every 15 s, but Route 53 checks every 10 s or 30 s',
    ],
    [{ failureThreshold: 11 }, 'Shop/Given has a failureThreshold of 11, but Route 53 takes 1 to 10'],
    [{ regions: ['eu-west-1'] }, 'Shop/Given checks from 1 regions, but Route 53 needs 3'],
    [{ type: HealthCheckType.HTTPS_STR_MATCH }, 'Shop/Given looks for "" in the answer'],
  ])('fail for %j', (props, problem) => {
    const stack = shopStack(Tier.STANDARD);
    expect(refusal(() => dnsIn(stack, { healthChecks: [given(stack, props)] })).problem).toBe(problem);
  });

  test.each([
    [{ type: 'HTTPS', disabled: true }, 'Shop/Raw is disabled, so it is always healthy'],
    [
      { type: 'CLOUDWATCH_METRIC', insufficientDataHealthStatus: 'Healthy' },
      'Shop/Raw is healthy while its alarm has no data',
    ],
    [
      { type: 'CALCULATED', healthThreshold: 0 },
      'Shop/Raw has a healthThreshold of 0, so it is always healthy',
    ],
  ])('fail for %j in the template', (healthCheckConfig, problem) => {
    const stack = shopStack(Tier.STANDARD);
    const check = new CfnHealthCheck(stack, 'Raw', { healthCheckConfig });
    expect(refusal(() => dnsIn(stack, { healthChecks: [check] })).problem).toBe(problem);
  });

  test('may be inverted where somebody says why', () => {
    const stack = shopStack(Tier.STANDARD);
    const check = new CfnHealthCheck(stack, 'Raw', {
      healthCheckConfig: { type: 'HTTPS', fullyQualifiedDomainName: 'down.example.net', inverted: true },
    });
    check.addMetadata('cdk-nines', { invertedBecause: 'the page stands while we are closed' });
    expect(() => dnsIn(stack, { healthChecks: [check] })).not.toThrow();
  });

  test.each([
    [{ healthThreshold: 2 }, 'healthThreshold is 2, but there is 1 check'],
    [
      { healthCheckSearchString: '' },
      'healthCheckSearchString has 0 characters, but Route 53 looks for 1 to 255',
    ],
  ])('fail for %j', (props, problem) => {
    expect(refused(Tier.STANDARD, props).problem).toBe(problem);
  });

  test('fail when there are more than Route 53 joins', () => {
    const stack = shopStack(Tier.STANDARD);
    const healthChecks = Array.from({ length: 255 }, (_, each) =>
      HealthCheck.fromHealthCheckId(stack, `Foreign${each}`, `id-${each}`),
    );
    expect(refusal(() => dnsIn(stack, { healthChecks })).problem).toBe(
      '256 checks are joined, but Route 53 joins 255 at most',
    );
  });
});

describe('the endpoint of a FailoverDns', () => {
  test.each([
    ['999.0.2.1', /endpoint is "999\.0\.2\.1", which is no address and no domain name/],
    ['https://a.example.com', /which is no address and no domain name/],
    ['10.0.0.1', /endpoint is 10\.0\.0\.1, a private address, and the health checkers of Route 53 are out/],
    ['172.20.0.1', /a private address/],
  ])('fails for %s', (endpoint, problem) => {
    expect(refused(Tier.STANDARD, { endpoint }).problem).toMatch(problem);
  });

  test('fails for a port that is none', () => {
    expect(refused(Tier.STANDARD, { healthCheckPort: 0 }).problem).toBe(
      'healthCheckPort is 0, but it must be a whole number from 1 to 65535',
    );
  });
});

describe('the alarm of a FailoverDns', () => {
  test.each([
    [
      { period: Duration.seconds(10) },
      /has a period of 10 s, but Route 53 reads no metric of high resolution/,
    ],
    [{ statistic: 'p99' }, /uses the statistic p99, which Route 53 does not read/],
  ])('fails for %j', (props, problem) => {
    const stack = shopStack(Tier.STANDARD);
    expect(refusal(() => dnsIn(stack, { alarm: alarmOf(stack, props) })).problem).toMatch(problem);
  });

  test('fails when it counts some periods out of many', () => {
    const stack = shopStack(Tier.STANDARD);
    const metric = new Metric({ namespace: 'Shop', metricName: 'FailedOrders', period: Duration.minutes(1) });
    const rest = { metric, threshold: 1, evaluationPeriods: 5 };
    const some = new Alarm(stack, 'Some', { ...rest, datapointsToAlarm: 3 });
    expect(refusal(() => dnsIn(stack, { alarm: some }))).toMatchObject({
      problem: `${some.node.path} fires after 3 of 5 periods, but Route 53 follows no alarm of some out of many`,
      fix: 'leave datapointsToAlarm out, and set evaluationPeriods to 3',
    });
    const all = new Alarm(stack, 'All', { ...rest, datapointsToAlarm: 5 });
    expect(() => new AlarmHealthCheck(stack, 'Check', { alarm: all })).not.toThrow();
  });

  test('fails when it is computed', () => {
    const stack = shopStack(Tier.STANDARD);
    const failed = new Metric({ namespace: 'Shop', metricName: 'FailedOrders' });
    const metric = new MathExpression({ expression: 'a / 2', usingMetrics: { a: failed } });
    const alarm = new Alarm(stack, 'Errors', {
      metric,
      threshold: 1,
      evaluationPeriods: 1,
    });
    expect(refusal(() => dnsIn(stack, { alarm })).problem).toMatch(/computed from several metrics/);
  });

  test('fails when it is made of others', () => {
    const stack = shopStack(Tier.STANDARD);
    const alarm = new CompositeAlarm(stack, 'Any', { alarmRule: alarmOf(stack) });
    expect(refusal(() => dnsIn(stack, { alarm })).problem).toMatch(/is a composite alarm/);
  });

  test('fails when it stands elsewhere, or is healthy without data', () => {
    const stack = shopStack(Tier.STANDARD);
    const away = new Stack(stack.node.root, 'Away', { env: { account: ACCOUNT, region: 'eu-north-1' } });
    expect(refusal(() => dnsIn(stack, { alarm: alarmOf(away) })).problem).toBe(
      'Away/Errors stands in eu-north-1, not in eu-west-1, whose health it is to tell',
    );
    const insufficientData = InsufficientDataHealthStatusEnum.HEALTHY;
    const alarm = alarmOf(stack);
    expect(refusal(() => new AlarmHealthCheck(stack, 'Check', { alarm, insufficientData })).problem).toMatch(
      /^insufficientData is Healthy/,
    );
  });
});

describe('a FailoverDns that people or a plan switch', () => {
  const switchIn = (stack: Stack) =>
    new CfnHealthCheck(stack, 'Control', {
      healthCheckConfig: {
        type: 'RECOVERY_CONTROL',
        routingControlArn: 'arn:aws:route53-recovery-control::111122223333:controlpanel/a/routingcontrol/b',
      },
    });

  test('has a record that follows the switch alone', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    dnsIn(stack, { switchedBy: switchIn(stack), approval: Duration.minutes(5) });
    expect(only(stack, RECORD).HealthCheckId).toEqual({ Ref: 'Control' });
    Template.fromStack(stack).resourceCountIs(CHECK, 1);
  });

  test('follows the check that a Region switch plan made, by an id that its region keeps', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    const id = StringParameter.valueForStringParameter(stack, '/shop/plan-health-check');
    const switchedBy = HealthCheck.fromHealthCheckId(stack, 'Plan', id);
    dnsIn(stack, { switchedBy, approval: Duration.minutes(5) });
    const [parameter] = Object.keys(
      Template.fromStack(stack).findParameters('*', { Default: '/shop/plan-health-check' }),
    );
    expect(only(stack, RECORD).HealthCheckId).toEqual({ Ref: parameter });
    Template.fromStack(stack).resourceCountIs(CHECK, 0);
  });

  test('fails when nobody says how long it takes', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    expect(refusal(() => dnsIn(stack, { switchedBy: switchIn(stack) }))).toMatchObject({
      problem: 'nobody says how long it takes until switchedBy is turned',
      fix: 'set approval to the time that people or the plan need for it',
    });
  });

  test('fails when people take longer than the recovery time objective', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    const props = { switchedBy: switchIn(stack), approval: Duration.minutes(15) };
    expect(refusal(() => dnsIn(stack, props)).problem).toBe(
      'failover takes up to 960 s (0 s detection + 60 s TTL + 900 s approval), ' +
        'but the RTO for the loss of a region is 900 s',
    );
  });

  test('fails when its endpoint is checked as well', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    const props = { switchedBy: switchIn(stack), approval: Duration.minutes(5), alarm: alarmOf(stack) };
    expect(refusal(() => dnsIn(stack, props)).problem).toBe(
      'the record follows switchedBy alone, so alarm would move nothing',
    );
  });
});

describe('the name of a FailoverDns', () => {
  const inFrankfurt = (stack: Stack) =>
    new Stack(stack.node.root, 'Frankfurt', { env: { account: ACCOUNT, region: 'eu-central-1' } });

  test('is written once on each side, also from another stack', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack);
    const other = inFrankfurt(stack);
    const props = { tier: Tier.STANDARD, peerRegion: 'eu-west-1' };
    expect(refusal(() => dnsIn(other, { ...props, recordName: 'SHOP.example.com' }))).toMatchObject({
      path: 'Frankfurt/Dns',
      problem: 'Shop/Dns writes the PRIMARY record of SHOP.example.com A already',
    });
  });

  test('may be written by both sides', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack);
    const props = { tier: Tier.STANDARD, peerRegion: 'eu-west-1', role: RegionRole.STANDBY };
    expect(() => dnsIn(inFrankfurt(stack), { ...props, endpoint: '192.0.2.20' })).not.toThrow();
  });

  test('is warned of when another account writes into the same zone', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack);
    const env = { account: '444455556666', region: 'eu-central-1' };
    const other = new Stack(stack.node.root, 'Frankfurt', { env });
    const props = { tier: Tier.STANDARD, peerRegion: 'eu-west-1', role: RegionRole.STANDBY };
    dnsIn(other, { ...props, endpoint: '192.0.2.20' });
    const warned = (each: Stack) =>
      Annotations.fromStack(each).findWarning('*', Match.stringLikeRegexp('one account owns the zone'));
    expect(warned(other)).toHaveLength(1);
    expect(warned(stack)).toEqual([]);
  });

  test('fails when both sides lead to one endpoint', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack);
    const props = { tier: Tier.STANDARD, peerRegion: 'eu-west-1', role: RegionRole.STANDBY };
    expect(refusal(() => dnsIn(inFrankfurt(stack), props)).problem).toBe(
      'the SECONDARY record of shop.example.com leads to 192.0.2.10, and so does the PRIMARY one of Shop/Dns',
    );
  });

  test('fails when one side is a CNAME and the other is not', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack);
    const props = { tier: Tier.STANDARD, peerRegion: 'eu-west-1', role: RegionRole.STANDBY };
    expect(refusal(() => dnsIn(inFrankfurt(stack), { ...props, endpoint: 'a.example.net' })).problem).toBe(
      'it writes shop.example.com as CNAME, and Shop/Dns as A: a CNAME suffers no other record',
    );
  });

  test('fails when a CNAME would stand at the top of the zone', () => {
    expect(refused(Tier.STANDARD, { recordName: 'example.com', endpoint: 'a.example.net' }).problem).toBe(
      'the record example.com is a CNAME at the top of its zone, where Route 53 allows none',
    );
  });

  test('fails when a part of the name is longer than the DNS knows', () => {
    const { problem, fix } = refused(Tier.STANDARD, { recordName: 's'.repeat(64) });
    expect(problem).toBe(
      `"${'s'.repeat(64)}" in the record ${'s'.repeat(64)}.example.com has 64 characters, but a part between two dots has 63 at most`,
    );
    expect(fix).toBe('use parts of 63 characters or less in recordName');
  });

  test('fails when a time is known at deployment only', () => {
    const promotion = Duration.seconds(Token.asNumber({ Ref: 'Promotion' }));
    expect(refused(Tier.STANDARD, { promotion }).problem).toBe('promotion is known at deployment only');
  });

  test('fails when a time is no whole number of seconds', () => {
    expect(refused(Tier.STANDARD, { ttl: Duration.millis(1500) }).problem).toBe('ttl is 1.5 s');
    expect(refused(Tier.STANDARD, { ttl: 60 as never }).problem).toBe('ttl is 60, which is no time');
  });
});
