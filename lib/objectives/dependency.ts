/** What happens to a service when something it needs is gone. */
export enum DependencyKind {
  /** It is gone as well. */
  HARD = 'hard',

  /** It serves on, with less. */
  SOFT = 'soft',
}

/** Another service that a service needs. */
export interface Dependency {
  /** The name of the other service. */
  readonly service: string;

  readonly kind: DependencyKind;

  /**
   * What the service does without it.
   *
   * @default - nothing is said
   */
  readonly fallback?: string;
}
