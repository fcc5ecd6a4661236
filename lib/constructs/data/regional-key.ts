import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Mistake } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';
import { sharedName } from '../region/membership';
import { partitionOf, type Twin } from './twin';

/**
 * A key of this region, with the same alias in all regions, so that each can be named without being there already.
 *
 * @internal
 */
export function regionalKey(construct: Construct, choices: TierChoices, given: IKey | undefined): IKey {
  if (given) return given;
  const key = new Key(construct, 'Key', {
    description: `${construct.node.path}: encrypts what is kept in this region`,
    enableKeyRotation: true,
    removalPolicy: choices.removalPolicy,
    ...(choices.nonProduction && { pendingWindow: Duration.days(7) }),
  });
  // What is kept in another region finds the key by it.
  key.addAlias(keyAlias(construct)).applyRemovalPolicy(choices.removalPolicy);
  return key;
}

/** The alias of {@link regionalKey}, in every region. @internal */
export function keyAlias(construct: Construct): string {
  return `alias/${sharedName(construct, 200)}`;
}

/** The key of a twin by its alias. @internal */
export function twinKeyArn(construct: Construct, { region, account }: Twin): string {
  return `arn:${partitionOf(construct, region)}:kms:${region}:${account}:${keyAlias(construct)}`;
}

/** The key of this region and of others, where they are the user's. @internal */
export interface GivenKeys {
  readonly encryptionKey?: IKey;
  readonly peerKeyArns?: Readonly<Record<string, string>>;
}

/** Keys of other regions that must be named, and are not, where this region's is the user's own. @internal */
export function peerKeyMistakes(
  { encryptionKey, peerKeyArns = {} }: GivenKeys,
  peers: readonly Twin[],
): Mistake[] {
  const missing = peers.map(({ region }) => region).filter((region) => !peerKeyArns[region]);
  if (!encryptionKey || missing.length === 0) return [];
  return [
    {
      problem: `encryptionKey is given, but peerKeyArns says no key for ${missing.join(', ')}`,
      fix: 'name the key of each region in peerKeyArns, or leave out encryptionKey',
    },
  ];
}
