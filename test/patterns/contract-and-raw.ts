import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
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
const patches = new MaintenanceWindow({
  id: 'patches',
  kind: WindowKind.MAINTENANCE,
  start: '2026-12-06T03:00',
  duration: Span.minutes(20),
  recurrence: Recurrence.weekly(Weekday.SUNDAY),
  reason: 'the weekly patches are installed',
  approver: 'head of retail',
});

export const contractAndRaw: Pattern = {
  construct: 'ContractAndRaw',
  build: (stack) => {
    const objective = new ServiceLevelObjective(stack, 'Orders', { indicator });
    // minimal
    const schedule = new MaintenanceSchedule(stack, 'Windows', { windows: [patches] });
    new ContractAndRaw(stack, 'Measured', { objective, schedule });
    // end
  },
};
