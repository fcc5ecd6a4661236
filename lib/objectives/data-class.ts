import type { TimeSpan } from '../calculus/time-span';
import type { DataDisruption } from './disruption';

/** A kind of data with a promise of its own: recovery points are owed for data, recovery times for services. */
export interface DataClass {
  /** `orders`, `sessions`. */
  readonly name: string;

  /**
   * The recovery points that differ from those of the service.
   *
   * @default - those of the service, which are those of its most critical class
   */
  readonly rpo?: Readonly<Partial<Record<DataDisruption, TimeSpan>>>;

  /**
   * Whether it can be made again from other data, as a cache can: then no recovery point is owed.
   *
   * @default false
   */
  readonly rebuildable?: boolean;
}
