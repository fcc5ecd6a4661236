import { Template } from 'aws-cdk-lib/assertions';
import { Continent, GeoLocation, HealthCheck } from 'aws-cdk-lib/aws-route53';
import { App, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { RegionSet } from '../../../lib/constructs/region/region-set';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import {
  ActiveActiveDns,
  type ActiveActiveDnsProps,
} from '../../../lib/constructs/traffic/active-active-dns';
import { ActiveRouting } from '../../../lib/constructs/traffic/active-routing';
import { CidrLocations } from '../../../lib/constructs/traffic/cidr-locations';
import { HealthCheckedLoadBalancer } from '../../../lib/constructs/traffic/health-checked-load-balancer';
import { RegionRole } from '../../../lib/objectives/region-role';
import { TIERS, Tier } from '../../../lib/objectives/tier';
import {
  ACCOUNT,
  catalogued,
  certificateIn,
  entryIn,
  only,
  refusal,
  shopOf,
  shopStack,
  WEAKENING,
} from '../fixtures';
import { ZONE } from './dns-fixtures';

const RECORD = 'AWS::Route53::RecordSet';
const COLLECTION = '0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11';
const LOCATIONS = {
  'eu-west-1': [GeoLocation.continent(Continent.EUROPE), GeoLocation.default()],
  'eu-central-1': [GeoLocation.country('DE')],
};
const { LATENCY, WEIGHTED, GEOLOCATION, CIDR } = ActiveRouting;

/** Ireland among two regions, to an address unless something else is said. */
function dnsIn(stack: Stack, props: Partial<ActiveActiveDnsProps> = {}): ActiveActiveDns {
  return new ActiveActiveDns(stack, 'Dns', {
    ...ZONE,
    recordName: 'shop',
    peerRegions: ['eu-central-1'],
    ...(!props.loadBalancer && { endpoint: '192.0.2.10' }),
    ...props,
  });
}

/** A name of 240 characters that is none too long by itself: below `example.com` there is room for three more. */
const LONG = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(letter === 'd' ? 48 : 63)).join('.');

const refused = (props: Partial<ActiveActiveDnsProps>, tier = Tier.STANDARD) =>
  refusal(() => dnsIn(shopStack(tier), props));

/** The records of a stack by name, side and type. */
function recordsOf(stack: Stack) {
  return Object.values(Template.fromStack(stack).findResources(RECORD)).map(({ Properties }) => Properties);
}

const named = (stack: Stack, name: string) => recordsOf(stack).filter(({ Name }) => Name === `${name}.`);

describe('an ActiveActiveDns', () => {
  test('sends users to the region that answers soonest, unless something else is said', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack);
    expect(only(stack, RECORD)).toMatchObject({
      Name: 'shop.example.com.',
      Region: 'eu-west-1',
      SetIdentifier: 'eu-west-1',
      TTL: '60',
    });
    expect(only(stack, RECORD).HealthCheckId).toEqual({
      Ref: expect.stringMatching(/^DnsEndpointCheck/),
    });
    expect(catalogued(stack).decisions).toContainEqual(
      expect.objectContaining({ what: 'Dns.routing', value: 'latency' }),
    );
  });

  test('leads to a load balancer by an alias that follows the health of its targets', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { loadBalancer: entryIn(stack) });
    expect(only(stack, RECORD).AliasTarget.EvaluateTargetHealth).toBe(true);
  });

  test.each(TIERS)('at tier %i lives for as long as its tier allows', (tier) => {
    const stack = shopStack(tier);
    dnsIn(stack, { weakening: WEAKENING });
    expect(only(stack, RECORD).TTL).toBe(tier < 2 ? '60' : '300');
  });

  test('shares users by weight', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack, { routing: WEIGHTED, weights: { 'eu-west-1': 90, 'eu-central-1': 10 } });
    expect(only(stack, RECORD).Weight).toBe(90);
  });

  test('shares users evenly where no weights are given', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack, { routing: WEIGHTED });
    expect(only(stack, RECORD).Weight).toBe(100);
  });

  test('writes an AAAA record beside each A record', () => {
    const stack = shopStack(Tier.STANDARD);
    const { ipv6Records } = dnsIn(stack, { ipv6Endpoint: '2001:db8::10' });
    expect(ipv6Records).toHaveLength(1);
    expect(
      recordsOf(stack)
        .map(({ Type }) => Type)
        .sort(),
    ).toEqual(['A', 'AAAA']);
  });

  test('serves in three regions, and leaves the witness out', () => {
    const seen: string[] = [];
    const place = (region: string, role: RegionRole) => ({
      region,
      role,
      availabilityZones: role === RegionRole.WITNESS ? [] : [`${region}a`, `${region}b`, `${region}c`],
    });
    const app = new App();
    const set = new RegionSet(app, 'Shop', {
      service: shopOf(Tier.BUSINESS_CRITICAL),
      account: ACCOUNT,
      regions: [
        place('eu-west-1', RegionRole.ACTIVE),
        place('eu-central-1', RegionRole.ACTIVE),
        place('eu-north-1', RegionRole.ACTIVE),
        place('eu-west-3', RegionRole.WITNESS),
      ],
      build: (stack, { role, region }) => {
        if (role === RegionRole.WITNESS) return;
        seen.push(region);
        new ActiveActiveDns(stack, 'Dns', {
          ...ZONE,
          recordName: 'shop',
          endpoint: `${region}.entrance.example.net`,
        });
      },
    });
    expect(seen).toHaveLength(3);
    expect(only(set.stackIn('eu-north-1'), RECORD).Region).toBe('eu-north-1');
    expect(refusal(() => dnsIn(set.stackIn('eu-west-3'), { peerRegions: undefined }))).toMatchObject({
      problem: 'a witness region serves nobody, so it has no record',
      fix: 'build it in the other regions only',
    });
  });
});

describe('the spare entrance of an ActiveActiveDns', () => {
  test('gets the requests of its region while the first one is not well', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { spareEndpoint: '192.0.2.11' });
    const [asked] = named(stack, 'shop.example.com');
    expect(asked).toMatchObject({
      Region: 'eu-west-1',
      AliasTarget: { DNSName: 'at-eu-west-1.shop.example.com', EvaluateTargetHealth: true },
    });
    const pair = named(stack, 'at-eu-west-1.shop.example.com');
    expect(pair.map(({ Failover, ResourceRecords }) => [Failover, ...ResourceRecords]).sort()).toEqual([
      ['PRIMARY', '192.0.2.10'],
      ['SECONDARY', '192.0.2.11'],
    ]);
    expect(new Set(pair.map(({ HealthCheckId }) => JSON.stringify(HealthCheckId))).size).toBe(2);
  });

  test('stands behind a weight as well', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const loadBalancer = entryIn(stack);
    const certificate = certificateIn(new Construct(stack, 'Second'));
    const spareLoadBalancer = new HealthCheckedLoadBalancer(stack, 'Spare', {
      network: loadBalancer.network,
      certificate,
    });
    dnsIn(stack, { routing: WEIGHTED, loadBalancer, spareLoadBalancer });
    expect(named(stack, 'shop.example.com')[0]).toMatchObject({ Weight: 100 });
    expect(named(stack, 'at-eu-west-1.shop.example.com')).toHaveLength(2);
  });

  test.each([
    [
      { spareEndpoint: '192.0.2.10' },
      'the SECONDARY record of at-eu-west-1.shop.example.com leads to 192.0.2.10, and so does the PRIMARY one of Shop/Dns',
    ],
    [
      { spareEndpoint: 'spare.example.net' },
      'the first entrance is an endpoint of type A, and the spare one an endpoint of type CNAME',
    ],
    [
      { spareEndpoint: '192.0.2.11', ipv6Endpoint: '2001:db8::10' },
      'the first entrance answers over IPv6 as well, and the spare one does not',
    ],
    [
      { spareEndpoint: '192.0.2.11', routing: GEOLOCATION, locations: LOCATIONS },
      /^with geolocation routing the other half/,
    ],
    [{ spareEndpoint: '192.0.2.11', recordName: '*.example.com' }, /^\*\.example\.com stands for many names/],
    [
      { spareEndpoint: 'at-eu-west-1.shop.example.com', endpoint: 'a.example.net' },
      /^the health checkers call at-/,
    ],
  ])('fails for mistake %#', (props, problem) => {
    expect(refused(props).problem).toMatch(problem);
  });

  test('fails when people turn the region, or when it is the first one', () => {
    const stack = shopStack(Tier.STANDARD);
    const switchedBy = HealthCheck.fromHealthCheckId(stack, 'Switch', 'a1b2');
    const approval = Duration.minutes(5);
    expect(
      refusal(() => dnsIn(stack, { switchedBy, approval, spareEndpoint: '192.0.2.11' })).problem,
    ).toMatch(/^people or a plan turn the whole region/);
    const loadBalancer = entryIn(stack);
    expect(
      refusal(
        () =>
          new ActiveActiveDns(stack, 'Twice', {
            ...ZONE,
            recordName: 'twice',
            peerRegions: ['eu-central-1'],
            loadBalancer,
            spareLoadBalancer: loadBalancer,
          }),
      ).problem,
    ).toBe('Shop/Entry is both entrances');
  });
});

describe('an ActiveActiveDns by the place of the user', () => {
  test('has one record for each place, which leads to a failover pair of its own', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { routing: GEOLOCATION, locations: LOCATIONS });
    expect(named(stack, 'shop.example.com')).toEqual([
      expect.objectContaining({
        GeoLocation: { ContinentCode: 'EU' },
        SetIdentifier: 'continent-eu-eu-west-1',
        AliasTarget: expect.objectContaining({
          DNSName: 'at-eu-west-1.shop.example.com',
          EvaluateTargetHealth: true,
        }),
      }),
      expect.objectContaining({ GeoLocation: { CountryCode: '*' }, SetIdentifier: '*-eu-west-1' }),
    ]);
    const pair = named(stack, 'at-eu-west-1.shop.example.com');
    expect(pair.find(({ Failover }) => Failover === 'PRIMARY')).toMatchObject({
      ResourceRecords: ['192.0.2.10'],
      HealthCheckId: expect.anything(),
    });
    expect(pair.find(({ Failover }) => Failover === 'SECONDARY')?.AliasTarget).toMatchObject({
      DNSName: 'nearest.shop.example.com',
      EvaluateTargetHealth: true,
    });
    expect(named(stack, 'nearest.shop.example.com')).toEqual([
      expect.objectContaining({ Region: 'eu-west-1', HealthCheckId: expect.anything() }),
    ]);
  });

  test.each([
    [{}, 'locations is missing'],
    [
      {
        locations: { 'eu-west-1': [GeoLocation.country('DE')], 'eu-central-1': [GeoLocation.country('FR')] },
      },
      'locations gives nobody the users who are in none of its places, who would get no answer at all',
    ],
    [{ locations: { 'eu-west-1': [GeoLocation.default()] } }, 'locations says nothing of eu-central-1'],
    [
      { locations: { ...LOCATIONS, 'eu-north-1': [GeoLocation.country('SE')] } },
      'locations names eu-north-1, which does not serve',
    ],
    [
      { locations: { ...LOCATIONS, 'eu-central-1': [GeoLocation.default()] } },
      '* is given twice in locations',
    ],
    [{ locations: { ...LOCATIONS, 'eu-central-1': [] } }, 'locations gives eu-central-1 no users'],
    [
      { locations: LOCATIONS, recordName: '*.example.com' },
      '*.example.com stands for many names, below which geolocation routing cannot write its own',
    ],
    [
      { locations: LOCATIONS, recordName: `${LONG}.example.com` },
      `the record at-eu-west-1.${LONG}.example.com has 265 characters, but Route 53 takes 255`,
    ],
    [
      { locations: LOCATIONS, endpoint: 'at-eu-west-1.shop.example.com' },
      'the health checkers call at-eu-west-1.shop.example.com, which is the record that fails over',
    ],
  ])('fails for mistake %#', (props, problem) => {
    expect(refused({ routing: GEOLOCATION, ...props }).problem).toBe(problem);
  });
});

describe('an ActiveActiveDns by the network of the user', () => {
  const cidrLocations = { 'eu-west-1': ['fiber'], 'eu-central-1': ['mobile', '*'] };

  test('has one record for each location', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    dnsIn(stack, { routing: CIDR, cidrCollectionId: COLLECTION, cidrLocations });
    expect(named(stack, 'shop.example.com')).toEqual([
      expect.objectContaining({
        CidrRoutingConfig: { CollectionId: COLLECTION, LocationName: 'fiber' },
        SetIdentifier: 'fiber-eu-west-1',
      }),
    ]);
  });

  test.each([
    [{ cidrLocations }, 'cidrCollectionId is missing: no ranges are known'],
    [
      { cidrLocations, cidrCollectionId: 'mine' },
      'cidrCollectionId is "mine", which is no id of a collection',
    ],
    [{ cidrCollectionId: COLLECTION }, 'cidrLocations is missing'],
    [
      { cidrCollectionId: COLLECTION, cidrLocations: { 'eu-west-1': ['fiber'], 'eu-central-1': ['mobile'] } },
      'cidrLocations gives nobody the users who are in none of its places, who would get no answer at all',
    ],
  ])('fails for %j', (props, problem) => {
    expect(refused({ routing: CIDR, ...props }).problem).toBe(problem);
  });
});

describe('the choice of an ActiveActiveDns', () => {
  test.each([
    [{ weights: { 'eu-west-1': 1, 'eu-central-1': 1 } }, 'weights says nothing to latency routing'],
    [{ routing: WEIGHTED, locations: LOCATIONS }, 'locations says nothing to weighted routing'],
    [
      { routing: WEIGHTED, weights: { 'eu-west-1': 256, 'eu-central-1': 1 } },
      'the weight of eu-west-1 is 256, but Route 53 takes 0 to 255',
    ],
    [
      { routing: WEIGHTED, weights: { 'eu-west-1': 1, 'eu-central-1': 0 } },
      'only one region has a weight, so regions do not share the work',
    ],
    [{ peerRegions: [] }, 'no other region serves beside eu-west-1'],
    [{ peerRegions: ['eu-west-1'] }, 'eu-west-1 is named twice among the active regions'],
    [{ endpoint: undefined }, 'requests go to nowhere'],
    [{ hostedZoneId: '' }, 'hostedZoneId is missing'],
  ])('fails for %j', (props, problem) => {
    expect(refused(props)).toMatchObject({ path: 'Shop/Dns', problem });
  });

  test('fails in a region that does not serve beside others', () => {
    const stacks: RegionStack[] = [];
    new RegionSet(new App(), 'Shop', {
      service: shopOf(Tier.BUSINESS_CRITICAL),
      account: ACCOUNT,
      regions: [
        { region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: ['eu-west-1a'] },
        { region: 'eu-central-1', role: RegionRole.STANDBY, availabilityZones: ['eu-central-1a'] },
      ],
      build: (stack) => stacks.push(stack),
    });
    const [primary] = stacks;
    if (!primary) throw new Error('no stack');
    expect(refusal(() => dnsIn(primary, { peerRegions: undefined })).problem).toBe(
      'a primary region does not serve beside others',
    );
  });

  test('fails where nobody knows the region', () => {
    const stack = new Stack(new App(), 'Anywhere');
    declareService(stack, shopOf(Tier.STANDARD));
    expect(refusal(() => dnsIn(stack)).problem).toBe('the region of its stack is known at deployment only');
  });

  test('fails when two regions write the same record', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack);
    const again = new Stack(stack.node.root, 'Again', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    expect(refusal(() => dnsIn(again, { tier: Tier.STANDARD })).problem).toBe(
      'Shop/Dns writes the eu-west-1 record of shop.example.com A already',
    );
  });

  test('fails when regions choose differently', () => {
    const stack = shopStack(Tier.STANDARD);
    dnsIn(stack, { routing: LATENCY });
    const env = { account: ACCOUNT, region: 'eu-central-1' };
    const other = new Stack(stack.node.root, 'Frankfurt', { env });
    const props = { tier: Tier.STANDARD, peerRegions: ['eu-west-1'], routing: WEIGHTED };
    expect(refusal(() => dnsIn(other, props)).problem).toBe(
      'it writes shop.example.com A with weighted routing, and Shop/Dns with latency routing',
    );
  });

  test('fails when tier 0 has no alarm and nobody answers for it', () => {
    expect(refused({}, Tier.MISSION_CRITICAL).problem).toMatch(/^alarm is missing, but the tier owes one/);
  });

  test('fails when detection and time to live do not fit the budget of the tier', () => {
    expect(refused({ ttl: Duration.seconds(300) }, Tier.BUSINESS_CRITICAL).problem).toBe(
      'failover takes 390 s (90 s detection + 300 s TTL), but tier 1 owes 150 s',
    );
  });
});

describe('CidrLocations', () => {
  const locationsIn = (stack: Stack, locations: Record<string, string[]>) =>
    new CidrLocations(stack, 'Networks', { locations });

  test('keep their ranges in one collection, and say its id', () => {
    const stack = shopStack(Tier.STANDARD);
    locationsIn(stack, { fiber: ['203.0.113.0/24', '2001:db8::/48'] });
    expect(only(stack, 'AWS::Route53::CidrCollection')).toEqual({
      Name: 'shop-networks',
      Locations: [{ LocationName: 'fiber', CidrList: ['203.0.113.0/24', '2001:db8::/48'] }],
    });
    const [output] = Object.values(Template.fromStack(stack).findOutputs('*'));
    expect(output?.Value['Fn::GetAtt'][1]).toBe('Id');
  });

  test('take a range that is known at deployment only', () => {
    const stack = shopStack(Tier.STANDARD);
    expect(() => locationsIn(stack, { fiber: [Token.asString({ Ref: 'Range' })] })).not.toThrow();
  });

  test.each([
    [{}, 'locations is empty'],
    [{ '*': ['203.0.113.0/24'] }, '"*" is no name of a location'],
    [{ fiber: [] }, 'fiber has no address ranges'],
    [{ fiber: ['203.0.113.0/25'] }, '"203.0.113.0/25" is no range that Route 53 takes'],
    [{ fiber: ['2001:db8::/64'] }, '"2001:db8::/64" is no range that Route 53 takes'],
    [{ fiber: ['somewhere'] }, '"somewhere" is no range that Route 53 takes'],
    [{ fiber: ['203.0.113.5/24'] }, '"203.0.113.5/24" is no range that Route 53 takes'],
    [{ fiber: ['999.1.1.0/24'] }, '"999.1.1.0/24" is no range that Route 53 takes'],
    [{ fiber: ['1.2/24'] }, '"1.2/24" is no range that Route 53 takes'],
    [{ fiber: [':/48'] }, '":/48" is no range that Route 53 takes'],
    [{ a: ['203.0.113.0/24'], b: ['203.0.113.0/24'] }, '203.0.113.0/24 is in two locations'],
    [
      { a: Array.from({ length: 1001 }, (_, each) => `10.${each >> 8}.${each & 255}.0/24`) },
      'a has 1001 address ranges, but CloudFormation takes 1000',
    ],
  ])('fail for mistake %#', (locations: Record<string, string[]>, problem) => {
    expect(refusal(() => locationsIn(shopStack(Tier.STANDARD), locations)).problem).toBe(problem);
  });

  test('fail without locations', () => {
    const stack = shopStack(Tier.STANDARD);
    expect(refusal(() => new CidrLocations(stack, 'Networks', {} as never)).problem).toBe(
      'locations is missing',
    );
  });
});
