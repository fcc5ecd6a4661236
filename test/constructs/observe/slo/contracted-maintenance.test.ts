import { Template } from 'aws-cdk-lib/assertions';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { App, Stack } from 'aws-cdk-lib/core';
import { Span } from '../../../../lib/calculus/time-span';
import { Weekday } from '../../../../lib/calculus/windows/recurrence';
import { declareService } from '../../../../lib/constructs/governance/service-scope';
import {
  ContractAndRaw,
  type ContractAndRawProps,
} from '../../../../lib/constructs/observe/slo/contract-and-raw';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { MaintenanceSchedule } from '../../../../lib/constructs/observe/windows/maintenance-schedule';
import { ServiceLevelEngine } from '../../../../lib/objectives/catalogue';
import type {
  MaintenanceWindow,
  MaintenanceWindowProps,
} from '../../../../lib/objectives/maintenance-window';
import { Recurrence } from '../../../../lib/objectives/maintenance-window';
import { Service } from '../../../../lib/objectives/service';
import { ACCOUNT, refusal } from '../../fixtures';
import { freeze, patching } from '../windows/windows';
import { orders } from './orders';

const SLO = 'AWS::ApplicationSignals::ServiceLevelObjective';

const sundays = (props: Partial<MaintenanceWindowProps> = {}) => patching({ timeZone: 'UTC', ...props });
const wednesdays = (props: Partial<MaintenanceWindowProps> = {}) =>
  sundays({
    id: 'failover',
    start: '2026-12-02T01:00',
    recurrence: Recurrence.weekly(Weekday.WEDNESDAY),
    ...props,
  });

/** Stacks of services in regions of one app, with a schedule in each where windows are named. */
function app() {
  const root = new App();
  const stack = (id: string, { service = 'shop', region = 'eu-west-1' } = {}) => {
    const made = new Stack(root, id, { env: { account: ACCOUNT, region } });
    declareService(made, new Service({ name: service, tier: 1, owner: 'team-shop', system: 'retail' }));
    return made;
  };
  const scheduled = (made: Stack, windows: readonly MaintenanceWindow[], from?: string) =>
    new MaintenanceSchedule(made, 'Windows', { windows, ...(from !== undefined && { from }) });
  const measured = (made: Stack, schedule: MaintenanceSchedule, props: Partial<ContractAndRawProps> = {}) => {
    const objective = new ServiceLevelObjective(made, 'Orders', { indicator: orders });
    return new ContractAndRaw(made, 'Measured', { objective, schedule, ...props });
  };
  return { root, stack, scheduled, measured };
}

/** The expressions of what Application Signals leaves out of the contract. */
function leftOut(stack: Stack): readonly string[] {
  const [contract] = Object.values(
    Template.fromStack(stack).findResources(SLO, { Properties: { Name: 'shop-availability-contract' } }),
  );
  const windows: { RecurrenceRule: { Expression: string } }[] = contract?.Properties.ExclusionWindows ?? [];
  return windows.map(({ RecurrenceRule: { Expression } }) => Expression);
}

const idsOf = ({ gaps }: ContractAndRaw) => gaps.map(({ node }) => node.id);

const [SUNDAYS, WEDNESDAYS] = ['cron(0 4 ? * SUN *)', 'cron(0 1 ? * WED *)'];

describe('a contract leaves out', () => {
  it('what another schedule of its service says in its region, also in another stack', () => {
    const { stack, scheduled, measured } = app();
    scheduled(stack('Data'), [wednesdays()]);
    const shop = stack('Shop');
    measured(shop, scheduled(shop, [sundays()]));
    expect(leftOut(shop)).toEqual([SUNDAYS, WEDNESDAYS]);
  });

  it('a window once that two stacks say', () => {
    const { stack, scheduled, measured } = app();
    scheduled(stack('Data'), [sundays({ appliesTo: ['shop'] })]);
    const shop = stack('Shop');
    measured(shop, scheduled(shop, [sundays()]));
    expect(leftOut(shop)).toEqual([SUNDAYS]);
  });

  it('nothing of other services, regions and kinds', () => {
    const { stack, scheduled, measured } = app();
    scheduled(stack('Mail', { service: 'mail' }), [wednesdays()]);
    scheduled(stack('Far', { region: 'eu-central-1' }), [wednesdays({ id: 'far' })]);
    const shop = stack('Shop');
    const windows = [sundays(), freeze({ duration: Span.hours(1) }), wednesdays({ appliesTo: ['mail'] })];
    measured(shop, scheduled(shop, windows));
    expect(leftOut(shop)).toEqual([SUNDAYS]);
  });

  it('what a schedule of another service says that it is given', () => {
    const { stack, scheduled, measured } = app();
    const schedule = scheduled(stack('Platform', { service: 'platform' }), [wednesdays()]);
    const shop = stack('Shop');
    measured(shop, schedule);
    expect(leftOut(shop)).toEqual([WEDNESDAYS]);
  });
});

describe('in metric math', () => {
  const engine = ServiceLevelEngine.METRIC_MATH;

  it('each window of all schedules has an alarm, and together they share what may be hidden', () => {
    const { stack, scheduled, measured } = app();
    scheduled(stack('Data'), [wednesdays()]);
    const shop = stack('Shop');
    const both = measured(shop, scheduled(shop, [sundays()]), { engine });
    expect(idsOf(both)).toEqual(['patching-Gap', 'failover-Gap']);
    // Of 30 days 0.05 % are 1,296 s; the worst of them have five of one weekday and four or five of the other.
    const [one, other] = both.gaps.map((gap) => (gap.node.defaultChild as CfnAlarm).threshold);
    expect(one).toBeCloseTo((0.25 * 1_296) / (9 * 1_200), 10);
    expect(other).toBe(one);
    const shown = JSON.stringify(both.contractAttainment.toMetricConfig().mathExpression?.usingMetrics);
    expect(shown.match(/FLOOR/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('a window that comes no more has no alarm, but what it hid stays left out', () => {
    const { stack, scheduled, measured } = app();
    const shop = stack('Shop');
    const old = wednesdays({ start: '2026-10-07T01:00', lastDay: '2026-11-18' });
    const both = measured(shop, scheduled(shop, [sundays(), old], '2026-11-23'), { engine });
    expect(idsOf(both)).toEqual(['patching-Gap']);
    const shown = JSON.stringify(both.contractAttainment.toMetricConfig().mathExpression?.usingMetrics);
    expect(shown).toContain(`EPOCH(contract_orders) < ${Date.UTC(2026, 10, 18, 1, 20) / 1_000}`);
    const [gap] = both.gaps.map(({ node }) => (node.defaultChild as CfnAlarm).threshold);
    expect(gap).toBeCloseTo((0.25 * 1_296) / (5 * 1_200), 10);
  });

  it('the clocks are known from the latest day on that a schedule names', () => {
    const { stack, scheduled, measured } = app();
    scheduled(stack('Data'), [wednesdays()], '2026-11-23');
    const shop = stack('Shop');
    measured(shop, scheduled(shop, [patching({ start: '2019-01-06T04:00' })]), { engine });
    const text = JSON.stringify(Template.fromStack(shop).findResources('AWS::CloudWatch::Alarm'));
    const listed = [...text.matchAll(/EPOCH\(\w+\) (?:>=|<) (\d+)/g)].map(([, at]) => Number(at));
    expect(Math.max(...listed)).toBeGreaterThan(Date.UTC(2031, 5) / 1_000);
  });
});

describe('a schedule that is made after the contract', () => {
  it('fails the synthesis where it adds maintenance', () => {
    const { root, stack, scheduled, measured } = app();
    const shop = stack('Shop');
    measured(shop, scheduled(shop, [sundays()]));
    scheduled(stack('Data'), [wednesdays()]);
    expect(() => root.synth()).toThrow(
      '[Shop/Measured] the maintenance failover of Data/Windows is counted by the contract, as that schedule was made after it; fix: make Data/Windows first',
    );
  });

  it('is fine where it says the same, or is not about it', () => {
    const { root, stack, scheduled, measured } = app();
    const shop = stack('Shop');
    measured(shop, scheduled(shop, [sundays()]));
    scheduled(stack('Data'), [sundays()]);
    scheduled(stack('Mail', { service: 'mail' }), [wednesdays()]);
    expect(() => root.synth()).not.toThrow();
  });
});

describe('a contract fails when', () => {
  const daily = (count: number, prefix: string, hour: number) =>
    Array.from({ length: count }, (_, index) =>
      sundays({
        id: `${prefix}${index}`,
        start: `2026-12-${String(10 + index).padStart(2, '0')}T0${hour}:00`,
        recurrence: Recurrence.yearly(),
        duration: Span.minutes(10),
      }),
    );

  it('all schedules together are more than Application Signals takes', () => {
    const { stack, scheduled, measured } = app();
    scheduled(stack('Data'), daily(6, 'data', 1));
    const shop = stack('Shop');
    const schedule = scheduled(shop, daily(5, 'shop', 3));
    const signals = { engine: ServiceLevelEngine.APPLICATION_SIGNALS };
    expect(refusal(() => measured(shop, schedule, signals)).message).toBe(
      'Shop/Measured: Application Signals takes 10 exclusions for an objective, and there are 11 windows of maintenance\n  fix: join windows, or let one come back',
    );
  });

  it('two schedules have windows of one name at different times', () => {
    const { stack, scheduled, measured } = app();
    const schedule = scheduled(stack('Platform', { service: 'platform' }), [sundays()]);
    const shop = stack('Shop');
    scheduled(shop, [wednesdays({ id: 'patching' })]);
    expect(refusal(() => measured(shop, schedule)).message).toBe(
      'Shop/Measured: Platform/Windows and Shop/Windows have windows patching at different times\n  fix: give each an id of its own',
    );
  });

  it('Application Signals has too little maintenance to hide anything', () => {
    const { stack, scheduled } = app();
    const shop = stack('Shop');
    const schedule = scheduled(shop, [sundays({ duration: Span.minutes(1) })]);
    const objective = new ServiceLevelObjective(shop, 'Orders', { indicator: orders });
    expect(refusal(() => new ContractAndRaw(shop, 'Measured', { objective, schedule })).message).toBe(
      'Shop/Measured: all maintenance together takes 5 min of 30 d, and a quarter of the error budget of shop-availability is 5 min 24 s: an alarm on what it hides could never fire\n  fix: leave this out, and count the maintenance',
    );
  });

  it('all maintenance is over', () => {
    const { stack, scheduled, measured } = app();
    const shop = stack('Shop');
    const old = wednesdays({ start: '2026-10-07T01:00', lastDay: '2026-11-18' });
    expect(refusal(() => measured(shop, scheduled(shop, [old], '2026-11-23'))).message).toContain(
      'all maintenance together takes 0 s of 30 d',
    );
  });
});
