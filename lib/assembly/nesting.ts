import { Unknown } from './value';

/** More than one template may nest, and less than half of what fits on the call stack. */
const MOST_LEVELS = 600;

let level = 0;

/** Runs one level of an evaluation that calls itself: where references chain without end, the value is unknown. */
export function nested<T>(compute: () => T): T | Unknown {
  if (level >= MOST_LEVELS) return new Unknown('it hangs on too long a chain of references to be followed');
  level++;
  try {
    return compute();
  } finally {
    level--;
  }
}
