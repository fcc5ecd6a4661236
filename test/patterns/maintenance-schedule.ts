import { type CompositeAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import fc from 'fast-check';
import { Span } from '../../lib/calculus/time-span';
import { WindowKind } from '../../lib/calculus/windows/overlaps';
import { Weekday } from '../../lib/calculus/windows/recurrence';
import { type Indicator, IndicatorKind } from '../../lib/constructs/observe/slo/indicator';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import { MaintenanceSchedule } from '../../lib/constructs/observe/windows/maintenance-schedule';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { MaintenanceWindow, Recurrence } from '../../lib/objectives/maintenance-window';
import type { Pattern } from '../support/pattern';

const { MAINTENANCE, FREEZE, DRILL } = WindowKind;

const patches = new MaintenanceWindow({
  id: 'patches',
  kind: MAINTENANCE,
  start: '2026-12-06T04:00',
  duration: Span.minutes(20),
  recurrence: Recurrence.weekly(Weekday.SUNDAY),
  timeZone: 'Europe/Berlin',
  reason: 'the weekly patches are installed',
  approver: 'head of retail',
});

const count = (metricName: string) => new Metric({ namespace: 'Shop', metricName, statistic: 'Sum' });

/** What wakes people: the alarms of an objective. */
function pagesIn(stack: RegionStack): readonly CompositeAlarm[] {
  const indicator: Indicator = {
    kind: IndicatorKind.AVAILABILITY,
    good: 'orders that are taken',
    metrics: { orders: count('Orders'), failures: count('Failures') },
    total: 'FILL(orders, 0)',
    bad: 'FILL(failures, 0)',
  };
  return new ServiceLevelObjective(stack, 'Orders', { indicator }).alarms.map(({ both }) => both);
}

interface Options {
  readonly kind: WindowKind;
  readonly start: string;
  readonly minutes: number;
  readonly timeZone: string;
  readonly weekly: boolean;
  readonly approved: boolean;
}

export const maintenanceSchedule: Pattern<Options> = {
  construct: 'MaintenanceSchedule',
  build: (stack) => {
    const pages = pagesIn(stack);
    // minimal
    new MaintenanceSchedule(stack, 'Windows', { windows: [patches], alarms: pages });
    // end
  },
  options: fc.record({
    kind: fc.constantFrom(MAINTENANCE, FREEZE, DRILL),
    start: fc.constantFrom('2026-12-06T02:30', '2026-12-06T04:10', '2026-12-06T13:00', '2026-12-06T23:45'),
    minutes: fc.integer({ min: 1, max: 3_000 }),
    timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
    weekly: fc.boolean(),
    approved: fc.boolean(),
  }),
  buildWith: (stack, { kind, start, minutes, timeZone, weekly, approved }) => {
    const other = new MaintenanceWindow({
      id: 'other',
      kind,
      start,
      duration: Span.minutes(minutes),
      timeZone,
      reason: 'something else is done',
      ...(weekly && { recurrence: Recurrence.weekly(Weekday.SUNDAY) }),
      ...(approved && { approver: 'head of retail' }),
    });
    new MaintenanceSchedule(stack, 'Windows', { windows: [patches, other], alarms: pagesIn(stack) });
  },
};
