import { Duration } from 'aws-cdk-lib/core';
import { MaintenanceWindow, Recurrence } from 'cdk-nines';
import { WindowKind } from 'cdk-nines/calculus';

export const BERLIN = 'Europe/Berlin';

const SAID = { timeZone: BERLIN, approver: 'head of ticketing' };

/** Said once, by the clocks of Berlin; every region keeps them. */
export const WINDOWS = [
  new MaintenanceWindow({
    ...SAID,
    id: 'monthly-patching',
    kind: WindowKind.MAINTENANCE,
    start: '2026-12-06T03:00',
    duration: Duration.hours(1),
    recurrence: Recurrence.monthlyOnDay(6),
    reason: 'the payment provider patches its gateway',
  }),
  new MaintenanceWindow({
    ...SAID,
    id: 'festival-sale',
    kind: WindowKind.FREEZE,
    start: '2027-05-10T08:00',
    duration: Duration.days(4),
    recurrence: Recurrence.yearly(),
    reason: 'half of the tickets of the year are sold in four days',
  }),
];
