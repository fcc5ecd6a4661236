import { type Delta, deltaOf } from '../audit/delta';
import type { OtherFinding } from '../audit/other-findings';
import { type RegisterEntry, stateInWords } from '../audit/register';
import { isFinding, isUnknown, summarise } from '../audit/report';
import type { TurnedOff } from '../audit/turned-off';
import type { Verdict } from '../audit/verdict';
import { controlSections } from './controls/markdown';
import type { Evidence, Renderer } from './evidence';
import { groupBy } from './group-by';
import { code, head, inert, row } from './markdown/text';
import { type Section, withinLimit } from './markdown/within-limit';
import { whereOf, worstFirst } from './worst-first';

/** By this a bot finds its own comment again, to write it anew instead of adding another. */
const MARKER = '<!-- cdk-nines -->';

/** GitHub takes comments of at most 65,536 characters; a bot may add a line of its own. */
const LIMIT = 65_000;

/** So many findings stand open; the rest is folded. */
const OPEN_ROWS = 20;

/** Renders an audit as a comment on a pull request: what is new first, the worst first, details folded. */
export const markdown: Renderer = (evidence) => [withinLimit(sectionsOf(evidence), LIMIT)];

function sectionsOf(evidence: Evidence): readonly Section[] {
  const { result, base, register = [], others = [] } = evidence;
  const shown = worstFirst(result.verdicts);
  const findings = shown.filter(isFinding);
  const delta = base === undefined ? undefined : deltaOf(result.verdicts, base);
  return [
    { head: headline(evidence, delta), rows: [] },
    ...engineErrors(result.engineErrors),
    ...findingSections(findings, delta),
    ...fixedSection(delta?.fixed ?? []),
    ...mendingSection(findings, evidence),
    ...unknownSection(shown.filter(isUnknown)),
    ...registerSection(register),
    ...turnedOffSection(result.turnedOff ?? []),
    ...otherSections(others),
    ...controlSections(evidence),
  ];
}

function headline({ result }: Evidence, delta: Delta | undefined): string {
  const count = (severity: string) =>
    result.verdicts.filter((verdict) => isFinding(verdict) && verdict.severity === severity).length;
  const { unknown, pass, accepted } = summarise(result);
  const levels = `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}, ${count('info')} info`;
  const change =
    delta &&
    `**${delta.added.length} new**, ${delta.fixed.length} fixed, ${delta.unchanged.length} unchanged since the base. `;
  return `${MARKER}\n## cdk-nines: ${levels}\n\n${change ?? ''}${unknown} unknown, ${pass} passed, ${accepted} accepted.\n\n`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function engineErrors(errors: readonly string[]): readonly Section[] {
  if (errors.length === 0) return [];
  return [
    {
      head: '**Engine errors**, defects of the tool:\n\n',
      rows: errors.map((error) => `- ${code(error)}\n`),
    },
  ];
}

const FINDING_HEAD = head('Level', 'Rule', 'Where', 'Found');

/** What is new stands open; without a base, the worst do. */
function findingSections(findings: readonly Verdict[], delta: Delta | undefined): readonly Section[] {
  const added = new Set(delta?.added);
  const first = delta ? findings.filter((verdict) => added.has(verdict)) : findings;
  const rest = delta ? findings.filter((verdict) => !added.has(verdict)) : [];
  const label = delta ? 'new ' : '';
  return [
    ...openSection(first.slice(0, OPEN_ROWS)),
    ...folded(`${first.length - OPEN_ROWS} more ${label}findings`, first.slice(OPEN_ROWS)),
    ...folded(`${plural(rest.length, 'finding')} that the base has, too`, rest),
  ];
}

function openSection(findings: readonly Verdict[]): readonly Section[] {
  return findings.length === 0 ? [] : [{ head: FINDING_HEAD, rows: findings.map(findingRow) }];
}

function folded(summary: string, findings: readonly Verdict[]): readonly Section[] {
  return findings.length === 0 ? [] : [{ summary, head: FINDING_HEAD, rows: findings.map(findingRow) }];
}

function findingRow(verdict: Verdict): string {
  const { severity, rule, source, message } = verdict;
  const level = severity === 'error' ? '**error**' : severity;
  const line = source === undefined ? '' : `<br>${code(`${source.file}:${source.line}`)}`;
  return row(level, inert(rule), `${code(whereOf(verdict))}${line}`, code(message));
}

/** Fingerprints are readable: rule, account, region, stack, construct, property. */
function fixedSection(fixed: readonly string[]): readonly Section[] {
  if (fixed.length === 0) return [];
  const rows = fixed.map((name) => {
    const [rule = '', , , , where = '', property = ''] = name
      .split('|')
      .map((part) => part.replaceAll('%7C', '|').replaceAll('%25', '%'));
    return row(inert(rule), code(where), code(property));
  });
  return [{ summary: `${fixed.length} fixed`, head: head('Rule', 'Where', 'Property'), rows }];
}

function mendingSection(findings: readonly Verdict[], { rules }: Evidence): readonly Section[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const groups = [...groupBy(findings, ({ rule }) => rule)];
  if (groups.length === 0) return [];
  const rows = groups.map(([id, group]) => {
    const rule = byId.get(id);
    const fixes = [...new Set(group.map(({ fix }) => fix))].map((fix) => `  - fix: ${code(fix)}\n`);
    const controls = group[0]?.controls ?? [];
    const supports = controls.length > 0 ? `  - supports ${inert(controls.join(', '))}\n` : '';
    return `- **${inert(id)}** ${inert(rule?.title ?? '')} ${inert(rule?.why ?? '')}\n${fixes.join('')}${supports}`;
  });
  return [{ summary: 'Why it matters, and how to mend it', head: '', rows }];
}

function unknownSection(unknowns: readonly Verdict[]): readonly Section[] {
  const groups = [...groupBy(unknowns, ({ rule, message }) => JSON.stringify([rule, message])).values()];
  const rows = groups.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const more = group.length > 1 ? ` and ${group.length - 1} more` : '';
    return [row(inert(first.rule), `${code(whereOf(first))}${more}`, code(first.message))];
  });
  if (rows.length === 0) return [];
  const summary = `${unknowns.length} unknown: deploy decides`;
  return [{ summary, head: head('Rule', 'Where', 'Why'), rows }];
}

function registerSection(register: readonly RegisterEntry[]): readonly Section[] {
  if (register.length === 0) return [];
  const rows = register.map((entry) =>
    row(
      inert(stateInWords(entry)),
      inert(entry.rules.join(', ')),
      code(entry.scope),
      code(entry.reason),
      code(entry.approver ?? ''),
      entry.expires === undefined ? 'no end' : inert(entry.expires),
    ),
  );
  const titles = ['State', 'Rules', 'Scope', 'Reason', 'Approver', 'Until'];
  return [{ summary: `Register of accepted risks: ${register.length}`, head: head(...titles), rows }];
}

function turnedOffSection(turnedOff: readonly TurnedOff[]): readonly Section[] {
  if (turnedOff.length === 0) return [];
  const rows = turnedOff.map(({ rule, scope, reason }) => row(inert(rule), code(scope), code(reason)));
  return [
    {
      summary: `${turnedOff.length} turned off by the configuration`,
      head: head('Rule', 'Where', 'Reason'),
      rows,
    },
  ];
}

/** Findings of other tools, one section for each tool; what is accepted comes last, with its reason. */
function otherSections(others: readonly OtherFinding[]): readonly Section[] {
  return [...groupBy(others, ({ tool }) => tool)].map(([tool, findings]) => {
    const open = findings.filter(({ accepted }) => !accepted);
    const accepted = findings.filter((finding) => finding.accepted);
    return {
      summary: `${inert(tool)}: ${plural(open.length, 'finding')}, ${accepted.length} accepted`,
      head: head('Level', 'Rule', 'Where', 'Found'),
      rows: [...open, ...accepted].map(otherRow),
    };
  });
}

function otherRow(finding: OtherFinding): string {
  const { rule, severity, verdict, message, accepted } = finding;
  const level = accepted ? 'accepted' : verdict === 'unknown' ? 'unknown' : severity;
  const why = accepted ? `<br>accepted: ${code(accepted.reason)}` : '';
  return row(level, inert(rule), code(whereOf(finding)), `${code(message)}${why}`);
}
