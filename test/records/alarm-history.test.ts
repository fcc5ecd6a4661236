import { parseAlarmHistories } from '../../lib/records/alarm-history';

const item = (Timestamp: string | number, rest: object = {}) => ({
  AlarmName: 'errors',
  Timestamp,
  HistoryItemType: 'StateUpdate',
  HistorySummary: 'Alarm updated from OK to ALARM',
  ...rest,
});

const history = (...AlarmHistoryItems: readonly object[]) => JSON.stringify({ AlarmHistoryItems });
const read = (...texts: readonly string[]) =>
  parseAlarmHistories(texts.map((text, index) => ({ text, file: `file-${index}.json` })));

const AT = Date.parse('2026-11-01T10:00:00Z') / 1_000;

describe('the history of alarms', () => {
  test('is put in order, a change that two files tell once', () => {
    const later = item('2026-11-01T11:00:00+00:00', { HistorySummary: 'Alarm updated from ALARM to OK' });
    expect(read(history(later, item('2026-11-01T10:00:00.000Z')), history(later))).toEqual([
      {
        name: 'errors',
        changes: [
          { at: AT, state: 'ALARM' },
          { at: AT + 3_600, state: 'OK' },
        ],
        failedActions: [],
        from: AT,
        until: AT + 3_600,
      },
    ]);
  });

  test('takes the new state from the data before the words', () => {
    const HistoryData = JSON.stringify({ newState: { stateValue: 'INSUFFICIENT_DATA' } });
    expect(read(history(item(AT, { HistoryData })))[0]?.changes).toEqual([
      { at: AT, state: 'INSUFFICIENT_DATA' },
    ]);
    expect(read(history(item(AT, { HistoryData: 'cut off {' })))[0]?.changes).toEqual([
      { at: AT, state: 'ALARM' },
    ]);
  });

  test('tells which actions failed', () => {
    const failed = { HistoryItemType: 'Action', HistorySummary: 'Failed to execute action arn:aws:sns:x' };
    const done = { HistoryItemType: 'Action', HistorySummary: 'Successfully executed action arn:aws:sns:x' };
    expect(read(history(item(AT, failed), item(AT, done)))[0]).toEqual({
      name: 'errors',
      changes: [],
      from: AT,
      until: AT,
      failedActions: [{ at: AT, words: 'Failed to execute action arn:aws:sns:x' }],
    });
  });

  test('reaches back to the first thing that was written down, such as a change of the alarm', () => {
    const [first] = read(history(item(AT - 60, { HistoryItemType: 'ConfigurationUpdate' }), item(AT)));
    expect(first).toMatchObject({ from: AT - 60, changes: [{ at: AT, state: 'ALARM' }] });
  });

  test('reaches to the last thing that was written down of any alarm of the place', () => {
    const others = [
      { text: history(item(AT + 60, { AlarmName: 'slow' })), file: 'history-eu-west-1-b.json' },
      { text: history(item(AT + 90, { AlarmName: 'slow' })), file: 'history-us-east-1.json' },
    ];
    const own = { text: history(item(AT)), file: 'history-eu-west-1-a.json' };
    const [errors] = parseAlarmHistories([own, ...others]);
    expect(errors).toMatchObject({ name: 'errors', from: AT, until: AT + 60 });
  });

  test('reaches no further than its own files where those of several places cannot be told apart', () => {
    const slow = item(AT + 60, { AlarmName: 'slow' });
    const there = { ...slow, HistorySummary: 'Alarm updated from ALARM to OK' };
    const [errors] = read(history(item(AT)), history(slow), history(there));
    expect(errors).toMatchObject({ name: 'errors', until: AT });
  });

  test('has the present state of metric and composite alarms, the latest that a file tells', () => {
    const present = (AlarmName: string, StateUpdatedTimestamp: string) => ({
      AlarmName,
      AlarmArn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${AlarmName}`,
      StateValue: 'OK',
      StateUpdatedTimestamp,
    });
    const text = JSON.stringify({
      MetricAlarms: [present('errors', '2026-11-01T10:00:00Z')],
      CompositeAlarms: [present('all', '2026-11-01T10:00:00Z')],
    });
    const newer = JSON.stringify({ MetricAlarms: [present('errors', '2026-11-01T10:01:00Z')] });
    expect(read(newer, text)).toMatchObject([
      {
        name: 'all',
        current: { at: AT, state: 'OK' },
        arn: expect.stringContaining('eu-west-1'),
        region: 'eu-west-1',
      },
      { name: 'errors', current: { at: AT + 60, state: 'OK' } },
    ]);
  });

  test.each<[string, string, string]>([
    ['it is no JSON', '{', 'file-0.json'],
    ['it is a list', '[]', 'no AlarmHistoryItems, MetricAlarms or CompositeAlarms'],
    ['an entry has no name', history({ Timestamp: AT }), 'AlarmHistoryItems.0 has no AlarmName'],
    [
      'a time has no zone',
      history(item('2026-11-01 10:00')),
      'has a Timestamp that is no time with its zone',
    ],
    [
      'a change names no state',
      history(item(AT, { HistorySummary: 'Alarm updated' })),
      'is a StateUpdate that names no new state',
    ],
  ])('fails when %s', (_, text, message) => expect(() => read(text)).toThrow(message));

  describe('of several regions', () => {
    const changes = (minute: number) => [
      item(AT + minute * 60),
      item(AT + minute * 60 + 30, { HistorySummary: 'Alarm updated from ALARM to OK' }),
    ];
    const month = (minutes: readonly number[], ...more: readonly object[]) =>
      history(...minutes.flatMap(changes), ...more);
    const names = (...files: readonly (readonly [string, string])[]) =>
      parseAlarmHistories(files.map(([file, text]) => ({ file, text }))).map(({ region, changes: all }) => [
        region,
        all.length,
      ]);

    test('is kept apart by the region in the names of files', () => {
      expect(names(['eu-west-1.json', month([0, 9])], ['us-east-1.json', month([5])])).toEqual([
        ['eu-west-1', 4],
        ['us-east-1', 2],
      ]);
    });

    test('is kept apart by the ARNs in it', () => {
      const action = (region: string) =>
        item(AT, {
          HistoryItemType: 'Action',
          HistorySummary: 'Successfully executed action',
          HistoryData: JSON.stringify({ notificationResource: `arn:aws:sns:${region}:111122223333:pages` }),
        });
      const [west, east] = [month([0], action('eu-west-1')), month([0], action('us-east-1'))];
      expect(names(['a.json', west], ['b.json', east])).toEqual([
        ['eu-west-1', 2],
        ['us-east-1', 2],
      ]);
    });

    test('is kept apart where files contradict each other', () => {
      expect(names(['a.json', month([0, 9])], ['b.json', month([5, 20])])).toEqual([
        [undefined, 4],
        [undefined, 4],
      ]);
    });

    test('is joined where files follow each other, or agree on the time that both tell of', () => {
      expect(names(['a.json', month([0, 9])], ['b.json', month([20])])).toEqual([[undefined, 6]]);
      expect(names(['a.json', month([0, 9])], ['b.json', month([9, 20])])).toEqual([[undefined, 6]]);
    });

    test('is of the only region that is known, where it agrees', () => {
      expect(names(['a.json', month([0])], ['eu-west-1.json', month([9])])).toEqual([['eu-west-1', 4]]);
    });
  });
});
