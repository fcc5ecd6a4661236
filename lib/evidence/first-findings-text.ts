import type { FirstFinding } from '../audit/first-findings';
import type { Palette } from './text';
import { whereOf } from './worst-first';

/** What to mend first, for a person: what, where, why it matters and why it comes first. */
export function renderFirstFindings(findings: readonly FirstFinding[], palette: Palette): string {
  if (findings.length === 0) return 'Nothing to fix: no rule fails.';
  const entries = findings.map(({ rule, verdict, places, because }, index) => {
    const more = places > 1 ? palette.dim(` and ${places - 1} more`) : '';
    const source = verdict.source ? palette.dim(`  ${verdict.source.file}:${verdict.source.line}`) : '';
    return [
      `${String(index + 1).padStart(2)}. ${palette.bold(rule.id)}  ${rule.title}`,
      `    ${verdict.stack} ${whereOf(verdict)}${more}${source}`,
      `    ${verdict.message}`,
      `    why: ${rule.why}`,
      `    fix: ${verdict.fix}`,
      palette.dim(`    first because: ${because.join(', ')}`),
    ].join('\n');
  });
  return [palette.bold('Fix first'), ...entries].join('\n');
}
