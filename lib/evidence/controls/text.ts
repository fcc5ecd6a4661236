import { visible } from '../../assembly/source/printable';
import {
  type ControlEvidence,
  type ControlReport,
  type ControlStatus,
  controlReports,
  openRules,
  WHAT_IT_IS,
} from '../../audit/control-report';
import type { RuleEvidence } from '../../audit/rule-evidence';
import type { Evidence } from '../evidence';
import { PLAIN } from '../plain';
import type { Palette } from '../text';

/** So many places of a rule are named; the findings name them all. */
const PLACES = 5;

/** The reports by framework for a person: control by control, then where the rules fail that they name. */
export function* controlsText({
  result,
  rules,
  frameworks = [],
  palette = PLAIN,
}: Evidence): Generator<string> {
  if (frameworks.length === 0) return;
  const reports = controlReports({ ...result, rules }, frameworks);
  yield '\n';
  for (const report of reports) yield `${frameworkBlock(report, palette)}\n\n`;
  const open = openRules(reports);
  if (open.length > 0)
    yield `${[palette.bold('Where rules fail or do not know'), ...open.flatMap((rule) => ruleLines(rule, palette))].join('\n')}\n\n`;
  yield `${WHAT_IT_IS.map((line) => palette.dim(line)).join('\n')}\n`;
}

function frameworkBlock({ title, unit, counts, controls }: ControlReport, palette: Palette): string {
  const figures = `${counts.supported} supported, ${counts['not supported']} not supported, ${counts['not assessable']} not assessable`;
  const width = Math.max(...controls.map((control) => nameOf(control).length));
  return [
    `${palette.bold(title)}  ${palette.dim(`by ${unit}: ${figures}`)}`,
    ...controls.map((control) => controlLine(control, width, palette)),
  ].join('\n');
}

function controlLine(control: ControlEvidence, width: number, palette: Palette): string {
  const { status, because, rules } = control;
  const outcome = status === 'not supported' ? 'fail' : 'unknown';
  const named = rules.filter((rule) => rule.outcome === outcome).map(({ rule }) => rule);
  const names = named.length === 0 ? '' : ` (${named.join(', ')})`;
  const watched = rules.filter((rule) => rule.outcome === 'at run time').map(({ rule }) => rule);
  const more =
    status === 'supported' && watched.length > 0 ? `; watch at run time: ${watched.join(', ')}` : '';
  return `  ${paint(status, palette)}  ${nameOf(control).padEnd(width)}  ${because}${names}${more}`;
}

function nameOf({ id, ourReading }: ControlEvidence): string {
  return ourReading ? `${id} (our reading)` : id;
}

function paint(status: ControlStatus, palette: Palette): string {
  const words = status.padEnd('not assessable'.length);
  if (status === 'supported') return palette.green(words);
  return status === 'not supported' ? palette.red(words) : palette.cyan(words);
}

function ruleLines({ rule, title, places }: RuleEvidence, palette: Palette): readonly string[] {
  const shown = places.slice(0, PLACES).map(({ outcome, where, message, accepted }) => {
    const label = accepted ? 'accepted' : outcome;
    return visible(`    ${label.padEnd(8)}  ${where}: ${message}`);
  });
  const more = places.length > PLACES ? [`    and ${places.length - PLACES} more`] : [];
  return [`  ${palette.bold(rule)}  ${title}`, ...shown, ...more];
}
