import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { durationWords } from '../../../../lib/calculus/duration-words';
import { RiskAcceptance } from '../../../../lib/constructs/governance/risk-acceptance';
import { declareService } from '../../../../lib/constructs/governance/service-scope';
import {
  ExecutiveDashboard,
  type ExecutiveDashboardProps,
} from '../../../../lib/constructs/observe/dashboards/executive-dashboard';
import {
  TierDashboard,
  type TierDashboardProps,
} from '../../../../lib/constructs/observe/dashboards/tier-dashboard';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { IncidentBridge } from '../../../../lib/constructs/observe/telling/incident-bridge';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import { RestoreTestType } from '../../../../lib/constructs/recovery/restore-test-type';
import { RestoreTesting } from '../../../../lib/constructs/recovery/restore-testing';
import { FigureMetric } from '../../../../lib/objectives/figure-metrics';
import { Service } from '../../../../lib/objectives/service';
import { COUNTED_AS_RISK } from '../../../../lib/objectives/service-figures';
import { TIERS, type Tier } from '../../../../lib/objectives/tier';
import { ACCOUNT } from '../../fixtures';
import { orders } from '../slo/orders';
import { dashboardIn, textsOf, valuesOf } from './dashboard-body';

const IRELAND = { account: ACCOUNT, region: 'eu-west-1' };

function objectiveOf(app: App, name: string, tier: Tier, region = 'eu-west-1'): ServiceLevelObjective {
  const stack = new Stack(app, name, { env: { account: ACCOUNT, region } });
  declareService(stack, new Service({ name, tier, owner: `team-${name}` }));
  return new ServiceLevelObjective(stack, 'Orders', { indicator: orders });
}

function tierBoard(app: App, props: TierDashboardProps) {
  return dashboardIn(new TierDashboard(new Stack(app, 'Boards', { env: IRELAND }), 'Tier', props));
}

function executiveBoard(app: App, props: ExecutiveDashboardProps) {
  return dashboardIn(new ExecutiveDashboard(new Stack(app, 'Boards', { env: IRELAND }), 'Executive', props));
}

/** What measures how a service fares in incidents and drills. */
function builtIn(stack: Stack): void {
  bridgeIn(stack);
  const partitionKey = { name: 'id', type: AttributeType.STRING };
  new Table(stack, 'Store', { partitionKey });
  new RestoreTesting(stack, 'Restores', { resourceTypes: [RestoreTestType.DYNAMODB] });
}

function bridgeIn(stack: Stack, id = 'Incidents'): void {
  const alarm = new Alarm(stack, `${id}Down`, {
    metric: new Metric({ namespace: 'Shop', metricName: 'Failed' }),
    threshold: 1,
    evaluationPeriods: 1,
  });
  const routingKey = Secret.fromSecretNameV2(stack, `${id}Key`, 'pagerduty');
  new IncidentBridge(stack, id, {
    destinations: [IncidentDestination.pagerDuty({ routingKey })],
    fallback: [new SmsSubscription('+15550100')],
    alarms: [alarm],
    runbook: 'https://runbooks.example.com',
  });
}

describe('the dashboard of a tier', () => {
  test.each([
    [0, '99.99 %'],
    [1, '99.95 %'],
    [2, '99.9 %'],
    [3, '99.5 %'],
  ] satisfies [Tier, string][])(
    'says what tier %i owes, and shows each service with its owner',
    (tier, owed) => {
      const app = new App();
      const objectives = [objectiveOf(app, 'shop', tier), objectiveOf(app, 'mail', tier)];
      const { name, widgets } = tierBoard(app, { tier, objectives });
      expect(name).toBe('boards-tier-eu-west-1');
      expect(textsOf(widgets)).toContain(`The tier owes an availability of ${owed}`);
      expect(textsOf(widgets)).toMatch(/## shop\n\nowner: team-shop[\s\S]*## mail\n\nowner: team-mail/);
      expect(widgets.filter(({ properties }) => / owed over /.test(properties.title ?? ''))).toHaveLength(2);
    },
  );

  test('reads the metrics of another region there, and says which alarms it does not show', () => {
    const app = new App();
    const objectives = [objectiveOf(app, 'shop', 1), objectiveOf(app, 'mail', 1, 'eu-central-1')];
    const { widgets } = tierBoard(app, { tier: 1, objectives });
    expect(textsOf(widgets)).toContain('alarms of mail-availability are in eu-central-1, and not shown');
    expect(widgets.filter(({ type }) => type === 'alarm')).toHaveLength(1);
    const [, mail] = widgets.filter(({ properties }) => properties.view === 'singleValue');
    expect(JSON.stringify(mail?.properties.metrics)).toContain('"region":"eu-central-1"');
  });

  test('shows other alarms, and objectives of no service', () => {
    const app = new App();
    const stack = new Stack(app, 'Plain', { env: IRELAND });
    const slo = new ServiceLevelObjective(stack, 'Orders', { indicator: orders, tier: 3 });
    const alarms = [Alarm.fromAlarmName(stack, 'Alarm', 'disk')];
    const { widgets } = tierBoard(app, { tier: 3, objectives: [slo], alarms });
    expect(textsOf(widgets)).toContain('## Of no declared service');
    expect(widgets.filter(({ type }) => type === 'alarm').map(({ properties }) => properties.title)).toEqual([
      'Other alarms',
    ]);
  });

  test('is refused for a service of another tier, no tier, and no objective', () => {
    const app = new App();
    const objectives = [objectiveOf(app, 'shop', 1)];
    const made = (props: TierDashboardProps) => () => tierBoard(new App(), props);
    expect(made({ tier: 0, objectives })).toThrow('shop is of tier 1, and this is the dashboard of tier 0');
    expect(made({ tier: 7 as Tier, objectives })).toThrow('7 is no tier');
    expect(made({ tier: 0, objectives: [] })).toThrow('there is no objective to show');
    expect(made({} as TierDashboardProps)).toThrow('tier is missing; (2) objectives is missing');
  });
});

describe('the dashboard for those who decide', () => {
  test('shows availability and budget left by tier, the most critical first, each tier with what it owes', () => {
    const app = new App();
    const objectives = TIERS.map((tier) => objectiveOf(app, `service${tier}`, tier)).reverse();
    const { name, widgets } = executiveBoard(app, { objectives });
    expect(name).toBe('boards-executive-eu-west-1');
    expect(textsOf(widgets)).toMatch(
      /## Tier 0: an availability of 99.99 % is owed[\s\S]*## Tier 1: [\s\S]*## Tier 3: an availability of 99.5 %/,
    );
    const months = widgets.filter(({ properties }) => properties.view === 'table');
    expect(months).toHaveLength(4);
    expect(months[0]?.properties.start).toBe('-P360D');
    expect(JSON.stringify(months[0])).toContain('"period":2592000');
    expect(months[0] && valuesOf(months[0], { m0_orders: 1_000, m0_failures: 1 })).toEqual({
      'service0-availability': [99.9],
    });
  });

  test('says what is not measured', () => {
    const app = new App();
    const { widgets } = executiveBoard(app, { objectives: [objectiveOf(app, 'shop', 1)] });
    const texts = textsOf(widgets);
    expect(texts).toContain(
      '**Time to recover (MTTR)**\n\nNot measured: no `IncidentBridge` is built for it.',
    );
    expect(texts).toContain('**Drills overdue**\n\nNone is recorded');
    expect(texts).toContain('**Accepted risks that are open**\n\nNone is accepted.');
  });

  test('reads every number that the report tells CloudWatch, the last one, of each service', () => {
    const app = new App();
    const objectives = [objectiveOf(app, 'shop', 1), objectiveOf(app, 'mail', 2, 'eu-central-1')];
    const { widgets } = executiveBoard(app, { objectives });
    const shown = widgets.filter(({ properties }) => properties.start === '-P60D');
    const lines = shown.flatMap(({ properties: { metrics = [] } }) => metrics);
    const all = ['shop', 'mail'].flatMap((service) =>
      Object.values(FigureMetric).map((metric) => `Nines/Figures ${metric} Service ${service}`),
    );
    expect(lines.map((line) => line.slice(0, 4).join(' ')).sort()).toEqual(all.sort());
    // They stand where the pipeline put them: in the region of the dashboard.
    expect(JSON.stringify(lines)).not.toContain('"region"');
    expect(shown.every(({ properties }) => properties.singleValueFullPrecision)).toBe(true);
    expect(textsOf(widgets)).toContain('`nines export figures` gave to `put-metric-data`');
  });

  test('tells the time to recover that is measured from the one that is recorded, and which to believe', () => {
    const app = new App();
    const shop = objectiveOf(app, 'shop', 1);
    bridgeIn(Stack.of(shop));
    const { widgets } = executiveBoard(app, { objectives: [shop] });
    const titles = widgets.flatMap(({ properties: { title = '' } }) =>
      /^Time to recover/.test(title) ? [title] : [],
    );
    expect(titles).toEqual([
      'Time to recover measured by alarms, s, incidents of 90 d',
      'Time to recover recorded by people, s, incidents of 90 d',
    ]);
    expect(textsOf(widgets)).toContain('believe the one that people recorded');
  });

  test('shows what has another source once, and of no declared service nothing that is foreseen', () => {
    const app = new App();
    const metric = new Metric({ namespace: 'Shop', metricName: 'Debt' });
    const { widgets } = executiveBoard(app, {
      objectives: [objectiveOf(app, 'shop', 1)],
      debt: { metric },
      incidents: { record: { incidents: [] }, until: '2026-11-23' },
    });
    const text = JSON.stringify(widgets);
    expect(text).toContain('"Shop","Debt"');
    for (const name of ['AvailabilityDebt', 'RecordedIncidents', 'believe the one'])
      expect(text).not.toContain(name);
    expect(text).toContain('CostOfDowntime');
    const plain = new Stack(new App(), 'Plain', { env: IRELAND });
    const objective = new ServiceLevelObjective(plain, 'Orders', { indicator: orders, tier: 3 });
    const board = dashboardIn(new ExecutiveDashboard(plain, 'Executive', { objectives: [objective] }));
    expect(JSON.stringify(board.widgets)).not.toContain('Nines/Figures');
  });

  test('shows the figures of many services in widgets of a hundred metrics at most', () => {
    const app = new App();
    const objectives = Array.from({ length: 34 }, (_, index) => objectiveOf(app, `service${index}`, 3));
    const { widgets } = executiveBoard(app, { objectives });
    const [first, second] = widgets.filter(({ properties }) =>
      /^Time to recover recorded/.test(properties.title ?? ''),
    );
    expect(first?.properties.title).toMatch(/ \(1 of 2\)$/);
    expect([first, second].map((each) => each?.properties.metrics?.length)).toEqual([99, 3]);
  });

  test('shows what the incident bridge and the restore tests of its services measure, also those built after it', () => {
    const app = new App();
    const shop = objectiveOf(app, 'shop', 1);
    const boards = new Stack(app, 'Boards', { env: IRELAND });
    const board = new ExecutiveDashboard(boards, 'Executive', { objectives: [shop] });
    builtIn(Stack.of(shop));
    // Of a service that is not shown.
    builtIn(Stack.of(objectiveOf(app, 'mail', 1)));
    const { widgets } = dashboardIn(board);
    const [recovery] = widgets.filter(({ properties }) => /^Time to recover/.test(properties.title ?? ''));
    expect(recovery?.properties).toMatchObject({ start: '-P90D', setPeriodToTimeRange: true });
    expect(recovery?.properties.metrics?.map((line) => [...line.slice(0, 4), line.at(-1)])).toEqual(
      [
        ['Median', 'p50'],
        ['p90', 'p90'],
        ['n, incidents', 'SampleCount'],
      ].map(([label, stat]) => [
        'Nines/Incidents',
        'TimeToResolve',
        'Service',
        'shop',
        expect.objectContaining({ label, stat }),
      ]),
    );
    const [drills] = widgets.filter(({ properties }) => /^Drills overdue/.test(properties.title ?? ''));
    expect(drills?.properties.metrics).toHaveLength(1);
    expect(JSON.stringify(drills?.properties.metrics)).toMatch(/"Nines\/RestoreTesting","Overdue","Plan"/);
    expect(textsOf(widgets)).not.toContain('Not measured');
  });

  test('shows the time to recover once where a service has two bridges in a region', () => {
    const app = new App();
    const shop = objectiveOf(app, 'shop', 1);
    bridgeIn(Stack.of(shop));
    bridgeIn(Stack.of(shop), 'Others');
    const { widgets } = executiveBoard(app, { objectives: [shop] });
    const [recovery] = widgets.filter(({ properties }) => /^Time to recover/.test(properties.title ?? ''));
    expect(recovery?.properties.metrics).toHaveLength(3);
  });

  test('shows the time to recover of several services in a table, and of each region by itself', () => {
    const app = new App();
    const objectives = [
      objectiveOf(app, 'shop', 1),
      objectiveOf(app, 'mail', 1, 'eu-central-1'),
      objectiveOf(app, 'stock', 3),
    ];
    for (const slo of objectives.slice(0, 2)) builtIn(Stack.of(slo));
    const { widgets } = executiveBoard(app, { objectives });
    const [recovery] = widgets.filter(({ properties }) => /^Time to recover/.test(properties.title ?? ''));
    expect(recovery?.properties.view).toBe('table');
    expect(recovery?.properties.metrics?.map((line) => line.at(-1))).toEqual(
      [
        'shop: Median',
        'shop: p90',
        'shop: n, incidents',
        'mail: Median',
        'mail: p90',
        'mail: n, incidents',
      ].map((label) =>
        expect.objectContaining({ label, ...(label.startsWith('mail') && { region: 'eu-central-1' }) }),
      ),
    );
  });

  test('shows as many of them as a table takes, and says of how many', () => {
    const app = new App();
    const objectives = Array.from({ length: 34 }, (_, index) => objectiveOf(app, `service${index}`, 3));
    for (const slo of objectives) bridgeIn(Stack.of(slo));
    const { widgets } = executiveBoard(app, { objectives });
    const [recovery] = widgets.filter(({ properties }) => /^Time to recover/.test(properties.title ?? ''));
    expect(recovery?.properties.title).toBe(
      'Time to recover measured by alarms, s, incidents of 90 d (33 of 34)',
    );
    expect(recovery?.properties.metrics).toHaveLength(99);
  });

  test('counts the weakenings of its services, and says when the next one ends', () => {
    const app = new App();
    const shop = objectiveOf(app, 'shop', 1);
    const weakening = (expires: string) => ({ reason: 'as it was', expires, approver: 'head of shop' });
    const weaker = (id: string, expires: string) =>
      new ServiceLevelObjective(Stack.of(shop), id, {
        indicator: orders,
        name: id,
        objective: 0.99,
        weakening: weakening(expires),
      });
    const board = new ExecutiveDashboard(new Stack(app, 'Boards', { env: IRELAND }), 'Executive', {
      objectives: [shop],
    });
    weaker('a', '2027-06-30');
    weaker('b', '2027-03-31');
    expect(textsOf(dashboardIn(board).widgets)).toContain('2 accepted, the next ends on 2027-03-31.');
  });

  const ACCEPTED = {
    rules: ['RDS-01'],
    reason: 'the move ends in March',
    author: 'team-shop',
    owner: 'head of logistics',
    approver: 'head of payments',
    ticket: 'RISK-142',
    compensatingControl: 'a restore is rehearsed each week',
    created: '2027-01-10',
    expires: '2027-03-31',
  };

  test('counts acceptances in the app and in files, each once, as the report does', () => {
    const app = new App();
    const shop = objectiveOf(app, 'shop', 1);
    const board = new ExecutiveDashboard(new Stack(app, 'Boards', { env: IRELAND }), 'Executive', {
      objectives: [shop],
      acceptances: [
        { reason: 'the move ends in March', expires: '2027-03-31' },
        { reason: 'the wiki says so' },
        { reason: 'a licence', expires: '2027-02-01' },
        { reason: 'of another', service: 'mail' },
      ],
    });
    RiskAcceptance.of(Stack.of(shop)).accept(ACCEPTED);
    const text = textsOf(dashboardIn(board).widgets);
    expect(text).toContain('3 accepted, the next ends on 2027-02-01, 1 without an end.');
    expect(text).toContain(COUNTED_AS_RISK);
  });

  test('counts what is accepted or acknowledged within a service, above it, and in its other stacks', () => {
    const app = new App();
    const near = new Stack(app, 'Near', { env: IRELAND });
    const inner = new Construct(near, 'Inner');
    const far = new Stack(app, 'Far', { env: { ...IRELAND, region: 'eu-central-1' } });
    const service = new Service({ name: 'shop', tier: 1, owner: 'team-shop' });
    for (const scope of [inner, far]) declareService(scope, service);
    const objectives = [
      new ServiceLevelObjective(inner, 'Orders', { indicator: orders }),
      objectiveOf(app, 'mail', 2),
    ];
    RiskAcceptance.of(near).accept({ ...ACCEPTED, reason: 'above', expires: '2027-01-31' });
    RiskAcceptance.of(far).accept({ ...ACCEPTED, reason: 'elsewhere' });
    Validations.of(inner).acknowledge(
      { id: 'cdk-nines::RDS-01', reason: 'for ever' },
      { id: 'cdk-nines::X-84', reason: 'judges the exceptions' },
      { id: 'AwsSolutions::S1', reason: 'of another tool' },
    );
    Validations.of(app).acknowledge({ id: 'cdk-nines::RDS-01', reason: 'stands in no template' });
    const { widgets } = executiveBoard(app, { objectives });
    expect(textsOf(widgets)).toContain(
      'shop: 3 accepted, the next ends on 2027-01-31, 1 without an end.\n\nmail: None is accepted.',
    );
  });

  test('shows the incidents that people wrote down as the report does', () => {
    const app = new App();
    const at = (text: string) => Date.parse(text) / 1_000;
    const incident = (id: string, from: string, minutes: number, service = 'shop') => {
      const began = at(from);
      return { id, from: began, until: began + minutes * 60, service };
    };
    const { widgets } = executiveBoard(app, {
      objectives: [objectiveOf(app, 'shop', 1), objectiveOf(app, 'mail', 2)],
      incidents: {
        record: {
          incidents: [
            incident('A', '2026-11-23T23:00:00Z', 50),
            incident('B', '2026-10-01T10:00:00Z', 90),
            incident('C', '2026-09-10T10:00:00Z', 20),
            incident('too old', '2026-08-01T10:00:00Z', 900),
            incident('of others', '2026-11-01T10:00:00Z', 900, 'search'),
          ],
        },
        until: '2026-11-23',
      },
    });
    expect(textsOf(widgets)).toContain(
      [
        '**Time to recover (MTTR)**',
        'shop: Median 50 min, p90 90 min, n = 3'.replace('90 min', durationWords(5_400)),
        'mail: None recorded, n = 0',
        'Incidents that people wrote down, of the 90 d until 2026-11-23.',
      ].join('\n\n'),
    );
    expect(() =>
      executiveBoard(new App(), {
        objectives: [objectiveOf(new App(), 'shop', 1)],
        incidents: { record: { incidents: [] }, until: 'today' },
      }),
    ).toThrow('"today" is no day');
  });

  test('shows median, p90 and n of the time to recover, and the figures that have a source', () => {
    const app = new App();
    const metric = (metricName: string) => new Metric({ namespace: 'Shop', metricName });
    const { widgets } = executiveBoard(app, {
      objectives: [objectiveOf(app, 'shop', 1)],
      recoveryTime: metric('RecoveryTime'),
      drills: { metric: metric('Overdue') },
      risks: { text: '3, on 2026-11-01 ([register](https://risks.example.com))' },
      debt: { text: '42 min a year' },
      costOfDowntime: { metric: metric('BudgetSpentCost') },
    });
    const [recovery] = widgets.filter(({ properties }) => /^Time to recover/.test(properties.title ?? ''));
    expect(recovery?.properties).toMatchObject({ start: '-P90D', setPeriodToTimeRange: true });
    expect(recovery?.properties.metrics?.map((line) => line.at(-1))).toEqual([
      expect.objectContaining({ label: 'Median', stat: 'p50' }),
      expect.objectContaining({ label: 'p90', stat: 'p90' }),
      expect.objectContaining({ label: 'n, incidents', stat: 'SampleCount' }),
    ]);
    expect(textsOf(widgets)).toContain('**Accepted risks that are open**\n\n3, on 2026-11-01');
  });

  test('draws many objectives in tables of a hundred metrics at most', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop', { env: IRELAND });
    declareService(stack, new Service({ name: 'shop', tier: 3, owner: 'team-shop' }));
    const objectives = Array.from(
      { length: 41 },
      (_, index) =>
        new ServiceLevelObjective(stack, `Slo${index}`, { indicator: orders, name: `slo-${index}` }),
    );
    const { widgets } = executiveBoard(app, { objectives });
    const tables = widgets.filter(({ properties }) => properties.view === 'table');
    expect(tables.map(({ properties }) => properties.metrics?.length)).toEqual([100, 100, 5]);
  });

  test('is refused without objectives, and for figures with no or two sources', () => {
    const app = new App();
    const objectives = [objectiveOf(app, 'shop', 1)];
    const made = (props: ExecutiveDashboardProps) => () => executiveBoard(new App(), props);
    expect(made({ objectives: [] })).toThrow('there is no objective to show');
    expect(made({ objectives, drills: {} })).toThrow('drills has neither a metric nor a text');
    expect(
      made({ objectives, debt: { text: '1', metric: new Metric({ namespace: 'A', metricName: 'B' }) } }),
    ).toThrow('debt has a metric and a text');
    expect(made({} as ExecutiveDashboardProps)).toThrow('objectives is missing');
  });
});
