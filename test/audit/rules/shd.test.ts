import { floodsAreStopped } from '../../../lib/audit/rules/shd';
import { checks, outcomeOf } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const PUBLIC = { Type: BALANCER, Properties: { Scheme: 'internet-facing' } };
const protection = (of: unknown, rest: object = {}) => ({
  Type: 'AWS::Shield::Protection',
  Properties: { ResourceArn: of },
  ...rest,
});
const app = (subject: object, more: object = {}) => ({ ...OPEN, Resources: { Subject: subject, ...more } });
const OTHER = { Other: PUBLIC, Guard: protection({ Ref: 'Other' }) };
const ADDRESS = { Type: 'AWS::EC2::EIP' };
const addressArn = (id: string) => ({
  'Fn::Sub': `arn:aws:ec2:\${AWS::Region}:\${AWS::AccountId}:eip-allocation/\${${id}.AllocationId}`,
});

checks(floodsAreStopped, {
  config: { services: [], rules: { 'SHD-01': { parameters: { subscribed: true } } } },
  passes: {
    'a load balancer is protected': app(PUBLIC, { Shield: protection({ Ref: 'Subject' }) }),
    'an address is protected': app(ADDRESS, { Shield: protection(addressArn('Subject')) }),
  },
  fails: {
    'another is protected': app(PUBLIC, OTHER),
    'nothing is': app(PUBLIC),
    'Firewall Manager spreads something else': app(PUBLIC, {
      Policy: { Type: 'AWS::FMS::Policy', Properties: { SecurityServicePolicyData: { Type: 'WAFV2' } } },
    }),
    'a distribution is not': app({ Type: 'AWS::CloudFront::Distribution' }),
    'an accelerator is not': app({ Type: 'AWS::GlobalAccelerator::Accelerator' }),
    'a public zone is not': app({ Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } }),
    'a classic load balancer is not': app({ Type: 'AWS::ElasticLoadBalancing::LoadBalancer' }),
  },
  unknown: {
    'a parameter names what is protected': app(PUBLIC, { Shield: protection({ Ref: 'Open' }) }),
    'a condition may leave the protection out': app(PUBLIC, {
      Shield: protection({ Ref: 'Subject' }, { Condition: 'Wanted' }),
    }),
    'Firewall Manager may protect it': app(PUBLIC, {
      Policy: {
        Type: 'AWS::FMS::Policy',
        Properties: { SecurityServicePolicyData: { Type: 'SHIELD_ADVANCED' } },
      },
    }),
    'a parameter decides whether it faces the internet': app({
      Type: BALANCER,
      Properties: { Scheme: { Ref: 'Open' } },
    }),
  },
  notApplicable: {
    'it is internal': app({ Type: BALANCER, Properties: { Scheme: 'internal' } }),
    'it is a network load balancer': app({
      Type: BALANCER,
      Properties: { Type: 'network', Scheme: 'internet-facing' },
    }),
    'the zone is private': app({
      Type: 'AWS::Route53::HostedZone',
      Properties: { VPCs: [{ VPCId: 'vpc-1' }] },
    }),
    'the address is that of a NAT gateway': app(ADDRESS, {
      Nat: {
        Type: 'AWS::EC2::NatGateway',
        Properties: { AllocationId: { 'Fn::GetAtt': ['Subject', 'AllocationId'] } },
      },
    }),
  },
  equivalent: { 'Subject.Scheme': 'where nothing is said it faces the internet, else it is not judged' },
});

describe('SHD-01 without a subscription', () => {
  it('does not apply', () => expect(outcomeOf(floodsAreStopped, app(PUBLIC))).toBe('notApplicable'));

  it('takes an app that protects anything for subscribed', () =>
    expect(outcomeOf(floodsAreStopped, app(PUBLIC, OTHER))).toBe('fail'));
});
