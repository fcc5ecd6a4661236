import { type ISubnet, type IVpc, Subnet } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/**
 * Whether the CDK does not know the network yet. `Vpc.fromLookup` gives a made-up one of two zones at the first synth, and
 * the toolkit looks up the true one only if that synth ends: whatever is refused then can never be put right.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/context.html
 * @internal
 */
export function isPendingLookup(vpc: IVpc): boolean {
  return vpc.selectSubnets({ subnets: [] }).isPendingLookup ?? false;
}

/**
 * Subnets in as many zones as anything needs, for the synth before a lookup. Nothing of it is ever deployed.
 *
 * @internal
 */
export function standInSubnets(scope: Construct): ISubnet[] {
  const pending = new Construct(scope, 'PendingLookup');
  return ZONES.map((letter) =>
    Subnet.fromSubnetAttributes(pending, `Subnet${letter.toUpperCase()}`, {
      subnetId: `subnet-dummy1${letter}`,
      availabilityZone: `dummy1${letter}`,
      routeTableId: 'rtb-12345',
    }),
  );
}

/** Whether the CDK has made up the name of a zone, because it has not looked up those of the account. @internal */
export function isPendingZone(zone: string): boolean {
  return ZONES.some((letter) => zone === `dummy1${letter}`);
}

/** As many as the most that a tier or a store asks for, named as the CDK names zones that it has not looked up. */
const ZONES = ['a', 'b', 'c'];
