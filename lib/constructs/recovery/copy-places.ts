import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { refuse } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import type { TierChoices } from '../governance/tier-choices';
import { membershipOf, sharedName } from '../region/membership';
import { AirGappedVault } from './air-gapped-vault';
import type { BackupStrategyProps } from './backup-strategy-props';

/** Where copies go. @internal */
interface CopyPlaces {
  readonly copyArns: readonly string[];

  /** A given air-gapped vault that is filled directly. */
  readonly airGappedArn: string | undefined;

  /** Whether one must be made here. */
  readonly ownAirGapped: boolean;
}

/**
 * The vaults that take copies: those that are given, or the twin of this one in another region by its fixed name.
 *
 * @throws ConfigurationError when the tier owes a copy in another region and there is none
 * @internal
 */
export function copyPlaces(
  construct: Construct,
  choices: TierChoices,
  props: BackupStrategyProps,
): CopyPlaces {
  const { account, region } = Stack.of(construct);
  const copies = props.copyVaultArns ?? twinVaults(construct);
  const leaves = copies.some((arn) => Token.isUnresolved(arn) || regionOf(arn) !== region);
  if (!leaves && !props.weakening && choices.policy.backupRegionCopy.value) {
    refuse(construct.node.path, [
      {
        problem: `no copy of a backup leaves ${region}: ${choices.policy.backupRegionCopy.because}`,
        fix: 'build the service in a second region too, or set copyVaultArns to a vault in another region',
      },
    ]);
  }
  choices.given({ what: 'backupRegionCopy', owed: choices.policy.backupRegionCopy, chosen: leaves });
  const { backupAirGappedCopy } = choices.policy;
  const airGapped = choices.on({
    what: 'airGappedCopy',
    owed: choices.nonProduction ? { ...backupAirGappedCopy, ...NOT_EMPTIED } : backupAirGappedCopy,
    chosen: props.airGappedCopy,
  });
  const given = airGapped ? props.airGappedVaultArn : undefined;
  const isHere = given?.includes(`:backup:${region}:${account}:`) ?? false;
  return {
    copyArns: given !== undefined && !isHere ? [...copies, given] : copies,
    airGappedArn: isHere ? given : undefined,
    ownAirGapped: airGapped && given === undefined,
  };
}

const NOT_EMPTIED = {
  value: false,
  because: 'this stage is not production: an air-gapped vault cannot be emptied',
};

/** A region that serves or waits before one that only votes. */
function twinVaults(construct: Construct): string[] {
  const peers = membershipOf(construct)?.peers ?? [];
  const peer = peers.find(({ role }) => role !== RegionRole.WITNESS) ?? peers[0];
  if (!peer) return [];
  const account = peer.account ?? Stack.of(construct).account;
  return [AirGappedVault.arnOf(account, peer.region, sharedName(construct, 50))];
}

/** The partition may be a token: the fields are counted from the end of it. */
function regionOf(arn: string): string | undefined {
  return arn.replace(Aws.PARTITION, 'aws').split(':')[3];
}
