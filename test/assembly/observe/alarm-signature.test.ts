import { signatureOf } from '../../../lib/assembly/observe/alarm-signature';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf } from '../../support/graph';

const DIMENSIONS = [{ Name: 'FunctionName', Value: 'pay' }];
const METRIC = { Namespace: 'AWS/Lambda', MetricName: 'Duration', Dimensions: DIMENSIONS };
const JUDGED = { Threshold: 1, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' };

/** What an alarm with some properties watches. */
function watched(properties: object): string {
  const graph = graphOf({
    Resources: {
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...JUDGED, ...properties } },
    },
  });
  const [alarm] = graph.ofType('AWS::CloudWatch::Alarm');
  const signature = alarm ? signatureOf(alarm) : new Unknown('no alarm');
  if (signature instanceof Unknown) throw new Error(signature.reason);
  return signature.watched;
}

const query = (stat: object, rest: object = {}) => ({
  Metrics: [{ Id: 'm1', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum', ...stat }, ...rest }],
});

describe('one metric is the same', () => {
  it.each<[how: string, one: object, other: object]>([
    ['as the metric of the alarm and as a query', { ...METRIC, Statistic: 'Sum', Period: 60 }, query({})],
    [
      'with an extended statistic',
      { ...METRIC, ExtendedStatistic: 'p99', Period: 60 },
      query({ Stat: 'p99' }),
    ],
    ['where a query says that it is returned', query({}), query({}, { ReturnData: true })],
    ['whatever a query is called', query({}), query({}, { Id: 'e1', Label: 'slow' })],
    [
      'where no dimensions are an empty list',
      { ...METRIC, Dimensions: [], Statistic: 'Sum', Period: 60 },
      query({ Metric: { Namespace: 'AWS/Lambda', MetricName: 'Duration' } }),
    ],
  ])('%s', (_, one, other) => expect(watched(one)).toBe(watched(other)));
});

describe('one metric is another', () => {
  it.each<[how: string, other: object]>([
    ['with another statistic', query({ Stat: 'Average' })],
    ['with another period', query({ Period: 300 })],
    ['in another unit', query({ Unit: 'Seconds' })],
    ['of another account', query({}, { AccountId: '111122223333' })],
    [
      'of another resource',
      query({ Metric: { ...METRIC, Dimensions: [{ Name: 'FunctionName', Value: 'ship' }] } }),
    ],
  ])('%s', (_, other) =>
    expect(watched(other)).not.toBe(watched({ ...METRIC, Statistic: 'Sum', Period: 60 })),
  );
});
