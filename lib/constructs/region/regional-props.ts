import type { Stack } from 'aws-cdk-lib/core';
import type { Service } from '../../objectives/service';
import type { Weakening } from '../../objectives/weakening';
import type { RegionPlace } from './region-place';
import type { RegionStack } from './region-stack';
import type { RegionStackClass } from './region-stack-class';

/** What everything takes that builds a service in several regions. */
export interface RegionalProps {
  /** The service that is built. */
  readonly service: Service;

  /**
   * What the set is called in the physical names of what is built in it: `blue` in `shop-blue-orders`. They have nothing of
   * it where it is the name of the service. Two sets of one service need two names; another name makes all anew that
   * has its name from it.
   *
   * @default - its id
   */
  readonly name?: string;

  /**
   * The account of all regions that name none.
   *
   * @default - that of the stage, else every region names its own
   */
  readonly account?: string;

  /**
   * Fills the stack of one region. Called once for each, the primary first. One that is `async`
   * is refused: nobody waits for it.
   *
   * @default - nothing: `stackClass` does it
   */
  readonly build?: (stack: RegionStack, place: RegionPlace) => void;

  /**
   * The class that the stacks are made of.
   *
   * @default RegionStack
   */
  readonly stackClass?: RegionStackClass;

  /**
   * Stacks of your own, of any class, instead of stacks that are made here: each needs a region in its `env`, and one
   * region may have several. They become the service's, and are held to the same: fill them after this, so that
   * constructs know where they are.
   *
   * @default - one stack is made for each region
   */
  readonly stacks?: readonly Stack[];

  /**
   * The regions whose stacks are made here, where a pipeline deploys one region after the other: each in a `Stage` of
   * its own, all with the same `stageName`, so that they know each other by name.
   *
   * @default - all
   */
  readonly only?: readonly string[];

  /**
   * Whether this stage keeps the shape of production but may be torn down: no locks, and nothing is kept.
   *
   * @default false
   */
  readonly nonProduction?: boolean;

  /**
   * Whether AWS Fault Injection Service may break what is built.
   *
   * @default false
   */
  readonly faultInjection?: boolean;

  /**
   * Why there may be fewer regions or a slower approach than the tier owes, until when, and who says so.
   *
   * @default - there may not
   */
  readonly weakening?: Weakening;
}
