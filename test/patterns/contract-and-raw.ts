import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { Span } from '../../lib/calculus/time-span';
import { WindowKind } from '../../lib/calculus/windows/overlaps';
import { Weekday } from '../../lib/calculus/windows/recurrence';
import { ContractAndRaw } from '../../lib/constructs/observe/slo/contract-and-raw';
import { type Indicator, IndicatorKind } from '../../lib/constructs/observe/slo/indicator';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import { MaintenanceSchedule } from '../../lib/constructs/observe/windows/maintenance-schedule';
import { MaintenanceWindow, Recurrence } from '../../lib/objectives/maintenance-window';
import type { Pattern } from '../support/pattern';

const count = (metricName: string) => new Metric({ namespace: 'Shop', metricName, statistic: 'Sum' });

/** Orders that are taken, of all orders. */
const indicator: Indicator = {
  kind: IndicatorKind.AVAILABILITY,
  good: 'orders that are taken',
  metrics: { orders: count('Orders'), failures: count('Failures') },
  total: 'FILL(orders, 0)',
  bad: 'FILL(failures, 0)',
};

/** In UTC: Application Signals knows no other zone. */
const patches = patchesOf(20, 'UTC');

function patchesOf(minutes: number, timeZone: string): MaintenanceWindow {
  return new MaintenanceWindow({
    id: 'patches',
    kind: WindowKind.MAINTENANCE,
    start: '2026-12-06T03:00',
    duration: Span.minutes(minutes),
    timeZone,
    recurrence: Recurrence.weekly(Weekday.SUNDAY),
    reason: 'the weekly patches are installed',
    approver: 'head of retail',
  });
}

interface Options {
  readonly minutes: number;
  readonly timeZone: string;
  readonly hours: number;
}

export const contractAndRaw: Pattern<Options> = {
  construct: 'ContractAndRaw',
  build: (stack) => {
    const objective = new ServiceLevelObjective(stack, 'Orders', { indicator });
    // minimal
    const schedule = new MaintenanceSchedule(stack, 'Windows', { windows: [patches] });
    new ContractAndRaw(stack, 'Measured', { objective, schedule });
    // end
  },
  options: fc.record({
    minutes: fc.integer({ min: 1, max: 90 }),
    timeZone: fc.constantFrom('UTC', 'Asia/Tokyo', 'Europe/Berlin'),
    hours: fc.constantFrom(168, 672, 720, 100),
  }),
  buildWith: (stack, { minutes, timeZone, hours }) => {
    const window = Duration.hours(hours);
    const objective = new ServiceLevelObjective(stack, 'Orders', { indicator, window });
    const windows = [patchesOf(minutes, timeZone)];
    const schedule = new MaintenanceSchedule(stack, 'Windows', { windows });
    new ContractAndRaw(stack, 'Measured', { objective, schedule });
  },
};
