import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';
import { openSubnetMistakes } from './open-subnets';
import { isPendingLookup, standInSubnets } from './pending-lookup';
import { ResilientNetwork } from './resilient-network';

/** A network that entries and services can stand in: a {@link ResilientNetwork}, or `{ vpc }` of one that is there. */
export interface HostNetwork {
  /** The network, made or imported; with `Vpc.fromLookup` its zones are judged once they are looked up. */
  readonly vpc: IVpc;

  /**
   * The zones by name.
   *
   * @default - all in which it has subnets
   */
  readonly availabilityZones?: readonly string[];
}

/** The part of a network that something stands in: one subnet of a kind in each zone. */
export interface PlacedNetwork {
  readonly vpc: IVpc;

  /** The zones by name. */
  readonly availabilityZones: readonly string[];

  /** Those that can be reached from the Internet. */
  readonly publicSubnets: readonly ISubnet[];

  /** Those that cannot: with a way out where the network has some, else isolated. */
  readonly privateSubnets: readonly ISubnet[];

  /** All addresses; `undefined` where the network was imported without. */
  readonly cidr: string | undefined;

  /** Whether the CDK is yet to look it up, so that nothing can be judged. */
  readonly isPending: boolean;
}

const PLACED = new WeakSet<HostNetwork>();

/**
 * Finds the subnets that an entry stands in, in as many zones as its tier owes.
 *
 * @throws ConfigurationError when the network has no such subnets, or in fewer zones than the tier owes
 * @internal
 */
export function placeEntry(
  construct: Construct,
  choices: TierChoices,
  network: HostNetwork | PlacedNetwork,
  internetFacing: boolean,
): PlacedNetwork {
  // Its zones were judged when it was built, or when the first entry was placed.
  if (network instanceof ResilientNetwork) return kept(ofOwn(network));
  if (isPlaced(network)) return network;
  if (isPendingLookup(network.vpc)) return kept(pending(construct, network.vpc));
  const { path } = construct.node;
  const { zones: owed, minimumZones } = choices.policy;
  const { vpc } = network;
  const subnets = internetFacing ? vpc.publicSubnets : closedOf(vpc);
  const open = openSubnetMistakes(subnets, minimumZones.value);
  refuse(path, subnets.length === 0 ? [none(internetFacing)] : open);
  const zones = [...new Set(network.availabilityZones ?? zonesOf(subnets))];
  refuse(path, missingZones(zones, subnets, internetFacing));
  choices.atLeast({
    what: 'zones',
    owed,
    limit: minimumZones,
    chosen: zones.length === owed.value ? undefined : zones.length,
  });
  return kept({
    vpc,
    availabilityZones: zones,
    publicSubnets: inZones(vpc.publicSubnets, zones),
    privateSubnets: inZones(closedOf(vpc), zones),
    cidr: cidrOf(vpc),
    isPending: false,
  });
}

/**
 * The private subnets that services run in, one in each zone of their entry.
 *
 * @throws ConfigurationError when a zone has none
 * @internal
 */
export function serviceSubnets(path: string, network: PlacedNetwork): ISubnet[] {
  const { availabilityZones, privateSubnets } = network;
  refuse(path, missingZones(availabilityZones, privateSubnets, false));
  return [...privateSubnets];
}

/**
 * All addresses of the network.
 *
 * @throws ConfigurationError when it was imported without
 * @internal
 */
export function addressesOf(path: string, { cidr }: PlacedNetwork): string {
  if (cidr === undefined) {
    refuse(path, [
      {
        problem: 'the addresses of the network are not known, so nothing can be opened to them alone',
        fix: 'import it with vpcCidrBlock, or look it up with Vpc.fromLookup',
      },
    ]);
  }
  return cidr ?? '';
}

function isPlaced(network: HostNetwork | PlacedNetwork): network is PlacedNetwork {
  return PLACED.has(network);
}

function kept(network: PlacedNetwork): PlacedNetwork {
  PLACED.add(network);
  return network;
}

function ofOwn({ vpc, availabilityZones, cidr }: ResilientNetwork): PlacedNetwork {
  const { publicSubnets, privateSubnets } = vpc;
  return { vpc, availabilityZones, publicSubnets, privateSubnets, cidr, isPending: false };
}

function pending(construct: Construct, vpc: IVpc): PlacedNetwork {
  const subnets = standInSubnets(construct);
  return {
    vpc,
    availabilityZones: zonesOf(subnets),
    publicSubnets: subnets,
    privateSubnets: subnets,
    cidr: cidrOf(vpc),
    isPending: true,
  };
}

function closedOf({ privateSubnets, isolatedSubnets }: IVpc): readonly ISubnet[] {
  return privateSubnets.length > 0 ? privateSubnets : isolatedSubnets;
}

function zonesOf(subnets: readonly ISubnet[]): string[] {
  return subnets.map(({ availabilityZone }) => availabilityZone);
}

/** The first in each zone: a load balancer takes no second one. */
function inZones(subnets: readonly ISubnet[], zones: readonly string[]): ISubnet[] {
  return zones.flatMap((zone) => subnets.find(({ availabilityZone }) => availabilityZone === zone) ?? []);
}

/** The CDK throws where it was imported without. */
function cidrOf(vpc: IVpc): string | undefined {
  try {
    return vpc.vpcCidrBlock;
  } catch {
    return undefined;
  }
}

function none(internetFacing: boolean): Mistake {
  return internetFacing
    ? {
        problem: 'the network has no public subnets',
        fix: 'set internetFacing to false, or add public subnets',
      }
    : { problem: 'the network has no private subnets', fix: 'add private or isolated subnets' };
}

function missingZones(zones: readonly string[], subnets: readonly ISubnet[], isPublic: boolean): Mistake[] {
  const there = zonesOf(subnets);
  const bare = zones.filter((zone) => !there.includes(zone));
  if (bare.length === 0) return [];
  const kind = isPublic ? 'public' : 'private';
  return [
    {
      problem: `the network has no ${kind} subnet in ${bare.map(quoted).join(', ')}`,
      fix: 'add one in each zone, or name in availabilityZones only zones that have one',
    },
  ];
}
