import { Stack } from 'aws-cdk-lib/core';
import { FIELDS } from '../../../../lib/constructs/observe/slo/open-slo/fields';
import { openSloProps } from '../../../../lib/constructs/observe/slo/open-slo/open-slo-props';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import schema from '../../../../schemas/openslo-1.schema.json';

const query = (Id: string, MetricName: string, more: object = {}) => ({
  Id,
  MetricStat: {
    Metric: { Namespace: 'Shop', MetricName, Dimensions: [{ Name: 'Page', Value: 'cart' }] },
    Period: 60,
    Stat: 'Sum',
  },
  ...more,
});
const source = (...metricDataQueries: object[]) => ({
  metricSource: { type: 'CloudWatch', spec: { metricDataQueries } },
});
const document = (kind: string, name: string, spec: object, more: object = {}) => ({
  apiVersion: 'openslo/v1',
  kind,
  metadata: { name, ...more },
  spec,
});
const ratio = { counter: false, good: source(query('good', 'Taken')), total: source(query('all', 'Orders')) };
const SPEC = {
  service: 'shop',
  indicator: { metadata: { name: 'cart' }, spec: { description: 'carts that open', ratioMetric: ratio } },
  timeWindow: [{ duration: '4w', isRolling: true }],
  budgetingMethod: 'Occurrences',
  objectives: [{ displayName: 'Good', targetPercent: 99.5 }],
};
const slo = (more: object = {}) => document('SLO', 'cart', { ...SPEC, ...more });
const counted = (ratioMetric: object) => slo({ indicator: { spec: { ratioMetric } } });

test('reads what is counted, the objective and its window', () => {
  const props = openSloProps([slo()]);
  expect(props).toMatchObject({
    name: 'cart',
    objective: 0.995,
    indicator: {
      kind: 'availability',
      good: 'carts that open',
      total: 'FILL(all, 0)',
      bad: '(FILL(all, 0)) - (FILL(good, 0))',
    },
  });
  expect(props.window?.toDays()).toBe(28);
  expect(props.alerts).toBeUndefined();
  const made = new ServiceLevelObjective(new Stack(), 'Cart', { ...props, tier: 2, weakening: WEAKENING });
  expect(made.alarms).toHaveLength(2);
});

const WEAKENING = { reason: 'as it was', expires: '2027-06-30', approver: 'head of shop' };

test('reads alerts, inline or referred to; where no condition is paired, the short window is a twelfth', () => {
  const condition = (name: string, threshold: number, lookbackWindow: string, annotations: object = {}) =>
    document(
      'AlertCondition',
      name,
      { severity: 'page', condition: { kind: 'burnrate', threshold, lookbackWindow, alertAfter: '0m' } },
      { annotations },
    );
  const policy = (name: string, entry: object) =>
    document('AlertPolicy', name, { alertWhenNoData: true, conditions: [entry], notificationTargets: [] });
  const documents = [
    slo({ alertPolicies: ['slow', policy('fast', condition('fast', 14.4, '1h'))] }),
    policy('slow', { conditionRef: 'six' }),
    condition('six', 6, '6h', { 'nines-window-pair': 'half' }),
    condition('half', 6, '30m'),
  ];
  const { alerts = [], alertOnSilence } = openSloProps(documents);
  expect(alertOnSilence).toBe(true);
  expect(
    alerts.map(({ longWindow, shortWindow, budgetShare }) => [
      longWindow.toSeconds() / 60,
      shortWindow.toSeconds() / 60,
      Math.round(budgetShare * 28 * 24 * 10) / 10,
    ]),
  ).toEqual([
    [60, 5, 14.4],
    [360, 30, 36],
  ]);
});

test.each(['0m', '1m', undefined])('reads an alert after %s as one that tells at once', (alertAfter) => {
  const condition = { kind: 'burnrate', threshold: 14.4, lookbackWindow: '1h', alertAfter };
  const { alerts = [] } = openSloProps([
    slo({ alertPolicies: ['p'] }),
    document('AlertPolicy', 'p', { conditions: [{ conditionRef: 'c' }], notificationTargets: [] }),
    document('AlertCondition', 'c', { severity: 'page', condition }),
  ]);
  expect(alerts.map(({ shortWindow }) => shortWindow.toSeconds())).toEqual([300]);
});

test('reads expressions over metrics, and tells apart ids that mean different metrics', () => {
  const props = openSloProps([
    counted({
      counter: false,
      bad: source(
        query('m1', 'Failed', { ReturnData: false }),
        query('m2', 'Refused', { ReturnData: false }),
        { Id: 'sum', Expression: 'm1 + m2', ReturnData: false },
        { Id: 'filled', Expression: 'FILL(sum, 0)' },
      ),
      total: source(query('m1', 'Orders')),
    }),
  ]);
  expect(props.indicator).toMatchObject({ bad: 'FILL((m1_total + m2), 0)', total: 'FILL(m1, 0)' });
  expect(Object.keys(props.indicator.metrics).sort()).toEqual(['m1', 'm1_total', 'm2']);
});

test('reads minutes that are good or bad: by a share, and by a value', () => {
  const slices = { budgetingMethod: 'Timeslices' };
  const objective = { target: 0.99, timeSliceWindow: '1m' };
  expect(
    openSloProps([slo({ ...slices, objectives: [{ ...objective, timeSliceTarget: 0.95 }] })]).indicator,
  ).toMatchObject({
    minutes: true,
    bad: 'IF(((FILL(all, 0)) - (FILL(good, 0))) > 0.05 * (FILL(all, 0)), 1, 0)',
  });
  expect(
    openSloProps([
      slo({
        ...slices,
        indicator: { spec: { thresholdMetric: source(query('lag', 'Lag')) } },
        objectives: [{ ...objective, op: 'lte', value: 60 }],
      }),
    ]).indicator,
  ).toMatchObject({ minutes: true, bad: 'IF((FILL(lag, 60)) > 60, 1, 0)', total: 'FILL(lag * 0 + 1, 0)' });
});

test('finds the data source that a metric refers to', () => {
  const refer = {
    metricSource: { metricSourceRef: 'ours', spec: source(query('a', 'Orders')).metricSource.spec },
  };
  const documents = [
    counted({ counter: false, good: source(query('good', 'Taken')), total: refer }),
    document('DataSource', 'ours', { type: 'CloudWatch' }),
  ];
  expect(openSloProps(documents).indicator.total).toBe('FILL(a, 0)');
});

test.each<[string, readonly unknown[], string]>([
  ['no objective', [document('Service', 'shop', {})], 'there are 0 documents of kind SLO'],
  ['an earlier version', [{ ...slo(), apiVersion: 'openslo/v1alpha' }], 'apiVersion is "openslo/v1alpha"'],
  [
    'windows of the calendar',
    [slo({ timeWindow: [{ duration: '1M', calendar: { startTime: '2026-01-01 00:00:00' } }] })],
    'SLO cart: spec.timeWindow[0] follows the calendar',
  ],
  [
    'several objectives',
    [slo({ objectives: [{ target: 0.9 }, { target: 0.99 }] })],
    'there are 2 objectives: cart-0.9, cart-0.99',
  ],
  ['no target', [slo({ objectives: [{}] })], 'has no target'],
  [
    'two targets',
    [slo({ objectives: [{ target: 0.9, targetPercent: 90 }] })],
    'spec.objectives[0] has both target and targetPercent',
  ],
  ['two indicators', [slo({ indicatorRef: 'other' })], 'spec has both indicator and indicatorRef'],
  [
    'a ratio and a value at once',
    [slo({ indicator: { spec: { ratioMetric: ratio, thresholdMetric: ratio.good } } })],
    'indicator.spec has both ratioMetric and thresholdMetric',
  ],
  [
    'a ratio that was worked out and its parts at once',
    [counted({ ...ratio, raw: ratio.good, rawType: 'success' })],
    'ratioMetric has both raw and total',
  ],
  [
    'a value without a limit',
    [slo({ indicator: { spec: { thresholdMetric: ratio.good } }, objectives: [{ op: 'lt', target: 0.9 }] })],
    'spec.objectives[0].value is missing',
  ],
  [
    'windows of which nobody says whether they roll',
    [slo({ timeWindow: [{ duration: '4w' }] })],
    'spec.timeWindow[0] says neither isRolling: true nor calendar',
  ],
  [
    'fields that OpenSLO does not have: of an SLO',
    [slo({ timeWindows: [{ unit: 'Week', count: 1 }] })],
    'SLO cart: spec has timeWindows, which OpenSLO does not know',
  ],
  [
    'of objectives',
    [slo({ objectives: [{ target: 0.9, ratioMetrics: {} }] })],
    'spec.objectives[0] has ratioMetrics, which OpenSLO does not know',
  ],
  [
    'of windows',
    [slo({ timeWindow: [{ duration: '4w', isRolling: true, count: 1 }] })],
    'spec.timeWindow[0] has count, which OpenSLO does not know',
  ],
  [
    'of indicators',
    [slo({ indicator: { spec: { ratioMetric: ratio, ratioMetrics: ratio } } })],
    'indicator.spec has ratioMetrics, which OpenSLO does not know',
  ],
  [
    'of ratios',
    [counted({ ...ratio, incremental: true })],
    'ratioMetric has incremental, which OpenSLO does not know',
  ],
  [
    'of sources',
    [counted({ ...ratio, total: { metricSource: { ...ratio.total.metricSource, queryType: 'promql' } } })],
    'metricSource has queryType, which OpenSLO does not know',
  ],
  [
    'of alert policies and conditions, all at once',
    [
      slo({ alertPolicies: [{ alertPolicyRef: 'p' }] }),
      document('AlertPolicy', 'p', { conditions: [{ conditionRef: 'c' }], alertWhenBreached: true }),
      document('AlertCondition', 'c', {
        severity: 'page',
        for: '5m',
        condition: { kind: 'burnrate', threshold: 2, lookbackWindow: '1h', measurement: 'burnedBudget' },
      }),
    ],
    'AlertPolicy p: spec has alertWhenBreached, which OpenSLO does not know; (2) AlertCondition c: spec has for, which OpenSLO does not know; (3) AlertCondition c: spec.condition has measurement',
  ],
  [
    'an indicator of another version',
    [
      slo({ indicator: undefined, indicatorRef: 'cart' }),
      { ...document('SLI', 'cart', { ratioMetric: ratio }), apiVersion: 'openslo/v2alpha' },
    ],
    'SLI cart: apiVersion is "openslo/v2alpha"',
  ],
  [
    'another way to count',
    [slo({ budgetingMethod: 'RatioTimeslices' })],
    'is "RatioTimeslices", the mean of the ratios of slices: alarms divide counts of their whole window',
  ],
  [
    'slices of other lengths',
    [
      slo({
        budgetingMethod: 'Timeslices',
        objectives: [{ target: 0.9, timeSliceTarget: 1, timeSliceWindow: '5m' }],
      }),
    ],
    'is "5m": only minutes are counted',
  ],
  ['ways to count that are none', [slo({ budgetingMethod: 'Guess' })], 'is "Guess", which is not taken over'],
  [
    'ratios of which nobody says whether they are good',
    [counted({ raw: source(query('a', 'A')) })],
    'rawType is undefined',
  ],
  [
    'ratios that are expressions',
    [
      counted({
        rawType: 'success',
        raw: source({ Id: 'a', Expression: 'b / 100' }, query('b', 'B', { ReturnData: false })),
      }),
    ],
    'ratioMetric.raw is an expression, of which no samples can be counted',
  ],
  [
    'minutes for a month',
    [slo({ timeWindow: [{ duration: '1m', isRolling: true }] })],
    '1M is a month, 1m a minute',
  ],
  [
    'parts of a composite',
    [slo({ objectives: [{ target: 0.9, compositeWeight: 2 }] })],
    'compositeWeight makes it part of a composite objective',
  ],
  [
    'queries of Metrics Insights',
    [counted({ ...ratio, total: { metricSource: { type: 'CloudWatch', spec: { sql: 'SELECT 1' } } } })],
    'spec.sql is a query that gives several series',
  ],
  ['growing counters', [counted({ ...ratio, counter: true })], 'ratioMetric.counter is true'],
  ['good and bad', [counted({ ...ratio, bad: ratio.good })], 'has both bad and good'],
  [
    'other sources',
    [counted({ ...ratio, total: { metricSource: { type: 'Prometheus', spec: { query: 'up' } } } })],
    'ratioMetric.total.metricSource is of type "Prometheus"',
  ],
  [
    'a source of which nothing is known',
    [counted({ ...ratio, total: { metricSource: { metricSourceRef: 'unknown', spec: {} } } })],
    'has no type',
  ],
  [
    'searches',
    [counted({ ...ratio, total: source({ Id: 'a', Expression: "SUM(SEARCH('{Shop} Orders', 'Sum'))" }) })],
    'uses SEARCH',
  ],
  [
    'circles',
    [
      counted({
        ...ratio,
        total: source({ Id: 'a', Expression: 'b' }, { Id: 'b', Expression: 'a', ReturnData: false }),
      }),
    ],
    'defines a by itself',
  ],
  [
    'names that only a deploy knows',
    [
      counted({
        ...ratio,
        total: source({
          Id: 'a',
          MetricStat: {
            Metric: {
              Namespace: 'Shop',
              MetricName: 'A',
              Dimensions: [{ Name: 'Queue', Value: '{Queue.Name}' }],
            },
            Stat: 'Sum',
          },
        }),
      }),
    ],
    'is {Queue.Name}, which only a deploy knows',
  ],
  [
    'no such indicator',
    [slo({ indicator: undefined, indicatorRef: 'other' })],
    'names no SLI of the documents',
  ],
  ['no such policy', [slo({ alertPolicies: ['other'] })], 'names no AlertPolicy of the documents'],
  [
    'delays of alerts',
    [
      slo({ alertPolicies: ['p'] }),
      document('AlertPolicy', 'p', { conditions: [{ conditionRef: 'c' }] }),
      document('AlertCondition', 'c', {
        severity: 'page',
        condition: { kind: 'burnrate', threshold: 2, lookbackWindow: '1h', alertAfter: '5m' },
      }),
    ],
    'AlertCondition c: spec.condition.alertAfter is "5m": a second window tells whether it goes on',
  ],
  [
    'other severities',
    [
      slo({ alertPolicies: ['p'] }),
      document('AlertPolicy', 'p', { conditions: [{ conditionRef: 'c' }] }),
      document('AlertCondition', 'c', {
        severity: 'sev1',
        condition: { kind: 'burnrate', threshold: 2, lookbackWindow: '1h', alertAfter: '0m' },
      }),
    ],
    'spec.severity is "sev1"',
  ],
])('refuses %s', (_, documents, problem) => {
  expect(() => openSloProps(documents)).toThrow(problem);
});

test('the fields that are known are those of the schema', () => {
  const { slo: ofSlo, sliSpec, metric, alertPolicy, alertCondition } = schema.$defs;
  const spec = ofSlo.properties.spec.properties;
  const condition = alertCondition.properties.spec.properties;
  const known = {
    slo: spec,
    window: spec.timeWindow.items.properties,
    objective: spec.objectives.items.properties,
    sli: sliSpec.properties,
    ratio: sliSpec.properties.ratioMetric.properties,
    source: metric.properties.metricSource.properties,
    policy: alertPolicy.properties.spec.properties,
    condition,
    burnRate: condition.condition.properties,
  };
  const sorted = (all: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(all).map(([where, fields]) => [where, [...fields].sort()]));
  expect(sorted(FIELDS)).toEqual(
    sorted(Object.fromEntries(Object.entries(known).map(([where, fields]) => [where, Object.keys(fields)]))),
  );
});

test.each(['openslo/v1alpha', 'openslo/v2alpha'])(
  'tells of a document of %s that it is one, and nothing of fields that this version has elsewhere',
  (apiVersion) => {
    const other = {
      ...slo({ indicator: undefined, timeWindow: undefined, timeWindows: [{ unit: 'Week', count: 1 }] }),
      apiVersion,
    };
    expect(() => openSloProps([other])).toThrow(
      expect.objectContaining({ problem: `SLO cart: apiVersion is ${JSON.stringify(apiVersion)}` }),
    );
  },
);
