import { parseMetricExports } from '../../lib/records/metric-export';

const parseMetricExport = (text: string, file: string) => parseMetricExports([{ file, text }]);

const query = {
  Id: 'm1',
  MetricStat: {
    Metric: {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
    },
    Period: 60,
    Stat: 'Maximum',
  },
};

const EXPECTED = [
  {
    metric: {
      namespace: 'AWS/SQS',
      name: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: 'orders' },
    },
    samples: [
      {
        statistic: 'Maximum',
        period: 60,
        points: [
          [1_767_225_600, 5],
          [1_767_225_660, 7],
        ],
        covers: [{ from: 1_767_225_600, until: 1_767_225_720 }],
      },
    ],
  },
];

const json = (results: unknown, queries: unknown = [query]) =>
  parseMetricExport(
    JSON.stringify({ MetricDataQueries: queries, MetricDataResults: results }),
    'incident.json',
  );

test('reads the queries and results of get-metric-data, the newest of which come first', () => {
  const results = [
    { Id: 'm1', Timestamps: ['2026-01-01T00:01:00Z', '2026-01-01T01:00:00+01:00'], Values: [7, 5] },
  ];
  expect(json(results)).toEqual(EXPECTED);
});

test('results of expressions are worked out again', () => {
  const expression = { Id: 'e1', Expression: 'm1 * 2' };
  const results = [{ Id: 'e1', Timestamps: ['2026-01-01T00:00:00Z'], Values: [10] }];
  expect(json(results, [query, expression])).toEqual([]);
});

const HEAD = 'timestamp,namespace,metric,dimensions,statistic,period,value';

test('reads CSV', () => {
  const text = [
    HEAD,
    '2026-01-01T00:01:00Z,AWS/SQS,ApproximateAgeOfOldestMessage,QueueName=orders,Maximum,60,7',
    '1767225600,AWS/SQS,"ApproximateAgeOfOldestMessage",QueueName=orders,Maximum,60,5',
    '',
  ].join('\r\n');
  expect(parseMetricExport(text, 'incident.csv')).toEqual(EXPECTED);
});

test.each<[string, string, string]>([
  ['a column is missing', 'timestamp,value', 'incident.csv:1: the column namespace is missing'],
  ['a value is no number', `${HEAD}\n2026-01-01T00:00:00Z,a,b,,Sum,60,x`, 'incident.csv:2: value is "x"'],
  ['a time has no zone', `${HEAD}\n2026-01-01T00:00:00,a,b,,Sum,60,1`, 'incident.csv:2: timestamp is'],
])('fails when %s', (_, text, problem) => {
  expect(() => parseMetricExport(text, 'incident.csv')).toThrow(problem);
});

test.each<[string, unknown, string]>([
  [
    'a result has no query',
    [{ Id: 'm2', Timestamps: [], Values: [] }],
    'no query of a metric has the id "m2"',
  ],
  [
    'times and values differ',
    [{ Id: 'm1', Timestamps: [], Values: [1] }],
    'not as many Timestamps as Values',
  ],
  [
    'a value is no number',
    [{ Id: 'm1', Timestamps: ['2026-01-01T00:00:00Z'], Values: ['x'] }],
    'Values.0 is no number',
  ],
  ['a result is a text', ['x'], 'MetricDataResults.0 is no object'],
  ['there are no results', undefined, 'it holds no MetricDataQueries or no MetricDataResults'],
])('fails when %s', (_, results, problem) => {
  expect(() => json(results)).toThrow(problem);
});

test('fails when it is no JSON', () => {
  expect(() => parseMetricExport('{', 'incident.json')).toThrow('incident.json');
});

const AT = Date.parse('2026-01-01T10:00:00Z') / 1_000;
const minutes = (from: number, values: readonly (number | '')[], name = 'a') =>
  values.map((value, index) => `${AT + (from + index) * 60},Shop,${name},,Sum,60,${value}`);
const csv = (...lines: readonly (readonly string[])[]) => [HEAD, ...lines.flat()].join('\n');
const kept = (...texts: readonly string[]) =>
  parseMetricExports(texts.map((text, index) => ({ text, file: `part-${index}.csv` })));
const covered = (from: number, until: number) => ({ from: AT + from * 60, until: AT + until * 60 });

describe('what files tell together', () => {
  const [first, second] = [csv(minutes(0, [1, 2])), csv(minutes(2, [3, 4]))];

  test('is the same in any order', () => {
    expect(kept(first, second)).toEqual(kept(second, first));
    expect(kept(first, second)[0]?.samples).toMatchObject([
      { points: [1, 2, 3, 4].map((value, index) => [AT + index * 60, value]), covers: [covered(0, 4)] },
    ]);
  });

  test('has a gap where they do not meet', () => {
    expect(kept(first, csv(minutes(9, [1])))[0]?.samples[0]?.covers).toEqual([covered(0, 2), covered(9, 10)]);
  });

  test('counts once where it is told twice', () => {
    expect(kept(first, first)).toEqual(kept(first));
    const results = {
      Id: 'm1',
      Timestamps: ['2026-01-01T00:01:00Z', '2026-01-01T00:00:00Z'],
      Values: [7, 5],
    };
    expect(json([results, results])).toEqual(EXPECTED);
  });

  test('is refused where it differs', () => {
    expect(() => kept(first, csv(minutes(1, [9])))).toThrow(
      'part-1.csv: Shop a (Sum) is 9 at 2026-01-01T10:01:00.000Z, and 2 by what was read before',
    );
  });
});

describe('what a file covers', () => {
  test('is the same for all of its metrics, whether they have data or not', () => {
    const empty = { ...query, Id: 'm2', MetricStat: { ...query.MetricStat, Stat: 'Sum' } };
    const results = [
      { Id: 'm1', Timestamps: ['2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z'], Values: [5, 7] },
      { Id: 'm2', Timestamps: [], Values: [] },
    ];
    expect(json(results, [query, empty])[1]?.samples).toEqual([
      { statistic: 'Sum', period: 60, points: [], covers: EXPECTED[0]?.samples[0]?.covers },
    ]);
  });

  test('is what was asked for, where the file says it', () => {
    const text = JSON.stringify({
      StartTime: '2026-01-01T10:00:00Z',
      EndTime: '2026-01-01T10:07:00Z',
      MetricDataQueries: [query, { ...query, Id: 'm2', MetricStat: { ...query.MetricStat, Period: 300 } }],
      MetricDataResults: [
        { Id: 'm1', Timestamps: [], Values: [] },
        { Id: 'm2', Timestamps: [], Values: [] },
      ],
    });
    expect(parseMetricExport(text, 'x').map(({ samples }) => samples[0]?.covers)).toEqual([
      [covered(0, 7)],
      [covered(0, 5)],
    ]);
  });

  test('is known by a line without a value, too', () => {
    expect(kept(csv(minutes(0, ['', '', 1])))[0]?.samples[0]).toMatchObject({
      points: [[AT + 120, 1]],
      covers: [covered(0, 3)],
    });
  });

  test('is no more than a longer period shows', () => {
    const five = `${AT},Shop,five,,Sum,300,1`;
    const [fine, coarse] = kept(csv(minutes(1, [1, 2]), [five]));
    expect(fine?.samples[0]?.covers).toEqual([covered(1, 3)]);
    expect(coarse?.samples[0]?.covers).toEqual([covered(5, 5)]);
  });
});

describe('the region of metrics', () => {
  test.each<[string, string, string | undefined]>([
    ['is in the name of the file', 'incident-eu-west-1.csv', 'eu-west-1'],
    ['is not guessed from a name with two', 'eu-west-1-and-us-east-1.csv', undefined],
    ['is not guessed from a part of a name', 'eu-west-10.csv', undefined],
  ])('%s', (_, file, region) => {
    expect(parseMetricExport(csv(minutes(0, [1])), file)[0]?.region).toBe(region);
  });

  test('is in the file before its name', () => {
    const columns = `${HEAD},region\n${minutes(0, [1])[0]},us-east-1`;
    expect(parseMetricExport(columns, 'eu-west-1.csv')[0]?.region).toBe('us-east-1');
    const text = JSON.stringify({
      Region: 'us-east-1',
      MetricDataQueries: [query],
      MetricDataResults: [{ Id: 'm1', Timestamps: [], Values: [] }],
    });
    expect(parseMetricExport(text, 'eu-west-1.json')[0]?.region).toBe('us-east-1');
  });
});
