import { fingerprintsOf } from './fingerprint';
import { isAccepted, isFinding } from './report';
import type { Verdict } from './verdict';

/** How the findings of a run differ from those of another. */
export interface Delta {
  /** What this run finds and the other did not. */
  readonly added: readonly Verdict[];

  /** What both find. */
  readonly unchanged: readonly Verdict[];

  /** The fingerprints of what only the other found, and nobody accepted since, in code unit order. */
  readonly fixed: readonly string[];
}

/**
 * The names of findings, the accepted ones too.
 *
 * Only of those: reports list passes on request, and a name must not depend on what else was listed.
 */
export function findingFingerprints(verdicts: readonly Verdict[]): ReadonlyMap<Verdict, string> {
  return fingerprintsOf(verdicts.filter((verdict) => isFinding(verdict) || isAccepted(verdict)));
}

/** The fingerprints that another run is compared by: those of its findings that nobody accepted. */
export function openFingerprints(verdicts: readonly Verdict[]): ReadonlySet<string> {
  return new Set(
    [...findingFingerprints(verdicts)].filter(([verdict]) => isFinding(verdict)).map(([, name]) => name),
  );
}

/** Compares the findings of a run with those of another, given by their fingerprints. */
export function deltaOf(verdicts: readonly Verdict[], base: ReadonlySet<string>): Delta {
  const names = findingFingerprints(verdicts);
  const present = new Set(names.values());
  const open = [...names].filter(([verdict]) => isFinding(verdict));
  return {
    added: open.filter(([, name]) => !base.has(name)).map(([verdict]) => verdict),
    unchanged: open.filter(([, name]) => base.has(name)).map(([verdict]) => verdict),
    fixed: [...base].filter((name) => !present.has(name)).sort(),
  };
}
