import type { Resource } from '../assembly/resource';
import type { Failure } from './failure';
import type { Modelling } from './modelling';

/**
 * How a resource takes part in a service:
 *
 * - `entry`: users come in through it (a DNS name, a distribution, an API, a load balancer);
 * - `work`: it does the work, for a caller or in the background;
 * - `data`: it keeps what the service cannot do without;
 * - `support`: it matters only to what needs it (a NAT gateway, a key, a dead-letter queue).
 */
export type Part = 'entry' | 'work' | 'data' | 'support';

/** What makes the resources of some types fail. */
export interface Component {
  readonly types: readonly string[];

  /** The part that a resource plays; of one type, some may be support only. */
  readonly part: Part | ((resource: Resource) => Part);

  /**
   * What makes it fail at run time: its own failure, the domains it stands in, and what it cannot do without. Never
   * throws; what cannot be known is assumed and said by `model.assume`.
   *
   * @param from the region of whoever needs it, where that is another one: a table with replicas fails there with its replica
   */
  readonly fails: (resource: Resource, model: Modelling, from?: string) => Failure;
}
