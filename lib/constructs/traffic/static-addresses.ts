import { CfnEIP } from 'aws-cdk-lib/aws-ec2';
import type { SubnetMapping } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Mistake, repeated } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';
import type { PlacedNetwork } from '../network/placed-network';

/** Addresses that outlive a load balancer. */
export interface StaticAddressProps {
  /**
   * Whether it gets an Elastic IP address in each zone, kept when it is deleted. Without, its addresses stay the same as
   * long as it lives.
   *
   * @default false
   */
  readonly elasticIps?: boolean;

  /**
   * The Elastic IP addresses that it gets, by allocation id, one for each zone in the order of the zones.
   *
   * @default - none
   */
  readonly allocationIds?: string[];
}

/** What is wrong with the addresses. @internal */
export function addressMistakes(
  {
    elasticIps = false,
    allocationIds,
    internetFacing = true,
  }: StaticAddressProps & { internetFacing?: boolean },
  zones: number,
): Mistake[] {
  const mistakes: Mistake[] = [];
  const ids = allocationIds ?? [];
  if (allocationIds && allocationIds.length !== zones) {
    mistakes.push({
      problem: `allocationIds has ${allocationIds.length} addresses, but there are ${zones} zones`,
      fix: `name ${zones} addresses, one for each zone`,
    });
  }
  for (const id of repeated(ids.filter((each) => !Token.isUnresolved(each)))) {
    mistakes.push({
      problem: `allocationIds names ${id} twice`,
      fix: 'name an address of its own for each zone',
    });
  }
  if (elasticIps && allocationIds) {
    mistakes.push({
      problem: 'allocationIds names addresses, and elasticIps asks for new ones',
      fix: 'leave one of the two out',
    });
  }
  if (!internetFacing && (elasticIps || allocationIds)) {
    mistakes.push({
      problem: `${elasticIps ? 'elasticIps' : 'allocationIds'} is set, but it does not face the Internet`,
      fix: 'leave it out, or set internetFacing to true',
    });
  }
  return mistakes;
}

/**
 * The public subnets with an address each; `undefined` where AWS gives the addresses.
 *
 * @internal
 */
export function staticAddresses(
  scope: Construct,
  choices: TierChoices,
  network: PlacedNetwork,
  { elasticIps = false, allocationIds }: StaticAddressProps,
): SubnetMapping[] | undefined {
  if (!elasticIps && !allocationIds) return undefined;
  return network.publicSubnets.map((subnet, index) => {
    const allocationId =
      allocationIds?.[index] ?? elasticIp(scope, choices, network.availabilityZones[index] ?? '');
    return { subnet, allocationId };
  });
}

/** Named after its zone, so that a zone more or less leaves the others their addresses. */
function elasticIp(scope: Construct, choices: TierChoices, zone: string): string {
  const address = new CfnEIP(scope, `Address${zone.slice(-1).toUpperCase()}`, { domain: 'vpc' });
  // Partners have written it into their firewalls.
  address.applyRemovalPolicy(choices.removalPolicy);
  return address.attrAllocationId;
}
