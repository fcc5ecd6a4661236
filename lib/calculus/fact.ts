/** How far a fact may be trusted. */
export type Confidence =
  /** A page of the vendor says so. */
  | 'documented'
  /** Somebody else's page says so. */
  | 'secondary'
  /** Nobody says so; it is what we reckon with. */
  | 'assumed'
  /** It could not be checked. */
  | 'unverified';

/** A value that comes from outside this package. */
export interface Fact<T> {
  readonly value: T;

  /** The page that says so. */
  readonly source: string;

  /** When the page was read or last updated, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly asOf: string;

  readonly confidence: Confidence;
}
