import type { DependencyKind } from './dependency';

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
}
