import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AllowedMethods, CachePolicy, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { App, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { OriginFailover, type OriginFailoverProps } from '../../../lib/constructs/traffic/origin-failover';
import { TIERS, Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, only, refusal, shopStack, WEAKENING } from '../fixtures';

const seconds = (count: number) => Duration.seconds(count);

const certificateOf = (stack: Stack, region = 'us-east-1') =>
  Certificate.fromCertificateArn(
    stack,
    `Certificate-${region}`,
    `arn:aws:acm:${region}:111122223333:certificate/0f4c7b52`,
  );

const SHOP = {
  domainNames: ['shop.example.com'],
  primaryDomainName: 'eu-west-1.shop.example.com',
  secondaryDomainName: 'eu-central-1.shop.example.com',
};

const edgeIn = (stack: Stack, props: Partial<OriginFailoverProps> = {}) =>
  new OriginFailover(stack, 'Edge', {
    ...SHOP,
    certificate: certificateOf(stack),
    ...props,
  });

const refused = (props: Partial<OriginFailoverProps>, tier = Tier.STANDARD) =>
  refusal(() => edgeIn(shopStack(tier), props));

const configOf = (stack: Stack) => only(stack, 'AWS::CloudFront::Distribution').DistributionConfig;

describe('an OriginFailover', () => {
  test('asks the second region when the first does not answer', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    edgeIn(stack);
    const { Origins, OriginGroups, DefaultCacheBehavior } = configOf(stack);
    const [group] = OriginGroups.Items;
    expect(OriginGroups.Quantity).toBe(1);
    expect(group.FailoverCriteria.StatusCodes.Items).toEqual([500, 502, 503, 504]);
    const names = group.Members.Items.map(
      ({ OriginId }: { OriginId: string }) =>
        Origins.find(({ Id }: { Id: string }) => Id === OriginId).DomainName,
    );
    expect(names).toEqual(['eu-west-1.shop.example.com', 'eu-central-1.shop.example.com']);
    expect(DefaultCacheBehavior).toMatchObject({
      TargetOriginId: group.Id,
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      ViewerProtocolPolicy: 'redirect-to-https',
    });
  });

  test('caches what an origin lets be cached, and calls it by its own name', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    edgeIn(stack);
    const { Name, ...config } = only(stack, 'AWS::CloudFront::CachePolicy').CachePolicyConfig;
    const { HeadersConfig, QueryStringsConfig, CookiesConfig } =
      config.ParametersInCacheKeyAndForwardedToOrigin;
    expect(Name.length).toBeLessThanOrEqual(128);
    expect(config).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 31_536_000 });
    // What is in the key goes to the origin, whose certificate is not for the name that users call.
    expect(HeadersConfig.Headers).not.toContain('Host');
    expect(HeadersConfig.Headers).toContain('Authorization');
    expect(QueryStringsConfig.QueryStringBehavior).toBe('all');
    expect(CookiesConfig.CookieBehavior).toBe('all');
    const [id] = Object.keys(Template.fromStack(stack).findResources('AWS::CloudFront::CachePolicy'));
    expect(configOf(stack).DefaultCacheBehavior.CachePolicyId).toEqual({ Ref: id });
  });

  test('has cache policies of two names, however long the ids are', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const far = Array.from({ length: 3 }).reduce<Construct>(
      (at) => new Construct(at, 'Far'.repeat(20)),
      stack,
    );
    const certificate = certificateOf(stack);
    for (const id of ['One', 'Two']) new OriginFailover(far, id, { ...SHOP, certificate });
    const policies = Template.fromStack(stack).findResources('AWS::CloudFront::CachePolicy');
    const given = Object.values(policies).map(
      ({ Properties }) => Properties.CachePolicyConfig.Name as string,
    );
    expect(new Set(given).size).toBe(2);
    for (const name of given) expect(name).toMatch(/^[A-Za-z0-9-]{1,128}$/);
  });

  test.each([
    [0, 2, 2, 10],
    [1, 2, 3, 20],
    [2, 3, 5, 30],
    [3, 3, 10, 30],
  ])(
    'at tier %i tries %i times, %i s for a connection and %i s for an answer',
    (tier, attempts, connection, read) => {
      const stack = shopStack(tier as Tier);
      edgeIn(stack);
      expect(configOf(stack).Origins).toHaveLength(2);
      for (const origin of configOf(stack).Origins) {
        expect(origin).toMatchObject({
          ConnectionAttempts: attempts,
          ConnectionTimeout: connection,
          CustomOriginConfig: {
            OriginReadTimeout: read,
            OriginProtocolPolicy: 'https-only',
            OriginSSLProtocols: ['TLSv1.2'],
          },
        });
      }
      expect(catalogued(stack).decisions).toContainEqual(
        expect.objectContaining({ what: 'Edge.connectionAttempts', value: String(attempts) }),
      );
    },
  );

  test.each(TIERS)('at tier %i logs, and speaks TLS 1.2 or newer to users', (tier) => {
    const stack = shopStack(tier);
    edgeIn(stack);
    const { Logging, ViewerCertificate, Aliases } = configOf(stack);
    expect(Logging.Bucket).toBeDefined();
    expect(ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021');
    expect(Aliases).toEqual(['shop.example.com']);
  });

  test('sends what is written to a name that fails over by itself', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    edgeIn(stack, { writePaths: ['/orders/*'], writesDomainName: 'origin.example.com' });
    const { Origins, CacheBehaviors } = configOf(stack);
    const [written] = CacheBehaviors;
    expect(written).toMatchObject({
      PathPattern: '/orders/*',
      AllowedMethods: expect.arrayContaining(['POST', 'PUT', 'PATCH', 'DELETE']),
      CachePolicyId: CachePolicy.CACHING_DISABLED.cachePolicyId,
    });
    const origin = Origins.find(({ Id }: { Id: string }) => Id === written.TargetOriginId);
    expect(origin.DomainName).toBe('origin.example.com');
  });

  test('has the web ACL that it is given', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/0f4c7b52';
    edgeIn(stack, { webAclArn });
    expect(configOf(stack).WebACLId).toBe(webAclArn);
  });

  test('may do without a certificate where somebody answers for it', () => {
    expect(refused({ certificate: undefined }).problem).toMatch(
      /^certificate is missing, but the tier owes one/,
    );
    const stack = shopStack(Tier.STANDARD);
    edgeIn(stack, { certificate: undefined, weakening: WEAKENING });
    expect(configOf(stack).Aliases).toBeUndefined();
  });
});

describe('the origins of an OriginFailover', () => {
  test.each([
    [{ primaryDomainName: '' }, 'primaryDomainName is missing'],
    [
      { secondaryDomainName: 'EU-WEST-1.shop.example.com' },
      'both origins are eu-west-1.shop.example.com, and are lost together',
    ],
    [
      { primaryDomainName: 'shop.example.com' },
      'primaryDomainName is shop.example.com, which leads to the distribution itself',
    ],
    [
      { primaryDomainName: 'shop-1.eu-west-1.elb.amazonaws.com' },
      'primaryDomainName is shop-1.eu-west-1.elb.amazonaws.com, which no certificate is for, so CloudFront would not trust the origin',
    ],
    [
      { primaryDomainName: Token.asString({ Ref: 'Name' }) },
      'primaryDomainName is known at deployment only, so the distribution would need that region',
    ],
    [{ primaryDomainName: 'https://a.example.com' }, 'primaryDomainName is "https://a.example.com"'],
    [{ domainNames: [] }, 'domainNames is empty'],
    [{ domainNames: ['a.example.com', 'A.example.com'] }, 'a.example.com is named twice'],
  ])('fail for mistake %#', (props, problem) => {
    expect(refused(props).problem).toBe(problem);
  });
});

describe('the methods of an OriginFailover', () => {
  test.each([
    [
      { allowedMethods: AllowedMethods.ALLOW_ALL },
      'PUT, PATCH, POST, DELETE would go to the origin group, which fails over for GET, HEAD, OPTIONS only',
    ],
    [
      { writePaths: ['/orders/*'] },
      'writePaths have no origin: an origin group does not fail over for writes',
    ],
    [{ writesDomainName: 'origin.example.com' }, 'nothing is written to writesDomainName'],
    [
      { writePaths: ['*'], writesDomainName: 'origin.example.com' },
      'writePaths has "*", so nothing would be left for the origin group',
    ],
    [{ writePaths: ['/a', '/a'], writesDomainName: 'origin.example.com' }, 'the path /a is written twice'],
  ])('fail for mistake %#', (props, problem) => {
    expect(refused(props).problem).toBe(problem);
  });
});

describe('the pace of an OriginFailover', () => {
  test('fails when a request waits longer for the second origin than the tier owes', () => {
    expect(refused({ connectionAttempts: 3, readTimeout: seconds(30) }, Tier.MISSION_CRITICAL)).toMatchObject(
      {
        problem:
          'a request waits up to 96 s (3 attempts of 2 s connection + 30 s answer) for the second origin, but tier 0 owes 90 s',
        fix: 'shorten it by 6 s: attempts, connectionTimeout and readTimeout together',
      },
    );
  });

  test('fails when a value is weaker than the tier owes although the sum fits', () => {
    expect(refused({ connectionTimeout: seconds(5) }, Tier.MISSION_CRITICAL).problem).toMatch(
      /^connectionTimeout is 5 s, but the tier owes 2 s/,
    );
  });

  test.each([
    [{ connectionAttempts: 4 }, 'connectionAttempts is 4, but CloudFront tries 1, 2 or 3 times'],
    [{ connectionTimeout: seconds(11) }, 'connectionTimeout is 11 s, but CloudFront takes 1 to 10 s'],
    [{ readTimeout: Duration.millis(1500) }, 'readTimeout is 1.5 s'],
    [{ readTimeout: seconds(121) }, 'readTimeout is 121 s, but CloudFront takes 1 to 120 s'],
    [
      { readTimeout: Duration.seconds(Token.asNumber({ Ref: 'Wait' })) },
      'readTimeout is known at deployment only',
    ],
  ])('fails for mistake %#', (props, problem) => {
    expect(refused(props).problem).toBe(problem);
  });
});

describe('the edge of an OriginFailover', () => {
  test.each([
    [{ fallbackStatusCodes: [500, 502, 503, 504, 200] }, 'CloudFront does not fail over after 200'],
    [{ fallbackStatusCodes: [500, 500, 502, 503, 504] }, 'the status code 500 is named twice'],
    [{ fallbackStatusCodes: [503] }, /^fallbackStatusCodes is false, but the tier owes true/],
    [{ webAclArn: 'mine' }, 'webAclArn is "mine", which is no global web ACL of AWS WAF'],
    [
      { minimumTlsVersion: SecurityPolicyProtocol.TLS_V1_2_2019 },
      'minimumTlsVersion is TLSv1.2_2019, whose protocols or ciphers are outdated',
    ],
    [{ accessLogRetention: Duration.hours(3) }, /^accessLogRetention is 3 h/],
  ])('fails for %j', (props, problem) => {
    expect(refused(props).problem).toMatch(problem);
  });

  test('fails where CloudFront delivers no logs', () => {
    const stack = new Stack(new App(), 'Milan', { env: { account: ACCOUNT, region: 'eu-south-1' } });
    expect(refusal(() => edgeIn(stack, { tier: Tier.STANDARD })).problem).toBe(
      'its stack stands in eu-south-1, where CloudFront delivers no access logs',
    );
  });

  test('fails for a certificate of another region', () => {
    const stack = shopStack(Tier.STANDARD);
    const certificate = certificateOf(stack, 'eu-west-1');
    expect(refusal(() => edgeIn(stack, { certificate })).problem).toBe(
      'the certificate is of eu-west-1, but CloudFront takes those of us-east-1',
    );
  });
});
