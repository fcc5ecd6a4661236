import { Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import type { HostNetwork } from '../../lib/constructs/network/placed-network';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';

/** Networks that an entry is offered: of this library, a plain one of the app, one of another app, and one too small. */
export type Stands = 'resilient' | 'plain' | 'imported' | 'in one zone';

export const STANDS = fc.constantFrom<Stands>('resilient', 'plain', 'imported', 'in one zone');

/** The network in which an entry at random stands. */
export function networkThat(stack: Stack, stands: Stands = 'resilient'): HostNetwork {
  if (stands === 'resilient') return new ResilientNetwork(stack, 'Network');
  if (stands === 'plain') return { vpc: new ResilientNetwork(stack, 'Network').vpc };
  const availabilityZones = (stands === 'imported' ? ['a', 'b', 'c'] : ['a']).map(
    (each) => stack.region + each,
  );
  const ids = (kind: string) => availabilityZones.map((_, index) => `subnet-0${kind}${index}`);
  return {
    vpc: Vpc.fromVpcAttributes(stack, 'Existing', {
      vpcId: 'vpc-0abc',
      vpcCidrBlock: '10.1.0.0/16',
      availabilityZones,
      publicSubnetIds: ids('a'),
      privateSubnetIds: ids('b'),
    }),
  };
}
