import { Alarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { declareService } from '../../../../lib/constructs/governance/service-scope';
import {
  ServiceDashboard,
  type ServiceDashboardProps,
} from '../../../../lib/constructs/observe/dashboards/service-dashboard';
import { ContractAndRaw } from '../../../../lib/constructs/observe/slo/contract-and-raw';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import { MaintenanceSchedule } from '../../../../lib/constructs/observe/windows/maintenance-schedule';
import { ServiceLevelEngine } from '../../../../lib/objectives/catalogue';
import { Service } from '../../../../lib/objectives/service';
import { TIERS, type Tier } from '../../../../lib/objectives/tier';
import { shopStack } from '../../fixtures';
import { orders } from '../slo/orders';
import { patching } from '../windows/windows';
import { dashboardIn, type ShownWidget, textsOf, valuesOf } from './dashboard-body';

function objectiveIn(stack: Stack, id: string, props: Partial<ServiceLevelObjectiveProps> = {}) {
  return new ServiceLevelObjective(stack, id, { indicator: orders, name: id, ...props });
}

function build(tier: Tier, props: Partial<ServiceDashboardProps> = {}) {
  const stack = shopStack(tier, {}, { runbook: 'runbooks/shop.md' });
  const orders = objectiveIn(stack, 'orders');
  return dashboardIn(new ServiceDashboard(stack, 'Dashboard', { objectives: [orders], ...props }));
}

const titles = (widgets: readonly ShownWidget[]) =>
  widgets.flatMap(({ properties: { title } }) => (title === undefined ? [] : [title]));

function titled(widgets: readonly ShownWidget[], title: RegExp): ShownWidget {
  const [found] = widgets.filter(({ properties }) => title.test(properties.title ?? ''));
  if (!found) throw new Error(`no widget ${title}: ${titles(widgets)}`);
  return found;
}

test('says of which service it is, who answers for it, and what each objective asks', () => {
  const { name, widgets, periodOverride } = build(1);
  expect(name).toBe('shop-dashboard-eu-west-1');
  expect(periodOverride).toBe('inherit');
  const text = textsOf(widgets);
  expect(text).toContain('# shop, tier 1');
  expect(text).toContain('owner: team-shop · runbook: runbooks/shop.md · region: eu-west-1');
  expect(text).toContain('## orders: 99.95 % of orders that are taken, over 30 d');
  expect(text).toContain('0.05 % of the events: 21 min 36 s of a total outage');
});

test.each([
  [0, 5, ['Burn over 1 h: page at 14.4 times, 0.144 % bad', 'Burn over 6 h: page at 6 times, 0.06 % bad']],
  [1, 5, ['Burn over 1 h: page at 14.4 times, 0.72 % bad', 'Burn over 3 d: ticket at 1 times, 0.05 % bad']],
  [2, 2, ['Burn over 1 h: page-in-hours at 14.4 times, 1.44 % bad']],
  [3, 0, []],
] satisfies [Tier, number, string[]][])(
  'at tier %i shows %i alarms and the burn in each window',
  (tier, alarms, burns) => {
    const { widgets } = build(tier);
    expect(widgets.flatMap(({ properties }) => properties.alarms ?? [])).toHaveLength(alarms);
    expect(titles(widgets)).toEqual(expect.arrayContaining(burns));
    expect(titles(widgets)).toEqual(
      expect.arrayContaining(['Traffic: events', 'Failures: events that are not orders that are taken']),
    );
  },
);

test('shows that a journey was never measured, as the ticket that it is', () => {
  const stack = shopStack(1);
  const indicator = { ...orders, eventsPerHour: 60, failsSilently: true };
  const journey = objectiveIn(stack, 'journey', { indicator });
  expect(journey.neverMeasured?.node.id).toBe('NeverMeasured');
  const others = [...journey.alarms.map(({ both }) => both), journey.silence];
  const { widgets } = dashboardIn(new ServiceDashboard(stack, 'Dashboard', { objectives: [journey] }));
  // One more than those of the objective and of its silence.
  expect(widgets.flatMap(({ properties }) => properties.alarms ?? [])).toHaveLength(others.length + 1);
});

test('tells what was attained and what is left of the budget, cut off and never rounded up', () => {
  const { widgets } = build(1);
  const figures = titled(widgets, /^orders: 99.95 % owed over 30 d$/);
  expect(figures.properties).toMatchObject({ start: '-P30D', singleValueFullPrecision: true });
  expect(valuesOf(figures, { orders: 1_000_000, failures: 100 })).toEqual({
    'Attained, %': [99.99],
    'Error budget left, %': [80],
  });
  expect(valuesOf(figures, { orders: 3_000_000, failures: 1_501 })).toEqual({
    'Attained, %': [99.9499],
    'Error budget left, %': [-0.0667],
  });
  expect(valuesOf(figures, { orders: 0, failures: 0 })['Attained, %']).toEqual([undefined]);
});

test.each([
  ['nothing fails', 0, 30],
  ['it burns evenly or slower', 250, 30],
  ['it burns at twice the even rate of what is left', 400, 7.5],
  ['it is gone', 1_000, -15],
])('tells how many days the budget lasts: %s', (_what, failures, days) => {
  const { widgets } = build(1);
  const [[, shown] = []] = Object.entries(
    valuesOf(titled(widgets, /^Budget lasts/), { orders: 1_000_000, failures }),
  );
  expect(shown).toEqual([expect.closeTo(days, 3)]);
});

test('says nothing by colour: one line in a graph, and thresholds with words', () => {
  const { widgets } = build(1);
  const graphs = widgets.filter(({ properties }) => properties.view === 'timeSeries');
  expect(graphs).toHaveLength(7);
  const visible = (line: readonly unknown[]) => (line.at(-1) as { visible?: boolean }).visible !== false;
  for (const { properties } of graphs) {
    const lines =
      (properties.metrics ?? []).filter(visible).length + (properties.annotations?.alarms?.length ?? 0);
    expect(lines).toBe(1);
    for (const annotation of properties.annotations?.horizontal ?? [])
      expect(annotation).toMatchObject({ label: expect.stringMatching(/\d/) });
  }
  expect(JSON.stringify(widgets)).not.toMatch(/"color"/);
});

test('counts objectives on minutes in steps of five, and says so', () => {
  const stack = shopStack(3);
  const slo = objectiveIn(stack, 'age', {
    indicator: { ...orders, minutes: true },
    window: Duration.days(28),
  });
  const { widgets } = dashboardIn(new ServiceDashboard(stack, 'Dashboard', { objectives: [slo] }));
  expect(textsOf(widgets)).toContain('each as bad as its worst minute');
  // Five minutes are the default of a widget, which is not written.
  const figures = titled(widgets, /^age: 99.5 % owed over 28 d/);
  expect(JSON.stringify(figures)).not.toContain('"period"');
  expect(titles(widgets).some((title) => /^Budget lasts/.test(title))).toBe(false);
});

test('a hundred alarms fit a widget; more get another, each alarm once', () => {
  const stack = shopStack(3);
  const alarms: IAlarm[] = Array.from({ length: 101 }, (_, index) =>
    Alarm.fromAlarmName(stack, `Alarm${index}`, `shop-${index}`),
  );
  const [first] = alarms;
  const { widgets } = dashboardIn(
    new ServiceDashboard(stack, 'Dashboard', {
      objectives: [objectiveIn(stack, 'orders')],
      alarms: first ? [...alarms, first] : [],
    }),
  );
  const shown = widgets.filter(({ type }) => type === 'alarm');
  expect(shown.map(({ properties }) => [properties.title, properties.alarms?.length])).toEqual([
    ['Alarms that tell somebody (1 of 2)', 100],
    ['Alarms that tell somebody (2 of 2)', 1],
  ]);
});

describe('an objective that is measured twice', () => {
  const shown = (engine: ServiceLevelEngine, timeZone: string) => {
    const stack = shopStack(1);
    const slo = objectiveIn(stack, 'orders');
    const schedule = new MaintenanceSchedule(stack, 'Windows', { windows: [patching({ timeZone })] });
    const measured = new ContractAndRaw(stack, 'Measured', { objective: slo, schedule, engine });
    const props = { objectives: [slo], contracts: [measured] };
    return { stack, slo, measured, ...dashboardIn(new ServiceDashboard(stack, 'Dashboard', props)) };
  };
  const { METRIC_MATH, APPLICATION_SIGNALS } = ServiceLevelEngine;

  test.each([
    [APPLICATION_SIGNALS, 'UTC'],
    [METRIC_MATH, 'Europe/Berlin'],
  ])('shows contract and raw beside each other, by %s', (engine, timeZone) => {
    const { widgets, measured } = shown(engine, timeZone);
    const [contract, raw] = [/contract, without maintenance/, /raw, all time/].map((title) =>
      titled(widgets, title),
    );
    expect(contract).toMatchObject({ x: 8, width: 8, properties: { start: '-P30D' } });
    expect(raw).toMatchObject({ x: 16, y: (contract as unknown as { y: number }).y });
    for (const each of [contract, raw])
      expect(each?.properties.annotations?.horizontal).toEqual([
        expect.objectContaining({ value: 99.95, label: '99.95 % owed', yAxis: 'left' }),
      ]);
    expect(titled(widgets, /alarms on what maintenance hides/).properties.alarms).toHaveLength(
      measured.gaps.length,
    );
    expect(textsOf(widgets)).toContain('## orders: contract and raw');
  });

  test('tells what it is in metric math, when nothing is in maintenance', () => {
    const { widgets } = shown(METRIC_MATH, 'Europe/Berlin');
    const figures = titled(widgets, /^orders: contract and raw over 30 d, %$/);
    const events = { contract_orders: 1_000_000, contract_failures: 100 };
    expect(valuesOf(figures, { ...events, raw_orders: 1_000_000, raw_failures: 200 })).toEqual({
      'orders: contract, %': [99.99],
      'orders: raw, %': [99.98],
    });
  });

  test('is refused where its objective is not shown, or twice', () => {
    const { stack, slo, measured } = shown(APPLICATION_SIGNALS, 'UTC');
    const other = objectiveIn(stack, 'payments');
    const made = (props: ServiceDashboardProps) => () => new ServiceDashboard(stack, 'Other', props);
    expect(made({ objectives: [other], contracts: [measured] })).toThrow(
      'Shop/Measured measures orders, which is not shown',
    );
    stack.node.tryRemoveChild('Other');
    expect(made({ objectives: [slo], contracts: [measured, measured] })).toThrow(
      'Shop/orders has two contracts',
    );
  });
});

test.each(TIERS)('takes a name at tier %i', (tier) => {
  expect(build(tier, { dashboardName: 'Shop_1' }).name).toBe('Shop_1');
});

describe('is refused', () => {
  test('without objectives', () => {
    expect(() => build(1, { objectives: [] })).toThrow('there is no objective to show');
    expect(() => new ServiceDashboard(shopStack(1), 'Dashboard', {} as ServiceDashboardProps)).toThrow(
      'objectives is missing',
    );
  });

  test('with one objective twice', () => {
    const stack = shopStack(1);
    const slo = objectiveIn(stack, 'orders');
    expect(() => new ServiceDashboard(stack, 'Dashboard', { objectives: [slo, slo] })).toThrow(
      'Shop/orders is shown twice',
    );
  });

  test('with an objective of another service', () => {
    const stack = shopStack(1);
    const other = new Construct(stack, 'Other');
    declareService(other, new Service({ name: 'mail', tier: 1, owner: 'team-mail' }));
    const slo = new ServiceLevelObjective(other, 'Mail', { indicator: orders });
    expect(() => new ServiceDashboard(stack, 'Dashboard', { objectives: [slo] })).toThrow(
      'mail-availability is an objective of mail, and this is the dashboard of shop',
    );
  });

  test('with a name that CloudWatch does not take', () => {
    expect(() => build(1, { dashboardName: 'my shop' })).toThrow('"my shop" is no name for a dashboard');
  });

  test('where CloudWatch takes none so large, with the numbers', () => {
    const stack = shopStack(1);
    const objectives = Array.from({ length: 50 }, (_, index) => objectiveIn(stack, `orders${index}`));
    const made = () => new ServiceDashboard(stack, 'Dashboard', { objectives });
    expect(made).toThrow(
      /it has 513, and CloudWatch takes 500 widgets on a dashboard; \(2\) it has 3109, and CloudWatch takes 2500 metrics/,
    );
  });
});
