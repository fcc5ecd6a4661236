import { isFinding } from '../audit/report';
import type { Rule } from '../audit/rule';
import type { Severity } from '../audit/severity';
import type { Verdict } from '../audit/verdict';
import { groupBy } from './group-by';
import type { Palette } from './text';

/** Fewer findings are read one by one. */
const FEW = 40;

/** So many rules stand in the overview. */
const MOST_RULES = 10;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** What many findings are about, for a person: the rules with the gravest and most of them. Of few it says nothing. */
export function renderOverview(
  verdicts: readonly Verdict[],
  rules: readonly Rule[],
  palette: Palette,
): string {
  const findings = verdicts.filter(isFinding);
  if (findings.length <= FEW) return '';
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const groups = [...groupBy(findings, ({ rule, severity }) => `${rule} ${severity}`).values()].sort(worst);
  const lines = groups.slice(0, MOST_RULES).map((group) => {
    const [{ rule = '', severity = 'info' } = {}] = group;
    const count = String(group.length).padStart(String(findings.length).length);
    return `  ${count} ${paint(severity, palette)} ${palette.bold(rule)}  ${titles.get(rule) ?? ''}`;
  });
  const ids = new Set(findings.map(({ rule }) => rule));
  const rest = groups.slice(MOST_RULES).reduce((sum, group) => sum + group.length, 0);
  return [
    palette.bold(`${findings.length} findings of ${ids.size} rules`),
    ...lines,
    ...(rest > 0 ? [palette.dim(`  and ${rest} more, of other rules or levels`)] : []),
  ].join('\n');
}

function worst(a: readonly Verdict[], b: readonly Verdict[]): number {
  const [first, second] = [a[0], b[0]];
  if (!first || !second) return 0;
  const bySeverity = SEVERITIES.indexOf(first.severity) - SEVERITIES.indexOf(second.severity);
  return bySeverity || b.length - a.length || (first.rule < second.rule ? -1 : 1);
}

function paint(severity: Severity, { red, yellow, cyan }: Palette): string {
  const label = severity.padEnd('warning'.length);
  if (severity === 'error') return red(label);
  return severity === 'warning' ? yellow(label) : cyan(label);
}
