import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { RegionRole } from '../../objectives/region-role';
import { membershipOf } from '../region/membership';
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
 * @throws ConfigurationError when several regions serve and none is said to take the writes, or one that is none of them
 * @internal
 */
export function placeOfDatabase(construct: Construct, writerRegion: string | undefined): DatabasePlace {
  const { region, account } = Stack.of(construct);
  if (!membershipOf(construct)) {
    refuseWriter(construct, writerRegion, [region]);
    return {
      region,
      writes: true,
      writer: { region, account },
      others: [],
      foreign: [],
      allServe: false,
    };
  }
  const { own, others } = twinsOf(construct);
  const twins = [own, ...others];
  refuseWriter(
    construct,
    writerRegion,
    twins.map((twin) => twin.region),
  );
  const writer = writerOf(construct, twins, writerRegion);
  return {
    region: own.region,
    writes: writer.region === own.region,
    writer,
    others,
    foreign: others.filter((twin) => twin.account !== own.account).map((twin) => twin.region),
    allServe: twins.length > 1 && twins.every(({ role }) => role === RegionRole.ACTIVE),
  };
}

function refuseWriter(
  construct: Construct,
  writerRegion: string | undefined,
  known: readonly string[],
): void {
  if (writerRegion === undefined || known.includes(writerRegion)) return;
  throw new ConfigurationError({
    path: construct.node.path,
    problem: `writerRegion is ${writerRegion}, which is no region of its service (${known.join(', ')})`,
    fix: `set writerRegion to one of ${known.join(', ')}, or leave it out`,
  });
}

function writerOf(construct: Construct, twins: readonly Twin[], writerRegion: string | undefined): Twin {
  const [only, ...more] = twins;
  const writer =
    twins.find(({ region }) => region === writerRegion) ??
    twins.find(({ role }) => role === RegionRole.PRIMARY) ??
    (more.length === 0 ? only : undefined);
  if (writer) return writer;
  const regions = twins.map(({ region }) => region).sort();
  throw new ConfigurationError({
    path: construct.node.path,
    problem: `${regions.join(' and ')} serve, but only one of them can take the writes, and none is said to`,
    fix: `set writerRegion to one of ${regions.join(', ')}, the same in all regions`,
  });
}
