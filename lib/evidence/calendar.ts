import { icalendar } from '../calculus/windows/icalendar';
import type { CatalogueWindow } from '../objectives/catalogue-window';

/**
 * Maintenance, freezes and drills as a calendar file, to subscribe to or to import.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545
 */
export function* calendarFile(windows: readonly CatalogueWindow[]): Generator<string> {
  yield icalendar(windows, ['PRODID:-//cdk-nines//Windows//EN', 'VERSION:2.0', 'CALSCALE:GREGORIAN']);
}
