import { Span } from '../../../../lib/calculus/time-span';
import { WindowKind } from '../../../../lib/calculus/windows/overlaps';
import { Weekday } from '../../../../lib/calculus/windows/recurrence';
import {
  MaintenanceWindow,
  type MaintenanceWindowProps,
  Recurrence,
} from '../../../../lib/objectives/maintenance-window';

/** Half an hour of patching each Sunday morning in Berlin, unless said otherwise. */
export function patching(props: Partial<MaintenanceWindowProps> = {}): MaintenanceWindow {
  return new MaintenanceWindow({
    id: 'patching',
    kind: WindowKind.MAINTENANCE,
    start: '2026-12-06T04:00',
    duration: Span.minutes(20),
    recurrence: Recurrence.weekly(Weekday.SUNDAY),
    timeZone: 'Europe/Berlin',
    reason: 'the weekly patches are installed',
    approver: 'head of retail',
    ...props,
  });
}

/** No changes over the holidays. */
export function freeze(props: Partial<MaintenanceWindowProps> = {}): MaintenanceWindow {
  return patching({
    id: 'holidays',
    kind: WindowKind.FREEZE,
    start: '2026-12-18T18:00',
    duration: Span.days(17),
    recurrence: Recurrence.yearly(),
    reason: 'half of the staff is away',
    ...props,
  });
}
