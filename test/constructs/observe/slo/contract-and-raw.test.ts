import { Match, Template } from 'aws-cdk-lib/assertions';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type CfnElement, Duration } from 'aws-cdk-lib/core';
import { Span } from '../../../../lib/calculus/time-span';
import {
  ContractAndRaw,
  type ContractAndRawProps,
} from '../../../../lib/constructs/observe/slo/contract-and-raw';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import { MaintenanceSchedule } from '../../../../lib/constructs/observe/windows/maintenance-schedule';
import { ServiceLevelEngine } from '../../../../lib/objectives/catalogue';
import type { MaintenanceWindow } from '../../../../lib/objectives/maintenance-window';
import type { Tier } from '../../../../lib/objectives/tier';
import { shopStack } from '../../fixtures';
import { freeze, patching } from '../windows/windows';
import { count, orders } from './orders';

const SIGNALS = ServiceLevelEngine.APPLICATION_SIGNALS;

const utcPatching = () => patching({ timeZone: 'UTC' });

function measured(
  windows: readonly MaintenanceWindow[],
  tier: Tier = 1,
  window?: Duration,
  engine?: ServiceLevelEngine,
) {
  const stack = shopStack(tier);
  const schedule = new MaintenanceSchedule(stack, 'Windows', { windows });
  const objective = new ServiceLevelObjective(stack, 'Orders', {
    indicator: orders,
    ...(window && { window }),
  });
  const props: ContractAndRawProps = { objective, schedule, ...(engine && { engine }) };
  return { stack, measure: () => new ContractAndRaw(stack, 'Measured', props) };
}

describe('a contract beside raw numbers', () => {
  const { stack, measure } = measured([utcPatching()]);
  measure();
  const template = Template.fromStack(stack);

  it('leaves maintenance out of the contract only', () => {
    template.resourceCountIs('AWS::ApplicationSignals::ServiceLevelObjective', 2);
    template.hasResourceProperties('AWS::ApplicationSignals::ServiceLevelObjective', {
      Name: 'shop-availability-contract',
      Goal: { AttainmentGoal: 99.95, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
      ExclusionWindows: [
        {
          Reason: 'the weekly patches are installed',
          RecurrenceRule: { Expression: 'cron(0 4 ? * SUN *)' },
          Window: { Duration: 20, DurationUnit: 'MINUTE' },
        },
      ],
    });
    template.hasResourceProperties('AWS::ApplicationSignals::ServiceLevelObjective', {
      Name: 'shop-availability-raw',
      ExclusionWindows: Match.absent(),
    });
  });

  it('counts the events of the objective', () => {
    template.hasResourceProperties('AWS::ApplicationSignals::ServiceLevelObjective', {
      RequestBasedSli: {
        RequestBasedSliMetric: {
          TotalRequestCountMetric: [
            { Id: 'allEvents', Expression: 'FILL(orders, 0)', ReturnData: true },
            {
              Id: 'orders',
              ReturnData: false,
              MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Period: 60, Stat: 'Sum' },
            },
          ],
          MonitoredRequestCountMetric: {
            BadCountMetric: [
              { Id: 'badEvents', Expression: 'FILL(failures, 0)', ReturnData: true },
              { Id: 'failures', ReturnData: false },
            ],
          },
        },
      },
    });
  });

  it('tells when more than a quarter of the budget is left out', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: 'contract - raw' }),
        Match.objectLike({
          Id: 'contract',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/ApplicationSignals',
              MetricName: 'AttainmentRate',
              Dimensions: [{ Name: 'SloName', Value: 'shop-availability-contract' }],
            },
            Period: 300,
            Stat: 'Maximum',
          },
        }),
      ]),
      Threshold: 0.0125,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmDescription: Match.stringLikeRegexp('a quarter of the error budget of 0.05 %'),
      Tags: Match.arrayWith([{ Key: 'resilience:severity', Value: 'ticket' }]),
    });
  });

  it.each<readonly [Tier, number]>([
    [0, 0.0025],
    [1, 0.0125],
    [2, 0.025],
    [3, 0.125],
  ])('holds a quarter of the budget of tier %i', (tier, threshold) => {
    const one = measured([utcPatching()], tier);
    const [gap] = one.measure().gaps;
    const alarm = Template.fromStack(one.stack).findResources('AWS::CloudWatch::Alarm', {
      Properties: { Metrics: Match.arrayWith([Match.objectLike({ Expression: 'contract - raw' })]) },
    });
    expect(Object.keys(alarm)).toEqual([gap && one.stack.getLogicalId(gap.node.defaultChild as CfnElement)]);
    expect(Object.values(alarm).map((each) => each.Properties.Threshold)).toEqual([threshold]);
  });
});

it('counts twice, not three times, where the objective is in Application Signals itself', () => {
  const stack = shopStack(1);
  const schedule = new MaintenanceSchedule(stack, 'Windows', { windows: [utcPatching()] });
  const furtherWindows = [{ window: Duration.days(90) }];
  const objective = new ServiceLevelObjective(stack, 'Orders', {
    indicator: orders,
    engine: SIGNALS,
    furtherWindows,
  });
  const { raw, rawAttainment } = new ContractAndRaw(stack, 'Measured', { objective, schedule });
  const all = Template.fromStack(stack).findResources('AWS::ApplicationSignals::ServiceLevelObjective');
  expect(Object.values(all).map(({ Properties: { Name } }) => Name)).toEqual([
    'shop-availability',
    'shop-availability-90d',
    'shop-availability-contract',
    'shop-availability-90d-contract',
  ]);
  expect(raw?.node.path).toBe('Shop/Orders/Signals');
  expect(rawAttainment.toMetricConfig().metricStat?.dimensions).toEqual([
    { name: 'SloName', value: 'shop-availability' },
  ]);
});

describe('the further windows of an objective', () => {
  const over = (engine: ServiceLevelEngine, props: Partial<ContractAndRawProps> = {}, days = 7) => {
    const stack = shopStack(1);
    const schedule = new MaintenanceSchedule(stack, 'Windows', { windows: [utcPatching()] });
    const furtherWindows = [{ window: Duration.days(days), objective: 0.999 }];
    const objective = new ServiceLevelObjective(stack, 'Orders', { indicator: orders, furtherWindows });
    return { stack, both: new ContractAndRaw(stack, 'Measured', { objective, schedule, engine, ...props }) };
  };
  const windowsOf = ({ series }: ContractAndRaw) => series.map(({ window }) => window.toDays());

  it('are measured twice as well, by Application Signals', () => {
    const { stack, both } = over(SIGNALS);
    expect(windowsOf(both)).toEqual([30, 7]);
    expect(both.gaps).toHaveLength(2);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApplicationSignals::ServiceLevelObjective', {
      Name: 'shop-availability-7d-contract',
      Goal: { AttainmentGoal: 99.9, Interval: { RollingInterval: { Duration: 7, DurationUnit: 'DAY' } } },
      ExclusionWindows: [{ RecurrenceRule: { Expression: 'cron(0 4 ? * SUN *)' } }],
    });
    template.hasResourceProperties('AWS::ApplicationSignals::ServiceLevelObjective', {
      Name: 'shop-availability-7d-raw',
      ExclusionWindows: Match.absent(),
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('of shop-availability-7d: over 7 d'),
      Threshold: 0.025,
    });
  });

  it('share the alarms of metric math, which ask for what the strictest allows', () => {
    const { both } = over(ServiceLevelEngine.METRIC_MATH);
    expect(windowsOf(both)).toEqual([30, 7]);
    // Of 30 days 0.05 % are 1,296 s, and 100 min are left out; of 7 days 0.1 % are 604.8 s, and 20 min: more.
    const [gap] = both.gaps.map((each) => (each.node.defaultChild as CfnAlarm).threshold);
    expect(gap).toBeCloseTo((0.25 * 1_296) / 6_000, 10);
  });

  it('are left alone where that is asked for', () =>
    expect(windowsOf(over(SIGNALS, { furtherWindows: false }).both)).toEqual([30]));

  it('are refused where metric math cannot count so far back', () => {
    const { METRIC_MATH } = ServiceLevelEngine;
    expect(() => over(METRIC_MATH, {}, 90)).toThrow(
      /the window is 90 d, .*\n {2}fix: .*or set furtherWindows to false/,
    );
    expect(() => over(METRIC_MATH, { furtherWindows: false }, 90)).not.toThrow();
  });
});

describe('a contract of a window of old', () => {
  it('knows the clocks of the years from its day on', () => {
    const stack = shopStack(1);
    const windows = [patching({ start: '2019-01-06T04:00' })];
    const schedule = new MaintenanceSchedule(stack, 'Windows', { windows, from: '2026-11-23' });
    const objective = new ServiceLevelObjective(stack, 'Orders', { indicator: orders });
    new ContractAndRaw(stack, 'Measured', { objective, schedule });
    const text = JSON.stringify(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    const listed = [...text.matchAll(/EPOCH\(\w+\) (?:>=|<) (\d+)/g)].map(([, at]) => Number(at));
    expect(Math.max(...listed)).toBeGreaterThan(Date.UTC(2031, 5) / 1_000);
  });
});

describe('a contract beside raw numbers fails when', () => {
  it('Application Signals is asked and maintenance is not at one time in UTC', () => {
    expect(measured([patching()], 1, undefined, SIGNALS).measure).toThrow(
      'window patching: Application Signals knows UTC only',
    );
  });

  it('there is no maintenance', () => {
    const short = freeze({ duration: Span.days(2) });
    expect(measured([short]).measure).toThrow(
      'Shop/Windows has no maintenance, so contract and raw would be the same',
    );
  });

  it('Application Signals is asked and its window is not of whole days', () => {
    expect(measured([utcPatching()], 3, Duration.hours(36), SIGNALS).measure).toThrow(
      'the window is 36 h, and Application Signals counts whole days',
    );
  });

  it('a property is missing', () => {
    const stack = shopStack(1);
    expect(() => new ContractAndRaw(stack, 'Measured', {} as never)).toThrow(
      '2 mistakes: (1) objective is missing; (2) schedule is missing',
    );
  });
});

describe('in Application Signals', () => {
  const built = (props: Partial<ServiceLevelObjectiveProps>) => {
    const stack = shopStack(1);
    const schedule = new MaintenanceSchedule(stack, 'Windows', { windows: [utcPatching()] });
    const objective = new ServiceLevelObjective(stack, 'Orders', { indicator: orders, ...props });
    const measure = (id: string) =>
      new ContractAndRaw(stack, id, { objective, schedule, engine: ServiceLevelEngine.APPLICATION_SIGNALS });
    return { stack, measure };
  };

  test('metrics of another account are read there, in both series', () => {
    const account = '222233334444';
    const metrics = { orders: count('Orders').with({ account }), failures: count('Failures') };
    const { stack, measure } = built({ indicator: { ...orders, metrics } });
    measure('Measured');
    const found = Object.values(
      Template.fromStack(stack).findResources('AWS::ApplicationSignals::ServiceLevelObjective'),
    );
    expect(found).toHaveLength(2);
    for (const { Properties } of found) {
      const { TotalRequestCountMetric, MonitoredRequestCountMetric } =
        Properties.RequestBasedSli.RequestBasedSliMetric;
      expect(TotalRequestCountMetric[1]).toMatchObject({ Id: 'orders', AccountId: account });
      expect(MonitoredRequestCountMetric.BadCountMetric[1].AccountId).toBeUndefined();
    }
  });

  test('an objective is measured twice once, as its names are taken', () => {
    const { measure } = built({});
    measure('Measured');
    expect(() => measure('Again')).toThrow(
      /\/Again: .*its name shop-availability-contract is that of .*\/Measured as well/,
    );
  });

  test('a name that Application Signals does not take is refused', () => {
    expect(() => built({ name: 'orders!' }).measure('Measured')).toThrow(
      'orders!-contract is no name for an objective of Application Signals',
    );
  });
});
