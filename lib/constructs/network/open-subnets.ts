import type { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { Token } from 'aws-cdk-lib/core';
import { LEFT_OPEN } from '../../errors';
import type { Mistake } from '../../objectives/mistakes';

/**
 * What is wrong with subnets whose number nobody knows, because a list that only deployment knows stands for them: the CDK
 * then makes one of it.
 *
 * @param zones in how many zones they must be
 * @internal
 */
export function openSubnetMistakes(subnets: readonly ISubnet[], zones: number): Mistake[] {
  const isOpen = subnets.some(({ subnetId, availabilityZone }) =>
    [subnetId, availabilityZone].some((each) => Token.isUnresolved([each])),
  );
  if (!isOpen) return [];
  return [
    {
      problem: `the subnets of the network are ${LEFT_OPEN}, so nothing can be spread over their zones`,
      fix: `import the network with lists of a known length, such as Fn.split(',', ids, ${zones})`,
    },
  ];
}
