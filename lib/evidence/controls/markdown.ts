import {
  type ControlEvidence,
  type ControlReport,
  controlReports,
  openRules,
  WHAT_IT_IS,
} from '../../audit/control-report';
import type { RuleEvidence } from '../../audit/rule-evidence';
import type { Evidence } from '../evidence';
import { code, head, inert, row } from '../markdown/text';
import type { Section } from '../markdown/within-limit';

/** So many places of a rule are named. */
const PLACES = 5;

/** The reports by framework as sections of a comment: a folded table for each, then where the rules fail. */
export function controlSections({ result, rules, frameworks = [] }: Evidence): readonly Section[] {
  if (frameworks.length === 0) return [];
  const reports = controlReports({ ...result, rules }, frameworks);
  const open = openRules(reports);
  const places = {
    summary: 'Where rules fail or do not know',
    head: head('Rule', 'Where', 'Found'),
    rows: open.map(ruleRow),
  };
  return [
    { head: `${WHAT_IT_IS.map((line) => inert(line)).join('\n')}\n\n`, rows: [] },
    ...reports.map(frameworkSection),
    ...(open.length > 0 ? [places] : []),
  ];
}

function frameworkSection({ title, unit, counts, controls }: ControlReport): Section {
  const figures = `${counts.supported} supported, ${counts['not supported']} not supported, ${counts['not assessable']} not assessable`;
  return {
    summary: `${inert(title)}: ${figures}`,
    head: head(`Control (${inert(unit)})`, 'Status', 'Because', 'Rules'),
    rows: controls.map(controlRow),
  };
}

function controlRow({ id, ourReading, status, because, rules }: ControlEvidence): string {
  const named = rules.filter(({ places }) => places.length > 0).map(({ rule }) => rule);
  const words = status === 'supported' ? status : `**${status}**`;
  return row(
    `${inert(id)}${ourReading ? ' (our reading)' : ''}`,
    words,
    inert(because),
    inert(named.join(', ')),
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
