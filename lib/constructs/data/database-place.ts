import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { refuse } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { membershipOf } from '../region/membership';
import { homeMistakes, homeRegionOf } from './home-region';
import { type Twin, twinsOf } from './twin';

/** Where this part of a database stands when one region takes all writes. @internal */
export interface DatabasePlace {
  readonly region: string;

  /** Whether this region takes the writes. */
  readonly writes: boolean;

  /** The region that takes the writes, and its account. */
  readonly writer: Pick<Twin, 'region' | 'account'>;

  /** The other regions that may keep a copy. */
  readonly others: readonly Twin[];

  /** The other regions that stand in another account, where RDS can replicate nothing to. */
  readonly foreign: readonly string[];

  /** Whether all regions serve. */
  readonly allServe: boolean;
}

/**
 * The place of a database of which one region takes the writes.
 *
 * @throws ConfigurationError when several regions serve and none is said to be its home, or one that is none of them
 * @internal
 */
export function placeOfDatabase(construct: Construct, homeRegion: string | undefined): DatabasePlace {
  const { region, account } = Stack.of(construct);
  if (!membershipOf(construct)) return placeAlone(construct, { region, account }, homeRegion);
  const { own, others } = twinsOf(construct);
  const home = homeRegionOf({ own, others }, homeRegion);
  refuse(construct.node.path, homeMistakes({ own, others }, home, 'the database'));
  const twins = [own, ...others];
  return {
    region: own.region,
    writes: home === own.region,
    writer: twins.find((twin) => twin.region === home) ?? own,
    others,
    foreign: others.filter((twin) => twin.account !== own.account).map((twin) => twin.region),
    allServe: twins.length > 1 && twins.every(({ role }) => role === RegionRole.ACTIVE),
  };
}

/** In a stack that belongs to no set of regions. */
function placeAlone(
  construct: Construct,
  writer: DatabasePlace['writer'],
  homeRegion: string | undefined,
): DatabasePlace {
  const { region } = writer;
  const own: Twin = { ...writer, role: RegionRole.PRIMARY };
  refuse(
    construct.node.path,
    homeMistakes({ own, others: [] }, homeRegionOf({ own, others: [] }, homeRegion), 'the database'),
  );
  return { region, writes: true, writer, others: [], foreign: [], allServe: false };
}
