import {
  classicLoadBalancerDrains,
  loadBalancerCannotBeDeleted,
  loadBalancerLogsAccess,
} from '../../../lib/audit/rules/elb-protection';
import { checks } from '../../support/rule-cases';

const UNDECIDED = {
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
};
const given = (type: string, properties: Record<string, unknown>) => ({
  ...UNDECIDED,
  Resources: { Subject: { Type: `AWS::${type}::LoadBalancer`, Properties: properties } },
});
const attributes = (...entries: readonly (readonly [string, unknown])[]) => ({
  LoadBalancerAttributes: entries.map(([Key, Value]) => ({ Key, Value })),
});
const V2 = 'ElasticLoadBalancingV2';
const CLASSIC = 'ElasticLoadBalancing';
const PROTECTION = 'deletion_protection.enabled';
const LOGS = 'access_logs.s3.enabled';
const listening = (Protocol: unknown) => ({
  Resources: {
    Subject: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network' } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Subject' }, Port: 443, Protocol },
    },
  },
});

checks(classicLoadBalancerDrains, {
  passes: {
    'draining is enabled': { ConnectionDrainingPolicy: { Enabled: true } },
    'draining is enabled in text': { ConnectionDrainingPolicy: { Enabled: 'true' } },
  },
  fails: {
    'draining is disabled': { ConnectionDrainingPolicy: { Enabled: false } },
    'nothing is said about it': {},
    'a timeout alone is set': { ConnectionDrainingPolicy: { Timeout: 60 } },
  },
  unknown: {
    'a parameter decides': given(CLASSIC, { ConnectionDrainingPolicy: { Enabled: { Ref: 'Given' } } }),
  },
  notApplicable: 'every Classic Load Balancer can drop an instance',
});

checks(loadBalancerCannotBeDeleted, {
  passes: {
    'protection is on': attributes([PROTECTION, 'true']),
    'protection is on beside another attribute': attributes(
      ['idle_timeout.timeout_seconds', '60'],
      [PROTECTION, true],
    ),
  },
  fails: {
    'protection is off': attributes([PROTECTION, 'false']),
    'other attributes are set': attributes(['idle_timeout.timeout_seconds', '60']),
    'no attribute is set': {},
  },
  unknown: {
    'a parameter decides': given(V2, attributes([PROTECTION, { Ref: 'Given' }])),
    'a condition decides about the attribute': given(V2, {
      LoadBalancerAttributes: [
        { 'Fn::If': ['IsGiven', { Key: PROTECTION, Value: 'true' }, { Ref: 'AWS::NoValue' }] },
      ],
    }),
    'a condition decides about the attributes': given(V2, {
      LoadBalancerAttributes: {
        'Fn::If': ['IsGiven', [{ Key: PROTECTION, Value: 'true' }], { Ref: 'AWS::NoValue' }],
      },
    }),
    'the key of an attribute is a parameter': given(V2, {
      LoadBalancerAttributes: [{ Key: { Ref: 'Given' }, Value: 'true' }],
    }),
    'the attributes come from a transform': { LoadBalancerAttributes: { 'Fn::Transform': {} } },
  },
  notApplicable: 'every load balancer can be deleted',
  equivalent: { 'Subject.LoadBalancerAttributes.0.*': 'another attribute beside it decides nothing' },
});

checks(loadBalancerLogsAccess, {
  passes: {
    'an Application Load Balancer logs': attributes([LOGS, 'true']),
    'a Network Load Balancer logs': { Type: 'network', ...attributes([LOGS, 'true']) },
    'a Classic Load Balancer logs': {
      Resources: {
        Subject: {
          Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
          Properties: { AccessLoggingPolicy: { Enabled: true } },
        },
      },
    },
  },
  fails: {
    'logs are off': attributes([LOGS, 'false']),
    'a bucket alone is set': attributes(['access_logs.s3.bucket', 'logs']),
    'no attribute is set': {},
    'a Network Load Balancer is asked by TLS': listening('TLS'),
    'the listeners of a Network Load Balancer are elsewhere': { Type: 'network' },
    'the protocol of a listener is a parameter': { ...UNDECIDED, ...listening({ Ref: 'Given' }) },
    'the log of a Classic Load Balancer is off': {
      Resources: {
        Subject: {
          Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
          Properties: { AccessLoggingPolicy: { Enabled: false } },
        },
      },
    },
  },
  unknown: {
    'a parameter decides': given(V2, attributes([LOGS, { Ref: 'Given' }])),
    'its type is a parameter and it does not log': given(V2, { Type: { Ref: 'Given' } }),
    'a parameter decides about a Classic Load Balancer': given(CLASSIC, {
      AccessLoggingPolicy: { Enabled: { Ref: 'Given' } },
    }),
  },
  notApplicable: {
    'it is a Gateway Load Balancer': { Type: 'gateway' },
    'no listener of a Network Load Balancer speaks TLS': listening('TCP'),
  },
  equivalent: { 'Subject.Type': 'both types that log are judged alike' },
});
