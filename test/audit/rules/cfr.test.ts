import { originExists, originFailsOver, requestsAreLogged } from '../../../lib/audit/rules/cfr';
import { checks } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] }, Never: { 'Fn::Equals': ['a', 'b'] } },
};
const distribution = (config: unknown, more: object = {}) => ({
  ...OPEN,
  Resources: {
    Subject: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config } },
    ...more,
  },
});
const NONE = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
const groupOf = (...ids: readonly unknown[]) => ({
  OriginGroups: { Items: [{ Members: { Items: ids.map((OriginId) => ({ OriginId })) } }] },
});

checks(originFailsOver, {
  passes: {
    'a group has two origins': distribution(groupOf('a', 'b')),
    'the second group has two': distribution({
      OriginGroups: { Items: [{ Members: { Items: [{ OriginId: 'c' }, { OriginId: 'd' }] } }] },
    }),
  },
  fails: {
    'there is no group': distribution({}),
    'the group has one origin': distribution(groupOf('a')),
    'the group has none': distribution({ OriginGroups: { Items: [{}] } }),
    'the groups are none': distribution({ OriginGroups: { Quantity: 0 } }),
  },
  unknown: {
    'a parameter holds the groups': distribution({ OriginGroups: { Ref: 'Open' } }),
    'a parameter is a group': distribution({ OriginGroups: { Items: [{ Ref: 'Open' }] } }),
    'a parameter is a member': distribution({
      OriginGroups: { Items: [{ Members: { Items: [{ OriginId: 'a' }, { Ref: 'Open' }] } }] },
    }),
    'a parameter holds the members': distribution({
      OriginGroups: { Items: [{ Members: { Ref: 'Open' } }] },
    }),
  },
  notApplicable: { 'there is no distribution': NONE },
});

const BUCKET = { Type: 'AWS::S3::Bucket' };
const from = (domain: unknown, more: object = {}, origin: object = { S3OriginConfig: {} }) =>
  distribution({ Origins: [{ DomainName: domain, ...origin }] }, more);
const GONE = { Gone: { ...BUCKET, Condition: 'Never' } };
const DOMAIN = { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] };

checks(originExists, {
  passes: {
    'the bucket is in the app': from(DOMAIN, { Bucket: BUCKET, ...GONE }),
    'it is meant by its name': from('shop.s3.eu-west-1.amazonaws.com', {
      Bucket: { ...BUCKET, Properties: { BucketName: 'shop' } },
      ...GONE,
    }),
  },
  fails: {
    'a condition leaves the bucket out': from(DOMAIN, { Bucket: { ...BUCKET, Condition: 'Never' } }),
    'it does so in short': from(
      { 'Fn::GetAtt': 'Bucket.DomainName' },
      { Bucket: { ...BUCKET, Condition: 'Never' } },
    ),
    'the second origin has none': distribution(
      { Origins: [{ DomainName: 'example.com' }, { DomainName: { 'Fn::GetAtt': ['Gone', 'DomainName'] } }] },
      { Gone: { ...BUCKET, Condition: 'Never' } },
    ),
    'the one left out is named first': from(
      { 'Fn::GetAtt': ['Gone', 'DomainName'] },
      {
        Bucket: BUCKET,
        Gone: { ...BUCKET, Condition: 'Never' },
      },
    ),
  },
  unknown: {
    'the bucket is not in the app': from('shop.s3.eu-west-1.amazonaws.com'),
    'a condition may leave it out': from(DOMAIN, { Bucket: { ...BUCKET, Condition: 'Wanted' } }),
    'a parameter holds the origins': distribution({ Origins: { Ref: 'Open' } }),
    'a parameter is an origin': distribution({ Origins: [{ Ref: 'Open' }] }),
  },
  notApplicable: {
    'the origin is no bucket': from('example.com', {}, {}),
    'the origin is a load balancer': from(
      { 'Fn::GetAtt': ['Front', 'DNSName'] },
      { Front: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } },
      {},
    ),
    'there are no origins': distribution({}),
  },
  equivalent: {
    'Bucket.BucketName': 'a bucket that is not in the app makes it unknown',
  },
});

const SOURCE = {
  Source: {
    Type: 'AWS::Logs::DeliverySource',
    Properties: { ResourceArn: { 'Fn::Sub': 'arn:aws:cloudfront::1:distribution/${Subject}' } },
  },
};
checks(requestsAreLogged, {
  passes: {
    'logs go to a bucket': distribution({ Logging: { Bucket: { 'Fn::GetAtt': ['Logs', 'DomainName'] } } }),
    'a source delivers logs': distribution({}, SOURCE),
  },
  fails: {
    'nothing is said': distribution({}),
    'no bucket is named': distribution({ Logging: {} }),
    'the source is of another distribution': distribution(
      {},
      {
        Source: { ...SOURCE.Source, Properties: { ResourceArn: 'arn:aws:cloudfront::1:distribution/other' } },
      },
    ),
  },
  unknown: {
    'a condition may leave the bucket out': distribution({
      Logging: { 'Fn::If': ['Wanted', { Bucket: 'logs' }, { Ref: 'AWS::NoValue' }] },
    }),
  },
  notApplicable: { 'there is no distribution': NONE },
});
