import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, mistakesOf, refuse } from '../../objectives/mistakes';
import { RecoveryApproach } from '../../objectives/policy/regions';
import { RegionRole } from '../../objectives/region-role';
import { noServiceMistakes, type Service } from '../../objectives/service';
import { placeOf, strangeRegionMistakes } from './places';
import { chooseApproach, type WantedApproach } from './recovery-choice';
import { decideRegionCount } from './region-count';
import type { RegionPlace } from './region-place';
import { approachMistakes, regionSetMistakes } from './region-set-mistakes';
import type { RegionStack } from './region-stack';
import type { RegionalProps } from './regional-props';
import { unplacedMistakes } from './stack-mistakes';
import { stackOfRegion, stacksOfRegions } from './stacks-of-regions';

/** Properties of an {@link ActivePassive}. */
export interface ActivePassiveProps extends RegionalProps {
  /**
   * The region that serves: `eu-west-1`.
   *
   * @default - the region of the first of `stacks`
   */
  readonly primary?: string;

  /**
   * The region that waits, or holds the copies: `eu-central-1`.
   *
   * @default - the other region of `stacks`
   */
  readonly standby?: string;

  /**
   * How the standby takes over. Constructs size themselves by it. Weaker than the tier allows needs a `weakening`;
   * slower than the recovery time that the service is owed is refused.
   *
   * @default - the tier's: hot standby at tier 0, warm standby at tier 1, backup and restore below; a faster one where
   * the recovery time of the service asks for it
   */
  readonly approach?: RecoveryApproach;

  /**
   * Fills the stack of the standby where that holds copies of backups alone (`BACKUP_AND_RESTORE`): their vault, a
   * replica of a bucket.
   *
   * @default - `build` is called there as well; its constructs know the approach
   */
  readonly buildCopies?: (stack: RegionStack, place: RegionPlace) => void;

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
 * A service that one region serves while another waits to take over: hot standby, warm standby, pilot light, or only
 * copies of its backups. One stack for each, named as those of a `RegionSet`, or stacks of your own. The standby needs
 * the primary for nothing at deployment.
 *
 * @throws ConfigurationError when the approach does not keep what the service is owed, data may not lie in a region,
 * or the two regions are one
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export class ActivePassive extends Construct {
  /** The stack of the primary first, or the `stacks` that were given. */
  readonly stacks: readonly Stack[];

  readonly primary: RegionPlace;
  readonly standby: RegionPlace;

  /** How the standby takes over. */
  readonly approach: RecoveryApproach;

  constructor(scope: Construct, id: string, props: ActivePassiveProps) {
    super(scope, id);
    const { path } = this.node;
    refuse(path, [
      ...missing(props, 'service'),
      ...(props?.stacks ? [] : missing(props, 'primary', 'standby')),
    ]);
    const [primary = '', standby = ''] = chooseRegions(path, props);
    this.primary = placeOf(primary, RegionRole.PRIMARY, props);
    this.standby = placeOf(standby, RegionRole.STANDBY, props);
    const places = [this.primary, this.standby];
    const wanted = { approach: props.approach, weakening: props.weakening };
    refuse(path, [
      ...approachMistakes(props.approach),
      ...regionSetMistakes(this, props, places),
      ...strangeRegionMistakes(props, places),
      ...chosenMistakes(path, props.service, wanted),
    ]);
    const approach = chooseApproach(path, props.service, wanted);
    this.approach = approach.value;
    const count = decideRegionCount(path, props.service.tier, {
      regions: places,
      weakening: props.weakening,
      copiesOnly: this.holdsCopies,
    });
    this.stacks = stacksOfRegions({
      set: this,
      props: this.withCopies(props),
      places,
      approach: approach.value,
      chosen: [count, approach],
    });
  }

  /** @throws ConfigurationError when the set has no such region */
  stackIn(region: string): Stack {
    return stackOfRegion(this, this.stacks, region);
  }

  private get holdsCopies(): boolean {
    return this.approach === RecoveryApproach.BACKUP_AND_RESTORE;
  }

  /** In a region that holds copies alone, what was said of copies comes before what was said of all regions. */
  private withCopies(props: ActivePassiveProps): RegionalProps {
    const { build, buildCopies } = props;
    if (!buildCopies || !this.holdsCopies) return props;
    return {
      ...props,
      build: (stack, place) =>
        place.role === RegionRole.STANDBY ? buildCopies(stack, place) : build?.(stack, place),
    };
  }
}

/** What the approach does not keep, told with what is wrong of the regions: neither hangs on the other. */
function chosenMistakes(path: string, service: Service, wanted: WantedApproach): Mistake[] {
  if (approachMistakes(wanted.approach).length + noServiceMistakes(service).length > 0) return [];
  return mistakesOf(() => chooseApproach(path, service, wanted));
}

/** @throws ConfigurationError when there are not two */
function chooseRegions(path: string, props: ActivePassiveProps): readonly string[] {
  const { primary, standby, stacks } = props;
  if (!stacks) {
    return [primary ?? '', standby ?? ''];
  }
  refuse(path, unplacedMistakes(stacks));
  const found = [...new Set(stacks.map(({ region }) => region))];
  const first = primary ?? found.find((region) => region !== standby);
  const second = standby ?? found.find((region) => region !== first);
  const others = found.filter((region) => region !== first && region !== second);
  refuse(path, [...countMistakes(found), ...others.map(otherMistake)]);
  return [first ?? '', second ?? ''];
}

function countMistakes(found: readonly string[]): Mistake[] {
  if (found.length > 1) return [];
  return [
    {
      problem: `the stacks are in ${found.length === 0 ? 'no region' : `${found.join()} alone`}, but one must wait for another`,
      fix: 'give a stack in each of two regions',
    },
  ];
}

function otherMistake(region: string): Mistake {
  return {
    problem: `a stack is in ${region}, which is neither the primary nor the standby`,
    fix: 'leave it out, or use a RegionSet for more than one standby',
  };
}
