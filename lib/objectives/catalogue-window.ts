import type { NamedWindow } from '../calculus/windows/overlaps';
import type { MaintenanceWindow } from './maintenance-window';

/** A maintenance window, a freeze or a drill, as a template carries it. */
export interface CatalogueWindow extends NamedWindow {
  readonly reason: string;

  /** A role or team. */
  readonly approver?: string;
}

/** A window as the catalogue says it, for services that are known by name where it names none. */
export function catalogueWindow(
  window: MaintenanceWindow,
  services: readonly string[] | undefined,
): CatalogueWindow {
  const { id, kind, start, durationSeconds, recurrence, timeZone, reason } = window;
  const { lastDay, approver, appliesTo = services } = window;
  return {
    id,
    kind,
    start,
    durationSeconds,
    recurrence,
    timeZone,
    reason,
    ...(lastDay !== undefined && { lastDay }),
    ...(approver !== undefined && { approver }),
    ...(appliesTo !== undefined && { appliesTo: [...appliesTo] }),
  };
}
