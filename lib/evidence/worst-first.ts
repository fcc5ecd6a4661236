import { isAccepted, isFinding, isUnknown } from '../audit/report';
import type { Severity } from '../audit/severity';
import type { Verdict } from '../audit/verdict';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * The verdicts to show, the worst first: findings by severity, then what nobody knows, then what is accepted. With
 * `all`, passes and what does not apply come last. Where two are equally bad the audit's own order stays.
 */
export function worstFirst(verdicts: readonly Verdict[], all = false): readonly Verdict[] {
  return verdicts
    .filter(({ subsumedBy, verdict }) => !subsumedBy && (all || verdict === 'fail' || verdict === 'unknown'))
    .sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(verdict: Verdict): number {
  if (isFinding(verdict)) return RANK[verdict.severity];
  if (isUnknown(verdict)) return 3;
  if (isAccepted(verdict)) return 4;
  return verdict.verdict === 'pass' ? 5 : 6;
}

/** Where a verdict is, for a person: the construct, else the logical id. */
export function whereOf({
  constructPath,
  logicalId,
}: {
  readonly constructPath?: string;
  readonly logicalId?: string;
}): string {
  return constructPath ?? logicalId ?? 'the app';
}
