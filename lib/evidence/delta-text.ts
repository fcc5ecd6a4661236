import { deltaOf } from '../audit/delta';
import type { Verdict } from '../audit/verdict';
import { fingerprintInWords } from './fingerprint-words';
import type { Palette } from './text';
import { whereOf, worstFirst } from './worst-first';

/** So many are named: a base may be of another app altogether. */
const MOST_NAMED = 20;

/** What a change brought and what it mended, against the report of its base, for a person. */
export function renderDelta(
  verdicts: readonly Verdict[],
  base: ReadonlySet<string> | undefined,
  { bold }: Palette,
): string {
  if (base === undefined) return '';
  const { added, fixed, unchanged } = deltaOf(verdicts, base);
  return [
    `${bold('since the base')}: ${added.length} new, ${fixed.length} fixed, ${unchanged.length} unchanged`,
    ...named(
      'new',
      worstFirst(added).map((verdict) => `${verdict.severity} ${verdict.rule}  ${whereOf(verdict)}`),
    ),
    ...named('fixed', fixed.map(fingerprintInWords)),
  ].join('\n');
}

function named(label: string, names: readonly string[]): readonly string[] {
  const more = names.length > MOST_NAMED ? [`  and ${names.length - MOST_NAMED} more ${label}`] : [];
  return [...names.slice(0, MOST_NAMED).map((name) => `  ${label}: ${name}`), ...more];
}
