import { alarmsOf } from '../../../lib/assessment/alarm-quality/alarm-findings';
import { historiesOf } from '../../../lib/assessment/alarm-quality/known-history';
import { agreement } from '../../../lib/assessment/alarm-quality/precision';
import type { AlarmHistory } from '../../../lib/calculus/alarms/alarm-history';
import type { Incident } from '../../../lib/objectives/incident';
import { graphOf } from '../../support/graph';

const HOUR = 3_600;
const NOW = 1_000 * HOUR;
const told = { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:pages'] };

const alarm = (AlarmName: string, more: object = told) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { AlarmName, Namespace: 'Shop', MetricName: AlarmName, ...more },
});
const composite = (AlarmName: string, of: string) => ({
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: { AlarmName, AlarmRule: `ALARM("${of}")`, ...told },
});

/** It fires for an hour each time; the last entry that was saved is of `until`. */
function history(
  name: string,
  from: number,
  firing: readonly number[] = [],
  until: number = NOW / HOUR,
): AlarmHistory {
  const changes = firing.flatMap((hour) => [
    { at: hour * HOUR, state: 'ALARM' as const },
    { at: (hour + 1) * HOUR, state: 'OK' as const },
  ]);
  return { name, from: from * HOUR, until: until * HOUR, changes, failedActions: [] };
}

const incident = (id: string, hour: number, more: Partial<Incident> = {}): Incident => ({
  id,
  from: hour * HOUR,
  until: (hour + 1) * HOUR,
  ...more,
});

/** The service of an alarm is what its name begins with. */
function held(
  Resources: Readonly<Record<string, unknown>>,
  histories: readonly AlarmHistory[],
  incidents: readonly Incident[],
) {
  const alarms = alarmsOf(graphOf({ Resources }));
  return agreement({
    alarms,
    histories: historiesOf(alarms, histories),
    incidents,
    serviceOf: (each) => String(each.get('AlarmName')).split('-')[0],
  });
}

const SHOP = { Orders: alarm('shop-orders'), Pay: alarm('pay-errors') };

describe('an incident', () => {
  test('is found by an alarm of its service that fired, and missed where it did not', () => {
    const { recall } = held(
      SHOP,
      [history('shop-orders', 0, [500])],
      [incident('seen', 500, { service: 'shop' }), incident('unseen', 600, { service: 'shop' })],
    );
    expect(recall).toEqual({ incidents: 2, found: 1, missed: ['unseen'], outside: [], unknown: [] });
  });

  test('is not known where the alarms of its service have no history, though those of another have', () => {
    const { recall } = held(SHOP, [history('shop-orders', 0)], [incident('pay', 500, { service: 'pay' })]);
    expect(recall).toEqual({
      incidents: 0,
      found: 0,
      missed: [],
      outside: [],
      unknown: [{ id: 'pay', because: 'no history of the alarms that tell of it (Pay) covers all of it' }],
    });
  });

  test('is not known where their history does not reach back to its beginning', () => {
    const histories = [history('shop-orders', 0), history('pay-errors', 500.5)];
    const { recall } = held(SHOP, histories, [incident('pay', 500, { service: 'pay' })]);
    expect(recall.unknown).toMatchObject([{ id: 'pay' }]);
    expect(recall.missed).toEqual([]);
  });

  test('is outside where it begins after the last entry that was saved, and before the first', () => {
    const histories = [history('shop-orders', 100, [500], 502), history('pay-errors', 100, [], 502)];
    const { recall, alarms } = held(SHOP, histories, [
      incident('before', 98),
      incident('seen', 500),
      incident('unseen', 400),
      incident('after', 503, { alarms: ['shop-orders'] }),
    ]);
    expect(recall).toEqual({
      incidents: 2,
      found: 1,
      missed: ['unseen'],
      outside: ['before', 'after'],
      unknown: [],
    });
    expect(alarms.flatMap(({ missed }) => missed)).toEqual([]);
  });

  test('is not known where the last entry that was saved is before its end', () => {
    const { recall, alarms } = held(
      SHOP,
      [history('shop-orders', 0, [300], 500.5)],
      [incident('half', 500, { alarms: ['shop-orders'] })],
    );
    expect(recall).toMatchObject({ incidents: 0, missed: [], outside: [] });
    expect(recall.unknown).toEqual([
      { id: 'half', because: 'no history of the alarms that tell of it (Orders) covers all of it' },
    ]);
    expect(alarms.flatMap(({ missed }) => missed)).toEqual([]);
  });

  test('is not found by an alarm that fired when the history ended, long before', () => {
    const open: AlarmHistory = {
      ...history('shop-orders', 0, [], 500),
      changes: [{ at: 500 * HOUR, state: 'ALARM' }],
    };
    const histories = [open, history('pay-errors', 0, [], 700)];
    const { recall } = held(SHOP, histories, [incident('later', 600, { service: 'shop' })]);
    expect(recall).toMatchObject({ incidents: 0, found: 0, missed: [] });
    expect(recall.unknown).toMatchObject([{ id: 'later' }]);
  });

  test('is found by what fired shortly before, though the history ends there', () => {
    const histories = [history('shop-orders', 0, [499], 500)];
    const { recall } = held(SHOP, histories, [incident('near', 500.1)]);
    expect(recall).toMatchObject({ incidents: 1, found: 1, outside: [], unknown: [] });
  });

  test('is not known where it names an alarm that has no history', () => {
    const histories = [history('shop-orders', 0)];
    const { recall } = held(SHOP, histories, [incident('named', 500, { alarms: ['pay-errors'] })]);
    expect(recall.unknown).toMatchObject([{ id: 'named' }]);
  });

  test('is not known where it names none of the alarms of the app', () => {
    const histories = [history('shop-orders', 0)];
    const { recall } = held(SHOP, histories, [incident('named', 500, { alarms: ['elsewhere'] })]);
    expect(recall.unknown).toEqual([
      { id: 'named', because: 'no alarm that it names (elsewhere) is one of the app that tells people' },
    ]);
  });

  test('is missed where its service has no alarm that tells anybody', () => {
    const { recall } = held(
      SHOP,
      [history('shop-orders', 0)],
      [incident('mute', 500, { service: 'search' })],
    );
    expect(recall).toMatchObject({ incidents: 1, missed: ['mute'], unknown: [] });
  });

  test('is found by one alarm, whatever is known of the others', () => {
    const { recall } = held(SHOP, [history('shop-orders', 0, [500])], [incident('any', 500)]);
    expect(recall).toMatchObject({ incidents: 1, found: 1, unknown: [] });
  });
});

describe('composite alarms', () => {
  const TREE = {
    Orders: alarm('shop-orders', {}),
    Noise: alarm('shop-noise'),
    Page: composite('shop-page', 'shop-orders'),
  };
  const some = [history('shop-orders', 0, [500]), history('shop-noise', 0)];

  test('that tell are not known to have been silent by a history that leaves them out', () => {
    const { recall } = held(TREE, some, [incident('one', 500)]);
    expect(recall).toMatchObject({ incidents: 0, missed: [] });
    expect(recall.unknown).toEqual([
      {
        id: 'one',
        because:
          'no history of the composite alarms that tell of it (Page) covers all of it: describe-alarm-history gives them with --alarm-types MetricAlarm CompositeAlarm only',
      },
    ]);
  });

  test('are known with their own history', () => {
    const { recall } = held(TREE, [...some, history('shop-page', 0)], [incident('one', 500)]);
    expect(recall).toMatchObject({ incidents: 1, missed: ['one'], unknown: [] });
  });

  test('that were quiet all the time are known by the history of another one', () => {
    const tree = { ...TREE, Other: composite('shop-other', 'shop-noise') };
    const { recall } = held(tree, [...some, history('shop-page', 0)], [incident('one', 500)]);
    expect(recall).toMatchObject({ incidents: 1, missed: ['one'], unknown: [] });
  });
});

test('an alarm is not called silent in an incident that its history does not reach', () => {
  const histories = [history('shop-orders', 0, [500]), history('pay-errors', 600)];
  const { alarms } = held(SHOP, histories, [
    incident('named', 500, { alarms: ['shop-orders', 'pay-errors'] }),
    incident('later', 700, { alarms: ['pay-errors'] }),
  ]);
  expect(alarms.map(({ alarm: { logicalId }, missed }) => [logicalId, missed])).toEqual([
    ['Orders', []],
    ['Pay', ['later']],
  ]);
});
