import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { refuse } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { membershipOf } from '../region/membership';
import { homeMistakes, homeRegionOf } from './home-region';
import { regionAfter, takeoverMistakes } from './takeover';
import { type Twin, type Twins, twinsOf } from './twin';

/** Where this part of a database stands when one region takes all writes. @internal */
export interface DatabasePlace {
  readonly region: string;

  /** Whether this region takes the writes. */
  readonly writes: boolean;

  /** The region that takes the writes, and its account. */
  readonly writer: Where;

  /** Whether this part is the one that the others were made from: it has the administrator, and what joins the regions. */
  readonly isFirst: boolean;

  /** The region of that part. The others say for good that they were made from it. */
  readonly first: Where;

  /** The other regions that may keep a copy. */
  readonly others: readonly Twin[];

  /** The other regions that stand in another account, where RDS can replicate nothing to. */
  readonly foreign: readonly string[];

  /** Whether all regions serve. */
  readonly allServe: boolean;
}

type Where = Pick<Twin, 'region' | 'account'>;

/** What says where a database was made, and whether it is still written there. @internal */
export interface HomedProps {
  readonly homeRegion?: string;
  readonly promoted?: boolean;
}

/**
 * The place of a database of which one region takes the writes.
 *
 * @throws ConfigurationError when several regions serve and none is said to be its home, or one that is none of them;
 * where another region has taken over for good, when it is not known which
 * @internal
 */
export function placeOfDatabase(construct: Construct, props: HomedProps): DatabasePlace {
  const { own, others } = membershipOf(construct) ? twinsOf(construct) : aloneIn(construct);
  const { region, account } = own;
  const { promoted = false } = props;
  const home = homeRegionOf({ own, others }, props.homeRegion);
  const after = promoted ? regionAfter({ own, others }, home) : home;
  refuse(construct.node.path, [
    ...(promoted
      ? takeoverMistakes({ own, others }, home, after)
      : homeMistakes({ own, others }, home, 'the database')),
  ]);
  const twins = [own, ...others];
  const where = (each: string): Where =>
    twins.find((twin) => twin.region === each) ?? { region: each, account };
  return {
    region,
    writes: after === region,
    writer: where(after),
    isFirst: home === region,
    first: where(home),
    others,
    foreign: others.filter((twin) => twin.account !== account).map((twin) => twin.region),
    allServe: twins.length > 1 && twins.every(({ role }) => role === RegionRole.ACTIVE),
  };
}

/** In a stack that belongs to no set of regions. */
function aloneIn(construct: Construct): Pick<Twins, 'own' | 'others'> {
  const { region, account } = Stack.of(construct);
  return { own: { region, account, role: RegionRole.PRIMARY }, others: [] };
}
