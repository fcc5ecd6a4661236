import type { AuditResult } from '../audit/engine';
import { isAccepted, isFinding, isUnknown, summarise } from '../audit/report';
import { controlsJson } from './controls/json';
import type { Evidence, Renderer } from './evidence';
import { safeJson } from './safe-json';

/** What the report holds besides the verdicts. */
type JsonParts = Pick<Evidence, 'all' | 'others' | 'register'> & {
  /** The reports by framework. @default - none are asked for */
  readonly controlReports?: object | undefined;
};

/**
 * Renders an audit as `nines.audit/1`; without `all`, only fails, unknowns and accepted findings.
 *
 * In pieces, one verdict a line: a report of a large app is longer than the longest text that JavaScript can hold.
 */
export function* renderAuditJson(
  result: AuditResult,
  { all = false, others, register, controlReports }: JsonParts = {},
): Generator<string> {
  const { verdicts, engineErrors } = result;
  yield `{\n  "schema": "nines.audit/1",\n  "summary": ${JSON.stringify(summarise(result))},\n  "verdicts": [`;
  let between = '\n    ';
  for (const verdict of verdicts) {
    if (!all && !isFinding(verdict) && !isAccepted(verdict) && !isUnknown(verdict)) continue;
    yield `${between}${safeJson(verdict)}`;
    between = ',\n    ';
  }
  yield '\n  ]';
  if (result.turnedOff !== undefined) yield* renderList('turnedOff', result.turnedOff);
  if (result.baseline !== undefined) yield `,\n  "baseline": ${safeJson(result.baseline)}`;
  if (register !== undefined) yield* renderList('register', register);
  if (engineErrors.length > 0) yield `,\n  "engineErrors": ${safeJson(engineErrors)}`;
  if (others !== undefined) yield* renderList('others', others);
  if (controlReports !== undefined) yield `,\n  "controlReports": ${safeJson(controlReports)}`;
  yield '\n}\n';
}

/** A list of the report, one item a line. */
function* renderList(name: string, items: readonly object[]): Generator<string> {
  yield `,\n  "${name}": [`;
  let between = '\n    ';
  for (const item of items) {
    yield `${between}${safeJson(item)}`;
    between = ',\n    ';
  }
  yield '\n  ]';
}

/** `--format json`. */
export const json: Renderer = ({ result, ...beside }) =>
  renderAuditJson(result, { ...beside, controlReports: controlsJson({ result, ...beside }) });
