import { audit } from '../../../lib/audit/engine';
import { mandatoryMetricsAreWatched } from '../../../lib/audit/rules/alarm-coverage';
import { Tier } from '../../../lib/objectives/tier';
import { graphOf } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const MAYBE = { ...WITH_PARAMETER, Conditions: { Large: { 'Fn::Equals': [GIVEN, 'yes'] } } };
const TELLS = { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:on-call'] };
const alarm = (MetricName: unknown, properties: object = TELLS, attributes: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    MetricName,
    Dimensions: [{ Value: { Ref: 'Subject' } }],
    ComparisonOperator: 'GreaterThanThreshold',
    ...properties,
  },
  ...attributes,
});
const FUNCTION = { Type: 'AWS::Lambda::Function', Properties: {} };
const STREAM = 'GetRecords.IteratorAgeMilliseconds';
const API = { Type: 'AWS::ApiGateway::RestApi', Properties: {} };
const composite = (AlarmRule: unknown, properties: object = TELLS) => ({
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: { AlarmRule, ...properties },
});
const IN_ALARM = { 'Fn::Join': ['', ['ALARM("', { Ref: 'Errors' }, '")']] };
const rule = (EventPattern: object, properties: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventPattern, Targets: [{ Arn: 'arn:aws:lambda:x' }], ...properties },
});
const STATE_CHANGES = { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] };

const GROUP = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} };
const comparing = (ComparisonOperator: unknown) => ({ ...TELLS, ComparisonOperator });

/** An alarm on what is computed of the errors of an API. */
const computed = (ComparisonOperator: string) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ...comparing(ComparisonOperator),
    Metrics: [
      {
        Id: 'errors',
        MetricStat: { Metric: { MetricName: '5XXError', Dimensions: [{ Value: { Ref: 'Subject' } }] } },
      },
      { Id: 'good', Expression: '100 - errors' },
    ],
  },
});

checks(mandatoryMetricsAreWatched, {
  passes: {
    'an alarm fires where few hosts are healthy': {
      Resources: { Subject: GROUP, Hosts: alarm('HealthyHostCount', comparing('LessThanThreshold')) },
    },
    'an alarm fires where errors are above their band': {
      Resources: { Subject: API, Errors: alarm('5XXError', comparing('GreaterThanUpperThreshold')) },
    },
    'an alarm fires where errors leave their band': {
      Resources: {
        Subject: API,
        Errors: alarm('5XXError', comparing('LessThanLowerOrGreaterThanUpperThreshold')),
      },
    },
    'an alarm fires where much is computed of errors': {
      Resources: { Subject: API, Computed: computed('GreaterThanOrEqualToThreshold') },
    },
    'alarms watch the errors and the throttles of a function': {
      Resources: { Subject: FUNCTION, Errors: alarm('Errors'), Throttles: alarm('Throttles') },
    },
    'an alarm watches the failing requests of an API': {
      Resources: { Subject: API, Errors: alarm('5XXError') },
    },
    'a composite alarm tells': {
      Resources: { Subject: API, Errors: alarm('5XXError', {}), Both: composite(IN_ALARM) },
    },
    'a composite alarm names it': {
      Resources: {
        Subject: API,
        Errors: alarm('5XXError', { AlarmName: 'errors' }),
        Both: composite('ALARM(errors)'),
      },
    },
    'a rule takes its changes': {
      Resources: { Subject: API, Errors: alarm('5XXError', {}), Taker: rule(STATE_CHANGES) },
    },
    'an instance of the cluster is watched': {
      Resources: {
        Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } },
        Subject: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' } } },
        Load: alarm('CPUUtilization'),
      },
    },
    'a second metric shows the same': {
      Resources: {
        Subject: { Type: 'AWS::EC2::Instance', Properties: {} },
        Check: alarm('StatusCheckFailed_System'),
      },
    },
  },
  fails: {
    'the alarm fires where there are few errors': {
      Resources: { Subject: API, Errors: alarm('5XXError', comparing('LessThanThreshold')) },
    },
    'the alarm fires where many hosts are healthy': {
      Resources: { Subject: GROUP, Hosts: alarm('HealthyHostCount', comparing('GreaterThanThreshold')) },
    },
    'there is no alarm': { Resources: { Subject: FUNCTION } },
    'throttles are not watched': { Resources: { Subject: FUNCTION, Errors: alarm('Errors') } },
    'the alarm does nothing': { Resources: { Subject: API, Errors: alarm('5XXError', {}) } },
    'the alarm takes the id of the API for its name': {
      Resources: {
        Subject: API,
        Errors: alarm('5XXError', {
          ...TELLS,
          Dimensions: [{ Name: 'ApiName', Value: { Ref: 'Subject' } }],
        }),
      },
    },
    'the actions are off': {
      Resources: { Subject: API, Errors: alarm('5XXError', { ...TELLS, ActionsEnabled: false }) },
    },
    'the alarm watches another one': {
      Resources: {
        Subject: API,
        Other: API,
        Errors: alarm('5XXError', { ...TELLS, Dimensions: [{ Value: { Ref: 'Other' } }] }),
        More: alarm('5XXError', { ...TELLS, Dimensions: [{ Value: { Ref: 'Other' } }] }),
      },
    },
    'the composite alarm does nothing': {
      Resources: { Subject: API, Errors: alarm('5XXError', {}), Both: composite(IN_ALARM, {}) },
    },
    'the rule is off': {
      Resources: {
        Subject: API,
        Errors: alarm('5XXError', {}),
        Taker: rule(STATE_CHANGES, { State: 'DISABLED' }),
      },
    },
    'the rule takes other changes': {
      Resources: {
        Subject: API,
        Errors: alarm('5XXError', {}),
        Taker: rule({ ...STATE_CHANGES, detail: { state: { value: ['OK'] } } }),
      },
    },
    'the rule takes those of another alarm': {
      Resources: {
        Subject: API,
        Errors: alarm('5XXError', {}),
        Taker: rule({ ...STATE_CHANGES, detail: { alarmName: ['other'] } }),
      },
    },
    'neither the cluster nor an instance is watched': {
      Resources: {
        Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } },
        Subject: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' } } },
      },
    },
    'a stream is watched from one side only': {
      Resources: { Subject: { Type: 'AWS::Kinesis::Stream', Properties: {} }, Age: alarm(STREAM) },
    },
  },
  unknown: {
    'how the alarm compares is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: API, Errors: alarm('5XXError', comparing(GIVEN)) },
    },
    'the alarm does not say how it compares': {
      Resources: { Subject: API, Errors: alarm('5XXError', comparing(undefined)) },
    },
    'the alarm fires where little is computed of errors': {
      Resources: { Subject: API, Computed: computed('LessThanThreshold') },
    },
    'the metric is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: API, Errors: alarm(GIVEN) },
    },
    'whether the alarm acts is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: API, Errors: alarm('5XXError', { ...TELLS, ActionsEnabled: GIVEN }) },
    },
    'the alarm may be left out': {
      ...MAYBE,
      Resources: { Subject: API, Errors: alarm('5XXError', TELLS, { Condition: 'Large' }) },
    },
    'the action may be left out': {
      ...MAYBE,
      Resources: {
        Subject: API,
        Errors: alarm('5XXError', { AlarmActions: { 'Fn::If': ['Large', ['x'], { Ref: 'AWS::NoValue' }] } }),
      },
    },
    'a macro may write alarms': { Transform: 'Company::Alarms', Resources: { Subject: API } },
    'the kind of load balancer is given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Subject: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: GIVEN } },
      },
    },
    'what a rule takes is given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Subject: API,
        Errors: alarm('5XXError', {}),
        Taker: rule({ ...STATE_CHANGES, detail: { alarmName: [GIVEN] } }),
      },
    },
    'the state of a rule is given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Subject: API,
        Errors: alarm('5XXError', {}),
        Taker: rule(STATE_CHANGES, { State: GIVEN }),
      },
    },
    'whether an instance has a cluster is given at deploy': {
      ...MAYBE,
      Resources: {
        Subject: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { 'Fn::If': ['Large', 'orders', { Ref: 'AWS::NoValue' }] } },
        },
      },
    },
  },
  notApplicable: {
    'a function serves a custom resource': {
      Resources: {
        Subject: FUNCTION,
        Provider: {
          ...FUNCTION,
          Properties: { Environment: { Variables: { NEXT: { 'Fn::GetAtt': ['Subject', 'Arn'] } } } },
        },
        Thing: {
          Type: 'Custom::Thing',
          Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] } },
        },
      },
    },
    'a network load balancer has watched target groups': {
      Resources: {
        Subject: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network' } },
      },
    },
    'a target group is a function': {
      Resources: {
        Subject: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'lambda' } },
      },
    },
  },
  equivalent: {
    'Computed.ComparisonOperator':
      'metric math may turn its metric around: then it is not known, and no failure',
    'Computed.Metrics.0.Id': 'what is computed is not read',
    'Computed.Metrics.1.Id': 'what is computed is not read',
    'Computed.Metrics.1.Expression': 'what is computed is not read',
    'Taker.Targets.0.Arn': 'that something is told decides, not what',
    'Cluster.Engine': 'every cluster is watched',
  },
});

describe('a finding', () => {
  const findingOf = (Resources: Readonly<Record<string, unknown>>) => {
    const { verdicts } = audit([graphOf({ Resources })], { rules: [mandatoryMetricsAreWatched] });
    return verdicts.find(({ verdict }) => verdict === 'fail');
  };
  const few = alarm('5XXError', { ...comparing('LessThanOrEqualToThreshold'), Threshold: 5 });

  it('names the operator that an alarm has, and the one that it needs', () => {
    const { message, fix } = findingOf({ Subject: API, Errors: few }) ?? {};
    expect(message).toContain('Errors compares 5XXError by LessThanOrEqualToThreshold 5');
    expect(message).toContain('GreaterThanOrEqualToThreshold');
    expect(fix).toBe(
      'set ComparisonOperator of Errors to GreaterThanOrEqualToThreshold, with the Threshold from which 5XXError is bad',
    );
  });

  it('names the operator for what is bad when there is little of it', () => {
    const Hosts = alarm('HealthyHostCount', { ...comparing('GreaterThanThreshold'), Threshold: 1 });
    const { message, fix } = findingOf({ Subject: GROUP, Hosts }) ?? {};
    expect(message).toContain('Hosts compares HealthyHostCount by GreaterThanThreshold 1');
    expect(fix).toMatch(/^set ComparisonOperator of Hosts to LessThanThreshold, /);
  });

  it('names the other side of a band', () => {
    const Errors = alarm('5XXError', comparing('LessThanLowerThreshold'));
    const { message, fix } = findingOf({ Subject: API, Errors }) ?? {};
    expect(message).toContain('Errors compares 5XXError by LessThanLowerThreshold,');
    expect(fix).toBe('set ComparisonOperator of Errors to GreaterThanUpperThreshold');
  });

  it('tells an alarm that tells nobody from one that is not there, and says what mends each', () => {
    const { message, fix } =
      findingOf({ Subject: FUNCTION, Errors: alarm('Errors', comparing('LessThanThreshold')) }) ?? {};
    expect(message).toContain(
      'no alarm with an action on Throttles; Errors compares Errors by LessThanThreshold, needs one on each, and GreaterThanThreshold of Errors',
    );
    expect(fix).toMatch(
      /^add alarms .* on Throttles; set ComparisonOperator of Errors to GreaterThanThreshold/,
    );
    const mute = findingOf({ Subject: API, Errors: alarm('5XXError', {}) });
    expect(mute?.message).toContain('Errors on 5XXError, which tells nobody');
    expect(mute?.fix).toBe('set AlarmActions of Errors, or name it in a composite alarm that has them');
  });
});

describe('a service of tier 2', () => {
  it('owes no alarm for each resource', () => {
    expect(outcomeOf(mandatoryMetricsAreWatched, { Resources: { Subject: API } }, Tier.IMPORTANT)).toBe(
      'notApplicable',
    );
  });
});
