import { ConfigurationError } from '../errors';
import type { Decided } from './policy/decided';
import { checkWeakening, type RecordedWeakening, type Weakening } from './weakening';

/** A value that was decided for a service, and why: kept so that the tool can show it. */
export interface Decision {
  /** What was decided: `dnsTtl`. */
  readonly what: string;

  /** In words, with its unit: `60 s`. */
  readonly value: string | number | boolean;

  /** Why. */
  readonly because: string;

  /** The page that says so, or who decided. */
  readonly source: string;
}

/**
 * One value to decide: the tier's, or the one that somebody wrote instead.
 *
 * @internal
 */
export interface Choice<T> {
  /** The construct path, for errors. */
  readonly path: string;

  /** The name of the value, as in the props: `ttl`. */
  readonly what: string;

  /** What the tier decides. */
  readonly owed: Decided<T>;

  /** What somebody wrote instead; `undefined` leaves it to the tier. */
  readonly override: T | undefined;

  /** Whether the first is weaker than the second. */
  readonly isWeaker: (override: T, owed: T) => boolean;

  /**
   * What to do about a value that is weaker.
   *
   * @default - use what the tier decides
   */
  readonly fix?: string | undefined;

  /** Leave to be weaker. */
  readonly weakening?: Weakening | undefined;

  /**
   * The value in words.
   *
   * @default String
   */
  readonly inWords?: (value: T) => string;
}

/**
 * What came out.
 *
 * @internal
 */
export interface Chosen<T> {
  readonly value: T;
  readonly decision: Decision;

  /** Set when the value is weaker than the tier's, and may be. */
  readonly weakening?: RecordedWeakening;
}

/**
 * Takes the tier's value unless somebody wrote another one; a weaker one needs a reason.
 *
 * @throws ConfigurationError for a weaker value without a weakening, or with one that is not well formed
 *
 * @internal
 */
export function decide<T>(choice: Choice<T>): Chosen<T> {
  const { path, what, owed, override, isWeaker, weakening, inWords = String } = choice;
  if (override === undefined) {
    const { value, because, source } = owed;
    return { value, decision: { what, value: inWords(value), because, source } };
  }
  if (!isWeaker(override, owed.value)) {
    return {
      value: override,
      decision: overridden(choice, override, 'set by hand, no weaker than the tier'),
    };
  }
  if (!weakening) {
    throw new ConfigurationError({
      path,
      problem: `${what} is ${inWords(override)}, but the tier owes ${inWords(owed.value)} (${owed.because})`,
      fix: `${choice.fix ?? `use ${inWords(owed.value)}`}, or give a weakening with reason, expires and approver`,
    });
  }
  checkWeakening(weakening, path);
  const { reason, expires, approver } = weakening;
  return {
    value: override,
    decision: overridden(choice, override, reason),
    weakening: { what, reason, expires, approver },
  };
}

function overridden<T>({ what, inWords = String }: Choice<T>, value: T, because: string): Decision {
  return { what, value: inWords(value), because, source: 'override' };
}
