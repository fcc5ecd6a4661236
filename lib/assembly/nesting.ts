import { Unknown } from './value';

/** More than one template may nest, and less than half of what fits on the call stack. */
const MOST_LEVELS = 600;

let level = 0;

/** Runs one level of an evaluation that calls itself: where references chain without end, the value is unknown. */
export function nested<T>(compute: () => T): T | Unknown;
/** The same of a function with its arguments, which spares a closure where it is asked for very often. */
export function nested<T, A, B>(compute: (a: A, b: B) => T, a: A, b: B): T | Unknown;
export function nested<T, A, B>(compute: (a?: A, b?: B) => T, a?: A, b?: B): T | Unknown {
  if (level >= MOST_LEVELS) return new Unknown('it hangs on too long a chain of references to be followed');
  level++;
  try {
    return compute(a, b);
  } finally {
    level--;
  }
}
