import { visible } from '../assembly/source/printable';
import { findingFingerprints } from '../audit/delta';
import type { OtherFinding } from '../audit/other-findings';
import { summarise } from '../audit/report';
import type { Evidence, Renderer } from './evidence';
import { groupBy } from './group-by';
import { safeJson } from './safe-json';
import { ROOT } from './sarif/location';
import { otherResultOf, resultOf } from './sarif/result';
import { descriptorOf } from './sarif/rule';
import { messageText } from './sarif/text';
import { worstFirst } from './worst-first';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Code scanning refuses a run with more results. */
const MOST_RESULTS = 25_000;

/** Code scanning refuses a log with more runs; ours is one of them. */
const MOST_OTHER_RUNS = 19;

/**
 * Renders an audit as SARIF 2.1.0, in pieces: one run of ours, and one of each other tool whose findings are merged.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
export const sarif: Renderer = function* (evidence) {
  const tools = [...groupBy(evidence.others ?? [], ({ tool }) => tool)];
  yield `{\n"$schema": "${SCHEMA}",\n"version": "2.1.0",\n"runs": [\n`;
  yield* ourRun(evidence, tools.length - MOST_OTHER_RUNS);
  for (const [tool, findings] of tools.slice(0, MOST_OTHER_RUNS)) {
    yield ',\n';
    yield* otherRun(tool, findings, evidence);
  }
  yield '\n]\n}\n';
};

function* ourRun(evidence: Evidence, toolsCut: number): Generator<string> {
  const { result, rules, version, all } = evidence;
  const shown = worstFirst(result.verdicts, all);
  const fingerprints = findingFingerprints(result.verdicts);
  const indexOfRule = new Map(rules.map(({ id }, index) => [id, index]));
  const notifications = [
    ...result.engineErrors.map((error) => notification('error', error)),
    ...cutNotice(shown.length - MOST_RESULTS, 'results'),
    ...cutNotice(toolsCut, 'other tools'),
  ];
  const head = {
    tool: {
      driver: {
        name: 'cdk-nines',
        semanticVersion: version,
        rules: rules.map(descriptorOf),
      },
    },
    ...invocationOf(notifications, result.engineErrors.length === 0),
    automationDetails: { id: 'cdk-nines/' },
    properties: { summary: summarise(result) },
  };
  const context = { evidence, indexOfRule, fingerprints };
  yield* run(head, shown, (verdict) => resultOf(verdict, context));
}

function* otherRun(tool: string, findings: readonly OtherFinding[], evidence: Evidence): Generator<string> {
  const ids = [...new Set(findings.map(({ rule }) => rule))];
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const version = findings[0]?.toolVersion;
  const head = {
    tool: {
      driver: {
        name: visible(tool),
        ...(version !== undefined && { version: visible(version) }),
        rules: ids.map((id) => ({ id: visible(id) })),
      },
    },
    ...invocationOf(cutNotice(findings.length - MOST_RESULTS, 'results'), true),
    automationDetails: { id: `${visible(tool).replaceAll('/', '-')}/` },
  };
  yield* run(head, findings, (finding) => otherResultOf(finding, evidence, indexes.get(finding.rule) ?? -1));
}

/** A run whose results come one by one: all of them together may be longer than the longest text. */
function* run<T>(head: object, shown: readonly T[], resultFor: (item: T) => object): Generator<string> {
  yield `${safeJson(head).slice(0, -1)},\n"results": [`;
  let between = '\n';
  for (const item of shown.slice(0, MOST_RESULTS)) {
    yield `${between}${safeJson(resultFor(item))}`;
    between = ',\n';
  }
  yield '\n]}';
}

function invocationOf(notifications: readonly object[], successful: boolean): object {
  return {
    invocations: [
      {
        executionSuccessful: successful,
        toolExecutionNotifications: notifications,
      },
    ],
    originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the checkout.' } } },
    columnKind: 'utf16CodeUnits',
    language: 'en',
  };
}

function cutNotice(cut: number, what: string): readonly object[] {
  if (cut <= 0) return [];
  return [
    notification(
      'warning',
      `${cut} ${what} are left out, the least severe: sites take no more; --format json has all`,
    ),
  ];
}

function notification(level: 'error' | 'warning', text: string): object {
  return { level, message: { text: messageText(text) } };
}
