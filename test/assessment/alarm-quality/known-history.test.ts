import { alarmsOf } from '../../../lib/assessment/alarm-quality/alarm-findings';
import { historiesOf } from '../../../lib/assessment/alarm-quality/known-history';
import { graphOf } from '../../support/graph';

const alarm = (AlarmName?: string) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { MetricName: 'Errors', ...(AlarmName !== undefined && { AlarmName }) },
});

/** The stack and alarm that a name in a history means. */
function meant(name: string, arn?: string, region?: string): readonly string[] {
  const template = { Resources: { Named: alarm('errors'), Errors: alarm(), ErrorsLate: alarm() } };
  const graph = graphOf({
    stacks: {
      Shop: { region: 'eu-west-1', account: '111122223333', template },
      Far: { region: 'eu-central-1', account: '111122223333', template },
    },
  });
  const kept = {
    name,
    changes: [],
    failedActions: [],
    ...(arn !== undefined && { arn }),
    ...(region !== undefined && { region }),
  };
  return historiesOf(alarmsOf(graph), [kept]).map(([{ id }]) => id);
}

const arnIn = (region: string, name: string) => `arn:aws:cloudwatch:${region}:111122223333:alarm:${name}`;

test.each<[string, string | undefined, readonly string[]]>([
  ['Shop-Errors-1A2B3C4D5E6F', undefined, ['Shop/Errors']],
  ['Shop-ErrorsLate-1A2B3C4D5E6F', undefined, ['Shop/ErrorsLate']],
  ['Far-Errors-1A2B3C4D5E6F', undefined, ['Far/Errors']],
  ['Shop-Errors', undefined, []],
  ['Other-Errors-1A2B3C4D5E6F', undefined, []],
  ['Shop-Named-1A2B3C4D5E6F', undefined, []],
  ['errors', arnIn('eu-central-1', 'errors'), ['Far/Named']],
  ['errors', arnIn('us-east-1', 'errors'), []],
  // Twins in two regions have one name: without its place it is of neither.
  ['errors', undefined, []],
])('the history of %s (%s) is of %j', (name, arn, expected) => {
  expect(meant(name, arn)).toEqual(expected);
});

test('a history belongs to the alarm of its region', () => {
  expect(meant('errors', undefined, 'eu-central-1')).toEqual(['Far/Named']);
  expect(meant('errors', undefined, 'us-east-1')).toEqual([]);
});
