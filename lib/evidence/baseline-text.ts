import type { BaselineComparison } from '../audit/baseline';
import { fingerprintInWords } from './fingerprint-words';
import type { Palette } from './text';

/** Names of findings that are gone are listed up to here: a baseline may hold thousands. */
const MOST_GONE = 20;

/** How an audit differs from its baseline, for a person. */
export function renderBaseline(comparison: BaselineComparison | undefined, palette: Palette): string {
  if (!comparison) return '';
  const { known, new: fresh, gone } = comparison;
  const names = gone.slice(0, MOST_GONE).map((name) => `  gone: ${fingerprintInWords(name)}`);
  const more = gone.length > MOST_GONE ? [`  and ${gone.length - MOST_GONE} more`] : [];
  const advice =
    gone.length > 0 ? ['  fix: write the baseline anew with nines baseline, so that they stay gone'] : [];
  return [
    `${palette.bold('baseline')}: ${known} known, ${fresh} new, ${gone.length} gone`,
    ...names,
    ...more,
    ...advice,
  ].join('\n');
}
