import { rulesOnAlarm } from '../../../lib/assembly/observe/alarm-events';
import { graphOf } from '../../support/graph';

const ALARM = { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } };
const LOG_ARN = { 'Fn::Join': ['', ['arn:aws:logs:eu-west-1:111122223333:log-group:', { Ref: 'Log' }]] };
const BUS_ARN = { 'Fn::GetAtt': ['Bus', 'Arn'] };

const rule = (arn: unknown, more: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventPattern: { source: ['aws.cloudwatch'] }, Targets: [{ Id: 'T', Arn: arn }], ...more },
});

const around = {
  Alarm: ALARM,
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'timeline' } },
  Log: { Type: 'AWS::Logs::LogGroup' },
  Handler: { Type: 'AWS::Lambda::Function' },
};

function takers(Resources: Record<string, unknown>): readonly string[] {
  const graph = graphOf({ Resources: { ...around, ...Resources } });
  const [alarm] = graph.ofType('AWS::CloudWatch::Alarm');
  return alarm === undefined ? [] : rulesOnAlarm(alarm).map(({ rule: { logicalId } }) => logicalId);
}

const onBus = { EventBusName: { Ref: 'Bus' } };
const HANDLER = { 'Fn::GetAtt': ['Handler', 'Arn'] };

test.each<[string, Record<string, unknown>, readonly string[]]>([
  ['one that calls a function', { Calls: rule(HANDLER) }, ['Calls']],
  ['one on the default bus by its name', { Calls: rule(HANDLER, { EventBusName: 'default' }) }, ['Calls']],
  ['none on a bus that gets no events of alarms', { Calls: rule(HANDLER, onBus) }, []],
  ['none on another bus by its name', { Calls: rule(HANDLER, { EventBusName: 'other' }) }, []],
  ['none that only writes into a log', { Writes: rule(LOG_ARN) }, []],
  ['none to a bus that only writes into a log', { To: rule(BUS_ARN), Writes: rule(LOG_ARN, onBus) }, []],
  ['none to a bus without rules', { To: rule(BUS_ARN) }, []],
  ['none to a bus that leads back to itself', { To: rule(BUS_ARN), Back: rule(BUS_ARN, onBus) }, []],
  ['one to a bus that calls a function', { To: rule(BUS_ARN), Calls: rule(HANDLER, onBus) }, ['To']],
  ['one to a bus elsewhere', { To: rule('arn:aws:events:eu-west-1:444455556666:event-bus/central') }, ['To']],
])('the rules that tell of an alarm: %s', (_, resources, expected) => {
  expect(takers(resources)).toEqual(expected);
});
