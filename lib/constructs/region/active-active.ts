import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, quoted, refuse } from '../../objectives/mistakes';
import { RecoveryApproach } from '../../objectives/policy/regions';
import { RegionRole } from '../../objectives/region-role';
import { placeOf, strangeRegionMistakes } from './places';
import { decideRegionCount } from './region-count';
import type { RegionPlace } from './region-place';
import { regionSetMistakes } from './region-set-mistakes';
import type { RegionalProps } from './regional-props';
import { unplacedMistakes } from './stack-mistakes';
import { stackOfRegion, stacksOfRegions } from './stacks-of-regions';

/** Properties of an {@link ActiveActive}. */
export interface ActiveActiveProps extends RegionalProps {
  /**
   * The regions that serve, two at least: `['eu-west-1', 'eu-central-1']`.
   *
   * @default - those of `stacks`
   */
  readonly regions?: readonly string[];

  /**
   * A region that lets the others agree and serves nobody: `eu-west-3`. Stores name it; it gets no stack, unless one of
   * `stacks` is there. It keeps data, so `residency` counts.
   *
   * @default - none
   */
  readonly witness?: string;

  /**
   * The accounts of regions that are not in `account`, by region.
   *
   * @default - all in one account
   */
  readonly accounts?: Readonly<Record<string, string>>;

  /**
   * The zones of regions, by region: `{ 'eu-west-1': ['eu-west-1a', …] }`. Named, so that nothing is looked up.
   *
   * @default - the three that accounts usually see, assumed; where accounts differ they must be named
   */
  readonly availabilityZones?: Readonly<Record<string, readonly string[]>>;
}

/**
 * A service that two or more regions serve, each ready to carry on without the others. One stack for each, named as
 * those of a `RegionSet`, or stacks of your own. No region needs another at deployment.
 *
 * @throws ConfigurationError when fewer than two regions serve, or data may not lie in a region
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export class ActiveActive extends Construct {
  /** The stacks in the order of the regions, or those that were given. */
  readonly stacks: readonly Stack[];

  /** The regions that serve. */
  readonly regions: readonly RegionPlace[];

  /** The region that only lets the others agree. */
  readonly witness: RegionPlace | undefined;

  constructor(scope: Construct, id: string, props: ActiveActiveProps) {
    super(scope, id);
    const { path } = this.node;
    refuse(path, [
      ...missing(props, 'service'),
      ...(props?.regions || props?.stacks ? listMistakes(props.regions) : missing(props, 'regions')),
    ]);
    const { service, witness, weakening } = props;
    const regions = chooseRegions(path, props);
    this.regions = regions.map((region) => placeOf(region, RegionRole.ACTIVE, props));
    this.witness = witness === undefined ? undefined : placeOf(witness, RegionRole.WITNESS, props);
    const places = [...this.regions, ...(this.witness ? [this.witness] : [])];
    refuse(path, [
      ...regionSetMistakes(this, props, places),
      ...countMistakes(regions),
      ...strangeRegionMistakes(props, places),
    ]);
    const approach = RecoveryApproach.ACTIVE_ACTIVE;
    this.stacks = stacksOfRegions({
      set: this,
      props,
      places,
      approach,
      chosen: [decideRegionCount(path, service.tier, { regions: places, weakening }), APPROACH],
      withoutStack: this.witness,
    });
  }

  /** @throws ConfigurationError when the set has no such region */
  stackIn(region: string): Stack {
    return stackOfRegion(this, this.stacks, region);
  }
}

/** All serve: nothing is faster, so no tier owes more. */
const APPROACH = {
  value: RecoveryApproach.ACTIVE_ACTIVE,
  decision: {
    what: 'approach',
    value: RecoveryApproach.ACTIVE_ACTIVE,
    because: 'all regions serve, so no tier owes more',
    source: 'the caller',
  },
};

/** What is written without a compiler is caught here. */
function listMistakes(regions: unknown): Mistake[] {
  if (regions === undefined || Array.isArray(regions)) return [];
  return [
    {
      problem: `regions are ${quoted(regions)}, which is no list`,
      fix: "write a list: regions: ['eu-west-1', 'eu-central-1']",
    },
  ];
}

function chooseRegions(path: string, props: ActiveActiveProps): readonly string[] {
  const { regions, stacks, witness } = props;
  if (regions) return regions;
  refuse(path, unplacedMistakes(stacks));
  const found = (stacks ?? []).map(({ region }) => region);
  return [...new Set(found)].filter((region) => region !== witness);
}

function countMistakes(regions: readonly string[]): Mistake[] {
  if (regions.length > 1) return [];
  return [
    {
      problem: `${regions.length} regions serve, but two must be active at least`,
      fix: 'add a region, or use an ActivePassive',
    },
  ];
}
