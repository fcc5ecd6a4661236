import type { Resource } from '../../../lib/assembly/resource';
import { everyRegionServesTheName } from '../../../lib/audit/rules/served-names';
import { graphOf, type TestApp } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const PARAMETERS = { Given: { Type: 'String' } };
const record = (role: string, AliasTarget: unknown) => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: {
    Name: 'shop.example.com',
    Type: 'A',
    HostedZoneId: 'Z1',
    Failover: role,
    SetIdentifier: role,
    AliasTarget,
  },
});
const balanced = (role: string, names: readonly unknown[] | undefined, Protocol = 'HTTPS') => ({
  Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} },
  ...(names && {
    Certificate: {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: {
        DomainName: names[0],
        ...(names.length > 1 && { SubjectAlternativeNames: names.slice(1) }),
      },
    },
  }),
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: 'Lb' },
      Protocol,
      DefaultActions: [],
      ...(names && { Certificates: [{ CertificateArn: { Ref: 'Certificate' } }] }),
    },
  },
  Record: record(role, { DNSName: { 'Fn::GetAtt': ['Lb', 'DNSName'] } }),
});
const domain = (role: string, DomainName: unknown) => ({
  Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName } },
  Record: record(role, { DNSName: { 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] } }),
});
const pool = (role: string, Domain: unknown) => ({
  Domain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { Domain } },
  Record: record(role, { DNSName: { 'Fn::GetAtt': ['Domain', 'CloudFrontDistribution'] } }),
});
const api = (role: string) => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
  Record: record(role, {
    DNSName: { 'Fn::Sub': '$'.concat('{Api}.execute-api.eu-central-1.amazonaws.com') },
  }),
});
const stack = (region: string | undefined, Resources: Record<string, unknown>) => ({
  ...(region !== undefined && { region }),
  template: { Parameters: PARAMETERS, Resources },
});
const two = (west: Record<string, unknown>, central: Record<string, unknown>) => ({
  stacks: { West: stack('eu-west-1', west), Central: stack('eu-central-1', central) },
});
const NAME = 'shop.example.com';

test('says for which names the region answers, and what mends it, in the words of the CDK', () => {
  /** What is said of the record of the second region. */
  const secondOf = (app: TestApp) => {
    const graph = graphOf(app);
    const central = graph.resources.find(
      ({ logicalId, region }) => logicalId === 'Record' && region === 'eu-central-1',
    );
    return [everyRegionServesTheName.check(central as Resource, { graph } as never)].flat();
  };
  const told = (Resources: Record<string, unknown>) => {
    const judged = secondOf(two(balanced('PRIMARY', [NAME]), Resources));
    return judged.map(({ found, needed, fix }) => ({ found, needed, fix }));
  };
  expect(told(balanced('SECONDARY', ['example.com', 'www.example.com']))).toEqual([
    {
      found: 'Lb in eu-central-1, whose certificate is for example.com, www.example.com only',
      needed: 'a certificate or a domain for shop.example.com, in that region',
      fix: "give the certificate of the listener domainName: 'shop.example.com' or subjectAlternativeNames: ['shop.example.com']",
    },
  ]);
  expect(told(balanced('SECONDARY', undefined))).toMatchObject([
    {
      found: 'Lb in eu-central-1, which has no certificate and no domain',
      fix: "give the listener a certificate of its own region with domainName: 'shop.example.com'",
    },
  ]);
  const apis = two(domain('PRIMARY', NAME), domain('SECONDARY', 'other.example.com'));
  expect(secondOf(apis)).toMatchObject([
    { found: 'Domain in eu-central-1, whose domain is for other.example.com only' },
  ]);
});

test('names the certificate that is not known, not the record that leads to it', () => {
  const ARN = 'arn:aws:acm:eu-central-1:111122223333:certificate/1';
  const imported = balanced('SECONDARY', [NAME]);
  const app = two(balanced('PRIMARY', [NAME]), {
    ...imported,
    Listener: {
      ...imported.Listener,
      Properties: { ...imported.Listener.Properties, Certificates: [{ CertificateArn: ARN }] },
    },
  });
  const saidOf = (of: TestApp) => {
    const graph = graphOf(of);
    const central = graph.resources.find(({ id }) => id === 'Central/Record') as Resource;
    return [everyRegionServesTheName.check(central, { graph } as never)].flat();
  };
  expect(saidOf(app)).toEqual([
    { outcome: 'unknown', reason: `Certificates of Listener: ${ARN} is not in the app` },
  ]);
  expect(saidOf(two(balanced('PRIMARY', [NAME]), balanced('SECONDARY', [GIVEN])))).toEqual([
    { outcome: 'unknown', reason: expect.stringMatching(/^DomainName of Certificate: /) },
  ]);
});

checks(everyRegionServesTheName, {
  passes: {
    'both regions have a certificate': two(
      balanced('PRIMARY', [NAME]),
      balanced('SECONDARY', ['example.com', '*.example.com']),
    ),
    'both regions have a domain of the API': two(domain('PRIMARY', NAME), domain('SECONDARY', NAME)),
    'both regions have a domain of the user pool': two(pool('PRIMARY', NAME), pool('SECONDARY', NAME)),
  },
  fails: {
    'the certificate of the second region is for another name': two(
      balanced('PRIMARY', [NAME]),
      balanced('SECONDARY', ['other.example.com']),
    ),
    'a wildcard is for one level only': two(balanced('PRIMARY', [NAME]), balanced('SECONDARY', ['*.com'])),
    'the second region has no certificate': two(
      balanced('PRIMARY', [NAME]),
      balanced('SECONDARY', undefined),
    ),
    'the second region speaks no TLS': two(
      balanced('PRIMARY', [NAME]),
      balanced('SECONDARY', undefined, 'HTTP'),
    ),
    'the domain of the second region is another': two(
      domain('PRIMARY', NAME),
      domain('SECONDARY', 'other.example.com'),
    ),
    'the domain of the user pool is another': two(
      pool('PRIMARY', NAME),
      pool('SECONDARY', 'other.example.com'),
    ),
    'the API of the second region has no domain': two(domain('PRIMARY', NAME), api('SECONDARY')),
  },
  unknown: {
    'the name of the certificate is given at deploy': two(
      balanced('PRIMARY', [NAME]),
      balanced('SECONDARY', [GIVEN]),
    ),
    'the certificate is not in the app': two(balanced('PRIMARY', [NAME]), {
      ...balanced('SECONDARY', undefined),
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: 'Lb' },
          Protocol: 'HTTPS',
          Certificates: [{ CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1' }],
        },
      },
    }),
    'one side is not in the app': two(domain('PRIMARY', NAME), {
      Record: record('SECONDARY', { DNSName: 'x.eu-central-1.elb.amazonaws.com' }),
    }),
    'nobody says in which regions the stacks are': {
      stacks: {
        West: stack(undefined, domain('PRIMARY', NAME)),
        Central: stack('eu-central-1', domain('SECONDARY', 'other.example.com')),
      },
    },
  },
  notApplicable: {
    'the name leads to one place': {
      stacks: { West: stack('eu-west-1', balanced('PRIMARY', ['other.example.com'])) },
    },
    'both speak no TLS': two(
      balanced('PRIMARY', undefined, 'HTTP'),
      balanced('SECONDARY', undefined, 'HTTP'),
    ),
  },
  equivalent: {
    '*Record.*': 'a record of another name, or that leads elsewhere, is no pair',
    '*Listener.Certificates.*': 'a certificate that is not in the app may be for any name',
    'Central/Certificate.DomainName': 'the wildcard covers the name',
  },
});
