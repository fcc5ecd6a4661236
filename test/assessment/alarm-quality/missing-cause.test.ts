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

/** A function that reads a table through another one; it and the table have each a composite alarm. */
function causes(more: object = {}, environment: object = { NEXT: { Ref: 'Prices' } }) {
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
    .map(({ alarm: of, ...found }) => ({ ...found, of: of.logicalId }));
}

/** Those whose cause another composite alarm watches. */
const missing = (...app: Parameters<typeof causes>) =>
  causes(...app).flatMap(({ of, other, sure }) => (other ? [[of, other.logicalId, sure]] : []));

/** Those whose cause nothing watches. */
const unwatched = (...app: Parameters<typeof causes>) => causes(...app).filter(({ other }) => !other);

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

describe('what an alarm waits for, and no alarm is on,', () => {
  it('is told once, with a fix', () => {
    const [found, ...others] = unwatched();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ of: 'OverApi', weight: 'info', sure: true });
    expect(found?.found).toBe(
      'Api, which it watches, needs app/Prices, and no alarm is on that: while it fails, people are told of the symptom only',
    );
    expect(found?.fix).toBe(
      'put an alarm on Errors of app/Prices (MandatoryAlarms does), and let it silence this one (dependsOn in an AlarmTree, else ActionsSuppressor)',
    );
  });

  it('is told of the first of the alarms that wait for it', () => {
    const again = over('Errors', 'Desk');
    expect(unwatched({ OverApi2: again }).map(({ of }) => of)).toEqual(['OverApi']);
  });

  it('is not certain where deploy decides whether it is called', () => {
    const environment = { NEXT: { 'Fn::If': ['Prod', { Ref: 'Prices' }, 'none'] } };
    expect(unwatched({}, environment).map(({ sure }) => sure)).toEqual([false]);
  });

  it('is behind an API too', () => {
    const found = unwatched({
      Front: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'front' } },
      Get: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: { Ref: 'Front' },
          Integration: { Uri: { 'Fn::Sub': 'arn:aws:apigateway:path/${Shown.Arn}/invocations' } },
        },
      },
      Shown: calling({}),
      Failing: {
        ...alarm('AWS/ApiGateway', 'ApiName', 'Front'),
        Properties: {
          ...alarm('AWS/ApiGateway', 'ApiName', 'Front').Properties,
          Dimensions: [{ Name: 'ApiName', Value: 'front' }],
        },
      },
      OverFront: over('Failing', 'Calls'),
    });
    expect(found.map(({ of, found: words }) => [of, /needs (\S+),/.exec(words)?.[1]])).toEqual([
      ['OverApi', 'app/Prices'],
      ['OverFront', 'app/Shown'],
    ]);
  });

  it.each<[string, object]>([
    ['where an alarm is on it', { Slow: alarm('AWS/Lambda', 'FunctionName', 'Prices') }],
    [
      'where a query may take it in',
      {
        Any: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: { Metrics: [{ Expression: 'SELECT MAX(Errors) FROM "AWS/Lambda"' }] },
        },
      },
    ],
    ['where the composite alarm tells nobody', { OverApi: over('Errors', 'Calls', { AlarmActions: [] }) }],
  ])('is none %s', (_, more) => expect(unwatched(more)).toEqual([]));
});
