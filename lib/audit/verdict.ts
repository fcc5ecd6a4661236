import type { Outcome } from '../assembly/judgement';
import type { Tier } from '../objectives/tier';
import type { Severity } from './severity';

/** A fail that someone answers for. It counts neither as a fail nor for the exit code. */
export interface Acceptance {
  /** Who accepted it. @default - an acknowledgement in code names nobody */
  readonly by?: string;

  /** Who carries the risk meanwhile. @default - only a risk acceptance says */
  readonly owner?: string;

  /** Where it was decided. @default - only a risk acceptance says */
  readonly ticket?: string;

  /** The day after which it fails again, `YYYY-MM-DD`. @default - an acknowledgement in code has no end */
  readonly until?: string;

  readonly reason: string;
}

/** What one rule says of one resource. The shape is part of the command's contract. */
export interface Verdict {
  readonly rule: string;
  readonly verdict: Outcome;
  readonly severity: Severity;
  readonly stack: string;
  readonly app: string;
  readonly file: string;

  /** What stands in the template: of what the serverless transform made, what it was made of. */
  readonly logicalId: string;

  /** The logical id that the serverless transform gives it. @default - the resource stands in the template */
  readonly madeAs?: string;
  readonly type: string;
  readonly account?: string;
  readonly region?: string;
  readonly constructPath?: string;
  readonly property?: string;

  /** The declared service that the resource belongs to. @default - none is declared */
  readonly service?: string;

  /** The tier that the resource was judged at. */
  readonly tier: Tier;
  readonly message: string;
  readonly fix: string;
  readonly source?: { readonly file: string; readonly line: number };
  readonly controls?: readonly string[];
  readonly accepted?: Acceptance;

  /** Why somebody's acceptance of this fail does not count: it has expired, or is not signed. @default - nobody accepted it */
  readonly refused?: string;

  /** Whether the baseline has it: it then stops nothing. @default - it is new, or there is no baseline */
  readonly known?: boolean;

  /** The rule with the same condition that is shown in its stead. */
  readonly subsumedBy?: string;
}

/** What tells the resources of a stack apart, also where one was made of the other. */
export function ownIdOf({ madeAs, logicalId }: Pick<Verdict, 'madeAs' | 'logicalId'>): string {
  return madeAs ?? logicalId;
}
