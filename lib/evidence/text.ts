import { printable } from '../assembly/source/printable';
import type { AuditResult } from '../audit/engine';
import type { RegisterEntry } from '../audit/register';
import { bySeverity, isAccepted, isFinding, isUnknown, type Summary, summarise } from '../audit/report';
import type { Rule } from '../audit/rule';
import type { Severity } from '../audit/severity';
import type { Verdict } from '../audit/verdict';
import { renderBaseline } from './baseline-text';
import { renderDelta } from './delta-text';
import type { Renderer } from './evidence';
import { groupBy } from './group-by';
import { renderOverview } from './overview-text';
import { renderRegister } from './register-text';
import { renderOthers } from './text-others';
import { renderTurnedOff } from './turned-off-text';
import { renderUnknownsOfMany } from './unknown-text';

/** Paints text for a terminal; plain functions where there are no colours. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  green(text: string): string;
}

/** What the text needs besides the result. */
export interface TextOptions {
  readonly rules: readonly Rule[];
  readonly palette: Palette;

  /** Whether passes are listed too. @default false */
  readonly all?: boolean;

  /** Every exception. @default - none */
  readonly register?: readonly RegisterEntry[];

  /** The findings of another run, by their fingerprints. @default - nothing is compared */
  readonly base?: ReadonlySet<string> | undefined;
}

/** Renders an audit for a person: by service and stack, the worst first, each finding with one fix. */
export function renderAuditText(result: AuditResult, options: TextOptions): string {
  const shown = result.verdicts
    .filter((verdict) => options.all || !verdict.known)
    .filter(
      (verdict) =>
        isFinding(verdict) ||
        isAccepted(verdict) ||
        isUnknown(verdict) ||
        (options.all && verdict.verdict === 'pass'),
    );
  const unknowns = renderUnknownsOfMany(shown, options.palette);
  const ofStacks = shown.filter((verdict) => !isUnknown(verdict) || unknowns.ofOneStack.has(verdict));
  const groups = [...groupBy(ofStacks, groupKey).values()].sort(worstFirst);
  const blocks = groups.map((group) => renderGroup(group, options));
  const errors = result.engineErrors.map((error) => options.palette.red(`engine error: ${printable(error)}`));
  const register = renderRegister(options.register ?? [], options.palette);
  const beside = [
    unknowns.ofMany,
    register,
    renderTurnedOff(result.turnedOff ?? [], options.palette),
    renderServices(result.verdicts, options.palette),
    renderBaseline(result.baseline, options.palette),
    renderDelta(result.verdicts, options.base, options.palette),
  ];
  const overview = renderOverview(shown, options.rules, options.palette);
  const parts = [overview, ...blocks, ...errors, ...beside, summaryLine(result, options.palette)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function groupKey({ service, app, stack, file }: Verdict): string {
  return JSON.stringify([service ?? '', app, stack, file]);
}

/** The group with the worst finding first, then the one with more of them, then by name. */
function worstFirst(a: readonly Verdict[], b: readonly Verdict[]): number {
  const weights = (group: readonly Verdict[]) =>
    (['error', 'warning', 'info'] as const).map(
      (severity) => group.filter((verdict) => isFinding(verdict) && verdict.severity === severity).length,
    );
  const [left, right] = [weights(a), weights(b)];
  const differing = left.findIndex((weight, index) => weight !== right[index]);
  if (differing >= 0) return (right[differing] ?? 0) - (left[differing] ?? 0);
  return groupKeyOf(a) < groupKeyOf(b) ? -1 : 1;
}

function groupKeyOf(group: readonly Verdict[]): string {
  return group[0] ? groupKey(group[0]) : '';
}

function renderGroup(group: readonly Verdict[], options: TextOptions): string {
  const [first] = group;
  if (!first) return '';
  const { palette } = options;
  const service =
    first.service === undefined
      ? `no declared service, judged at tier ${first.tier}`
      : `${first.service}, tier ${first.tier}`;
  const place = first.region === undefined ? first.file : `${first.region} · ${first.file}`;
  const heading = `${palette.bold(first.stack)}  ${palette.dim(`${service} · ${place}`)}`;
  const findings = group.filter(isFinding).sort(bySeverity);
  return [
    heading,
    ...renderByRule(findings, options),
    ...renderUnknowns(group.filter(isUnknown), palette),
    ...renderAccepted(group.filter(isAccepted), palette),
    ...renderPasses(
      group.filter(({ verdict }) => verdict === 'pass'),
      palette,
    ),
  ].join('\n');
}

function renderByRule(findings: readonly Verdict[], { rules, palette }: TextOptions): readonly string[] {
  const titles = new Map(rules.map((rule) => [rule.id, rule.title]));
  return [...groupBy(findings, ({ rule, severity }) => `${rule} ${severity}`).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const head = `  ${label(first.severity, palette)} ${palette.bold(first.rule)}  ${titles.get(first.rule) ?? ''}`;
    // One rule may ask for one thing here and for another there.
    const byFix = [...groupBy(group, ({ fix }) => fix)].flatMap(([fix, ofFix]) => [
      ...ofFix.flatMap((verdict) => renderFinding(verdict, palette)),
      `      fix: ${fix}`,
    ]);
    return [head, ...byFix];
  });
}

function renderFinding(verdict: Verdict, palette: Palette): readonly string[] {
  const source = verdict.source ? palette.dim(`  ${verdict.source.file}:${verdict.source.line}`) : '';
  const refused = verdict.refused === undefined ? [] : [`      not accepted: ${verdict.refused}`];
  return [`    ${where(verdict)}${source}`, `      ${verdict.message}`, ...refused];
}

function where({ constructPath, logicalId }: Verdict): string {
  return constructPath ?? logicalId;
}

/** Unknowns with one reason are one line: a parameter without default may stand behind a hundred. */
function renderUnknowns(unknowns: readonly Verdict[], palette: Palette): readonly string[] {
  return [...groupBy(unknowns, ({ rule, message }) => `${rule} ${message}`).values()].map((group) => {
    const [first] = group;
    const more = group.length > 1 ? palette.dim(` and ${group.length - 1} more`) : '';
    return first
      ? `  ${palette.cyan('unknown')} ${palette.bold(first.rule)}  ${where(first)}${more}: ${first.message}`
      : '';
  });
}

function renderAccepted(accepted: readonly Verdict[], palette: Palette): readonly string[] {
  return accepted.map((verdict) => {
    const until = verdict.accepted?.until === undefined ? '' : ` until ${verdict.accepted.until}`;
    return `  ${palette.dim('accepted')} ${verdict.rule}  ${where(verdict)}${until}: ${verdict.accepted?.reason ?? ''}`;
  });
}

function renderPasses(passes: readonly Verdict[], palette: Palette): readonly string[] {
  return passes.map(
    (verdict) => `  ${palette.green('pass')}    ${verdict.rule}  ${where(verdict)}: ${verdict.message}`,
  );
}

function label(severity: Severity, palette: Palette): string {
  if (severity === 'error') return palette.red('error  ');
  return severity === 'warning' ? palette.yellow('warning') : palette.cyan('info   ');
}

/** One line a service: what it is, where it stands, and how it fares. */
function renderServices(verdicts: readonly Verdict[], palette: Palette): string {
  const groups = groupBy(verdicts, ({ service, tier }) => JSON.stringify([service ?? '', tier]));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const stacks = new Set(group.map(({ file, stack }) => JSON.stringify([file, stack]))).size;
      const where = `tier ${group[0]?.tier}, ${plural(stacks, 'stack')}`;
      const count = (outcome: string) => group.filter(({ verdict }) => verdict === outcome).length;
      const name = palette.bold(group[0]?.service ?? 'no declared service');
      return `${name} (${where}): ${countFindings(group)}, ${group.filter(isUnknown).length} unknown, ${count('pass')} passed`;
    })
    .join('\n');
}

function countFindings(verdicts: readonly Verdict[]): string {
  const count = (severity: Severity) =>
    verdicts.filter((verdict) => isFinding(verdict) && verdict.severity === severity).length;
  return `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}, ${count('info')} info`;
}

function summaryLine(result: AuditResult, palette: Palette): string {
  const summary: Summary = summarise(result);
  const findings = countFindings(result.verdicts);
  const rest = `${summary.unknown} unknown, ${summary.pass} passed, ${summary.notApplicable} not applicable, ${summary.accepted} accepted`;
  const undeclared = result.verdicts.some((verdict) => verdict.service === undefined);
  const note = undeclared
    ? '\nResources of no declared service are judged at an assumed tier; --tier changes it, nines.config.yaml declares services.'
    : '';
  const paint = findings.startsWith('0 errors') ? palette.green : palette.red;
  return `${paint(findings)} · ${rest}${palette.dim(note)}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const plain = (words: string) => words;
const PLAIN: Palette = { bold: plain, dim: plain, red: plain, yellow: plain, cyan: plain, green: plain };

/** `--format text`. */
export const text: Renderer = ({
  result,
  rules,
  register = [],
  all = false,
  palette = PLAIN,
  others = [],
  base,
}) => [renderAuditText(result, { rules, palette, all, register, base }), renderOthers(others, palette)];
