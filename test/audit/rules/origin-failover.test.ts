import { originGroupsFailOver } from '../../../lib/audit/rules/origin-failover';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' }, List: { Type: 'CommaDelimitedList' } } };
const CODES = [500, 502, 503, 504];
const HOSTS = ['a.s3.eu-west-1.amazonaws.com', 'b.s3.eu-central-1.amazonaws.com'];

interface Parts {
  readonly codes?: unknown;
  readonly hosts?: readonly unknown[];
  readonly members?: unknown;
  readonly standard?: object;
  readonly behaviours?: unknown;
}
const config = ({ codes = CODES, hosts = HOSTS, members, standard = {}, behaviours }: Parts = {}) => ({
  DistributionConfig: {
    Origins: hosts.map((DomainName, index) => ({ Id: `o${index}`, DomainName })),
    OriginGroups: {
      Items: [
        {
          Id: 'both',
          FailoverCriteria: { StatusCodes: { Items: codes } },
          Members: { Items: members ?? [{ OriginId: 'o0' }, { OriginId: 'o1' }] },
        },
      ],
    },
    DefaultCacheBehavior: { TargetOriginId: 'both', ...standard },
    ...(behaviours !== undefined && { CacheBehaviors: behaviours }),
  },
});
const BUCKET = { Type: 'AWS::S3::Bucket' };
const at = (name: string) => ({ 'Fn::ImportValue': name });
const subject = (parts: Parts) => ({
  Type: 'AWS::CloudFront::Distribution',
  Properties: config(parts),
});
const bucketStack = (region: string, name: string) => ({
  region,
  template: {
    Resources: { Bucket: BUCKET },
    Outputs: { Name: { Value: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] }, Export: { Name: name } } },
  },
});

checks(originGroupsFailOver, {
  passes: {
    'its origins are in two regions': config(),
    'a behaviour that writes has an origin of its own': config({
      behaviours: [{ TargetOriginId: 'o0', AllowedMethods: ['GET', 'POST'] }],
    }),
    'methods that read fail over': config({ standard: { AllowedMethods: ['GET', 'HEAD', 'OPTIONS'] } }),
    'its origins are load balancers of two stacks': {
      stacks: {
        One: {
          region: 'eu-west-1',
          template: {
            Resources: {
              Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Name: 'shop' } },
              Subject: subject({ hosts: [{ 'Fn::GetAtt': ['Lb', 'DNSName'] }, HOSTS[1]] }),
            },
          },
        },
      },
    },
  },
  fails: {
    'it does not fail over on 503 and 504': config({ codes: [500, 502] }),
    'it fails over on what is not found only': config({ codes: [403, 404] }),
    'both origins are in one region': config({ hosts: [HOSTS[0], 'c.s3.eu-west-1.amazonaws.com'] }),
    'both origins are one': config({ members: [{ OriginId: 'o1' }, { OriginId: 'o1' }] }),
    'both are buckets of one stack': {
      Resources: {
        One: BUCKET,
        Two: BUCKET,
        Subject: subject({
          hosts: [
            { 'Fn::GetAtt': ['One', 'RegionalDomainName'] },
            { 'Fn::GetAtt': ['Two', 'RegionalDomainName'] },
          ],
        }),
      },
    },
    'both are buckets of stacks in one region': {
      stacks: {
        One: bucketStack('eu-west-1', 'one'),
        Two: bucketStack('eu-west-1', 'two'),
        Edge: {
          region: 'eu-west-1',
          template: { Resources: { Subject: subject({ hosts: [at('one'), at('two')] }) } },
        },
      },
    },
    'writes rely on it': config({ standard: { AllowedMethods: ['GET', 'POST'] } }),
    'one behaviour that writes relies on it': config({
      behaviours: [{ TargetOriginId: 'both', AllowedMethods: ['GET', 'PUT'] }],
    }),
  },
  unknown: {
    'the groups are given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Subject: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: { DistributionConfig: { OriginGroups: { Items: { Ref: 'List' } } } },
        },
      },
    },
    'the codes are given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: subject({ codes: { Ref: 'List' } }) },
    },
    'a code is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: subject({ codes: [500, 502, 503, GIVEN] }) },
    },
    'an origin is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: subject({ hosts: [HOSTS[0], GIVEN] }) },
    },
    'an origin is not among the origins': config({ members: [{ OriginId: 'o0' }, { OriginId: 'o9' }] }),
    'the group has one origin': config({ members: [{ OriginId: 'o0' }] }),
    'the region of an origin is not said': config({ hosts: [HOSTS[0], 'c.s3.amazonaws.com'] }),
    'the origin of a behaviour that writes is given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Subject: subject({ behaviours: [{ TargetOriginId: GIVEN, AllowedMethods: ['POST'] }] }),
      },
    },
    'the methods are given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: subject({ standard: { AllowedMethods: { Ref: 'List' } } }) },
    },
    'a method is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: subject({ standard: { AllowedMethods: ['GET', GIVEN] } }) },
    },
    'the behaviours are given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: subject({ behaviours: { 'Fn::Transform': { Name: 'Company::Cache' } } }) },
    },
  },
  notApplicable: { 'there is no origin group': { DistributionConfig: { Origins: [] } } },
  equivalent: {
    '*Origins.*.Id': 'an origin that is not there may be anything',
    '*.CacheBehaviors.0.AllowedMethods.*': 'an origin of its own takes any method',
    '*DefaultCacheBehavior.TargetOriginId': 'a behaviour that only reads may have any origin',
    '*OriginGroups.Items.0.Id': 'a behaviour that only reads may have any origin',
    'One/Lb.Name': 'the load balancer is meant by reference',
  },
});
