import type { DnsRecord } from '../../../lib/assembly/dns/dns-record';
import { dnsRecordsOf } from '../../../lib/assembly/dns/dns-records';
import { describeTarget, targetsOf } from '../../../lib/assembly/dns/dns-targets';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf, type TestApp } from '../../support/graph';

const alias = (name: unknown, more: object = {}) => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: { Name: 'api.example.com', Type: 'A', AliasTarget: { DNSName: name }, ...more },
});

function targets(app: TestApp) {
  const [record] = dnsRecordsOf(graphOf(app)).all;
  return targetsOf(record as DnsRecord);
}

const regionOf = (name: string) => targets({ Resources: { Record: alias(name) } })[0]?.region;

describe('targetsOf', () => {
  it.each([
    ['dualstack.shop-1.eu-west-1.elb.amazonaws.com', 'eu-west-1'],
    ['s3-website-us-east-1.amazonaws.com', 'us-east-1'],
    ['s3-website.eu-central-1.amazonaws.com.', 'eu-central-1'],
    ['d-1.execute-api.ap-south-1.amazonaws.com', 'ap-south-1'],
    ['d111111abcdef8.cloudfront.net', 'global'],
    ['a1234.awsglobalaccelerator.com', 'global'],
  ])('reads the region in %s', (name, region) => expect(regionOf(name)).toBe(region));

  it('does not take a region from a name that AWS did not give', () => {
    expect(regionOf('shop-eu-west-1.example.com')).toBeInstanceOf(Unknown);
    expect(regionOf('eu-west-1.example.com')).toBeInstanceOf(Unknown);
  });

  it('finds the load balancer of another stack through an export', () => {
    const alb = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' };
    const found = targets({
      stacks: {
        Web: {
          region: 'eu-west-1',
          template: {
            Resources: { Alb: alb },
            Outputs: { Name: { Value: { 'Fn::GetAtt': ['Alb', 'DNSName'] }, Export: { Name: 'Alb' } } },
          },
        },
        Dns: {
          region: 'eu-west-1',
          template: { Resources: { Record: alias({ 'Fn::ImportValue': 'Alb' }) } },
        },
      },
    });

    expect(found.map(describeTarget)).toEqual(['Alb in eu-west-1']);
  });

  it('follows a reference to other records', () => {
    const found = targets({
      Resources: {
        Record: alias({ Ref: 'Next' }),
        Next: alias('shop-1.eu-west-1.elb.amazonaws.com', { Name: 'next.example.com' }),
      },
    });

    expect(found.map(describeTarget)).toEqual(['shop-1.eu-west-1.elb.amazonaws.com in eu-west-1']);
  });

  it('does not know what a custom resource or a conditional target gives', () => {
    const custom = {
      Resources: { Record: alias({ 'Fn::GetAtt': ['Maker', 'Name'] }), Maker: { Type: 'Custom::Maker' } },
    };
    const conditional = {
      Parameters: { Wanted: { Type: 'String' } },
      Conditions: { IsWanted: { 'Fn::Equals': [{ Ref: 'Wanted' }, 'yes'] } },
      Resources: {
        Record: alias({ 'Fn::GetAtt': ['Alb', 'DNSName'] }),
        Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Condition: 'IsWanted' },
      },
    };

    expect(targets(custom)[0]?.what).toBeInstanceOf(Unknown);
    expect(targets(conditional)[0]?.what).toBeInstanceOf(Unknown);
  });
});
