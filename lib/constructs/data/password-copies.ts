import { Key } from 'aws-cdk-lib/aws-kms';
import type { ReplicaRegion } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Mistake } from '../../objectives/mistakes';
import type { Decided } from '../../objectives/policy/decided';
import type { TierChoices } from '../governance/tier-choices';
import { type GivenKeys, peerKeyMistakes, twinKeyArn } from './regional-key';
import type { ReplicatedPasswordProps } from './replicated-password-props';
import type { Twin } from './twin';

/**
 * The copies of a password in other regions, each under the key of its region. A copy without a key of its own would be
 * under that of AWS, which nobody can close.
 *
 * @internal
 */
export function passwordCopies(
  construct: Construct,
  choices: TierChoices,
  { passwordCopies: chosen, peerKeyArns = {} }: ReplicatedPasswordProps,
  others: readonly Twin[],
): ReplicaRegion[] {
  if (others.length === 0) return [];
  const copied = choices.on({
    what: 'passwordCopies',
    owed: COPIED,
    limit: choices.nonProduction ? { ...COPIED, value: false } : undefined,
    chosen,
  });
  if (!copied) return [];
  return others.map((twin) => ({
    region: twin.region,
    encryptionKey: Key.fromKeyArn(
      construct,
      `Key-${twin.region}`,
      peerKeyArns[twin.region] ?? twinKeyArn(construct, twin),
    ),
  }));
}

/** Whether other regions have copies, as the region that writes decided. @internal */
export function areCopied({ passwordCopies: chosen = true }: ReplicatedPasswordProps): boolean {
  return chosen;
}

const COPIED: Decided<boolean> = {
  value: true,
  because: 'the password is at hand when the region that made it is lost',
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html',
};

/** Keys that copies need and that are not named. @internal */
export function copyKeyMistakes(
  props: ReplicatedPasswordProps & GivenKeys,
  others: readonly Twin[],
): Mistake[] {
  return areCopied(props) ? peerKeyMistakes(props, others) : [];
}
