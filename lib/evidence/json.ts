import type { AuditResult } from '../audit/engine';
import { isAccepted, isFinding, isUnknown, summarise } from '../audit/report';
import type { Renderer } from './evidence';

/**
 * Renders an audit as `nines.audit/1`; without `all`, only fails, unknowns and accepted findings.
 *
 * In pieces, one verdict a line: a report of a large app is longer than the longest text that JavaScript can hold.
 */
export function* renderAuditJson(
  result: AuditResult,
  { all = false }: { readonly all?: boolean } = {},
): Generator<string> {
  const { verdicts, engineErrors } = result;
  yield `{\n  "schema": "nines.audit/1",\n  "summary": ${JSON.stringify(summarise(result))},\n  "verdicts": [`;
  let between = '\n    ';
  for (const verdict of verdicts) {
    if (!all && !isFinding(verdict) && !isAccepted(verdict) && !isUnknown(verdict)) continue;
    yield `${between}${JSON.stringify(verdict)}`;
    between = ',\n    ';
  }
  yield '\n  ]';
  if (engineErrors.length > 0) yield `,\n  "engineErrors": ${JSON.stringify(engineErrors)}`;
  yield '\n}\n';
}

/** `--format json`. */
export const json: Renderer = ({ result, all = false }) => renderAuditJson(result, { all });
