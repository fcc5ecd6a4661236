import type { RiskAcceptanceRecord } from '../objectives/risk-acceptance';

/** A risk acceptance that stands in a file of records. */
export interface FiledRiskAcceptance extends RiskAcceptanceRecord {
  readonly source: { readonly file: string; readonly line: number };
}

/** Whether an exception is signed by those who approve it; `not checked` where nobody said whose keys count. */
export type SignatureState = 'verified' | 'unsigned' | 'wrong' | 'not checked';

/** What a signature comes to, and why it is no good. */
export interface SignatureCheck {
  readonly state: SignatureState;

  /** @default - it is good, or there is none */
  readonly reason?: string;
}

/** The two signatures that a record may carry, each by its role. */
export const SIGNATURES = { signature: 'approver', secondSignature: 'secondApprover' } as const;

export type SignatureField = keyof typeof SIGNATURES;

/** Checks one signature of a record, offline. */
export type CheckSignature = (record: RiskAcceptanceRecord, field: SignatureField) => SignatureCheck;
