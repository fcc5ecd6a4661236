import { compositesOf, partsOf } from '../../../lib/assembly/observe/alarm-composites';
import { readerOf } from '../../../lib/assembly/observe/alarm-readers';
import { tellsSomebody } from '../../../lib/assembly/observe/alarm-telling';
import type { Resource } from '../../../lib/assembly/resource';
import { graphOf } from '../../support/graph';

const alarmCalled = (AlarmName: string) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName } });

/** The alarms of an app with these names, and a composite alarm over them that acts. */
function over(names: readonly string[], rule: unknown) {
  const alarms = Object.fromEntries(names.map((name, index) => [`A${index}`, alarmCalled(name)]));
  const properties = { AlarmRule: rule, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:on-call'] };
  const joined = { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: properties };
  const graph = graphOf({
    Parameters: { Stage: { Type: 'String' } },
    Resources: { ...alarms, Joined: joined },
  });
  const [composite] = graph.ofType('AWS::CloudWatch::CompositeAlarm') as [Resource];
  return { composite, alarms: graph.ofType('AWS::CloudWatch::Alarm') };
}

const HUNDRED = Array.from({ length: 100 }, (_, index) => `orders-api-errors-of-cell-${index}`);
const ANY = HUNDRED.map((name) => `ALARM(${name})`).join(' OR ');
const ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:';

describe('a composite alarm is above each alarm that its rule names', () => {
  it.each<[how: string, names: readonly string[], rule: unknown]>([
    ['a hundred by their names', HUNDRED, ANY],
    ['a hundred by their ARNs', HUNDRED, HUNDRED.map((name) => `ALARM("${ARN}${name}")`).join(' OR ')],
    ['so many of some', ['one', 'two', 'three'], 'AT_LEAST(2, ALARM, (one, "two", three))'],
    ['with parentheses in its name', ['shop (prod)'], 'ALARM("shop (prod)")'],
    ['a hundred beside what only deploy tells', HUNDRED, { 'Fn::Sub': `ALARM("shop-\${Stage}") OR ${ANY}` }],
    ['some by reference', ['one', 'two'], { 'Fn::Sub': `ALARM(\${A0}) OR ALARM("\${A1.Arn}")` }],
  ])('%s', (_, names, rule) => {
    const { composite, alarms } = over(names, rule);
    expect(partsOf(composite)).toHaveLength(names.length);
    for (const alarm of alarms) {
      expect(compositesOf(alarm)).toEqual([composite]);
      expect(readerOf(alarm)).toBe(composite);
      expect(tellsSomebody(alarm)).toBe(true);
    }
  });
});

it('is above none that its rule does not name', () => {
  const { composite, alarms } = over(['one', 'two'], 'ALARM(one)');
  expect(partsOf(composite)).toEqual([alarms[0]]);
  expect(alarms.map((alarm) => compositesOf(alarm).length)).toEqual([1, 0]);
  expect(alarms[1] && readerOf(alarms[1])).toBeUndefined();
});
