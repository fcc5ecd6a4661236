import { Template } from 'aws-cdk-lib/assertions';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import {
  OpenSloApproximation as Accept,
  type OpenSloOptions,
  type OpenSloSource,
} from '../../../../lib/constructs/observe/slo/open-slo/open-slo-options';
import {
  openSloObjectives,
  openSloProps,
} from '../../../../lib/constructs/observe/slo/open-slo/open-slo-props';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { AlertSeverity } from '../../../../lib/objectives/policy/operations';

/** A metric of CloudWatch for any source, by what is read there. */
const metrics = ({ part, spec }: OpenSloSource) =>
  new Metric({
    namespace: 'Bakery',
    metricName: `${part} ${(spec as { query?: string } | null)?.query ?? ''}`.trim(),
    statistic: 'Sum',
  });

const WEAKENING = { reason: 'as it was', expires: '2027-06-30', approver: 'head of bakery' };

/** How many alarms are made of what was read; it throws where one of them is impossible. */
function alarmsOf(text: string, options: OpenSloOptions): number {
  const stack = new Stack(undefined, 'Bakery', { env: { region: 'eu-west-1', account: '111122223333' } });
  for (const [index, props] of openSloObjectives(text, options).entries())
    new ServiceLevelObjective(stack, `Slo${index}`, { ...props, tier: 2, weakening: WEAKENING });
  return Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).length;
}

const WINDOW = `
  timeWindow:
    - duration: 2w
      isRolling: true`;
const CALENDAR = `
  timeWindow:
    - duration: 1M
      isRolling: false
      calendar:
        startTime: 2026-01-01 00:00:00
        timeZone: Europe/Berlin`;

/** An SLO in YAML with an SLI in it, or with what stands for one. */
const written = (
  indicator: string,
  { method = 'Occurrences', window = WINDOW, objectives = '[{ target: 0.99 }]', more = '' } = {},
) => `
apiVersion: openslo/v1
kind: SLO
metadata:
  name: bread
  displayName: Bread in time
  labels:
    team: [ovens, counter]
spec:
  description: Bread is there
  service: bakery
${indicator}${window}
  budgetingMethod: ${method}
  objectives: ${objectives}
${more}`;

const RATIO = `
  indicator:
    metadata:
      name: loaves
      displayName: Loaves that are sold
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            metricSourceRef: ours
            type: Prometheus
            spec:
              query: sum(loaves{state="sold"})
        total:
          metricSource:
            type: Prometheus
            spec:
              query: sum(loaves)`;

const THRESHOLD = `
  indicator:
    metadata:
      name: queue
    spec:
      thresholdMetric:
        metricSource:
          type: Any
          spec:
            query: queue`;

const INLINE =
  '{ metadata: { name: own, displayName: Own }, spec: { ratioMetric: { counter: true, good: { metricSource: { metricSourceRef: d, type: Datadog, spec: { query: a } } }, total: { metricSource: { metricSourceRef: d, type: Datadog, spec: { query: b } } } } } }';

const RAW = (type: string) => `
  indicator:
    metadata:
      name: smiles
    spec:
      ratioMetric:
        rawType: ${type}
        raw:
          metricSource:
            type: Datadog
            spec:
              query: smiles`;

describe('a document with the features of published examples', () => {
  it.each<[feature: string, text: string, accept: readonly Accept[]]>([
    ['counters of Prometheus, counted by occurrences', written(RATIO), []],
    ['a window of the calendar', written(RATIO, { window: CALENDAR }), [Accept.CALENDAR_AS_ROLLING]],
    [
      'slices of time with a target of their own',
      written(RATIO, {
        method: 'Timeslices',
        objectives: '[{ op: gt, target: 0.995, timeSliceTarget: 0.95, timeSliceWindow: 1m }]',
      }),
      [],
    ],
    [
      'slices of another length',
      written(RATIO, {
        method: 'Timeslices',
        objectives: '[{ target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 5m }]',
      }),
      [Accept.SLICES_AS_MINUTES],
    ],
    [
      'the mean of the ratios of slices',
      written(RATIO, {
        method: 'RatioTimeslices',
        objectives: '[{ displayName: Good, op: gt, timeSliceWindow: 1m, target: 0.99 }]',
      }),
      [Accept.RATIO_TIMESLICES_AS_OCCURRENCES],
    ],
    [
      'a value below a limit, counted by occurrences',
      written(THRESHOLD, { objectives: '[{ op: lt, value: 500, target: 0.99 }]' }),
      [],
    ],
    [
      'a value above a limit in slices',
      written(THRESHOLD, {
        method: 'Timeslices',
        objectives: '[{ op: gte, value: 1, target: 0.95, timeSliceTarget: 0.9, timeSliceWindow: 1 }]',
      }),
      [],
    ],
    ['a ratio worked out already, of successes', written(RAW('success')), []],
    [
      'a ratio worked out already, of failures, in slices',
      written(RAW('failure'), {
        method: 'Timeslices',
        objectives: '[{ target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 1m }]',
      }),
      [],
    ],
    [
      'an alert policy that no document has',
      written(RATIO, { more: '  alertPolicies:\n    - elsewhere' }),
      [Accept.ALERTS_OF_THE_TIER],
    ],
    [
      'a source of which only comments say what it asks, and policies that are still to be written',
      written(THRESHOLD.replace('spec:\n            query: queue', 'spec:\n            # what to ask'), {
        objectives: '[{ displayName: Good experience, op: lt, value: 500, target: 0.99 }]',
        more: '  alertPolicies: # some day',
      }),
      [],
    ],
    [
      'objectives of one contract, one as it says and one above it, over a month of the calendar',
      written(RATIO.replace('        counter: true\n', ''), {
        window: CALENDAR,
        method: 'Timeslices',
        objectives:
          '[{ displayName: Internal objective, op: gt, target: 0.995, timeSliceTarget: 0.99, timeSliceWindow: 1m }, { displayName: SLA, target: 0.99, timeSliceTarget: 0.99, timeSliceWindow: 1m }]',
      }),
      [Accept.CALENDAR_AS_ROLLING],
    ],
    [
      'a composite of which the parts have indicators of their own, and policies by their names alone',
      written('', {
        window: WINDOW.replace('2w', '1M'),
        objectives: `[${[1, 2].map((weight) => `{ displayName: Part ${weight}, target: 0.9${weight + 7}, compositeWeight: ${weight}, indicator: ${INLINE} }`).join(', ')}]`,
        more: '  alertPolicies:\n    - TheirPolicy',
      }),
      [Accept.COMPOSITE_AS_PARTS, Accept.ALERTS_OF_THE_TIER],
    ],
  ])('makes alarms: %s', (_, text, accept) => {
    expect(alarmsOf(text, { metrics, accept })).toBeGreaterThan(1);
    // What is accepted is needed: without it the feature is refused, with the word that would accept it.
    for (const each of accept) expect(() => openSloProps(text, { metrics })).toThrow(`accept ${each}`);
  });

  it.each([
    [
      'a month that was written as a minute',
      written(RATIO, { window: CALENDAR.replace('1M', '1m') }),
      /spec\.timeWindow\[0\]\.duration is "1m", 1 min, in which no alarm can look back/,
    ],
    [
      'a value in slices without a limit',
      written(THRESHOLD, {
        method: 'Timeslices',
        objectives: '[{ op: gt, target: 0.995, timeSliceTarget: 0.95, timeSliceWindow: 1m }]',
      }),
      /spec\.objectives\[0\]\.value is missing/,
    ],
    [
      'a budget that burns too slowly',
      written(RATIO, {
        more: '  alertPolicies: [{ kind: AlertPolicy, metadata: { name: p }, spec: { conditions: [{ kind: AlertCondition, metadata: { name: c }, spec: { severity: page, condition: { kind: burnrate, op: lte, threshold: 2, lookbackWindow: 1h, alertAfter: 5m } } }], notificationTargets: [{ targetRef: mail }] } }]',
      }),
      /condition\.op is "lte": a budget burns too fast, never too slowly/,
    ],
  ])('is refused by its feature: %s', (_, text, problem) => {
    const accept = Object.values(Accept).filter((each) => each !== Accept.ALERTS_OF_THE_TIER);
    expect(() => openSloProps(text, { metrics, accept })).toThrow(problem);
  });

  it('is refused without the option metrics, by document, field and fix', () => {
    expect(() => openSloProps(written(RATIO))).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /OpenSLO bread: 2 mistakes: .*SLO bread: spec\.indicator\.spec\.ratioMetric\.good\.metricSource is of type "Prometheus".*name the one that has its numbers in the option metrics/s,
        ),
      }),
    );
  });

  it('is refused where the option metrics has none for a source', () => {
    const none = ({ part }: OpenSloSource) =>
      part === 'total' ? undefined : metrics({ part, spec: {}, slo: '' });
    expect(() => openSloProps(written(RATIO), { metrics: none })).toThrow(
      /ratioMetric\.total\.metricSource is of type "Prometheus".*have the option metrics give its metric/s,
    );
  });
});

describe('the option metrics', () => {
  it('is told the type, the data source, the query, the part and the SLO', () => {
    const asked: OpenSloSource[] = [];
    const source = {
      kind: 'DataSource',
      metadata: { name: 'ours' },
      spec: { type: 'Prometheus', connectionDetails: { secret: 's' } },
    };
    const text = `${written(RATIO.replace('            type: Prometheus\n', ''))}\n---\n${JSON.stringify(source)}`;
    const noted = (each: OpenSloSource) => {
      asked.push(each);
      return metrics(each);
    };
    openSloProps(text, { metrics: noted });
    expect(asked).toEqual([
      {
        type: 'Prometheus',
        dataSource: 'ours',
        spec: { query: 'sum(loaves{state="sold"})' },
        part: 'good',
        slo: 'bread',
      },
      { type: 'Prometheus', spec: { query: 'sum(loaves)' }, part: 'total', slo: 'bread' },
    ]);
  });

  it('may give an expression over metrics', () => {
    const sum = new MathExpression({
      expression: 'FILL(white, 0) + FILL(brown, 0)',
      usingMetrics: {
        white: new Metric({ namespace: 'Bakery', metricName: 'White', statistic: 'Sum' }),
        brown: new Metric({ namespace: 'Bakery', metricName: 'Brown', statistic: 'Sum' }),
      },
    });
    const { indicator } = openSloProps(written(RATIO), {
      metrics: (source) => (source.part === 'total' ? sum : metrics(source)),
    });
    expect(indicator).toMatchObject({
      total: 'FILL(white, 0) + FILL(brown, 0)',
      bad: '(FILL(white, 0) + FILL(brown, 0)) - (FILL(good, 0))',
    });
    const nested = new MathExpression({ expression: 'a * 2', usingMetrics: { a: sum } });
    expect(() => openSloProps(written(RATIO), { metrics: () => nested })).toThrow(
      'is given an expression over expressions',
    );
  });
});

describe('a value', () => {
  const badOf = (op: string) =>
    openSloProps(written(THRESHOLD, { objectives: `[{ op: ${op}, value: 10, target: 0.99 }]` }), { metrics })
      .indicator;

  it.each([
    ['lt', 'IF((FILL(threshold, 9)) >= 10, 1, 0)'],
    ['lte', 'IF((FILL(threshold, 10)) > 10, 1, 0)'],
    ['gt', 'IF((FILL(threshold, 11)) <= 10, 1, 0)'],
    ['gte', 'IF((FILL(threshold, 10)) < 10, 1, 0)'],
  ])('that must be %s is not bad where none was measured', (op, bad) => {
    expect(badOf(op)).toMatchObject({ bad, total: 'FILL(threshold * 0 + 1, 0)', minutes: true });
  });
});

describe('a ratio that was worked out already', () => {
  const of = (type: string, more = {}) => openSloProps(written(RAW(type), more), { metrics }).indicator;

  it('is counted by its samples', () => {
    expect(of('success')).toMatchObject({
      total: 'FILL(samples, 0)',
      bad: 'FILL(samples, 0) - FILL(ratios, 0)',
    });
    expect(of('failure')).toMatchObject({ total: 'FILL(samples, 0)', bad: 'FILL(ratios, 0)' });
    expect(of('success', { method: 'RatioTimeslices' })).toEqual(of('success'));
    expect(Object.values(of('success').metrics).map(({ statistic }) => statistic)).toEqual([
      'SampleCount',
      'Sum',
    ]);
  });

  it('makes a slice bad below its target', () => {
    const slices = {
      method: 'Timeslices',
      objectives: '[{ target: 0.9, timeSliceTarget: 0.95, timeSliceWindow: 1m }]',
    };
    expect(of('success', slices)).toMatchObject({ bad: 'IF(FILL(ratio, 0.95) < 0.95, 1, 0)', minutes: true });
    expect(of('failure', slices)).toMatchObject({ bad: 'IF(FILL(ratio, 0.05) > 0.05, 1, 0)', minutes: true });
  });
});

describe('a source of type CloudWatch', () => {
  const flat = (more = '') => `
  indicatorRef: visits
${WINDOW}
  budgetingMethod: Occurrences
  objectives: [{ op: gte, value: 10, target: 0.98 }]
---
apiVersion: openslo/v1
kind: SLI
metadata:
  name: visits
spec:
  thresholdMetric:
    metricSource:
      metricSourceRef: here
      spec:
        metricName: Visits
        namespace: Bakery
        stat: SampleCount
        dimensions:
          - name: Door
            value: front
${more}
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: here
spec:
  type: cloudWatch
  connectionDetails:
    accessKeyID: never-shown
    secretAccessKey: never-shown
`;
  const text = (more = '') =>
    `apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: visits }\nspec:\n  service: bakery${flat(more)}`;

  it('may name one metric, as tools write it, by reference and in several documents of one text', () => {
    const { indicator } = openSloProps(text('        region: us-east-1'));
    expect(indicator).toMatchObject({
      onlyIn: 'us-east-1',
      total: 'FILL(metric * 0 + 1, 0)',
      bad: 'IF((FILL(metric, 10)) < 10, 1, 0)',
    });
    expect(indicator.metrics.metric).toMatchObject({
      namespace: 'Bakery',
      metricName: 'Visits',
      statistic: 'SampleCount',
      dimensions: { Door: 'front' },
    });
  });

  it('is not watched in another account', () => {
    expect(() => openSloProps(text("        accountId: '111122223333'"))).toThrow(
      'accountId reads another account',
    );
  });

  it('may have its queries as JSON', () => {
    const json = JSON.stringify([
      {
        Id: 'a',
        MetricStat: { Metric: { Namespace: 'Bakery', MetricName: 'Loaves' }, Stat: 'Sum', Period: 60 },
      },
    ]);
    const source = (spec: object) => ({ metricSource: { type: 'CloudWatch', spec } });
    const slo = (spec: object) => ({
      apiVersion: 'openslo/v1',
      kind: 'SLO',
      metadata: { name: 'loaves' },
      spec: {
        indicator: { spec: { ratioMetric: { bad: source(spec), total: source(spec) } } },
        objectives: [{ target: 0.9 }],
      },
    });
    expect(openSloProps([slo({ json })]).indicator.total).toBe('FILL(a, 0)');
    expect(() => openSloProps([slo({ json: '[' })])).toThrow('spec.json is no JSON');
  });

  it('shows no secret of a data source in what it refuses', () => {
    expect(() => openSloProps(text().replace('cloudWatch', 'Elsewhere'))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('never-shown') }),
    );
  });
});

describe('several objectives', () => {
  const text = written(RATIO, {
    objectives: '[{ displayName: Our Own, target: 0.995 }, { displayName: Contract, targetPercent: 99 }]',
  });

  it('are read each by itself', () => {
    expect(openSloObjectives(text, { metrics }).map(({ name, objective }) => [name, objective])).toEqual([
      ['bread-our-own', 0.995],
      ['bread-contract', 0.99],
    ]);
    expect(openSloProps(text, { metrics, objective: 'Contract' })).toMatchObject({ objective: 0.99 });
    expect(() => openSloProps(text, { metrics, objective: 'Other' })).toThrow(
      'name one of Our Own, Contract',
    );
  });

  it('have names that differ', () => {
    const twins = written(RATIO, {
      objectives: '[{ displayName: A, target: 0.9 }, { displayName: A, target: 0.99 }]',
    });
    expect(openSloObjectives(twins, { metrics }).map(({ name }) => name)).toEqual(['bread-a-1', 'bread-a-2']);
  });

  it('may have an indicator each, and weights that are left out', () => {
    const part = (name: string) =>
      `{ compositeWeight: 2, target: 0.9, displayName: ${name}, indicatorRef: ${name} }`;
    const sli = (name: string) => `---
apiVersion: openslo/v1
kind: SLI
metadata: { name: ${name} }
spec: { ratioMetric: { bad: { metricSource: { spec: { query: ${name} } } }, total: { metricSource: { spec: {} } } } }
`;
    const composite = `${written('', { objectives: `[${part('white')}, ${part('brown')}]` })}\n${sli('white')}${sli('brown')}`;
    expect(() => openSloObjectives(composite, { metrics })).toThrow(`accept ${Accept.COMPOSITE_AS_PARTS}`);
    const read = openSloObjectives(composite, { metrics, accept: [Accept.COMPOSITE_AS_PARTS] });
    expect(read.map(({ indicator }) => indicator.metrics.bad?.metricName)).toEqual([
      'bad white',
      'bad brown',
    ]);
  });
});

describe('alerts', () => {
  const POLICY = `
  alertPolicies:
    - kind: AlertPolicy
      metadata: { name: fast }
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata: { name: fast }
            spec:
              severity: sev1
              condition: { kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m }
        notificationTargets:
          - kind: AlertNotificationTarget
            metadata: { name: pager }
            spec: { target: pager }`;

  it('with a delay and a severity of their own are read where both are explained', () => {
    const { alerts } = openSloProps(written(RATIO, { more: POLICY }), {
      metrics,
      accept: [Accept.DELAY_AS_SHORT_WINDOW],
      severities: { sev1: AlertSeverity.PAGE },
    });
    expect(alerts?.map(({ severity, shortWindow }) => [severity, shortWindow.toSeconds()])).toEqual([
      ['page', 300],
    ]);
  });

  it('are refused where they are not, both at once', () => {
    expect(() => openSloProps(written(RATIO, { more: POLICY }), { metrics })).toThrow(
      /severity is "sev1".*alertAfter is "5m".*say what it means in the option severities.*accept delay-as-short-window/s,
    );
  });
});

describe('notification targets', () => {
  const stack = new Stack();
  const [pager, desk] = ['Pager', 'Desk'].map((id) => new Topic(stack, id));
  const policy = (name: string, severity: string, target: string, window: string) => `
    - kind: AlertPolicy
      metadata: { name: ${name} }
      spec:
        conditions:
          - kind: AlertCondition
            metadata: { name: ${name} }
            spec: { severity: ${severity}, condition: { threshold: 6, lookbackWindow: ${window} } }
        notificationTargets: [${target}]`;
  const slo = (...policies: readonly string[]) =>
    written(RATIO, { more: `  alertPolicies:${policies.join('')}` });
  const INLINE = '{ kind: AlertNotificationTarget, metadata: { name: desk }, spec: { target: mail } }';
  const both = slo(policy('a', 'page', '{ targetRef: pager }', '1h'), policy('b', 'ticket', INLINE, '6h'));

  it('are the topics that the option topics names, for pages and for tickets', () => {
    const topics = { ...(pager && { pager }), ...(desk && { desk }) };
    expect(openSloProps(both, { metrics, topics })).toMatchObject({ notifications: pager, tickets: desk });
    expect(
      Object.keys(openSloProps(both, { metrics, topics: { pager: topics.pager as Topic } })),
    ).not.toContain('tickets');
    expect(Object.keys(openSloProps(both, { metrics }))).not.toContain('notifications');
  });

  it('of one kind are one topic', () => {
    const topics = { pager: pager as Topic, desk: desk as Topic };
    const two = slo(policy('a', 'page', '{ targetRef: pager }', '1h'), policy('b', 'page', INLINE, '6h'));
    expect(() => openSloProps(two, { metrics, topics })).toThrow(
      /notificationTargets\[0\] names desk, and another policy pager: alerts of one kind go to one topic/,
    );
    const same = { pager: pager as Topic, desk: pager as Topic };
    expect(openSloProps(two, { metrics, topics: same }).notifications).toBe(pager);
  });
});

describe('a text', () => {
  it('may hold lists of documents', () => {
    const list = written(RATIO)
      .trim()
      .split('\n')
      .map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)
      .join('\n');
    expect(openSloProps(list, { metrics }).name).toBe('bread');
  });

  it('that is no YAML is refused by its line', () => {
    expect(() => openSloProps('a: 1\nb: "')).toThrow(/OpenSLO: line 2 is no YAML/);
  });

  it('of which aliases grow without end is refused', () => {
    const bomb = Array.from(
      { length: 9 },
      (_, level) =>
        `l${level}: &l${level} [${Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*l${level - 1}`)).join(', ')}]`,
    );
    expect(() => openSloProps(bomb.join('\n'))).toThrow('the YAML cannot be read');
  });

  it('that is empty has no SLO', () => {
    expect(() => openSloProps('')).toThrow('there are 0 documents of kind SLO');
  });
});
