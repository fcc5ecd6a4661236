import { parseMetricExport } from '../../lib/records/metric-export';

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
