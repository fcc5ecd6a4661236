import { type Duration, Token } from 'aws-cdk-lib/core';
import type { Mistake } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';

/** A number that must be a whole one within limits. @internal */
export function countMistakes(
  what: string,
  found: number | undefined,
  least: number,
  most: number,
): Mistake[] {
  if (found === undefined || Token.isUnresolved(found)) return [];
  if (Number.isInteger(found) && found >= least && found <= most) return [];
  return [{ problem: `${what} is ${found}`, fix: `set ${what} to a whole number from ${least} to ${most}` }];
}

/** Days of keeping that AWS does not offer: all of these stores keep 35 at most. @internal */
export function retentionMistakes(what: string, chosen: Duration | undefined): Mistake[] {
  return countMistakes(`${what} in days`, chosen?.toDays({ integral: false }), 1, 35);
}

/** For how many days backups are kept. @internal */
export function chooseRetentionDays(
  choices: TierChoices,
  what: string,
  chosen: Duration | undefined,
): number {
  const { backupRetention, minimumBackupRetention } = choices.policy;
  return choices.longest({ what, owed: backupRetention, limit: minimumBackupRetention, chosen }).toDays();
}

/** The numbers of a store in memory. @internal */
export interface NodeCounts {
  readonly replicas?: number;
  readonly shards?: number;
  readonly snapshotRetention?: Duration;
}

/** What is wrong with the numbers of a store in memory, whatever its tier. @internal */
export function nodeCountMistakes({ replicas, shards, snapshotRetention }: NodeCounts): Mistake[] {
  return [
    ...countMistakes('replicas', replicas, 1, 5),
    ...countMistakes('shards', shards, 1, 500),
    ...retentionMistakes('snapshotRetention', snapshotRetention),
  ];
}

/**
 * How many replicas follow a primary: one in each other zone that the tier owes.
 *
 * @param fixed the number at all tiers, where another one would replace the store
 * @internal
 */
export function chooseReplicas(choices: TierChoices, chosen: number | undefined, fixed?: number): number {
  const { minimumUnits } = choices.policy;
  return choices.atLeast({
    what: 'replicas',
    owed: { ...minimumUnits, value: fixed ?? Math.max(1, minimumUnits.value - 1) },
    limit: { ...minimumUnits, value: choices.tier === 0 ? 2 : 1 },
    chosen,
  });
}
