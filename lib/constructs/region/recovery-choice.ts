import { ConfigurationError } from '../../errors';
import { type Chosen, decide } from '../../objectives/decision';
import { checkDesign } from '../../objectives/feasibility';
import type { Objectives } from '../../objectives/objectives';
import { inWords } from '../../objectives/objectives-props';
import type { Decided } from '../../objectives/policy/decided';
import { FASTEST_RECOVERY, RecoveryApproach } from '../../objectives/policy/regions';
import type { Service } from '../../objectives/service';
import { tierPolicy } from '../../objectives/tier-policy';
import type { Weakening } from '../../objectives/weakening';

/** The approaches in which one region waits, the fastest first. */
const WAITING: readonly RecoveryApproach[] = [
  RecoveryApproach.HOT_STANDBY,
  RecoveryApproach.WARM_STANDBY,
  RecoveryApproach.PILOT_LIGHT,
  RecoveryApproach.BACKUP_AND_RESTORE,
];

/** What a person says of the approach. @internal */
export interface WantedApproach {
  readonly approach: RecoveryApproach | undefined;
  readonly weakening: Weakening | undefined;
}

/**
 * How a service comes back in a region that waits: as its tier says, or faster where its recovery time asks for it, or
 * as somebody decided.
 *
 * @throws ConfigurationError when the approach is weaker than the tier's and there is no weakening, or when it cannot
 * keep what the service is owed, which no weakening of the approach changes
 * @internal
 */
export function chooseApproach(
  path: string,
  { tier, objectives }: Service,
  { approach, weakening }: WantedApproach,
): Chosen<RecoveryApproach> {
  if (approach === RecoveryApproach.ACTIVE_ACTIVE) {
    throw new ConfigurationError({
      path,
      problem: `approach is ${approach}, in which no region waits`,
      fix: `use an ActiveActive, or an approach of ${WAITING.join(', ')}`,
    });
  }
  const { weakestApproach } = tierPolicy(tier);
  const chosen = decide<RecoveryApproach>({
    path,
    what: 'approach',
    owed: approach === undefined ? defaultApproach(tier, objectives) : weakestApproach,
    override: approach,
    isWeaker: (mine, owed) => seconds(mine) > seconds(owed),
    weakening,
  });
  checkRecoveryTime(path, chosen.value, objectives);
  // One recovery must fit the yearly budget as well.
  checkDesign(objectives, { approach: chosen.value }, path);
  return chosen;
}

/** The cheapest that keeps the promise, and no cheaper than the tier's. */
function defaultApproach(tier: Service['tier'], objectives: Objectives): Decided<RecoveryApproach> {
  const { approach, weakestApproach } = tierPolicy(tier);
  const [fastest = RecoveryApproach.HOT_STANDBY] = WAITING;
  // Where both regions ought to serve, a person who asks for one that waits gets the best of those.
  const tiers = WAITING.includes(approach.value) ? approach : weakestApproach;
  if (keeps(tiers.value, objectives)) return tiers;
  const faster = [...WAITING].reverse().filter((each) => seconds(each) < seconds(tiers.value));
  const { rto } = objectives.region;
  return {
    value: faster.find((each) => keeps(each, objectives)) ?? fastest,
    because: `${tiers.value} takes ${inWords(FASTEST_RECOVERY[tiers.value].value)} at least, too long for an RTO of ${inWords(rto)} and the SLO`,
    source: FASTEST_RECOVERY[tiers.value].source,
  };
}

function checkRecoveryTime(path: string, approach: RecoveryApproach, objectives: Objectives): void {
  if (seconds(approach) <= objectives.region.rto.toSeconds()) return;
  const { value, because } = FASTEST_RECOVERY[approach];
  const { rto } = objectives.region;
  const fit = WAITING.filter((each) => keeps(each, objectives));
  throw new ConfigurationError({
    path,
    problem:
      `approach ${approach} takes ${inWords(value)} at least (${because}), ` +
      `but an RTO of ${inWords(rto)} is owed at the loss of a region`,
    fix: `use ${[...fit, 'an ActiveActive'].join(', or ')}; or give region an RTO of at least ${inWords(value)} in the objectives`,
  });
}

function keeps(approach: RecoveryApproach, { region, downtimePerYearSeconds }: Objectives): boolean {
  return seconds(approach) <= Math.min(region.rto.toSeconds(), downtimePerYearSeconds);
}

function seconds(approach: RecoveryApproach): number {
  return FASTEST_RECOVERY[approach].value.toSeconds();
}
