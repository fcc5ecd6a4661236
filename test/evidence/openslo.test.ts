import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { declareService } from '../../lib/constructs/governance/service-scope';
import { IndicatorKind } from '../../lib/constructs/observe/slo/indicator';
import { openSloObjectives, openSloProps } from '../../lib/constructs/observe/slo/open-slo/open-slo-props';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../lib/constructs/observe/slo/service-level-objective-props';
import { CATALOGUE_KEY, type Catalogue, ServiceLevelEngine } from '../../lib/objectives/catalogue';
import { AlertSeverity } from '../../lib/objectives/policy/operations';
import { Service } from '../../lib/objectives/service';
import type { Tier } from '../../lib/objectives/tier';
import schema from '../../schemas/openslo-1.schema.json';
import { freshness, orders } from '../constructs/observe/slo/orders';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-openslo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isValid = new Ajv2020({ allowUnionTypes: true, strictRequired: false }).compile(schema);

const WEAKENING = { reason: 'as it was', expires: '2027-06-30', approver: 'head of shop' };

/** A metric with a name of its own, and not one that only a deploy knows. */
const metricArbitrary = fc
  .record({ metricName: fc.constantFrom('Orders', 'Failed', 'Lag'), page: fc.constantFrom('cart', 'pay') })
  .map(
    ({ metricName, page }) =>
      new Metric({ namespace: 'Shop', metricName, statistic: 'Sum', dimensionsMap: { Page: page } }),
  );

/** Objectives that need no people, for whom many bad minutes would be too late, over events or minutes, with the alerts of the tier or with others. */
const OBJECTIVES: fc.Arbitrary<ServiceLevelObjectiveProps> = fc
  .record({
    objective: fc.constantFrom(0.9, 0.95, 0.99, 0.995, 0.999),
    days: fc.constantFrom(7, 14, 28, 30, 90),
    kind: fc.constantFrom(...Object.values(IndicatorKind)),
    good: fc.constantFrom('carts that open', 'say "good": # yes', 'Täglich 1–2 ✓'),
    minutes: fc.boolean(),
    all: metricArbitrary,
    failed: metricArbitrary,
    leastBadEvents: fc.integer({ min: 1, max: 50 }),
    name: fc.constantFrom('shop-orders', 'Käse & Brot', '注文', 'orders '.repeat(20).trim()),
    responseTime: fc.option(
      fc.integer({ min: 60, max: 300 }).map((seconds) => Duration.seconds(seconds)),
      {
        nil: undefined,
      },
    ),
    recoversAlone: fc.option(fc.boolean(), { nil: undefined }),
    runbook: fc.constantFrom(undefined, 'docs/orders.md', 'https://example.com/?q=a b#"c"'),
    alertOnSilence: fc.boolean(),
    severity: fc.constantFrom(...Object.values(AlertSeverity)),
    burns: fc.uniqueArray(fc.constantFrom(2, 4, 6), { minLength: 1 }),
  })
  .map(({ days, kind, good, minutes, all, failed, severity, burns, ...rest }) => ({
    ...rest,
    weakening: WEAKENING,
    recoversAlone: true,
    window: Duration.days(days),
    alerts: burns.map((burn) => ({
      severity,
      budgetShare: (burn * burn) / (days * 24),
      longWindow: Duration.hours(burn),
      shortWindow: Duration.minutes(burn * 5),
    })),
    indicator: {
      kind,
      good,
      metrics: { all, failed },
      ...(minutes
        ? { minutes, total: 'FILL(all * 0 + 1, 0)', bad: 'IF(FILL(failed, 0) + FILL(all, 0) * 0 > 60, 1, 0)' }
        : { total: 'FILL(all, 0)', bad: 'FILL(failed, 0)' }),
    },
  }));

function build(tier: Tier, ...all: readonly ServiceLevelObjectiveProps[]) {
  const stack = new Stack(undefined, 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
  declareService(stack, new Service({ name: 'shop', tier, owner: 'team-shop' }));
  const slos = all.map((props, index) => new ServiceLevelObjective(stack, `Slo${index}`, props));
  return { slos, template: Template.fromStack(stack).toJSON() };
}

async function exported(name: string, template: object) {
  const file = join(folder, `${name}.template.json`);
  writeFileSync(file, JSON.stringify(template));
  const { code, out, err } = await nines('export', 'openslo', file);
  writeFileSync(join(folder, `${name}.yaml`), out);
  return { code, err, documents: parseAllDocuments(out).map((document) => document.toJS()) };
}

describe('the schema of OpenSLO', () => {
  /** A document of each kind that is written. */
  let written: ReadonlyMap<string, Record<string, unknown>>;
  beforeAll(async () => {
    const { documents } = await exported('broken', build(1, { indicator: freshness }).template);
    const source = {
      apiVersion: 'openslo/v1',
      kind: 'DataSource',
      metadata: { name: 'ours' },
      spec: { type: 'Prometheus', connectionDetails: [{ url: 'https://metrics.example.com' }] },
    };
    written = new Map([...documents, source].map((each) => [each.kind, each]));
  });

  /** A document with a value at a path, or without the key where there is none. */
  const changed = (document: object, path: string, value?: unknown) => {
    const copy = structuredClone(document) as Record<string, unknown>;
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
    return copy;
  };

  const OTHER = { metricSource: { type: 'Any', spec: { query: 'a' } } };
  const INLINE = { metadata: { name: 'inline' }, spec: { ratioMetric: { good: OTHER, total: OTHER } } };
  const CONDITION = { severity: 'page', condition: { op: 'gt', threshold: 2, lookbackWindow: '1h' } };

  const POLICY = {
    conditions: [{ kind: 'AlertCondition', metadata: { name: 'inline' }, spec: CONDITION }],
    notificationTargets: [
      { kind: 'AlertNotificationTarget', metadata: { name: 'desk' }, spec: { target: 'mail' } },
      { targetRef: 'pager' },
    ],
  };

  // Each row has all three, or jest would hand over a callback as the third.
  const changes = (
    [
      ...[
        'Service',
        'DataSource',
        'SLI',
        'SLO',
        'AlertPolicy',
        'AlertCondition',
        'AlertNotificationTarget',
      ].flatMap((kind): [string, string, unknown?][] => [
        [kind, 'apiVersion', 'openslo/v1alpha'],
        [kind, 'metadata'],
        [kind, 'metadata.name', 'No Name'],
        [kind, 'metadata.name', 'n'.repeat(64)],
        [kind, 'metadata.displayName', 'n'.repeat(64)],
        [kind, 'metadata.labels', { 'no key': 'a' }],
        [kind, 'metadata.labels', { ['k'.repeat(64)]: 'a' }],
        [kind, 'metadata.annotations', { 'no.domain-/key': 'a' }],
        [kind, 'metadata.annotations', { ['k'.repeat(64)]: 'a' }],
        [kind, 'metadata.annotations', { key: 1 }],
        [kind, 'metadata.owner', 'team-shop'],
        [kind, 'spec'],
        [kind, 'spec.description', 'w'.repeat(1051)],
        [kind, 'spec.another', 'field'],
        [kind, 'another', 'field'],
      ]),
      ['DataSource', 'spec.type'],
      ['DataSource', 'spec.connectionDetails'],
      ['SLI', 'spec.ratioMetric'],
      ['SLI', 'spec.ratioMetric.total'],
      ['SLI', 'spec.ratioMetric.good', { metricSource: { type: 'CloudWatch', spec: { json: '[]' } } }],
      ['SLI', 'spec.ratioMetric.bad.metricSource.spec', {}],
      ['SLI', 'spec.ratioMetric.bad.metricSource.type'],
      ['SLI', 'spec.ratioMetric.bad.metricSource.metricSourceRef', 'No Name'],
      ['SLI', 'spec.ratioMetric.counter', 'no'],
      ['SLI', 'spec.ratioMetric.rawType', 'success'],
      ['SLI', 'spec.ratioMetric.raw', OTHER],
      ['SLI', 'spec.ratioMetric', { raw: OTHER }],
      ['SLI', 'spec.ratioMetric', { raw: OTHER, rawType: 'success', total: OTHER }],
      ['SLI', 'spec.ratioMetric', { bad: OTHER, total: { metricSource: { type: 'Any', spec: {} } } }],
      ['SLI', 'spec.ratioMetric', { bad: OTHER, total: { metricSource: { type: 'Any', spec: 'query' } } }],
      ['SLI', 'spec.ratioMetric', { bad: OTHER, total: { metricSource: { spec: { query: 'a' } } } }],
      ['SLI', 'spec.thresholdMetric', OTHER],
      ['SLI', 'spec.ratioMetric.bad.metricSource.spec.metricDataQueries.0.Id', '1'],
      ['SLO', 'spec.service'],
      ['SLO', 'spec.indicatorRef'],
      ['SLO', 'spec.indicatorRef', 'No Name'],
      ['SLO', 'spec.indicator', INLINE],
      ['SLO', 'spec.objectives.0.indicator', INLINE],
      ['SLO', 'spec.objectives.0.indicatorRef', 'another'],
      ['SLO', 'spec.objectives.0.op', 'above'],
      ['SLO', 'spec.objectives.0.compositeWeight', 0],
      ['SLO', 'spec.budgetingMethod', 'Guess'],
      ['SLO', 'spec.objectives', []],
      ['SLO', 'spec.objectives.0.target', 1],
      ['SLO', 'spec.objectives.0.targetPercent', 99],
      ['SLO', 'spec.objectives.0.timeSliceTarget'],
      ['SLO', 'spec.objectives.0.timeSliceTarget', 0],
      ['SLO', 'spec.objectives.0.timeSliceWindow'],
      ['SLO', 'spec.objectives.0.timeSliceWindow', '1 minute'],
      ['SLO', 'spec.objectives.0.timeSliceWindow', 0],
      ['SLO', 'spec.timeWindow.0.duration', 'Week'],
      ['SLO', 'spec.timeWindow.0.isRolling', false],
      ['SLO', 'spec.timeWindow.0.calendar', { startTime: 'Monday', timeZone: 'UTC' }],
      ['SLO', 'spec.timeWindow.0.isRolling'],
      ['SLO', 'spec.alertPolicies.0', {}],
      ['SLO', 'spec.alertPolicies.0', 'by-its-name-alone'],
      ['SLO', 'spec.alertPolicies.0', { kind: 'AlertPolicy', metadata: { name: 'inline' }, spec: {} }],
      ['AlertPolicy', 'spec.conditions', []],
      ['AlertPolicy', 'spec.conditions', [{ conditionRef: 'one' }, { conditionRef: 'two' }]],
      ['AlertPolicy', 'spec.conditions.0', { kind: 'AlertCondition', spec: CONDITION }],
      ['AlertPolicy', 'spec.conditions.0', { kind: 'AlertPolicy', metadata: { name: 'c' }, spec: CONDITION }],
      ['AlertPolicy', 'spec.conditions.0.conditionRef', 'No Name'],
      ['AlertPolicy', 'spec.notificationTargets'],
      ['AlertPolicy', 'spec.notificationTargets', []],
      ['AlertPolicy', 'spec.notificationTargets.0', { kind: 'AlertNotificationTarget', spec: {} }],
      ['AlertCondition', 'spec.severity'],
      ['AlertCondition', 'spec.condition.kind', 'value'],
      ['AlertCondition', 'spec.condition.lookbackWindow', '-1h'],
      ['AlertCondition', 'spec.condition.threshold'],
      ['AlertCondition', 'spec.condition.op'],
      ['AlertCondition', 'spec.condition.op', 'above'],
      ['AlertNotificationTarget', 'spec.target'],
    ] as readonly [string, string, unknown?][]
  ).map(([kind, path, value]) => [kind, path, value] as const);

  it.each(changes)('does not take a %s with another %s', (kind, path, value) => {
    const document = written.get(kind) ?? {};
    expect([isValid(document), isValid.errors]).toEqual([true, null]);
    expect(isValid(changed(document, path, value))).toBe(false);
  });

  it('takes a threshold with one objective that has something to compare with', () => {
    const slo = changed(written.get('SLO') ?? {}, 'spec.indicatorRef');
    const threshold = changed(slo, 'spec.indicator', { ...INLINE, spec: { thresholdMetric: OTHER } });
    const objective = { target: 0.9, op: 'lt', value: 0, timeSliceTarget: 1, timeSliceWindow: '1m' };
    const isTaken = (...objectives: object[]) => isValid(changed(threshold, 'spec.objectives', objectives));
    expect(isTaken(objective)).toBe(true);
    expect(isTaken(objective, objective)).toBe(false);
    expect(isTaken({ ...objective, op: undefined })).toBe(false);
    expect(isTaken({ ...objective, value: undefined })).toBe(false);
  });

  it('takes what other tools say', () => {
    const slo = written.get('SLO') ?? {};
    const calendar = { startTime: '2026-01-01 00:00:00', timeZone: 'Europe/Berlin' };
    const others = [
      changed(slo, 'spec.timeWindow', [{ duration: '1M', isRolling: false, calendar }]),
      changed(slo, 'spec.objectives', [
        { target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: '5m' },
        { targetPercent: 99, timeSliceTarget: 1, timeSliceWindow: 5 },
      ]),
      changed(slo, 'spec.budgetingMethod', 'RatioTimeslices'),
      changed(slo, 'spec.timeWindow'),
      changed(slo, 'spec.objectives.0.timeSliceWindow', 0.5),
      changed(changed(slo, 'spec.indicatorRef'), 'spec.indicator', INLINE),
      changed(changed(slo, 'spec.indicatorRef'), 'spec.objectives', [
        { target: 0.9, timeSliceTarget: 1, timeSliceWindow: '1m', indicator: INLINE, compositeWeight: 0.5 },
        { target: 0.9, timeSliceTarget: 1, timeSliceWindow: '1m', indicatorRef: 'another' },
      ]),
      changed(slo, 'spec.alertPolicies', [
        { kind: 'AlertPolicy', metadata: { name: 'inline' }, spec: POLICY },
      ]),
      changed(slo, 'metadata.labels', { team: ['ovens', 'counter'], serviceTier: 'tier-1' }),
      changed(slo, 'metadata.annotations', {
        'example.com/dashboard': 'https://example.com/d?a=1',
        k: './a b',
      }),
      changed(written.get('SLI') ?? {}, 'spec', { ratioMetric: { raw: OTHER, rawType: 'failure' } }),
      changed(written.get('AlertCondition') ?? {}, 'spec', CONDITION),
      changed(written.get('AlertPolicy') ?? {}, 'spec', POLICY),
    ];
    for (const document of others) expect([isValid(document), isValid.errors]).toEqual([true, null]);
  });
});

describe('nines export openslo', () => {
  it('writes documents that are valid, two conditions a pair', async () => {
    const { code, documents } = await exported('shop', build(1, { indicator: orders }).template);
    expect(code).toBe(0);
    for (const document of documents) {
      isValid(document);
      expect([document.metadata.name, isValid.errors]).toEqual([document.metadata.name, null]);
    }
    expect(documents.map(({ kind, metadata: { name } }) => `${kind} ${name}`)).toEqual([
      'Service shop',
      'SLI shop-availability',
      'SLO shop-availability',
      ...['1h', '6h', '1d', '3d'].flatMap((window) => [
        `AlertCondition shop-availability-${window}`,
        `AlertCondition shop-availability-${window}-short`,
        `AlertPolicy shop-availability-${window}`,
      ]),
      'AlertNotificationTarget page',
      'AlertNotificationTarget ticket',
    ]);
    expect(documents.find(({ metadata: { name } }) => name === 'shop-availability-1h')).toMatchObject({
      metadata: { annotations: { 'nines-window-pair': 'shop-availability-1h-short' } },
      spec: {
        severity: 'page',
        condition: { kind: 'burnrate', threshold: 14.4, lookbackWindow: '1h', alertAfter: '1m' },
      },
    });
  });

  it.each([
    ['requests', { indicator: orders }],
    ['minutes', { indicator: freshness }],
  ])('of %s makes the same alarms when it is read again', async (name, props) => {
    const before = build(1, props);
    const { documents } = await exported(name, before.template);
    const after = build(1, openSloProps(documents));
    const alarms = (template: Record<string, unknown>) =>
      Object.values(template.Resources as Record<string, { Type: string; Properties: object }>)
        .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
        .map(({ Properties }) => ({ ...Properties, Metrics: undefined }));
    expect(alarms(after.template)).toEqual(alarms(before.template));
    expect(after.slos[0]?.alarms.map(({ check }) => check.threshold)).toEqual(
      before.slos[0]?.alarms.map(({ check }) => expect.closeTo(check.threshold, 12)),
    );
  });

  it('is read again as the same objective, whatever it is', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(OBJECTIVES, async (props) => {
        const before = build(2, props);
        const file = `round-${round++}`;
        const { documents } = await exported(file, before.template);
        const read = openSloProps(readFileSync(join(folder, `${file}.yaml`), 'utf8'));
        expect(openSloProps(documents)).toEqual(read);
        const [after] = build(2, { ...read, weakening: WEAKENING }).slos;
        const told = (slo: ServiceLevelObjective | undefined) => ({
          name: slo?.name,
          objective: slo?.objective,
          window: slo?.window.toSeconds(),
          indicator: slo && { ...slo.indicator, metrics: Object.keys(slo.indicator.metrics).sort() },
          metrics: Object.fromEntries(
            Object.entries(slo?.indicator.metrics ?? {}).map(
              ([id, { namespace, metricName, statistic, dimensions }]) => [
                id,
                { namespace, metricName, statistic, dimensions },
              ],
            ),
          ),
          alerts: slo?.alarms.map(({ check: { window, threshold } }) => [
            window.severity,
            window.longWindow.toSeconds(),
            window.shortWindow.toSeconds(),
            threshold.toPrecision(9),
          ]),
          silence: slo?.silence !== undefined,
        });
        expect(told(after)).toEqual(told(before.slos[0]));
        const said = ({ responseTime, recoversAlone, runbook }: ServiceLevelObjectiveProps) => [
          responseTime?.toSeconds(),
          recoversAlone,
          runbook,
        ];
        expect(said(read)).toEqual(said(props));
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('finds the metrics of objectives in Application Signals', async () => {
    const engine = ServiceLevelEngine.APPLICATION_SIGNALS;
    const { documents } = await exported('signals', build(1, { indicator: orders, engine }).template);
    const props = openSloProps(documents);
    expect(Object.keys(props.indicator.metrics).sort()).toEqual(['failures', 'orders']);
    expect(props.alerts).toHaveLength(4);
  });

  const LATE = Duration.minutes(7).plus(Duration.seconds(30));
  const LONG = 'in an hour, and not the day after as they were in the years before';

  const FURTHER = {
    indicator: orders,
    furtherWindows: [{ window: Duration.days(7), objective: 0.99 }, { window: Duration.days(90) }],
  };

  it.each<[what: string, props: ServiceLevelObjectiveProps]>([
    ['in Application Signals', { indicator: orders, engine: ServiceLevelEngine.APPLICATION_SIGNALS }],
    ['over further windows', FURTHER],
    ['over both', { ...FURTHER, engine: ServiceLevelEngine.APPLICATION_SIGNALS }],
    ['of few bad events', { indicator: orders, leastBadEvents: 3 }],
    ['of few events', { indicator: { ...orders, eventsPerHour: 7.5 }, recoversAlone: true }],
    ['that nobody misses', { indicator: orders, alertOnSilence: false }],
    ['that people keep who answer late', { indicator: orders, objective: 0.999, responseTime: LATE }],
    ['that needs no people', { indicator: orders, recoversAlone: true }],
    ['that needs people', { indicator: orders, recoversAlone: false, runbook: 'docs/Orders ♥.md#top' }],
    ['with a runbook of its own', { ...FURTHER, runbook: 'https://example.com/orders?a=1&b=2' }],
    ['of metrics of one region', { indicator: { ...orders, onlyIn: 'eu-west-1' } }],
    ['with a name that OpenSLO does not take', { indicator: orders, name: `Bestellungen über ${LONG}` }],
    ['with a name of no letters that OpenSLO takes', { ...FURTHER, name: '注文' }],
  ])('an objective %s is the same template when it is read again', async (what, props) => {
    const before = build(1, { ...props, weakening: WEAKENING });
    const { documents } = await exported(what.replaceAll(' ', '-'), before.template);
    for (const document of documents) expect([isValid(document), isValid.errors]).toEqual([true, null]);
    const after = build(1, { ...openSloProps(documents), weakening: WEAKENING });
    const made = ({ template: { Resources, Metadata } }: typeof before) => {
      const { services } = Metadata[CATALOGUE_KEY] as Catalogue;
      // What is given is decided by whoever gives it: the decisions say so.
      return JSON.parse(
        JSON.stringify({ Resources, services: services.map((each) => ({ ...each, decisions: [] })) }),
      );
    };
    expect(made(after)).toEqual(made(before));
  });

  it('gives objectives names that differ, and what belongs to them as well', async () => {
    const names = [`${LONG} one`, `${LONG} two`, 'Shop A', 'shop-a', '注文', '支払'];
    const slos = names.map((name) => ({ indicator: orders, name }));
    const { documents } = await exported('names', build(1, ...slos).template);
    for (const document of documents) expect([isValid(document), isValid.errors]).toEqual([true, null]);
    const keys = documents.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(openSloObjectives(documents).map(({ name }) => name)).toEqual(names);
  });

  it('cuts words that are longer than OpenSLO takes, and says so', async () => {
    const good = `orders that are taken ${'✓'.repeat(2_000)}`;
    const { documents, err } = await exported('words', build(1, { indicator: { ...orders, good } }).template);
    for (const document of documents) expect([isValid(document), isValid.errors]).toEqual([true, null]);
    expect(err).toBe('nines: not carried: shop-availability: its words after the first 1050 characters\n');
  });

  describe('of objectives with topics of their own', () => {
    const built = () => {
      const stack = new Stack(undefined, 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
      declareService(stack, new Service({ name: 'shop', tier: 1, owner: 'team-shop' }));
      const [pager, desk] = ['Pager', 'Desk'].map((id) => new Topic(stack, id)) as [Topic, Topic];
      const far = Topic.fromTopicArn(stack, 'Far', 'arn:aws:sns:eu-west-1:111122223333:far');
      const objectives: ServiceLevelObjectiveProps[] = [
        { indicator: orders },
        { indicator: orders, name: 'own', notifications: pager, tickets: desk },
        { indicator: orders, name: 'far', tickets: far },
      ];
      for (const props of objectives) new ServiceLevelObjective(stack, `Slo ${props.name}`, props);
      return { pager, desk, far, template: Template.fromStack(stack).toJSON() };
    };

    it('names what the documents cannot carry', async () => {
      const { template } = built();
      const { err } = await exported('topics', template);
      expect(err.split('\n').map((line) => line.replace(/(?<=[a-z])[0-9A-F]{8}\b/g, ''))).toEqual([
        'nines: not carried: own: its topics, of the targets page-2 (Pager), ticket-2 (Desk): give them in the option topics when it is read',
        'nines: not carried: far: its topics, of the targets ticket-3 (arn:aws:sns:eu-west-1:111122223333:far): give them in the option topics when it is read',
        '',
      ]);
    });

    it('has a target for each topic, which the option topics names', async () => {
      const { template, pager, desk, far } = built();
      const { documents } = await exported('topics', template);
      for (const document of documents) expect([isValid(document), isValid.errors]).toEqual([true, null]);
      const topics = { 'page-2': pager, 'ticket-2': desk, 'ticket-3': far };
      const told = openSloObjectives(documents, { topics }).map(({ notifications, tickets }) => [
        notifications,
        tickets,
      ]);
      expect(told).toEqual([
        [undefined, undefined],
        [pager, desk],
        [undefined, far],
      ]);
      expect(
        documents
          .filter(({ kind }) => kind === 'AlertNotificationTarget')
          .map(({ metadata }) => metadata.name),
      ).toEqual(['page', 'page-2', 'ticket', 'ticket-2', 'ticket-3']);
    });

    it('is silent where the topic is that of the stack', async () => {
      expect((await exported('own', build(1, { indicator: orders }).template)).err).toBe('');
    });
  });

  it.each([
    ['nines-response-seconds', 'soon'],
    ['nines-response-seconds', '-1'],
    ['nines-recovers-alone', 'yes'],
    ['nines-least-bad', 'some'],
    ['nines-runbook', ' '],
    ['nines-name', ''],
    ['nines-only-in', 'Dublin'],
  ])('whose annotation %s says %j is refused', async (note, value) => {
    const { documents } = await exported('notes', build(1, { indicator: orders }).template);
    for (const { kind, metadata } of documents)
      if (kind === 'SLO' || kind === 'SLI') metadata.annotations = { ...metadata.annotations, [note]: value };
    expect(() => openSloProps(documents)).toThrow(`metadata.annotations.${note} is ${JSON.stringify(value)}`);
  });

  it('reads a further window alone where it is asked for, or where the other is not there', async () => {
    const { documents } = await exported('week', build(1, FURTHER).template);
    const name = 'shop-availability-7d';
    expect(openSloProps(documents, { name })).toMatchObject({ name, objective: 0.99 });
    const alone = documents.filter(({ kind, metadata }) => kind !== 'SLO' || metadata.name === name);
    expect(openSloProps(alone).furtherWindows).toBeUndefined();
  });

  it('does not take an engine that it does not know for another one', async () => {
    const engine = ServiceLevelEngine.APPLICATION_SIGNALS;
    const { documents } = await exported('engine', build(1, { indicator: orders, engine }).template);
    for (const { metadata } of documents)
      if (metadata.annotations?.['nines-engine']) metadata.annotations['nines-engine'] = 'abacus';
    expect(() => openSloProps(documents)).toThrow(/nines-engine is "abacus"/);
  });

  it('leaves out, with the reason, what no alarm watches', async () => {
    expect(await exported('quiet', build(3, { indicator: orders }).template)).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /left out shop-availability: no alarm of the template watches it.*no service-level objective of it can be written/s,
      ),
    });
  });
});
