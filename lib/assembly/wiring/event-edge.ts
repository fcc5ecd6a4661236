import type { Truth } from '../conditions';
import type { Resource } from '../resource';
import type { Unknown } from '../value';

/** What makes one resource trigger another. */
export type EventEdgeKind =
  | 'customResource'
  | 'deadLetter'
  | 'eventSourceMapping'
  | 'integration'
  | 'logs'
  | 'notification'
  | 'onFailure'
  | 'onSuccess'
  | 'permission'
  | 'pipe'
  | 'rule'
  | 'schedule'
  | 'subscription'
  | 'task';

/**
 * How the target gets what is sent: with the sender waiting for its answer, left with the target to be dealt with later, or
 * fetched by a poller that tries again by itself.
 */
export type EventMode = 'synchronous' | 'asynchronous' | 'polled';

/** One resource triggers another, or hands on what failed. */
export interface EventEdge {
  readonly kind: EventEdgeKind;
  readonly mode: EventMode | Unknown;

  /** What sends; unknown where it is not in the app, or only deploy knows it. */
  readonly from: Resource | Unknown;

  /** What gets it: of a function the function itself, whatever alias or version is named. */
  readonly to: Resource | Unknown;

  /** The resource whose property says so. */
  readonly via: Resource;
  readonly property: string;

  /** True, or unknown where a condition that deploy decides may leave it out. */
  readonly presence: Truth;
}
