import { audit } from '../../../lib/audit/engine';
import type { Rule } from '../../../lib/audit/rule';
import {
  healthCheckAsksTheApplication,
  healthCheckCanTurn,
} from '../../../lib/audit/rules/dns-health-checks';
import { Tier } from '../../../lib/objectives/tier';
import { findingsOf } from '../../support/findings';
import { graphOf } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const config = (settings: object) => ({ HealthCheckConfig: settings });
const check = (settings: object, more: object = {}) => ({
  Type: 'AWS::Route53::HealthCheck',
  Properties: config(settings),
  ...more,
});
const group = (properties: object) => ({
  Resources: { Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: properties } },
});
const TCP_CHECK = check({ Type: 'TCP', Port: 9000 });
const ledTo = (target: object) => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: { HealthCheckId: { Ref: 'Check' }, ...target },
});
const balancer = (properties: object) => ({
  Check: TCP_CHECK,
  Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: properties },
  Record: ledTo({ AliasTarget: { DNSName: { 'Fn::GetAtt': ['Alb', 'DNSName'] } } }),
});

checks(healthCheckAsksTheApplication, {
  passes: {
    'an HTTPS check asks a path of its own': config({ Type: 'HTTPS', ResourcePath: '/health' }),
    'the check of a target group asks a path of its own': group({
      Protocol: 'HTTP',
      HealthCheckPath: '/health',
    }),
    'a network load balancer asks its web targets over HTTP': group({
      Protocol: 'TCP',
      Port: 443,
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/health',
    }),
  },
  fails: {
    'a check of a web port only connects': config({ Type: 'TCP', Port: 443 }),
    'a check only connects to what an application load balancer serves': { Resources: balancer({}) },
    'an HTTPS check has no path': config({ Type: 'HTTPS' }),
    'an HTTP check asks the front page': config({ Type: 'HTTP', ResourcePath: '/' }),
    'a target group asks the front page, the default': group({ Protocol: 'HTTPS' }),
    'a target group for gRPC asks the path that every server answers': group({
      Protocol: 'HTTP',
      ProtocolVersion: 'GRPC',
    }),
    'a network load balancer only connects to its web targets': group({ Protocol: 'TCP', Port: 443 }),
    'an application load balancer behind a network load balancer is asked for its front page': group({
      Protocol: 'TCP',
      TargetType: 'alb',
      HealthCheckProtocol: 'HTTP',
    }),
    'a web target group only connects': group({ Protocol: 'HTTP', HealthCheckProtocol: 'TCP' }),
  },
  unknown: {
    'the path is a parameter without default': {
      Parameters: { Path: { Type: 'String' } },
      Resources: { Check: check({ Type: 'HTTPS', ResourcePath: { Ref: 'Path' } }) },
    },
    'the port of a TCP check is a parameter without default': {
      Parameters: { Port: { Type: 'Number' } },
      Resources: { Check: check({ Type: 'TCP', Port: { Ref: 'Port' } }) },
    },
    'the protocol of a target group is a parameter without default': {
      Parameters: { Protocol: { Type: 'String' } },
      ...group({ Protocol: { Ref: 'Protocol' } }),
    },
  },
  notApplicable: {
    'a check of another port only connects': config({ Type: 'TCP', Port: 5432 }),
    'a network load balancer stands behind the other port': { Resources: balancer({ Type: 'network' }) },
    'a check follows an alarm': config({ Type: 'CLOUDWATCH_METRIC' }),
    'the target group takes UDP': group({ Protocol: 'UDP', Port: 53 }),
    'the target is a function, which is not checked': group({ TargetType: 'lambda' }),
  },
  equivalent: {
    'Subject.HealthCheckConfig.Type':
      'a connection to a port that is not known for HTTP is all that can be asked',
    'Group.Protocol': 'a protocol that is not known to carry HTTP has no HTTP service',
    'Group.Port': 'a port that is not known for HTTP has no HTTP service',
  },
});

describe('X-04', () => {
  it('takes a page that must hold a text for an answer of the application', () => {
    const app = { Resources: { Check: check({ Type: 'HTTPS_STR_MATCH', SearchString: 'ready' }) } };

    expect(outcomeOf(healthCheckAsksTheApplication, app)).toBe('pass');
  });

  it('leaves tiers 2 and 3 a shallow check', () => {
    const app = { Resources: { Check: check({ Type: 'TCP', Port: 443 }) } };

    expect(outcomeOf(healthCheckAsksTheApplication, app, Tier.IMPORTANT)).toBe('notApplicable');
  });

  it('speaks for its twin on a target group without a path', () => {
    const twin: Rule = { ...healthCheckAsksTheApplication, id: 'ELB-07', subsumes: [] };
    const rules = [healthCheckAsksTheApplication, twin];
    const { verdicts } = audit([graphOf(group({ Protocol: 'HTTP' }))], { rules });

    expect(verdicts.map(({ rule, subsumedBy }) => [rule, subsumedBy])).toEqual([
      ['X-04', undefined],
      ['ELB-07', 'X-04'],
    ]);
  });
});

const THREE = ['eu-west-1', 'us-east-1', 'us-west-2'];
const because = (reason: unknown) => ({ Metadata: { 'cdk-nines': { invertedBecause: reason } } });

checks(healthCheckCanTurn, {
  passes: {
    'it is on, upright and seen from three regions': config({
      Disabled: false,
      Inverted: 'false',
      Regions: THREE,
    }),
    'without data it keeps its last status': config({ InsufficientDataHealthStatus: 'LastKnownStatus' }),
    'it needs one of its children': config({ Type: 'CALCULATED', HealthThreshold: 1 }),
  },
  fails: {
    'it is disabled': config({ Disabled: true }),
    'it is inverted without a word': config({ Inverted: 'true' }),
    'it is inverted with an empty word': { Resources: { Check: check({ Inverted: true }, because(' ')) } },
    'without data it is healthy': config({ InsufficientDataHealthStatus: 'Healthy' }),
    'it is seen from two regions': config({ Regions: ['eu-west-1', 'us-east-1'] }),
    'it is seen from one region three times': config({ Regions: ['eu-west-1', 'eu-west-1', 'eu-west-1'] }),
    'it needs none of its children': config({ Type: 'CALCULATED', HealthThreshold: 0 }),
  },
  unknown: {
    'whether it is disabled is a parameter without default': {
      Parameters: { Off: { Type: 'String' } },
      Resources: { Check: check({ Disabled: { Ref: 'Off' } }) },
    },
    'its regions are a parameter without default': {
      Parameters: { Regions: { Type: 'CommaDelimitedList' } },
      Resources: { Check: check({ Regions: { Ref: 'Regions' } }) },
    },
    'a calculated check says nothing of its threshold': config({ Type: 'CALCULATED' }),
  },
  notApplicable: 'every health check can be off or inverted',
  equivalent: {
    'Subject.HealthCheckConfig.Type': 'only a calculated check counts its children',
  },
});

describe('X-07', () => {
  it('accepts an inversion that says why', () => {
    const app = {
      Resources: { Check: check({ Inverted: true }, because('the endpoint answers in maintenance only')) },
    };

    expect(outcomeOf(healthCheckCanTurn, app)).toBe('pass');
  });

  it('shows each thing that is wrong with a check', () => {
    const app = { Resources: { Check: check({ Disabled: true, Regions: ['eu-west-1'] }) } };

    expect(findingsOf(app, [healthCheckCanTurn])).toEqual([
      {
        property: 'HealthCheckConfig.Disabled',
        message: 'HealthCheckConfig.Disabled: found true, needs anything but true',
      },
      {
        property: 'HealthCheckConfig.Regions',
        message: 'HealthCheckConfig.Regions: found 1 region, needs at least 3 regions, or none set',
      },
    ]);
  });
});
