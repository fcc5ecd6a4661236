import { visible } from '../assembly/source/printable';
import type { OtherFinding } from '../audit/other-findings';
import { groupBy } from './group-by';
import type { Palette } from './text';
import { whereOf } from './worst-first';

/** What other tools found, a block for each tool; what is accepted comes last. */
export function renderOthers(others: readonly OtherFinding[], palette: Palette): string {
  return [...groupBy(others, ({ tool }) => tool)]
    .map(([tool, findings]) => block(tool, findings, palette))
    .join('');
}

function block(tool: string, findings: readonly OtherFinding[], palette: Palette): string {
  const open = findings.filter(({ accepted }) => !accepted);
  const accepted = findings.filter((finding) => finding.accepted);
  const count = `${open.length} ${open.length === 1 ? 'finding' : 'findings'}, ${accepted.length} accepted`;
  const heading = `${palette.bold(visible(tool))}  ${palette.dim(`${count}, not counted above`)}`;
  return ['', heading, ...[...open, ...accepted].map((finding) => line(finding, palette)), ''].join('\n');
}

function line(finding: OtherFinding, palette: Palette): string {
  const { rule, message, source, accepted, severity, verdict } = finding;
  const label = accepted ? palette.dim('accepted') : (verdict === 'unknown' ? verdict : severity).padEnd(8);
  const place = source ? palette.dim(visible(`  ${source.file}:${source.line}`)) : '';
  const words = accepted ? `${message}; accepted: ${accepted.reason}` : message;
  return `  ${label} ${palette.bold(visible(rule))}  ${visible(whereOf(finding))}${place}: ${visible(words)}`;
}
