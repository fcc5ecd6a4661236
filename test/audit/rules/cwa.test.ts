import { alarmActs, alarmIsEnabled } from '../../../lib/audit/rules/cwa';
import { checks, outcomeOf } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const alarm = (properties: Readonly<Record<string, unknown>>, more: object = {}) => ({
  ...OPEN,
  Resources: { Subject: { Type: 'AWS::CloudWatch::Alarm', Properties: properties }, ...more },
});
const COMPOSITE = {
  Whole: {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmRule: { 'Fn::Sub': 'ALARM("${Subject}")' }, AlarmActions: ['topic'] },
  },
};
const maybe = (value: unknown) => ({ 'Fn::If': ['Wanted', value, { Ref: 'AWS::NoValue' }] });

checks(alarmActs, {
  passes: {
    'a topic is told': alarm({ AlarmActions: [{ Ref: 'Topic' }] }),
    'a function is called': alarm({ AlarmActions: 'arn:aws:lambda:eu-west-1:1:function:call' }),
  },
  fails: {
    'nothing is done': alarm({}),
    'no action is named': alarm({ AlarmActions: [] }),
    'only the end is told': alarm({ OKActions: ['topic'] }),
    'a composite alarm does nothing': {
      Resources: { Whole: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: {} } },
    },
  },
  unknown: {
    'a condition may leave the action out': alarm({ AlarmActions: [maybe('a')] }),
    'a condition may leave the actions out': alarm({ AlarmActions: maybe(['a']) }),
  },
  notApplicable: {
    'a deployment reads it': {
      Resources: {
        Subject: { Type: 'AWS::CloudWatch::Alarm' },
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: { DeploymentConfiguration: { Alarms: { AlarmNames: [{ Ref: 'Subject' }] } } },
        },
      },
    },
  },
});

describe('CWA-01', () => {
  it('passes where one of several actions is sure', () => {
    expect(outcomeOf(alarmActs, alarm({ AlarmActions: [maybe('a'), 'b'] }))).toBe('pass');
  });

  it('lets a composite alarm act for its parts', () => {
    expect(outcomeOf(alarmActs, alarm({}, COMPOSITE))).toBe('pass');
  });

  it('asks the composite alarm itself', () => {
    const silent = {
      Whole: { ...COMPOSITE.Whole, Properties: { AlarmRule: COMPOSITE.Whole.Properties.AlarmRule } },
    };
    expect(outcomeOf(alarmActs, alarm({}, silent))).toBe('fail');
  });

  it('takes other actions where the configuration says so', () => {
    const config = { services: [], rules: { 'CWA-01': { parameters: { anyStateCounts: true } } } };
    expect(outcomeOf(alarmActs, alarm({ OKActions: ['topic'] }), 1, config)).toBe('pass');
    expect(outcomeOf(alarmActs, alarm({ OKActions: [maybe('a')] }), 1, config)).toBe('unknown');
    expect(outcomeOf(alarmActs, alarm({}), 1, config)).toBe('fail');
  });

  it('finds a composite alarm that names its parts by their names', () => {
    const named = (rule: string) => ({
      Subject: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'errors' } },
      Whole: { ...COMPOSITE.Whole, Properties: { AlarmRule: rule, AlarmActions: ['topic'] } },
    });
    expect(outcomeOf(alarmActs, { Resources: named('ALARM(errors) OR ALARM("slow")') })).toBe('pass');
    expect(outcomeOf(alarmActs, { Resources: named('ALARM("slow")') })).toBe('fail');
  });

  it('knows the alarms that roll a refresh of instances back', () => {
    const UpdatePolicy = {
      AutoScalingInstanceRefresh: { Preferences: { AlarmSpecification: { Alarms: [{ Ref: 'Subject' }] } } },
    };
    const group = { Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', UpdatePolicy } };
    expect(outcomeOf(alarmActs, alarm({}, group))).toBe('notApplicable');
  });

  it('takes no reader that a condition may leave out', () => {
    const reader = { Whole: { ...COMPOSITE.Whole, Condition: 'Wanted' } };
    expect(outcomeOf(alarmActs, alarm({}, reader))).toBe('fail');
  });
});

checks(alarmIsEnabled, {
  passes: {
    'the actions are enabled': alarm({ ActionsEnabled: true }),
    'it is written as a text': alarm({ ActionsEnabled: 'true' }),
  },
  fails: {
    'they are not': alarm({ ActionsEnabled: false }),
    'they are not, in words': alarm({ ActionsEnabled: 'false' }),
  },
  unknown: { 'a parameter decides': alarm({ ActionsEnabled: { Ref: 'Open' } }) },
  notApplicable: {
    'a service reads it': {
      Resources: {
        Subject: { Type: 'AWS::CloudWatch::Alarm', Properties: { ActionsEnabled: false } },
        Check: {
          Type: 'AWS::Route53::HealthCheck',
          Properties: { HealthCheckConfig: { AlarmIdentifier: { Name: { Ref: 'Subject' } } } },
        },
      },
    },
  },
});

it('CWA-02 passes where nothing is said', () => expect(outcomeOf(alarmIsEnabled, alarm({}))).toBe('pass'));
