import { openSloSeconds } from '../../../../objectives/open-slo';
import type { DocumentPart } from './document-part';
import { FIELDS } from './fields';
import { OpenSloApproximation } from './open-slo-options';

/**
 * A month, where a document says no window: what OpenSLO leaves to the implementation.
 *
 * @internal
 */
export const MONTH = 30 * 86_400;

const HOUR = 3_600;

/**
 * The seconds over which an objective is measured.
 *
 * @internal
 */
export function windowOf(part: DocumentPart, accept: readonly OpenSloApproximation[]): number | undefined {
  if (!part.isSet) return MONTH;
  const window = part.only('windows');
  if (window === undefined) return undefined;
  window.hasOnly(FIELDS.window);
  const duration = window.at('duration');
  const [calendar, isRolling] = [window.at('calendar'), window.at('isRolling')];
  if (!calendar.isSet && !isRolling.isSet)
    return window.note('says neither isRolling: true nor calendar', 'write isRolling: true');
  const isOfCalendar = calendar.isSet || isRolling.value !== true;
  if (isOfCalendar && !accept.includes(OpenSloApproximation.CALENDAR_AS_ROLLING))
    return window.note(
      'follows the calendar: alarms look back from now',
      `write isRolling: true, without calendar, or accept ${OpenSloApproximation.CALENDAR_AS_ROLLING}`,
    );
  const seconds = openSloSeconds(duration.value);
  if (seconds === undefined)
    return duration.note(`is ${JSON.stringify(duration.value)}, no duration`, 'write one such as 30d');
  if (seconds >= HOUR) return seconds;
  return duration.note(
    `is ${JSON.stringify(duration.value)}, ${seconds / 60} min, in which no alarm can look back`,
    'write an hour or more; 1M is a month, 1m a minute',
  );
}
