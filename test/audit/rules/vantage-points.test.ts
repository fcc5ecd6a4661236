import { endpointsAreSeenFromOutside } from '../../../lib/audit/rules/vantage-points';
import { Tier } from '../../../lib/objectives/tier';
import { checks, outcomeOf } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const PARAMETERS = { Given: { Type: 'String' } };
const LB = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internet-facing' } };
const balancer = (properties: object) => ({ ...LB, Properties: properties });
const check = (config: object) => ({
  Type: 'AWS::Route53::HealthCheck',
  Properties: { HealthCheckConfig: { Type: 'HTTPS', ...config } },
});
const OF_LB = { FullyQualifiedDomainName: { 'Fn::GetAtt': ['Lb', 'DNSName'] } };
const alarm = (of: string, AlarmActions: readonly unknown[] = []) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { MetricName: 'HealthCheckStatus', Dimensions: [{ Value: { Ref: of } }], AlarmActions },
});
const composite = (over: string, AlarmActions: readonly unknown[] = []) => ({
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: { AlarmRule: { 'Fn::Sub': `ALARM("\${${over}}")` }, AlarmActions },
});
const topicIn = (region: string) => `arn:aws:sns:${region}:111122223333:on-call`;
const inRegion = (region: string, Resources: object) => ({
  region,
  template: { Parameters: PARAMETERS, Resources: Resources as Record<string, unknown> },
});
const canary = (url: unknown, Expression = 'rate(1 minute)') => ({
  Type: 'AWS::Synthetics::Canary',
  Properties: {
    Schedule: { Expression },
    RunConfig: { EnvironmentVariables: { URL: url } },
  },
});
const RECORD = {
  Type: 'AWS::Route53::RecordSet',
  Properties: {
    Name: 'shop.example.com',
    Type: 'A',
    HostedZoneId: 'Z1',
    AliasTarget: { DNSName: { 'Fn::GetAtt': ['Lb', 'DNSName'] } },
  },
};
const told = (alarmRegion: string, topicRegion: string) => ({
  stacks: {
    West: inRegion('eu-west-1', { Lb: LB, Record: RECORD }),
    Alarms: inRegion(alarmRegion, {
      Check: check({ FullyQualifiedDomainName: 'shop.example.com' }),
      Down: alarm('Check', [topicIn(topicRegion)]),
    }),
  },
});

/** The same, where the alarm tells nobody itself. */
const toldBy = (alarmRegion: string, topicRegion: string, over = 'Down') => ({
  stacks: {
    West: inRegion('eu-west-1', { Lb: LB, Record: RECORD }),
    Alarms: inRegion(alarmRegion, {
      Check: check({ FullyQualifiedDomainName: 'shop.example.com' }),
      Down: alarm('Check'),
      ...(over === 'Both' && { Both: composite('Down') }),
      Whole: composite(over, [topicIn(topicRegion)]),
    }),
  },
});

checks(endpointsAreSeenFromOutside, {
  passes: {
    'a health check asks it': {
      Resources: { Lb: LB, Other: balancer({ Scheme: 'internal' }), Check: check(OF_LB) },
    },
    'a canary of another region asks its name': {
      stacks: {
        West: inRegion('eu-west-1', { Lb: LB, Record: RECORD }),
        Central: inRegion('eu-central-1', { Canary: canary('https://shop.example.com/health') }),
      },
    },
    'its alarm tells in another region': told('us-east-1', 'us-east-1'),
    'a composite alarm over its alarm tells in another region': toldBy('us-east-1', 'us-east-1'),
    'a composite alarm over a composite alarm over its alarm does': toldBy('us-east-1', 'us-east-1', 'Both'),
  },
  fails: {
    'a composite alarm over its alarm tells in its own region': toldBy('eu-west-1', 'eu-west-1'),
    'nothing asks it': { Resources: { Lb: LB } },
    'nothing asks an API': { Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' } } },
    'a canary of its own region asks it': {
      stacks: {
        West: inRegion('eu-west-1', {
          Lb: LB,
          Canary: canary({ 'Fn::GetAtt': ['Lb', 'DNSName'] }),
        }),
      },
    },
    'a canary of another region ran once': {
      stacks: {
        West: inRegion('eu-west-1', { Lb: LB, Record: RECORD }),
        Central: inRegion('eu-central-1', {
          Canary: canary('https://shop.example.com/health', 'rate(0 minute)'),
        }),
      },
    },
    'a health check asks another one': {
      Resources: {
        Lb: LB,
        Other: balancer({ Scheme: 'internal' }),
        Check: check({ FullyQualifiedDomainName: { 'Fn::GetAtt': ['Other', 'DNSName'] } }),
      },
    },
    'its alarm is in its own region': told('eu-west-1', 'eu-west-1'),
    'its alarm tells in its own region': told('us-east-1', 'eu-west-1'),
  },
  unknown: {
    'what a health check asks is given at deploy': {
      Parameters: PARAMETERS,
      Resources: { Lb: LB, Check: check({ FullyQualifiedDomainName: GIVEN }) },
    },
    'what a canary asks is in its code': {
      stacks: {
        West: inRegion('eu-west-1', { Lb: LB }),
        Central: inRegion('eu-central-1', { Canary: canary('https://www.example.org') }),
      },
    },
    'whether it is internal is given at deploy': {
      Parameters: PARAMETERS,
      Resources: { Lb: balancer({ Scheme: GIVEN }) },
    },
    'a macro may write health checks': { Transform: 'Company::Checks', Resources: { Lb: LB } },
    'its region is given at deploy': {
      Resources: { Lb: LB, Check: check(OF_LB), Down: alarm('Check', [topicIn('us-east-1')]) },
    },
    'where the alarm tells is given at deploy': {
      stacks: {
        West: inRegion('eu-west-1', { Lb: LB, Record: RECORD }),
        Alarms: inRegion('us-east-1', {
          Check: check({ FullyQualifiedDomainName: 'shop.example.com' }),
          Down: alarm('Check', [GIVEN]),
        }),
      },
    },
    'whether an API is private is given at deploy': {
      Parameters: PARAMETERS,
      Resources: {
        Api: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: { EndpointConfiguration: { Types: { 'Fn::Transform': { Name: 'x' } } } },
        },
      },
    },
  },
  notApplicable: {
    'it is internal': { Resources: { Lb: balancer({ Scheme: 'internal' }) } },
    'it is a gateway': { Resources: { Lb: balancer({ Type: 'gateway' }) } },
    'the API is private': {
      Resources: {
        Api: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: { EndpointConfiguration: { Types: ['PRIVATE'] } },
        },
      },
    },
  },
  equivalent: {
    '*Lb.Scheme': 'an internal load balancer is not public',
    '*Check.HealthCheckConfig.*': 'a check of what is not in the app may ask anything',
    '*Record.*': 'a name of what is not in the app may lead anywhere',
    'Central/Canary.*': 'code in a bucket may ask anything',
    '*Down.MetricName': 'any alarm that lives elsewhere will do',
    '*Down.Dimensions.0.Value': 'an alarm on something else is another rule’s',
  },
});

it('asks nothing of tier 2', () => {
  expect(outcomeOf(endpointsAreSeenFromOutside, { Resources: { Lb: LB } }, Tier.IMPORTANT)).toBe(
    'notApplicable',
  );
});
