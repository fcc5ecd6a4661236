import type { AuditResult } from '../audit/engine';
import { isAccepted, isFinding, isUnknown, summarise } from '../audit/report';

/** Renders an audit as `nines.audit/1`; without `all`, only fails, unknowns and accepted findings. */
export function renderAuditJson(
  result: AuditResult,
  { all = false }: { readonly all?: boolean } = {},
): string {
  const verdicts = all
    ? result.verdicts
    : result.verdicts.filter((verdict) => isFinding(verdict) || isAccepted(verdict) || isUnknown(verdict));
  const document = {
    schema: 'nines.audit/1',
    summary: summarise(result),
    verdicts,
    ...(result.engineErrors.length > 0 && {
      engineErrors: result.engineErrors,
    }),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
