import { Construct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { decide } from '../../objectives/decision';
import { missing, refuse } from '../../objectives/mistakes';
import type { RecoveryApproach } from '../../objectives/policy/regions';
import { RegionRole } from '../../objectives/region-role';
import type { Service } from '../../objectives/service';
import { tierPolicy } from '../../objectives/tier-policy';
import type { Weakening } from '../../objectives/weakening';
import { ServiceScope } from '../governance/service-scope';
import type { RegionPlace } from './region-place';
import { regionSetMistakes } from './region-set-mistakes';
import { RegionStack, type RegionStackProps } from './region-stack';

/** Makes the stack of one region. A class that extends {@link RegionStack} is one. */
export type RegionStackClass = new (scope: Construct, id: string, props: RegionStackProps) => RegionStack;

/** Properties of a {@link RegionSet}. */
export interface RegionSetProps {
  /** The service that is built. */
  readonly service: Service;

  /**
   * The regions, each with its role. A code that is not known is refused, with the nearest one that is; a region that
   * opened lately needs a newer version.
   */
  readonly regions: readonly RegionPlace[];

  /**
   * The account of all regions that name none.
   *
   * @default - every region names its own
   */
  readonly account?: string;

  /**
   * Fills the stack of one region. Called once for each, in the order of `regions`.
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
   * How the service comes back when a region is lost.
   *
   * @default - nobody has said
   */
  readonly approach?: RecoveryApproach;

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
   * Why there may be fewer regions than the tier owes, until when, and who says so.
   *
   * @default - there may not
   */
  readonly weakening?: Weakening;
}

/**
 * A service in its regions: one stack for each, from one function or class. The stacks stand beside the set in its app
 * or stage and are called `<id>-<region>`, so `Shop` in Ireland is `Shop-eu-west-1`, and `Prod-Shop-eu-west-1` in the
 * stage `Prod`. A region that may have to stand in for another depends on none at deployment: a reference that would
 * tie it to one is refused.
 *
 * @throws ConfigurationError when the roles do not fit together, data may not lie in a region, or there are fewer
 * regions than the tier owes and no `weakening`
 */
export class RegionSet extends Construct {
  /** The stacks, in the order of the regions. */
  readonly stacks: readonly RegionStack[];

  constructor(scope: Construct, id: string, props: RegionSetProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'service', 'regions'));
    const { regions, build, service, weakening } = props;
    refuse(this.node.path, regionSetMistakes(this, props));
    const { decision, weakening: recorded } = decide({
      path: this.node.path,
      what: 'regions',
      owed: tierPolicy(service.tier).regionCount,
      override: regions.filter(({ role }) => role !== RegionRole.WITNESS).length,
      isWeaker: (mine, owed) => mine < owed,
      weakening,
    });
    this.stacks = regions.map((place) => {
      const stack = this.createStack(scope, place, props);
      ServiceScope.of(stack)?.record(stack, decision, recorded);
      build?.(stack, place);
      return stack;
    });
  }

  /** @throws ConfigurationError when the set has no such region */
  stackIn(region: string): RegionStack {
    const stack = this.stacks.find(({ place }) => place.region === region);
    if (stack) return stack;
    throw new ConfigurationError({
      path: this.node.path,
      problem: `it has no region ${region}`,
      fix: `ask for one of ${this.stacks.map(({ place }) => place.region).join(', ')}`,
    });
  }

  private createStack(scope: Construct, place: RegionPlace, props: RegionSetProps): RegionStack {
    const { service, approach, nonProduction = false, faultInjection = false } = props;
    const { stackClass = RegionStack } = props;
    const account = place.account ?? props.account;
    return new stackClass(scope, `${this.node.id}-${place.region}`, {
      place,
      peers: props.regions.filter((each) => each !== place),
      service,
      ...(approach !== undefined && { approach }),
      nonProduction,
      faultInjection,
      env: { region: place.region, ...(account !== undefined && { account }) },
      terminationProtection: !nonProduction,
      description: `${service.name} in ${place.region}, ${place.role}`,
    });
  }
}
