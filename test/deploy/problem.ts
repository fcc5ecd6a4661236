/** Something that is not as it was designed. */
export interface Problem {
  readonly example: string;

  /** The stack, with its region where it matters. */
  readonly stack: string;

  /** What was looked at: a resource and its property. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** One problem, as a person reads it. */
export function describeProblem({ example, stack, what, expected, found }: Problem): string {
  return `${example} / ${stack}: ${what}\n  expected: ${expected}\n  found:    ${found}`;
}
