import {
  Connections,
  type ISubnet,
  type IVpc,
  Port,
  SecurityGroup,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { type Mistake, missing, refuse } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';
import { storeSubnets } from './store-subnets';

/** Where a store stands. */
export interface StoreNetworkProps {
  /** The network. */
  readonly vpc: IVpc;

  /**
   * The subnets: private ones, in as many zones as the tier owes.
   *
   * @default - the isolated subnets of the network where it has some, else the private ones
   */
  readonly vpcSubnets?: SubnetSelection;
}

/** The place of a store in its network. @internal */
export interface StoreNetwork {
  /** One subnet for each zone. */
  readonly subnets: readonly ISubnet[];

  /** The zones by name. */
  readonly zones: readonly string[];

  readonly securityGroup: SecurityGroup;

  /** Nobody may connect until somebody is allowed to. */
  readonly connections: Connections;
}

/**
 * Puts a store into private subnets of as many zones as its tier owes, behind a security group of its own.
 *
 * @throws ConfigurationError when the subnets are public, or in fewer zones than the tier owes
 * @internal
 */
export function placeStore(
  construct: Construct,
  choices: TierChoices,
  props: StoreNetworkProps,
  port: number,
): StoreNetwork {
  const { path } = construct.node;
  refuse(path, missing(props, 'vpc'));
  const { vpc } = props;
  const { zones, minimumZones } = choices.policy;
  const { subnets, hasPublic } = storeSubnets({
    construct,
    vpc,
    vpcSubnets: props.vpcSubnets,
    zones: minimumZones.value,
  });
  if (hasPublic) refuse(path, [PUBLIC]);
  const inZones = [...new Map(subnets.map((subnet) => [subnet.availabilityZone, subnet])).values()];
  choices.atLeast({
    what: 'zones',
    owed: zones,
    limit: minimumZones,
    chosen: inZones.length === zones.value ? undefined : inZones.length,
  });
  const securityGroup = new SecurityGroup(construct, 'SecurityGroup', {
    vpc,
    description: `${path}: who may connect`,
    allowAllOutbound: false,
  });
  return {
    subnets: inZones,
    zones: inZones.map(({ availabilityZone }) => availabilityZone),
    securityGroup,
    connections: new Connections({ securityGroups: [securityGroup], defaultPort: Port.tcp(port) }),
  };
}

const PUBLIC: Mistake = {
  problem: 'vpcSubnets are public, where the internet can reach it',
  fix: 'name private or isolated ones',
};
