import { alarmFindings } from '../../../lib/assessment/alarm-quality/alarm-findings';
import { graphOf } from '../../support/graph';

const alarm = (Namespace: string, dimension: string, of: string) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace,
    MetricName: 'Errors',
    Dimensions: [{ Name: dimension, Value: { Ref: of } }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
  },
});

const over = (part: string, tells: string, more: object = {}) => ({
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: {
    AlarmRule: { 'Fn::Sub': `ALARM("\${${part}}")` },
    AlarmActions: [{ Ref: tells }],
    ...more,
  },
});

const calling = (environment: object) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Environment: { Variables: environment } },
});

/** A function that reads a table through another one, each with a composite alarm. */
function missing(more: object = {}, environment: object = { NEXT: { Ref: 'Prices' } }) {
  const graph = graphOf({
    Resources: {
      Calls: { Type: 'AWS::SNS::Topic' },
      Desk: { Type: 'AWS::SNS::Topic' },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [
              { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
            ],
          },
          Policies: [
            {
              PolicyName: 'all',
              PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
            },
          ],
        },
      },
      Api: calling(environment),
      Prices: calling({ TABLE: { Ref: 'Table' } }),
      Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
      Errors: alarm('AWS/Lambda', 'FunctionName', 'Api'),
      Throttles: alarm('AWS/DynamoDB', 'TableName', 'Table'),
      OverApi: over('Errors', 'Calls'),
      OverTable: over('Throttles', 'Calls'),
      ...more,
    },
  });
  return alarmFindings(graph, () => ({ name: 'shop' }))
    .filter(({ fault }) => fault === 'missing-cause')
    .map(({ alarm: of, other, sure }) => [of.logicalId, other?.logicalId, sure]);
}

it('is found at any distance', () => expect(missing()).toEqual([['OverApi', 'OverTable', true]]));

it.each<[string, object]>([
  [
    'where the cause silences it',
    { OverApi: over('Errors', 'Calls', { ActionsSuppressor: { Ref: 'OverTable' } }) },
  ],
  ['where other people are told', { OverTable: over('Throttles', 'Desk') }],
  ['of alarms that nobody has joined', { OverTable: { Type: 'AWS::SNS::Topic' } }],
])('is none %s', (_, more) => expect(missing(more)).toEqual([]));

it('is none where nothing is called', () => expect(missing({}, {})).toEqual([]));
