import { printable } from '../assembly/source/printable';
import type { OtherFinding } from '../audit/other-findings';
import { isFinding } from '../audit/report';
import type { Verdict } from '../audit/verdict';
import type { Evidence, Renderer } from './evidence';
import { groupBy } from './group-by';
import { whereOf } from './worst-first';
import { openTag, xmlText } from './xml';

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

/** One test: a rule and a resource, with all that the rule says of it. */
interface TestCase {
  readonly suite: string;
  readonly outcome: Outcome;

  /** Its words, made when they are written: all of them at once are as long as the report. */
  words(): Words;
}

interface Words {
  readonly classname: string;
  readonly name: string;

  /** Its level or its kind. */
  readonly type: string;
  readonly lines: readonly string[];
}

/**
 * Renders an audit as JUnit XML: a suite for each stack, a test for each rule and resource.
 *
 * Findings of every level are failures; what is accepted, unknown or (with `all`) does not apply is skipped with the
 * reason; a rule that threw is an error. Passes are always listed: a report without tests reads as one that ran none.
 */
export const junit: Renderer = function* (evidence) {
  const cases = [...ourCases(evidence), ...(evidence.others ?? []).map(otherCase)];
  const suites = groupBy(cases, ({ suite }) => suite);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n${openTag('testsuites', { name: 'cdk-nines', ...countsOf(cases) })}\n`;
  let id = 0;
  for (const [name, tests] of suites) {
    yield* renderSuite(name, tests, { id, evidence });
    id += 1;
  }
  yield '</testsuites>\n';
};

function ourCases({ result, all = false }: Evidence): readonly TestCase[] {
  const { verdicts, engineErrors } = result;
  const shown = verdicts.filter(
    ({ verdict, subsumedBy }) => !subsumedBy && (all || verdict !== 'notApplicable'),
  );
  const errors = new Set(engineErrors.map(printable));
  const groups = groupBy(shown, ({ rule, file, stack, logicalId }) =>
    JSON.stringify([file, stack, rule, logicalId]),
  );
  const told = new Set<string>();
  const cases = [...groups.values()].map((group) => caseOf(group, errors, told));
  return [...cases, ...[...errors].filter((error) => !told.has(error)).map(engineCase)];
}

/** A test fails where the rule finds anything wrong with the resource; what is accepted of the rest is in other formats. */
function caseOf(group: readonly Verdict[], errors: ReadonlySet<string>, told: Set<string>): TestCase {
  const [first] = group;
  const { stack = '', file = '' } = first ?? {};
  const thrown = group.find(({ verdict, message }) => verdict === 'unknown' && errors.has(message));
  if (thrown) told.add(thrown.message);
  return {
    suite: `${stack} (${file})`,
    outcome: thrown ? 'error' : outcomeOf(group.find(isFinding) ?? first),
    words: () => wordsOf(group),
  };
}

function wordsOf(group: readonly Verdict[]): Words {
  const findings = group.filter(isFinding);
  const fresh = findings.filter(({ known }) => !known);
  const decisive = [fresh, findings, group].find((each) => each.length > 0) ?? group;
  const [first] = decisive;
  return {
    classname: `${first?.stack}.${first?.rule}`,
    name: first ? whereOf(first) : '',
    type: findings[0]?.severity ?? first?.verdict ?? '',
    lines: decisive.flatMap(linesOf),
  };
}

function outcomeOf(verdict: Verdict | undefined): Outcome {
  if (verdict === undefined || verdict.verdict === 'pass') return 'passed';
  return isFinding(verdict) && !verdict.known ? 'failure' : 'skipped';
}

function linesOf(verdict: Verdict): readonly string[] {
  const { severity, message, fix, source, accepted, known } = verdict;
  if (verdict.verdict !== 'fail')
    return [`${verdict.verdict === 'notApplicable' ? 'does not apply' : verdict.verdict}: ${message}`];
  if (accepted) return [acceptedLine(accepted), message];
  const before = known ? ['known: the baseline has it'] : [];
  return [
    ...before,
    `${severity}: ${message}`,
    `fix: ${fix}`,
    ...(source ? [`at ${source.file}:${source.line}`] : []),
  ];
}

function acceptedLine({ reason, by, until }: NonNullable<Verdict['accepted']>): string {
  return `accepted${by === undefined ? '' : ` by ${by}`}${until === undefined ? '' : ` until ${until}`}: ${reason}`;
}

function engineCase(error: string): TestCase {
  const words = { classname: 'engine', name: error, type: 'engine', lines: [error] };
  return { suite: 'engine', outcome: 'error', words: () => words };
}

function otherCase(finding: OtherFinding): TestCase {
  const { tool, accepted, verdict } = finding;
  const outcome = accepted || verdict === 'unknown' ? 'skipped' : 'failure';
  return { suite: tool, outcome, words: () => otherWords(finding) };
}

function otherWords(finding: OtherFinding): Words {
  const { tool, rule, accepted, verdict, severity, message, fix, property } = finding;
  return {
    classname: `${tool}.${rule}`,
    name: property === undefined ? whereOf(finding) : `${whereOf(finding)} ${property}`,
    type: severity,
    lines: [
      ...(accepted ? [acceptedLine(accepted)] : []),
      `${verdict === 'unknown' ? 'unknown' : severity}: ${message}`,
      ...(fix === undefined ? [] : [`fix: ${fix}`]),
    ],
  };
}

function* renderSuite(
  name: string,
  tests: readonly TestCase[],
  { id, evidence }: { readonly id: number; readonly evidence: Evidence },
): Generator<string> {
  const fixed = { id, package: name, time: 0 };
  yield `  ${openTag('testsuite', { name, ...countsOf(tests), skipped: count(tests, 'skipped'), ...fixed })}\n`;
  yield `    <properties>${openTag('property', { name: 'cdk-nines', value: evidence.version })}</property></properties>\n`;
  for (const test of tests) yield renderCase(test);
  yield '    <system-out/>\n    <system-err/>\n  </testsuite>\n';
}

function countsOf(tests: readonly TestCase[]): Readonly<Record<string, number>> {
  return { tests: tests.length, failures: count(tests, 'failure'), errors: count(tests, 'error') };
}

function count(tests: readonly TestCase[], outcome: Outcome): number {
  return tests.filter((test) => test.outcome === outcome).length;
}

function renderCase({ outcome, words }: TestCase): string {
  const { classname, name, type, lines } = words();
  const open = openTag('testcase', { classname, name, time: 0 });
  if (outcome === 'passed') return `    ${open}</testcase>\n`;
  const [message = ''] = lines;
  // Viewers show the text of a skipped test, not its attributes, and the message of a failed one before its text.
  const inner =
    outcome === 'skipped'
      ? `<skipped>${lines.map(xmlText).join('\n')}</skipped>`
      : `${openTag(outcome, { message, type })}${lines.map(xmlText).join('\n')}</${outcome}>`;
  return `    ${open}${inner}</testcase>\n`;
}
