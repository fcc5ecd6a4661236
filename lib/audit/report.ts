import type { AuditResult } from './engine';
import type { Severity } from './severity';
import type { Verdict } from './verdict';

/** How many verdicts of each kind an audit gave. */
export interface Summary {
  readonly fail: number;
  readonly unknown: number;
  readonly pass: number;
  readonly notApplicable: number;
  readonly accepted: number;
  readonly engineErrors: number;
}

/** The lowest level of finding that makes the command exit with 1. */
export type FailOn = Severity | 'unknown' | 'never';

export const FAIL_ON_LEVELS: readonly FailOn[] = ['error', 'warning', 'info', 'unknown', 'never'];

/** Whether a verdict is a finding: a fail that nobody accepted and that no twin rule shows already. */
export function isFinding(verdict: Verdict): boolean {
  return verdict.verdict === 'fail' && verdict.accepted === undefined && verdict.subsumedBy === undefined;
}

/** Whether a verdict could not be reached, and no twin rule says so already. */
export function isUnknown(verdict: Verdict): boolean {
  return verdict.verdict === 'unknown' && verdict.subsumedBy === undefined;
}

export function isAccepted(verdict: Verdict): boolean {
  return verdict.accepted !== undefined && verdict.subsumedBy === undefined;
}

export function summarise({ verdicts, counted, engineErrors }: AuditResult): Summary {
  const outcomes = { fail: 0, unknown: 0, pass: 0, notApplicable: 0, ...counted };
  let accepted = 0;
  for (const verdict of verdicts) {
    if (isAccepted(verdict)) accepted += 1;
    else if (verdict.subsumedBy === undefined) outcomes[verdict.verdict] += 1;
  }
  return { ...outcomes, accepted, engineErrors: engineErrors.length };
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Orders findings, the worst first. */
export function bySeverity(a: Verdict, b: Verdict): number {
  return RANK[a.severity] - RANK[b.severity];
}

/** Whether an audit must stop a pipeline: an engine error always does, what the baseline has never does. */
export function mustFail(result: AuditResult, failOn: FailOn): boolean {
  if (result.engineErrors.length > 0) return true;
  if (failOn === 'never') return false;
  const level = failOn === 'unknown' ? RANK.info : RANK[failOn];
  const fresh = result.verdicts.filter((verdict) => verdict.known !== true);
  const findings = fresh.some((verdict) => isFinding(verdict) && RANK[verdict.severity] <= level);
  return findings || (failOn === 'unknown' && fresh.some(isUnknown));
}
