import type { Scalar, Unknown } from './value';

/** What a check comes to. Unknown is never a pass and never a fail. */
export type Outcome = 'pass' | 'fail' | 'unknown' | 'notApplicable';

/** A check's answer, with what a person needs to act on it. */
export interface Judgement {
  readonly outcome: Outcome;

  /** The property that decided, as a path below `Properties`. */
  readonly property?: string;

  /** What was found there: a number, a value, "nothing". */
  readonly found?: string;

  /** What is needed there. */
  readonly needed?: string;

  /** Why the value cannot be known, or why the rule has no say. */
  readonly reason?: string;

  /** A fix that fits this finding better than the rule's own. */
  readonly fix?: string;

  /** Where a person wrote what decided. @default - where the resource was made */
  readonly source?: { readonly file: string; readonly line: number };
}

/** How a property is judged. */
export interface PropertyOptions {
  /**
   * What AWS takes where the property is not set.
   *
   * @default - what `calculus/service-defaults` knows of the type and the property, else nothing
   */
  readonly default?: Scalar;

  /** The unit of a number, for messages. */
  readonly unit?: string;
}

type Details = Omit<Judgement, 'outcome'>;

export const pass = (details: Details = {}): Judgement => ({ outcome: 'pass', ...details });

export const fail = (details: Details & { readonly found: string; readonly needed: string }): Judgement => ({
  outcome: 'fail',
  ...details,
});

export const unknown = (property: string | undefined, why: Unknown | string): Judgement => ({
  outcome: 'unknown',
  reason: typeof why === 'string' ? why : why.reason,
  ...(property !== undefined && { property }),
});

export const notApplicable = (reason: string): Judgement => ({ outcome: 'notApplicable', reason });

/** Holds when every part holds: a fail decides, then an unknown. Parts that do not apply are left out. */
export function all(...parts: readonly Judgement[]): Judgement {
  return first(parts, ['fail', 'unknown', 'pass', 'notApplicable']);
}

/** Holds when one part holds: a pass decides, then an unknown. Parts that do not apply are left out. */
export function any(...parts: readonly Judgement[]): Judgement {
  return first(parts, ['pass', 'unknown', 'fail', 'notApplicable']);
}

function first(parts: readonly Judgement[], order: readonly Outcome[]): Judgement {
  for (const outcome of order) {
    const part = parts.find((candidate) => candidate.outcome === outcome);
    if (part) return part;
  }
  return notApplicable('there is nothing to check');
}
