import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Duration, type Environment, Stack } from 'aws-cdk-lib/core';
import { discoveredAvailability } from '../../../../lib/constructs/observe/slo/discovered-indicators';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import { ServiceLevelEngine } from '../../../../lib/objectives/catalogue';
import { AlertSeverity } from '../../../../lib/objectives/policy/operations';
import { during, HOUR, series, watched } from './incidents';
import { count, freshness, orders } from './orders';

function build(props: Partial<ServiceLevelObjectiveProps> = {}) {
  const stack = new Stack(undefined, 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
  new ServiceLevelObjective(stack, 'Orders', {
    tier: 1,
    indicator: orders,
    engine: ServiceLevelEngine.APPLICATION_SIGNALS,
    ...props,
  });
  return Template.fromStack(stack);
}

const query = (Id: string, MetricName: string) =>
  Match.objectLike({ Id, MetricStat: Match.objectLike({ Metric: Match.objectLike({ MetricName }) }) });

test('the objective counts bad and all requests, with a burn rate for each window', () => {
  build().hasResourceProperties('AWS::ApplicationSignals::ServiceLevelObjective', {
    Name: 'Orders-availability',
    Goal: { AttainmentGoal: 99.95, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
    BurnRateConfigurations: [5, 30, 60, 120, 360, 1_440, 4_320].map((LookBackWindowMinutes) => ({
      LookBackWindowMinutes,
    })),
    RequestBasedSli: {
      RequestBasedSliMetric: {
        MonitoredRequestCountMetric: {
          BadCountMetric: [
            { Id: 'badEvents', Expression: 'FILL(failures, 0)', ReturnData: true },
            query('failures', 'Failures'),
          ],
        },
        TotalRequestCountMetric: [
          { Id: 'allEvents', Expression: 'FILL(orders, 0)', ReturnData: true },
          query('orders', 'Orders'),
        ],
      },
    },
  });
});

describe('two objectives of one name', () => {
  const engine = ServiceLevelEngine.APPLICATION_SIGNALS;
  const stackIn = (app: App, id: string, env: Environment) => new Stack(app, id, { env });
  const named = (stack: Stack, id: string, over: Partial<ServiceLevelObjectiveProps> = {}) =>
    new ServiceLevelObjective(stack, id, { tier: 1, indicator: orders, engine, name: 'orders', ...over });
  const HERE = { region: 'eu-west-1', account: '111122223333' };

  test.each<[string, Environment, string]>([
    ['one place', HERE, 'There'],
    ['one stack', {}, 'Here'],
  ])('are refused in %s', (_, env, there) => {
    const app = new App();
    const here = stackIn(app, 'Here', env);
    named(here, 'Orders');
    const other = there === 'Here' ? here : stackIn(app, there, env);
    expect(() => named(other, 'Again')).toThrow(
      `${there}/Again: its name orders is that of Here/Orders as well, and Application Signals takes a name once\n  fix: give one of them another name`,
    );
  });

  test.each<[string, Environment, Environment]>([
    ['two regions', HERE, { ...HERE, region: 'eu-central-1' }],
    ['two accounts', HERE, { ...HERE, account: '222233334444' }],
    ['two stacks that may be anywhere', {}, {}],
  ])('are made in %s', (_, env, other) => {
    const app = new App();
    named(stackIn(app, 'Here', env), 'Orders');
    expect(() => named(stackIn(app, 'There', other), 'Orders')).not.toThrow();
  });

  test('are made on metric math, which names nothing', () => {
    const stack = stackIn(new App(), 'Here', HERE);
    named(stack, 'Orders', { engine: ServiceLevelEngine.METRIC_MATH });
    expect(() => named(stack, 'Again')).not.toThrow();
  });
});

test('metrics of other accounts are read there, those of its own need no account', () => {
  const of = (account: string) => ({
    ...orders,
    metrics: { orders: count('Orders').with({ account }), failures: count('Failures') },
  });
  const total = (account: string) => {
    const [found] = Object.values(build({ indicator: of(account) }).findResources(SLO));
    return found?.Properties.RequestBasedSli.RequestBasedSliMetric.TotalRequestCountMetric[1];
  };
  expect(total('222233334444')).toMatchObject({ Id: 'orders', AccountId: '222233334444' });
  expect(total('111122223333').AccountId).toBeUndefined();
});

const SLO = 'AWS::ApplicationSignals::ServiceLevelObjective';

test('its alarms are on burn rates, each minute', () => {
  const template = build();
  const alarms = Object.values(
    template.findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'BurnRate' } }),
  );
  expect(
    alarms.map(({ Properties: { Dimensions, Threshold, Period, Statistic } }) => [
      Dimensions.map(({ Value }: { Value: string }) => Value).join(),
      Threshold,
      Period,
      Statistic,
    ]),
  ).toEqual(
    [
      ['60,Orders-availability', 14.4],
      ['5,Orders-availability', 14.4],
      ['360,Orders-availability', 6],
      ['30,Orders-availability', 6],
      ['1440,Orders-availability', 3],
      ['120,Orders-availability', 3],
      ['4320,Orders-availability', 1],
      ['360,Orders-availability', 1],
    ].map((each) => [...each, 60, 'Maximum']),
  );
  template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 6);
});

describe('with little traffic', () => {
  const METRICS = { failures: { namespace: 'Shop', name: 'Failures', dimensions: {} } };
  const burn = (window: number) => ({
    namespace: 'AWS/ApplicationSignals',
    name: 'BurnRate',
    dimensions: { SloName: 'Orders-availability', BurnRateWindowMinutes: String(window) },
  });
  const burning = [5, 30, 60, 120, 360, 1_440, 4_320].map((window) =>
    series(burn(window), 'Maximum', { minutes: HOUR, at: (minute) => (minute < 0 ? 0 : 2_000) }),
  );
  const engine = ServiceLevelEngine.APPLICATION_SIGNALS;

  /** Who is told in an hour in which each request fails, a request in each of the first minutes. */
  const told = (failures: number, props: Partial<ServiceLevelObjectiveProps> = {}) => {
    const { graph } = watched(() => ({ tier: 1, indicator: orders, engine, ...props }));
    const at = (minute: number) => (minute >= 0 && minute < failures ? 1 : undefined);
    const failing = series(METRICS.failures, 'Sum', { minutes: HOUR, at });
    return during(graph, [...burning, failing], HOUR).flatMap(({ alarm, tells }) =>
      tells === undefined ? [] : [`${alarm} at ${tells}`],
    );
  };

  test('a bad request at night tells nobody, though all requests failed', () => {
    expect(told(1)).toEqual([]);
    expect(told(9)).toEqual([]);
  });

  test('ten of them wake somebody', () => expect(told(10)).toEqual(['OrdersWithin1hBoth at 10']));

  test('leastBadEvents says how many', () => {
    expect(told(2, { leastBadEvents: 3 })).toEqual([]);
    expect(told(3, { leastBadEvents: 3 })).toEqual(['OrdersWithin1hBoth at 3']);
  });

  test('the alarm on the burn rate is enough where a single one counts', () => {
    const template = build({ leastBadEvents: 1 });
    expect(Object.keys(template.findResources('AWS::CloudWatch::Alarm')).join()).not.toContain('Enough');
    expect(told(1, { leastBadEvents: 1 })).toEqual(['OrdersWithin1hBoth at 1']);
  });

  test('of minutes so many are counted', () => {
    build({ indicator: freshness, leastBadEvents: 3 }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      EvaluationPeriods: 60,
      DatapointsToAlarm: 3,
      Threshold: 0,
    });
  });
});

test('a further window is an objective of its own', () => {
  const template = build({ furtherWindows: [{ window: Duration.days(7), objective: 0.999 }] });
  const names = Object.values(template.findResources('AWS::ApplicationSignals::ServiceLevelObjective')).map(
    ({ Properties }) => Properties.Name,
  );
  expect(names).toEqual(['Orders-availability', 'Orders-availability-7d']);
});

const cart = { name: 'cart', environment: 'eks:shop/cart' };

test('a service that reports already is watched as Application Signals knows it', () => {
  build({ indicator: discoveredAvailability({ ...cart, reportsAlready: true }) }).hasResourceProperties(
    'AWS::ApplicationSignals::ServiceLevelObjective',
    {
      RequestBasedSli: {
        RequestBasedSliMetric: {
          KeyAttributes: { Type: 'Service', Name: 'cart', Environment: 'eks:shop/cart' },
          MetricType: 'AVAILABILITY',
        },
      },
    },
  );
});

test('metric math watches it from the first deployment on', () => {
  const template = build({
    indicator: discoveredAvailability(cart),
    engine: ServiceLevelEngine.METRIC_MATH,
  });
  template.resourceCountIs('AWS::ApplicationSignals::ServiceLevelObjective', 0);
  template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 6);
});

const alerts = [1, 2, 3, 4, 5, 6].map((hours) => ({
  severity: AlertSeverity.PAGE,
  budgetShare: 0.02 * hours,
  longWindow: Duration.hours(hours),
  shortWindow: Duration.minutes(hours),
}));

test.each<[string, Partial<ServiceLevelObjectiveProps>, string]>([
  [
    'a service that may not be discovered yet',
    { indicator: discoveredAvailability(cart) },
    'Application Signals may not have discovered cart yet',
  ],
  ['more windows than it takes', { alerts }, 'has 12 windows, and Application Signals takes 10'],
  ['names that it does not take', { name: 'orders!' }, 'orders! is no name for an objective'],
])('refuses %s', (_, props, problem) => {
  expect(() => build(props)).toThrow(problem);
});
