import { findingFingerprints } from './delta';
import type { AuditResult } from './engine';
import { fingerprintsOf } from './fingerprint';
import { isFinding, isUnknown } from './report';
import type { Severity } from './severity';
import type { Verdict } from './verdict';

/** The findings of a day, so that a pipeline fails on later ones only. */
export interface Baseline {
  /** How loud each finding was, by its fingerprint. */
  readonly findings: ReadonlyMap<string, Severity>;

  /** The fingerprints of what could not be known. */
  readonly unknowns: ReadonlySet<string>;
}

/** How an audit differs from a baseline. */
export interface BaselineComparison {
  /** How many findings the baseline has, too. */
  readonly known: number;

  /** How many findings it has not, or has as less loud ones. */
  readonly new: number;

  /** The fingerprints of findings that are no longer there, in code unit order. */
  readonly gone: readonly string[];
}

/** The baseline of an audit: what is found and not accepted, and what is unknown. */
export function baselineOf({ verdicts }: AuditResult): Baseline {
  const findings = [...findingFingerprints(verdicts)].filter(([verdict]) => isFinding(verdict));
  return {
    findings: new Map(findings.map(([{ severity }, name]) => [name, severity])),
    unknowns: new Set(fingerprintsOf(verdicts.filter(isUnknown)).values()),
  };
}

/** Marks what a baseline knows, and counts. */
export function withBaseline(result: AuditResult, baseline: Baseline): AuditResult {
  const { verdicts } = result;
  const findings = findingFingerprints(verdicts);
  const unknowns = fingerprintsOf(verdicts.filter(isUnknown));
  const isKnown = (verdict: Verdict): boolean => {
    if (isUnknown(verdict)) return knowsUnknown(baseline, unknowns.get(verdict) ?? '');
    return isFinding(verdict) && knowsFinding(baseline, findings.get(verdict) ?? '', verdict.severity);
  };
  const marked = verdicts.map((verdict) => (isKnown(verdict) ? { ...verdict, known: true } : verdict));
  const open = marked.filter(isFinding);
  const known = open.filter((verdict) => verdict.known).length;
  const present = new Set([...findings.values(), ...unknowns.values()]);
  return {
    ...result,
    verdicts: marked,
    baseline: {
      known,
      new: open.length - known,
      gone: [...baseline.findings.keys()].filter((name) => !present.has(name)).sort(),
    },
  };
}

const LOUDNESS: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** A finding that has become louder, because more is owed now, is a new one. */
function knowsFinding({ findings }: Baseline, name: string, severity: Severity): boolean {
  const before = findings.get(name);
  return before !== undefined && LOUDNESS[severity] <= LOUDNESS[before];
}

function knowsUnknown({ findings, unknowns }: Baseline, name: string): boolean {
  return unknowns.has(name) || findings.has(name);
}
