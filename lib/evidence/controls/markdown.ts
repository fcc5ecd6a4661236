import { type ControlReport, controlReports, openRules, WHAT_IT_IS } from '../../audit/control-report';
import type { RuleEvidence } from '../../audit/rule-evidence';
import type { Evidence } from '../evidence';
import { code, head, inert, row } from '../markdown/text';

/** So many places of a rule are named. */
const PLACES = 5;

/** The reports by framework as Markdown: a folded table for each, then where the rules fail that they name. */
export function* controlsMarkdown({ result, rules, frameworks = [] }: Evidence): Generator<string> {
  if (frameworks.length === 0) return;
  const reports = controlReports({ ...result, rules }, frameworks);
  for (const report of reports) yield frameworkSection(report);
  const open = openRules(reports);
  if (open.length > 0) {
    yield folded(
      'Where rules fail or do not know',
      `${head('Rule', 'Where', 'Found')}${open.map(ruleRow).join('')}`,
    );
  }
  yield `${WHAT_IT_IS.map((line) => inert(line)).join('\n')}\n`;
}

function frameworkSection({ title, unit, counts, controls }: ControlReport): string {
  const figures = `${counts.supported} supported, ${counts['not supported']} not supported, ${counts['not assessable']} not assessable`;
  const rows = controls.map(({ id, ourReading, status, because, rules }) => {
    const named = rules.filter(({ places }) => places.length > 0).map(({ rule }) => rule);
    const words = status === 'supported' ? status : `**${status}**`;
    return row(
      `${inert(id)}${ourReading ? ' (our reading)' : ''}`,
      words,
      inert(because),
      inert(named.join(', ')),
    );
  });
  return folded(
    `${inert(title)}: ${figures}`,
    `${head(`Control (${inert(unit)})`, 'Status', 'Because', 'Rules')}${rows.join('')}`,
  );
}

function ruleRow({ rule, title, places }: RuleEvidence): string {
  const shown = places.slice(0, PLACES);
  const more = places.length > PLACES ? `<br>and ${places.length - PLACES} more` : '';
  const where = shown.map(({ where: place, accepted }) => `${code(place)}${accepted ? ' (accepted)' : ''}`);
  return row(
    `${inert(rule)} ${inert(title)}`,
    `${where.join('<br>')}${more}`,
    shown.map(({ message }) => code(message)).join('<br>'),
  );
}

function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n</details>\n\n`;
}
