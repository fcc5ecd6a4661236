import type { RiskAcceptanceTerms } from '../objectives/risk-acceptance';
import type { SignatureState } from '../records/filed-acceptance';

export type { SignatureState } from '../records/filed-acceptance';

/** How an exception fares on the day of the audit. Only those in force hide a finding. */
export type ExceptionState =
  | 'in force'
  | 'not yet in force'
  | 'expired'
  | 'unsigned'
  | 'refused'
  | 'stale'
  | 'without end'
  | 'unknown';

/** One exception, whatever its kind: who answers for what, until when, and whether that holds. */
export interface RegisterEntry extends Partial<Omit<RiskAcceptanceTerms, 'rules' | 'reason'>> {
  readonly kind: 'risk acceptance' | 'weakening' | 'acknowledgement';

  /** The file of the record, or the construct that says it: unique together with what it accepts. */
  readonly id: string;

  /** Ids of rules; of a weakening, what is weaker. */
  readonly rules: readonly string[];

  /** What it speaks of, in words: `construct Shop/Database`. */
  readonly scope: string;
  readonly reason: string;
  readonly state: ExceptionState;

  /** Days from today to its last day; 0 on that day, negative after. @default - it has no end, or no day is given */
  readonly daysLeft?: number;

  /** @default - exceptions of this kind are never signed */
  readonly signature?: SignatureState;

  /** How many findings it answers for today. */
  readonly accepts: number;

  /** What is wrong with it, each a sentence. */
  readonly problems: readonly string[];

  /** What to do about the first of them. @default - nothing is wrong */
  readonly fix?: string;

  /** Where it is written. @default - in code */
  readonly source?: { readonly file: string; readonly line: number };
}

/** The state for a person, with the days that are left: `in force, expires in 12 days`. */
export function stateInWords({ state, daysLeft }: RegisterEntry): string {
  if (state !== 'in force' || daysLeft === undefined) return state;
  if (daysLeft === 0) return 'in force, expires today';
  return `in force, expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`;
}
