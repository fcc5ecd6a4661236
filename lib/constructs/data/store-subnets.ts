import type { IVpc, SelectedSubnets, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { type Mistake, refuse } from '../../objectives/mistakes';
import { openSubnetMistakes } from '../network/open-subnets';
import { isPendingLookup, standInSubnets } from '../network/pending-lookup';

/** The network of a store, and which of its subnets are meant. @internal */
export interface StoreSubnets {
  readonly construct: Construct;
  readonly vpc: IVpc;
  readonly vpcSubnets?: SubnetSelection | undefined;

  /** In how many zones they must be. */
  readonly zones: number;
}

/**
 * The subnets of a store: those that are meant, else the isolated ones of the network, else its private ones.
 * Before the CDK has looked the network up, nothing is judged: some stand in for them.
 *
 * @throws ConfigurationError when there is none, or when nobody knows how many there are
 * @internal
 */
export function storeSubnets({ construct, vpc, vpcSubnets, zones }: StoreSubnets): SelectedSubnets {
  if (isPendingLookup(vpc)) return vpc.selectSubnets({ subnets: standInSubnets(construct) });
  const { path } = construct.node;
  const closed = vpc.isolatedSubnets.length > 0 ? vpc.isolatedSubnets : vpc.privateSubnets;
  if (!vpcSubnets && closed.length === 0) refuse(path, [noneClosed(vpc, zones)]);
  const selected = selectSubnets(path, vpc, 'vpcSubnets', vpcSubnets ?? { subnets: closed });
  refuse(path, openSubnetMistakes(selected.subnets, zones));
  return selected;
}

/**
 * The subnets that a property selects.
 *
 * @throws ConfigurationError when the network has no such subnets
 * @internal
 */
export function selectSubnets(
  path: string,
  vpc: IVpc,
  what: string,
  selection: SubnetSelection,
): SelectedSubnets {
  try {
    const selected = vpc.selectSubnets(selection);
    if (selected.subnets.length > 0 || selected.isPendingLookup) return selected;
  } catch (error) {
    // The CDK names what the network has instead.
    refuse(path, [nothing(what, error instanceof Error ? error.message : String(error))]);
  }
  const all = [...vpc.publicSubnets, ...vpc.privateSubnets, ...vpc.isolatedSubnets].length;
  refuse(path, [nothing(what, `none of the ${all} subnets of the network is one of them`)]);
  return vpc.selectSubnets(selection);
}

function nothing(what: string, why: string): Mistake {
  return {
    problem: `${what} select nothing: ${why}`,
    fix: `select isolated or private subnets that the network has, or leave ${what} out`,
  };
}

function noneClosed({ publicSubnets }: IVpc, zones: number): Mistake {
  return {
    problem: `the network has no private subnet to put it in, only ${publicSubnets.length} public ones`,
    fix: `use a ResilientNetwork, or a network with isolated or private subnets in ${zones} zones`,
  };
}
