/** A risk that somebody accepts for a time: which rules may fail, why, and who answers for it. Name roles, no persons. */
export interface RiskAcceptanceTerms {
  /** Ids of rules, `RDS-01`; each is named, there are no wildcards. */
  readonly rules: readonly string[];

  /** Why, so that a stranger understands it in a year. */
  readonly reason: string;

  /** The role or team that asks for it. */
  readonly author: string;

  /** The role or team that carries the risk meanwhile. */
  readonly owner: string;

  /** The business role that agreed: another than author and owner. */
  readonly approver: string;

  /**
   * A second business role that agreed, another than all of these.
   *
   * @default - none; rules of severity high need one at tier 0
   */
  readonly secondApprover?: string;

  /** Where it was decided: `RISK-142`. */
  readonly ticket: string;

  /** What makes the risk smaller meanwhile. */
  readonly compensatingControl: string;

  /** The first day on which it holds, `YYYY-MM-DD`. */
  readonly created: string;

  /** The last day on which it holds, `YYYY-MM-DD`. The tier bounds the time between the two. */
  readonly expires: string;
}

/** What a risk acceptance speaks of: one of construct path, stack, service, or a stack and one of its resources. */
export interface RiskAcceptanceScope {
  /**
   * A construct and all below it, from the app down: `Shop/Database`.
   *
   * @default - no construct is named
   */
  readonly path?: string;

  /**
   * A stack, by its id or its name.
   *
   * @default - no stack is named
   */
  readonly stack?: string;

  /**
   * The logical id of one resource of the stack.
   *
   * @default - all resources of the stack
   */
  readonly resource?: string;

  /**
   * A declared service.
   *
   * @default - no service is named
   */
  readonly service?: string;
}

/** A risk acceptance as it is written down: in a file of records, or by a construct into its template. */
export interface RiskAcceptanceRecord extends RiskAcceptanceTerms {
  readonly scope: RiskAcceptanceScope;

  /**
   * The approver's signature over the canonical form: an armoured SSH signature, or an Ed25519 signature in Base64.
   *
   * @default - it is not signed
   */
  readonly signature?: string;

  /**
   * The second approver's signature over the same.
   *
   * @default - it is not signed a second time
   */
  readonly secondSignature?: string;
}

/** The version of the form of a record. `schemas/risk-acceptance-1.schema.json` describes it. */
export const RISK_ACCEPTANCE_SCHEMA = 'cdk-nines.risk-acceptance/1';

/** The scope in words: `construct Shop/Database`. */
export function scopeInWords({ path, stack, resource, service }: RiskAcceptanceScope): string {
  if (path !== undefined) return `construct ${path}`;
  if (resource !== undefined) return `resource ${resource} of stack ${stack}`;
  return stack === undefined ? `service ${service}` : `stack ${stack}`;
}
