import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SearchDomain } from '../../../../lib/constructs/data/search/search-domain';
import type { SearchDomainProps } from '../../../../lib/constructs/data/search/search-domain-props';
import { ResilientNetwork } from '../../../../lib/constructs/network/resilient-network';
import { TIERS, type Tier } from '../../../../lib/objectives/tier';
import { catalogued, only, refusal, shopStack, WEAKENING, ZONES } from '../../fixtures';
import { allowing } from '../store-fixtures';

const DOMAIN = 'AWS::OpenSearchService::Domain';

function domainAt(
  tier: Tier,
  props: Partial<SearchDomainProps> = {},
  { zones = 3, nonProduction = false } = {},
) {
  const stack = shopStack(tier, { nonProduction }, { dataClasses: [{ name: 'index', rebuildable: true }] });
  const network = new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES.slice(0, zones) });
  const search = new SearchDomain(stack, 'Search', { vpc: network.vpc, dataClass: 'index', ...props });
  return { stack, search };
}

describe('a search domain', () => {
  it.each([
    [0, true, 3],
    [1, true, 3],
    [2, false, 3],
    [3, false, 3],
  ] as [Tier, boolean, number][])(
    'has at tier %i a standby: %j, and in three zones %i nodes',
    (tier, standby, nodes) => {
      expect(only(domainAt(tier).stack, DOMAIN).ClusterConfig).toMatchObject({
        MultiAZWithStandbyEnabled: standby,
        ZoneAwarenessEnabled: true,
        ZoneAwarenessConfig: { AvailabilityZoneCount: 3 },
        InstanceCount: nodes,
        DedicatedMasterEnabled: true,
        DedicatedMasterCount: 3,
      });
    },
  );

  it('stands in two zones where the tier owes no more', () => {
    const { ClusterConfig, VPCOptions } = only(domainAt(3, {}, { zones: 2 }).stack, DOMAIN);
    expect(ClusterConfig).toMatchObject({
      InstanceCount: 2,
      ZoneAwarenessConfig: { AvailabilityZoneCount: 2 },
    });
    expect(VPCOptions.SubnetIds).toHaveLength(2);
  });

  it('has at tier 2 three data nodes at least, as many in each of two zones', () => {
    const { stack } = domainAt(2, {}, { zones: 2 });
    expect(only(stack, DOMAIN).ClusterConfig).toMatchObject({
      InstanceCount: 4,
      ZoneAwarenessConfig: { AvailabilityZoneCount: 2 },
    });
    expect(catalogued(stack).decisions).toContainEqual(
      expect.objectContaining({
        what: 'Search.dataNodes',
        value: '4',
        because: expect.stringMatching(/^three at least/),
      }),
    );
  });

  it.each(TIERS)('is encrypted at rest and on the way at tier %i', (tier) => {
    expect(only(domainAt(tier).stack, DOMAIN)).toMatchObject({
      EncryptionAtRestOptions: { Enabled: true },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      AdvancedSecurityOptions: { Enabled: true },
    });
  });

  it('sends all its logs to CloudWatch', () => {
    expect(Object.keys(only(domainAt(1).stack, DOMAIN).LogPublishingOptions).sort()).toEqual([
      'AUDIT_LOGS',
      'ES_APPLICATION_LOGS',
      'INDEX_SLOW_LOGS',
      'SEARCH_SLOW_LOGS',
    ]);
  });

  it('is administered by a role of its own, which reaches this domain only', () => {
    const { stack, search } = domainAt(1);
    expect(only(stack, DOMAIN).AdvancedSecurityOptions).toMatchObject({
      InternalUserDatabaseEnabled: false,
      MasterUserOptions: { MasterUserARN: stack.resolve(search.administrator?.roleArn) },
    });
    expect(allowing(stack, 'es:ESHttpPut')).toHaveLength(1);
    expect(search.secret).toBeUndefined();
  });

  it('refuses a password that nothing rotates, unless somebody answers for it', () => {
    const given = { passwordAdministrator: true };
    expect(refusal(() => domainAt(1, given)).problem).toMatch(
      /administratorRole is false, but the tier owes true/,
    );
    const { stack } = domainAt(1, given, { nonProduction: true });
    expect(only(stack, DOMAIN).AdvancedSecurityOptions.InternalUserDatabaseEnabled).toBe(true);
  });

  it('has an administrator whose password shows in no template', () => {
    const { stack, search } = domainAt(1, { passwordAdministrator: true, weakening: WEAKENING });
    expect(only(stack, DOMAIN).AdvancedSecurityOptions).toMatchObject({
      InternalUserDatabaseEnabled: true,
      MasterUserOptions: {
        MasterUserName: 'admin',
        MasterUserPassword: '{{resolve:secretsmanager:shop-search-admin:SecretString:password::}}',
      },
    });
    expect(search.secret).toBeDefined();
  });

  it('has a role as administrator where one is given, and takes signed requests only', () => {
    const stack = shopStack(2);
    const administrator = new Role(stack, 'Role', {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES });
    const search = new SearchDomain(stack, 'Search', { vpc, administrator });
    search.grantAccess(administrator);
    expect(only(stack, DOMAIN).AdvancedSecurityOptions.InternalUserDatabaseEnabled).toBe(false);
    expect(JSON.stringify(only(stack, DOMAIN).AccessPolicies)).toContain(':root');
    expect(allowing(stack, 'es:ESHttpGet')).toHaveLength(1);
    Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
    const both = { vpc, administrator, passwordAdministrator: true };
    expect(refusal(() => new SearchDomain(stack, 'Other', both)).problem).toMatch(
      /administrator is a role, but/,
    );
  });

  it('is upgraded in place, and kept when its stack is deleted', () => {
    Template.fromStack(domainAt(1).stack).hasResource(DOMAIN, {
      UpdatePolicy: { EnableVersionUpgrade: true },
      DeletionPolicy: 'Retain',
    });
    Template.fromStack(domainAt(1, {}, { nonProduction: true }).stack).hasResource(DOMAIN, {
      DeletionPolicy: 'Delete',
    });
  });

  it('says where to connect, and lets nobody in until it is told to', () => {
    const { stack, search } = domainAt(1);
    expect(stack.resolve([search.endpoint, search.port])).toEqual([
      { 'Fn::GetAtt': [expect.any(String), 'DomainEndpoint'] },
      443,
    ]);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });
});

describe('a search domain is refused', () => {
  const refused = (tier: Tier, props: Partial<SearchDomainProps>, zones = 3) =>
    refusal(() => domainAt(tier, props, { zones })).message;

  it('where an index may not be lost with its region, and says that nothing in CloudFormation would keep it', () => {
    expect(refused(1, { dataClass: undefined as unknown as string })).toMatch(
      /OpenSearch domain with Multi-AZ with Standby loses all of data at the loss of a region.*CloudFormation has none/s,
    );
  });

  it('without a standby where the tier owes one', () => {
    expect(refused(1, { standby: false })).toMatch(/standby is false, but the tier owes true/);
    expect(() => domainAt(1, { standby: false, weakening: WEAKENING })).not.toThrow();
  });

  it('with a standby in two zones', () => {
    expect(refused(3, { standby: true }, 2)).toMatch(/in 2 zones, but a domain with standby needs 3/);
  });

  it('in one zone', () => {
    const stack = shopStack(3);
    const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES.slice(0, 2) });
    const vpcSubnets = { subnets: vpc.isolatedSubnets.slice(0, 1) };
    const build = () => new SearchDomain(stack, 'Search', { vpc, vpcSubnets, weakening: WEAKENING });
    expect(refusal(build).message).toMatch(/its subnets are in one zone/);
  });

  it('with nodes that cannot be spread evenly, or fewer than the tier owes', () => {
    expect(refused(1, { dataNodes: 4 })).toMatch(
      /dataNodes is 4, which cannot be spread evenly over 3 zones\n {2}fix: set dataNodes to a multiple of 3, such as 6/,
    );
    expect(refused(2, { dataNodes: 0 })).toMatch(/dataNodes is 0.*such as 3/s);
    expect(refused(2, { dataNodes: 1 }, 2)).toMatch(/dataNodes is 1.*multiple of 2, such as 4/s);
    expect(refused(2, { dataNodes: 2 }, 2)).toMatch(/dataNodes is 2, but the tier owes 4/);
  });

  it('with values that OpenSearch does not take', () => {
    expect(refused(2, { volumeSizeGiB: 5 })).toMatch(/volumeSizeGiB is 5/);
    expect(refused(2, { offPeakStartHour: 24 })).toMatch(/offPeakStartHour is 24/);
    expect(refused(2, { domainName: 'Products' })).toMatch(/domainName is "Products"/);
  });
});
