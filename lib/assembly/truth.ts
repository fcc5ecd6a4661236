import type { Truth } from './conditions';
import { Unknown } from './value';

/** Kleene's conjunction: false decides, then an unknown. */
export function everyTruth(truths: readonly Truth[]): Truth {
  return decide(truths, false);
}

/** Kleene's disjunction: true decides, then an unknown. */
export function someTruth(truths: readonly Truth[]): Truth {
  return decide(truths, true);
}

export function negated(truth: Truth): Truth {
  return truth instanceof Unknown ? truth : !truth;
}

/** One truth where all agree, else an unknown. */
export function agreed(truths: readonly Truth[], reason: string): Truth {
  const [first, ...others] = truths;
  return typeof first === 'boolean' && others.every((other) => other === first) ? first : new Unknown(reason);
}

function decide(truths: readonly Truth[], decisive: boolean): Truth {
  if (truths.includes(decisive)) return decisive;
  return truths.find((truth) => truth instanceof Unknown) ?? !decisive;
}
