import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, mistakesOf, quoted, refuse } from '../../objectives/mistakes';
import type { RecoveryApproach } from '../../objectives/policy/regions';
import { decideRegionCount } from './region-count';
import type { RegionPlace } from './region-place';
import { approachMistakes, canBeCounted, regionSetMistakes } from './region-set-mistakes';
import type { RegionalProps } from './regional-props';

import { stackOfRegion, stacksOfRegions } from './stacks-of-regions';

/** Properties of a {@link RegionSet}. */
export interface RegionSetProps extends RegionalProps {
  /**
   * The regions, each with its role. A code that is not known is refused, with the nearest one that is; a region that
   * opened lately needs a newer version.
   */
  readonly regions: readonly RegionPlace[];

  /**
   * How the service comes back when a region is lost. It is not held against the tier here: `ActivePassive` and
   * `ActiveActive` do that.
   *
   * @default - nobody has said
   */
  readonly approach?: RecoveryApproach;
}

/**
 * A service in its regions: one stack for each, from one function or class, or stacks of your own. Stacks that are made
 * here stand beside the set in its app or stage and are called `<id>-<region>`, so `Shop` in Ireland is
 * `Shop-eu-west-1`, and `Prod-Shop-eu-west-1` in the stage `Prod`. A region that may have to stand in for another depends
 * on none at deployment: what would tie it to one is refused. `ActivePassive` and `ActiveActive` are the usual sets.
 *
 * @throws ConfigurationError when the roles do not fit together, data may not lie in a region, or there are fewer
 * regions than the tier owes and no `weakening`
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export class RegionSet extends Construct {
  /** The stacks, in the order of the regions, or of the `stacks` that were given. */
  readonly stacks: readonly Stack[];

  constructor(scope: Construct, id: string, props: RegionSetProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'service', 'regions'));
    const { regions, approach, service, weakening } = props;
    refuse(this.node.path, listMistakes(regions));
    const count = () => decideRegionCount(this.node.path, service.tier, { regions, weakening });
    refuse(this.node.path, [
      ...approachMistakes(approach),
      ...regionSetMistakes(this, props, regions),
      ...(canBeCounted(regions) ? mistakesOf(count) : []),
    ]);
    this.stacks = stacksOfRegions({ set: this, props, places: regions, approach, chosen: [count()] });
  }

  /** @throws ConfigurationError when the set has no such region */
  stackIn(region: string): Stack {
    return stackOfRegion(this, this.stacks, region);
  }
}

/** What is written without a compiler is caught here. */
function listMistakes(regions: unknown): Mistake[] {
  if (Array.isArray(regions) && regions.every((place) => typeof place === 'object' && place !== null))
    return [];
  return [
    {
      problem: `regions are ${quoted(regions)}, which is no list of regions with their roles`,
      fix: "write one entry for each: { region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: ['eu-west-1a', 'eu-west-1b'] }",
    },
  ];
}
