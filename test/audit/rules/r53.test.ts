import {
  failoverPairHasTwoHealthChecks,
  failoverRecordHasPartner,
  healthCheckedRecordIsShortLived,
  healthCheckIsProvided,
} from '../../../lib/audit/rules/r53';
import { Tier } from '../../../lib/objectives/tier';
import { findingsOf } from '../../support/findings';
import { checks, outcomeOf } from '../../support/rule-cases';

const API = { HostedZoneId: 'Z1', Name: 'api.example.com.', Type: 'A' };
const PRIMARY = { ...API, Failover: 'PRIMARY' };
const SECONDARY = { ...API, Failover: 'SECONDARY' };
const CHECK = { Type: 'AWS::Route53::HealthCheck' };

const record = (properties: object, more: object = {}) => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: properties,
  ...more,
});
const group = (...entries: readonly unknown[]) => ({
  Type: 'AWS::Route53::RecordSetGroup',
  Properties: { HostedZoneId: { Ref: 'ZoneId' }, RecordSets: entries },
});
const under = (host: string, end = '') => ({ 'Fn::Join': ['', [host, { Ref: 'Domain' }, end]] });
const twoRegions = (primary: object, secondary: object) => ({
  stacks: {
    Ireland: { region: 'eu-west-1', template: { Resources: { Record: record(primary) } } },
    Frankfurt: {
      region: 'eu-central-1',
      template: { Resources: { Record: record(secondary) } },
    },
  },
});

checks(failoverRecordHasPartner, {
  passes: {
    'the other record stands in another stack': twoRegions(PRIMARY, {
      ...SECONDARY,
      Name: 'API.example.com',
    }),
    'one group holds both, in a zone and under a domain that deploy decides': {
      Parameters: { ZoneId: { Type: 'String' }, Domain: { Type: 'String' } },
      Resources: {
        Group: group(
          { Name: under('api.'), Type: 'A', Failover: 'PRIMARY' },
          { Name: under('api.', '.'), Type: 'A', Failover: 'SECONDARY' },
        ),
      },
    },
    'one is in the zone by reference, the other by name': {
      Resources: {
        Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } },
        First: record({ ...PRIMARY, HostedZoneId: { Ref: 'Zone' } }),
        Second: record({
          HostedZoneName: 'example.com.',
          Name: 'api.example.com',
          Type: 'A',
          Failover: 'SECONDARY',
        }),
      },
    },
    'both exist under the same condition': {
      Parameters: { Failover: { Type: 'String' } },
      Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Failover' }, 'yes'] } },
      Resources: {
        First: record(PRIMARY, { Condition: 'Wanted' }),
        Second: record(SECONDARY, { Condition: 'Wanted' }),
      },
    },
  },
  fails: {
    'there is no SECONDARY record': PRIMARY,
    'there is no PRIMARY record': SECONDARY,
    'the other record is of another type': twoRegions(PRIMARY, { ...SECONDARY, Type: 'AAAA' }),
    'the other record has another name': twoRegions(PRIMARY, { ...SECONDARY, Name: 'www.example.com' }),
    'the other record is in another zone': twoRegions(PRIMARY, { ...SECONDARY, HostedZoneId: 'Z2' }),
    'the names differ under a domain that deploy decides': {
      Parameters: { ZoneId: { Type: 'String' }, Domain: { Type: 'String' } },
      Resources: {
        Group: group(
          { Name: under('api.'), Type: 'A', Failover: 'PRIMARY' },
          { Name: under('www.'), Type: 'A', Failover: 'SECONDARY' },
        ),
      },
    },
    'a group holds one side only': {
      Parameters: { ZoneId: { Type: 'String' } },
      Resources: { Group: group({ Name: 'api.example.com', Type: 'A', Failover: 'PRIMARY' }) },
    },
  },
  unknown: {
    'deploy decides which side it is': {
      Parameters: { Side: { Type: 'String' } },
      Resources: { Record: record({ ...API, Failover: { Ref: 'Side' } }) },
    },
    'the other record is in a zone that deploy decides': {
      Parameters: { ZoneId: { Type: 'String' } },
      Resources: {
        First: record(PRIMARY),
        Second: record({ ...SECONDARY, HostedZoneId: { Ref: 'ZoneId' } }),
      },
    },
    'a condition may leave the other record out': {
      Parameters: { Failover: { Type: 'String' } },
      Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Failover' }, 'yes'] } },
      Resources: { First: record(PRIMARY), Second: record(SECONDARY, { Condition: 'Wanted' }) },
    },
    'a macro may write the other record': { Transform: 'Records', Resources: { First: record(PRIMARY) } },
    'a transform writes the entries of a group': {
      Resources: {
        Group: { Type: 'AWS::Route53::RecordSetGroup', Properties: { RecordSets: { 'Fn::Transform': {} } } },
      },
    },
  },
  notApplicable: { 'the record is no failover record': API },
  equivalent: {
    'Group.HostedZoneId': 'the entries of a group share its zone, whichever it is',
    'First.HostedZoneId': 'which zone another id means is known only at deploy',
  },
});

checks(failoverPairHasTwoHealthChecks, {
  passes: {
    'each side has its own health check': {
      Resources: {
        CheckA: CHECK,
        CheckB: CHECK,
        First: record({ ...PRIMARY, HealthCheckId: { Ref: 'CheckA' } }),
        Second: record({ ...SECONDARY, HealthCheckId: { Ref: 'CheckB' } }),
      },
    },
    'each side of a group has its own health check': {
      Parameters: { ZoneId: { Type: 'String' } },
      Resources: {
        Group: group(
          { Name: 'api.example.com', Type: 'A', Failover: 'PRIMARY', HealthCheckId: 'check-1' },
          { Name: 'api.example.com', Type: 'A', Failover: 'SECONDARY', HealthCheckId: 'check-2' },
        ),
      },
    },
  },
  fails: {
    'both sides have the health check of the app': {
      Resources: {
        Check: CHECK,
        First: record({ ...PRIMARY, HealthCheckId: { Ref: 'Check' } }),
        Second: record({ ...SECONDARY, HealthCheckId: { 'Fn::GetAtt': ['Check', 'HealthCheckId'] } }),
      },
    },
    'both sides have the same literal health check': twoRegions(
      { ...PRIMARY, HealthCheckId: 'check-1' },
      { ...SECONDARY, HealthCheckId: 'check-1' },
    ),
    'both sides import the same health check': {
      Resources: {
        First: record({ ...PRIMARY, HealthCheckId: { 'Fn::ImportValue': 'Check' } }),
        Second: record({ ...SECONDARY, HealthCheckId: { 'Fn::ImportValue': 'Check' } }),
      },
    },
  },
  unknown: {
    'the health checks are two parameters': {
      Parameters: { First: { Type: 'String' }, Second: { Type: 'String' } },
      Resources: {
        One: record({ ...PRIMARY, HealthCheckId: { Ref: 'First' } }),
        Two: record({ ...SECONDARY, HealthCheckId: { Ref: 'Second' } }),
      },
    },
  },
  notApplicable: {
    'the record has no other side': { ...PRIMARY, HealthCheckId: 'check-1' },
    'the record is no failover record': { ...API, HealthCheckId: 'check-1' },
  },
  equivalent: {
    '*.HostedZoneId': 'records of two zones are no pair',
    '*.Name': 'records of two names are no pair',
    '*.Type': 'records of two types are no pair',
    '*.Failover': 'two records of one side are no pair',
  },
});

checks(healthCheckedRecordIsShortLived, {
  passes: {
    'a failover record lives 60 s': { Failover: 'SECONDARY', TTL: '60' },
    'a health-checked record lives 30 s': { HealthCheckId: 'check-1', TTL: 30 },
  },
  fails: {
    'a SECONDARY record without health check lives an hour': { Failover: 'SECONDARY', TTL: 3600 },
    'a health-checked record lives 61 s': { HealthCheckId: 'check-1', TTL: 61 },
    'an entry of a group lives 300 s': {
      Resources: {
        Group: {
          Type: 'AWS::Route53::RecordSetGroup',
          Properties: { RecordSets: [{ TTL: 300 }, { Failover: 'PRIMARY', TTL: '300' }] },
        },
      },
    },
  },
  unknown: {
    'the TTL is a parameter without default': {
      Parameters: { Ttl: { Type: 'Number' } },
      Resources: { Record: record({ Failover: 'PRIMARY', TTL: { Ref: 'Ttl' } }) },
    },
    'a condition decides whether a long-lived record has a health check': {
      Parameters: { Checked: { Type: 'String' } },
      Conditions: { IsChecked: { 'Fn::Equals': [{ Ref: 'Checked' }, 'yes'] } },
      Resources: {
        Record: record({
          HealthCheckId: { 'Fn::If': ['IsChecked', 'check-1', { Ref: 'AWS::NoValue' }] },
          TTL: 300,
        }),
      },
    },
    'a record that is no alias has no TTL': { Failover: 'PRIMARY' },
  },
  notApplicable: { 'nothing moves the record': { TTL: 3600 } },
  equivalent: {
    'Subject.Failover': 'a record that nothing moves may live as long as it likes',
    'Subject.HealthCheckId': 'a record that nothing moves may live as long as it likes',
  },
});

checks(healthCheckIsProvided, {
  passes: {
    'the health check is in the app': {
      Resources: { Check: CHECK, Record: record({ HealthCheckId: { Ref: 'Check' } }) },
    },
    'the health check is a parameter with a default': {
      Parameters: { Check: { Type: 'String', Default: 'check-1' } },
      Resources: { Record: record({ HealthCheckId: { Ref: 'Check' } }) },
    },
    'the health check is imported': { HealthCheckId: { 'Fn::ImportValue': 'Check' } },
    'a text is made of a parameter': {
      Parameters: { Check: { Type: 'String' } },
      Resources: { Record: record({ HealthCheckId: { 'Fn::Sub': '${Check}' } }) },
    },
    'a variable of a text is a parameter': {
      Parameters: { Check: { Type: 'String' } },
      Resources: { Record: record({ HealthCheckId: { 'Fn::Sub': ['${Id}', { Id: { Ref: 'Check' } }] } }) },
    },
  },
  fails: {
    'the health check is a literal id': { HealthCheckId: '0a1b2c3d-check' },
    'the literal id stands in a mapping': {
      Mappings: { Checks: { Live: { Id: '0a1b2c3d-check' } } },
      Resources: { Record: record({ HealthCheckId: { 'Fn::FindInMap': ['Checks', 'Live', 'Id'] } }) },
    },
    'a variable of a text is a literal id': {
      HealthCheckId: { 'Fn::Sub': ['${Id}', { Id: '0a1b2c3d-check' }] },
    },
    'a text has no variable': { HealthCheckId: { 'Fn::Sub': '0a1b2c3d-check' } },
    'an entry of a group has a literal id': {
      Resources: {
        Group: {
          Type: 'AWS::Route53::RecordSetGroup',
          Properties: { RecordSets: [{ HealthCheckId: '0a1b2c3d-check' }] },
        },
      },
    },
  },
  unknown: {
    'a condition decides between a literal and a reference': {
      Parameters: { Own: { Type: 'String' } },
      Conditions: { HasOwn: { 'Fn::Equals': [{ Ref: 'Own' }, 'yes'] } },
      Resources: {
        Check: CHECK,
        Record: record({ HealthCheckId: { 'Fn::If': ['HasOwn', { Ref: 'Check' }, '0a1b2c3d-check'] } }),
      },
    },
    'a condition may leave the health check out': {
      Parameters: { Own: { Type: 'String' } },
      Conditions: { HasOwn: { 'Fn::Equals': [{ Ref: 'Own' }, 'yes'] } },
      Resources: {
        Check: { ...CHECK, Condition: 'HasOwn' },
        Record: record({ HealthCheckId: { Ref: 'Check' } }),
      },
    },
    'a transform writes the id': { HealthCheckId: { 'Fn::Transform': {} } },
  },
  notApplicable: { 'the record has no health check': { TTL: 60 } },
});

describe('R53-03 at a tier that allows longer answers', () => {
  const living = (seconds: number) => ({
    Resources: { Record: record({ Failover: 'PRIMARY', TTL: seconds }) },
  });

  it('passes at the time to live of the tier', () => {
    expect(outcomeOf(healthCheckedRecordIsShortLived, living(300), Tier.IMPORTANT)).toBe('pass');
    expect(outcomeOf(healthCheckedRecordIsShortLived, living(60), Tier.MISSION_CRITICAL)).toBe('pass');
  });

  it('fails above it', () => {
    expect(outcomeOf(healthCheckedRecordIsShortLived, living(301), Tier.IMPORTANT)).toBe('fail');
    expect(outcomeOf(healthCheckedRecordIsShortLived, living(61), Tier.MISSION_CRITICAL)).toBe('fail');
  });
});

describe('R53-03 on aliases', () => {
  it('passes, for AWS fixes their TTL at 60 s', () => {
    const alias = record({
      Failover: 'PRIMARY',
      AliasTarget: { DNSName: 'alb.eu-west-1.elb.amazonaws.com' },
    });

    expect(outcomeOf(healthCheckedRecordIsShortLived, { Resources: { Alias: alias } })).toBe('pass');
  });
});

describe('findings on records', () => {
  it('name the entry of a group and what was found there', () => {
    const entries = [{ TTL: 60 }, { Name: 'api.example.com', Type: 'A', Failover: 'SECONDARY', TTL: 3600 }];
    const app = {
      Resources: { Group: { Type: 'AWS::Route53::RecordSetGroup', Properties: { RecordSets: entries } } },
    };

    expect(findingsOf(app, [failoverRecordHasPartner, healthCheckedRecordIsShortLived])).toEqual([
      {
        property: 'RecordSets.1.Failover',
        message:
          'RecordSets.1.Failover: found SECONDARY for api.example.com A alone, needs a PRIMARY record of the same zone, name and type',
      },
      { property: 'RecordSets.1.TTL', message: 'RecordSets.1.TTL: found 3600 s, needs at most 60 s' },
    ]);
  });
});
