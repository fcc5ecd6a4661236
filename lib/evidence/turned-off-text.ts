import type { TurnedOff } from '../audit/turned-off';
import type { Palette } from './text';

/** What the configuration keeps from being judged, for a person: nothing is left out unseen. */
export function renderTurnedOff(turnedOff: readonly TurnedOff[], palette: Palette): string {
  if (turnedOff.length === 0) return '';
  const lines = turnedOff.map(({ rule, scope, reason, source }) => {
    const place = source ? palette.dim(`  ${source.file}:${source.line}`) : '';
    return `  ${palette.bold(rule)} ${scope}: ${reason}${place}`;
  });
  return [palette.bold('Turned off by the configuration'), ...lines].join('\n');
}
