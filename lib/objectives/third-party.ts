import type { DependencyKind } from './dependency';

/** What a contract gives back for a month in which less was kept than promised. */
export interface ServiceCredit {
  /** Below this availability in the month, as a fraction: 0.999. */
  readonly below: number;

  /** So many per cent of the fee of the month. */
  readonly percent: number;
}

/** What a contract says beside what it promises; who looks after it, and what it costs, stays in files. */
export interface ContractTerms {
  /**
   * What is given back, row by row.
   *
   * @default - nothing
   */
  readonly credits?: readonly ServiceCredit[];

  /**
   * The day by which somebody looks at the contract again: `2027-03-31`.
   *
   * @default - nobody has said
   */
  readonly reviewBy?: string;

  /**
   * Where the plan for leaving it is, a path or an address. Regulated companies must have one for what they cannot do without.
   *
   * @default - there is none
   * @see https://eur-lex.europa.eu/eli/reg/2022/2554/oj Article 28(8) of DORA
   */
  readonly exitPlan?: string;
}

/**
 * Whether a day is over: on the day itself a review is in time.
 *
 * @param reviewBy the day, `2027-03-31`
 * @internal
 */
export function isOverdue(reviewBy: string, today: Date): boolean {
  return today.toISOString().slice(0, 10) > reviewBy;
}

/** Somebody else's service that a service needs. */
export interface ThirdParty {
  readonly name: string;

  readonly kind: DependencyKind;

  /**
   * The availability in the contract, as a fraction: 0.999.
   *
   * @default - nothing is promised
   */
  readonly sla?: number;

  /**
   * The page on which it tells how it is.
   *
   * @default - none is known
   */
  readonly statusPage?: string;

  /**
   * What the contract says beside that.
   *
   * @default - nobody has said
   */
  readonly contract?: ContractTerms;
}
