import { answersAreAllChecked, healthCheckAsksTheTarget } from '../../../lib/audit/rules/dns-answers';
import { checks } from '../../support/rule-cases';

const NO_DEFAULT = { Parameters: { Given: { Type: 'String' } } };
const GIVEN = { Ref: 'Given' };
const MAYBE = { ...NO_DEFAULT, Conditions: { Large: { 'Fn::Equals': [GIVEN, 'yes'] } } };
const record = (properties: object, attributes: object = {}) => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: { Name: 'api.example.com', Type: 'A', HostedZoneId: 'Z1', ...properties },
  ...attributes,
});
const check = (config: object) => ({
  Type: 'AWS::Route53::HealthCheck',
  Properties: { HealthCheckConfig: { Type: 'HTTPS', ...config } },
});
const LB = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} };
const nameOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'DNSName'] });
const aliasTo = (logicalId: string, more: object = {}) =>
  record({ AliasTarget: { DNSName: nameOf(logicalId) }, HealthCheckId: { Ref: 'Check' }, ...more });
const byAddress = (address: unknown) =>
  record({ ResourceRecords: ['192.0.2.1'], HealthCheckId: { Ref: 'Check' }, ...(address as object) });

checks(healthCheckAsksTheTarget, {
  passes: {
    'it probes the load balancer': {
      Resources: {
        Lb: LB,
        Other: LB,
        Check: check({ FullyQualifiedDomainName: nameOf('Lb') }),
        Record: aliasTo('Lb'),
      },
    },
    'it probes the address': {
      Resources: { Check: check({ IPAddress: '192.0.2.1' }), Record: byAddress({}) },
    },
    'it probes a name that leads to the load balancer': {
      Resources: {
        Lb: LB,
        Other: LB,
        Direct: record({ Name: 'eu.example.com', AliasTarget: { DNSName: nameOf('Lb') } }),
        Check: check({ FullyQualifiedDomainName: 'eu.example.com' }),
        Record: aliasTo('Lb'),
      },
    },
    'one part of a calculated check probes it': {
      Resources: {
        Part: check({ IPAddress: '192.0.2.1' }),
        Check: check({ Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'Part' }] }),
        Record: byAddress({}),
      },
    },
    'the domain of an API is checked by the address of the API': {
      Resources: {
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
        Other: LB,
        Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: 'api.example.com' } },
        Check: check({
          FullyQualifiedDomainName: { 'Fn::Sub': '$'.concat('{Api}.execute-api.eu-west-1.amazonaws.com') },
        }),
        Record: record({
          AliasTarget: { DNSName: { 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] } },
          HealthCheckId: { Ref: 'Check' },
        }),
      },
    },
  },
  fails: {
    'it probes another load balancer': {
      Resources: {
        Lb: LB,
        Other: LB,
        Check: check({ FullyQualifiedDomainName: nameOf('Other') }),
        Record: aliasTo('Lb'),
      },
    },
    'it probes another address': {
      Resources: { Check: check({ IPAddress: '192.0.2.9' }), Record: byAddress({}) },
    },
    'the record leads to another address': {
      Resources: {
        Check: check({ IPAddress: '192.0.2.1' }),
        Record: byAddress({ ResourceRecords: ['192.0.2.7'] }),
      },
    },
    'it probes the name itself, which may lead to either side': {
      Resources: {
        Lb: LB,
        Other: LB,
        Check: check({ FullyQualifiedDomainName: 'api.example.com' }),
        Record: aliasTo('Lb', { Failover: 'PRIMARY', SetIdentifier: 'a' }),
        Second: record({
          AliasTarget: { DNSName: nameOf('Other') },
          Failover: 'SECONDARY',
          SetIdentifier: 'b',
        }),
      },
    },
    'the API of another domain is probed': {
      Resources: {
        Other: LB,
        Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: 'api.example.com' } },
        Check: check({ FullyQualifiedDomainName: nameOf('Other') }),
        Record: record({
          AliasTarget: { DNSName: { 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] } },
          HealthCheckId: { Ref: 'Check' },
        }),
      },
    },
    'it probes a name that leads elsewhere': {
      Resources: {
        Lb: LB,
        Other: LB,
        Direct: record({ Name: 'eu.example.com', AliasTarget: { DNSName: nameOf('Other') } }),
        Check: check({ FullyQualifiedDomainName: 'eu.example.com' }),
        Record: aliasTo('Lb'),
      },
    },
  },
  unknown: {
    'the check is not in the app': {
      Resources: { Record: record({ ResourceRecords: ['192.0.2.1'], HealthCheckId: 'abc' }) },
    },
    'the host is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Check: check({ FullyQualifiedDomainName: GIVEN }), Record: byAddress({}) },
    },
    'the host is a name outside the app': {
      Resources: {
        Lb: LB,
        Check: check({ FullyQualifiedDomainName: 'www.example.org' }),
        Record: aliasTo('Lb'),
      },
    },
    'the host is an address of the target perhaps': {
      Resources: {
        Address: { Type: 'AWS::EC2::EIP' },
        Server: { Type: 'AWS::EC2::Instance', Properties: {} },
        Check: check({ IPAddress: { Ref: 'Address' } }),
        Record: byAddress({ ResourceRecords: [{ 'Fn::GetAtt': ['Server', 'PublicIp'] }] }),
      },
    },
    'the check names no host': { Resources: { Check: check({}), Record: byAddress({}) } },
    'the record leads to nothing': {
      Resources: {
        Check: check({ IPAddress: '192.0.2.1' }),
        Record: record({ HealthCheckId: { Ref: 'Check' } }),
      },
    },
    'the type of the check is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Check: check({ Type: GIVEN, IPAddress: '192.0.2.1' }), Record: byAddress({}) },
    },
  },
  notApplicable: {
    'the record has no check': { Resources: { Record: record({ ResourceRecords: ['192.0.2.1'] }) } },
    'the check follows an alarm': {
      Resources: { Check: check({ Type: 'CLOUDWATCH_METRIC' }), Record: byAddress({}) },
    },
  },
  equivalent: {
    'Check.HealthCheckConfig.*': 'without a host nothing tells what is probed',
    'Part.HealthCheckConfig.Type': 'a check of another kind probes nothing',
    'Record.HealthCheckId': 'without it there is no check',
    'Record.HostedZoneId': 'one record has one zone',
    'Record.Name': 'what it leads to decides',
    'Record.Type': 'what it leads to decides',
    'Direct.*': 'a name that leads nowhere in the app may lead anywhere',
    'Domain.DomainName': 'the domain is meant by reference',
  },
});

const weighted = (properties: object, attributes: object = {}) =>
  record({ Weight: 50, ResourceRecords: ['192.0.2.1'], ...properties }, attributes);
const CHECKED = { HealthCheckId: 'abc' };
const geo = (country: unknown, attributes: object = {}) =>
  record({ GeoLocation: { CountryCode: country }, ResourceRecords: ['192.0.2.1'] }, attributes);

checks(answersAreAllChecked, {
  passes: {
    'both have a check': {
      Resources: { One: weighted(CHECKED), Two: weighted(CHECKED) },
    },
    'one has a check, and the alias of the other evaluates its target': {
      Resources: {
        One: weighted(CHECKED),
        Two: record({ Weight: 50, AliasTarget: { DNSName: 'x', EvaluateTargetHealth: true } }),
      },
    },
    'a geolocation set has a default': { Resources: { One: geo('DE'), Rest: geo('*') } },
    'entries of a group have checks': {
      Resources: {
        Group: {
          Type: 'AWS::Route53::RecordSetGroup',
          Properties: {
            HostedZoneId: 'Z1',
            RecordSets: [
              { Name: 'a.b', Type: 'A', Region: 'eu-west-1', ...CHECKED },
              { Name: 'a.b', Type: 'A', Region: 'us-east-1', ...CHECKED },
            ],
          },
        },
      },
    },
  },
  fails: {
    'one of two has no check': { Resources: { One: weighted(CHECKED), Two: weighted({}) } },
    'an alias does not evaluate its target': {
      Resources: {
        One: weighted(CHECKED),
        Two: record({ Weight: 50, AliasTarget: { DNSName: 'x', EvaluateTargetHealth: false } }),
      },
    },
    'a multivalue answer has no check': {
      stacks: {
        A: { template: { Resources: { One: record({ MultiValueAnswer: true, ...CHECKED }) } } },
        B: { template: { Resources: { Two: record({ MultiValueAnswer: true }) } } },
      },
    },
    'a geolocation set has no default': { Resources: { One: geo('DE'), Two: geo('FR') } },
  },
  unknown: {
    'whether there is a check is decided at deploy': {
      ...MAYBE,
      Resources: {
        One: weighted(CHECKED),
        Two: weighted({ HealthCheckId: { 'Fn::If': ['Large', 'abc', { Ref: 'AWS::NoValue' }] } }),
      },
    },
    'the other may be left out': {
      ...MAYBE,
      Resources: { One: weighted(CHECKED, { Condition: 'Large' }), Two: weighted({}) },
    },
    'a macro may write a record': {
      Transform: 'Company::Dns',
      Resources: { One: weighted({}) },
    },
    'the default may be left out': {
      ...MAYBE,
      Resources: { One: geo('DE'), Rest: geo('*', { Condition: 'Large' }) },
    },
    'the country is given at deploy': { ...NO_DEFAULT, Resources: { One: geo(GIVEN) } },
    'a macro may write the default': { Transform: 'Company::Dns', Resources: { One: geo('DE') } },
    'the weight may be left out': {
      ...MAYBE,
      Resources: { One: record({ Weight: { 'Fn::If': ['Large', 5, { Ref: 'AWS::NoValue' }] } }) },
    },
  },
  notApplicable: {
    'it answers alone': { Resources: { One: record({ ResourceRecords: ['192.0.2.1'] }) } },
    'no record of the set is checked': { Resources: { One: weighted({}), Two: weighted({}) } },
  },
  equivalent: {
    '*.Weight': 'that it is set decides, not to what',
    '*.Region': 'that it is set decides, not to what',
    '*.ResourceRecords.0': 'health decides, not the answer',
    '*.DNSName': 'health decides, not the answer',
    '*.Name': 'a record of another name stands in another set',
    '*.Type': 'a record of another type stands in another set',
    '*.HostedZoneId': 'a record of another zone stands in another set',
    'One.GeoLocation.CountryCode': 'the default decides',
  },
});
