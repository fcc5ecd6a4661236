import { DATA_DISRUPTIONS } from './disruption';
import type { Mistake } from './mistakes';
import type { Objectives } from './objectives';
import { inWords, isLonger } from './objectives-props';
import type { Tier } from './tier';
import { tierPolicy } from './tier-policy';

/** One number that is owed, beside what the tier owes. */
interface Held {
  readonly what: string;
  readonly found: string;
  readonly owed: string;
  readonly isWeaker: boolean;
}

/**
 * Every number in which objectives are weaker than a tier, and nobody answers for it. Objectives of another tier, or of
 * none, would get around the tier of their service otherwise.
 *
 * @internal
 */
export function shortfallMistakes(objectives: Objectives, tier: Tier): Mistake[] {
  const answeredFor = new Set(objectives.weakenings.map(({ what }) => what));
  return heldAgainst(objectives, tier)
    .filter(({ what, isWeaker }) => isWeaker && !answeredFor.has(what))
    .map(({ what, found, owed }) => ({
      problem: `objectives: ${what} is ${found}, but tier ${tier} owes ${owed}`,
      fix: `use ${owed}, or write ${what} into Objectives.forTier(${tier}, …) with a weakening`,
    }));
}

function heldAgainst(objectives: Objectives, tier: Tier): Held[] {
  const { availabilitySlo, recovery } = tierPolicy(tier);
  const times = DATA_DISRUPTIONS.flatMap((disruption) =>
    (['rto', 'rpo'] as const).map((kind) => ({
      what: `${disruption}.${kind}`,
      mine: objectives[disruption][kind],
      tiers: recovery[disruption][kind].value,
    })),
  );
  const rollback = {
    what: 'rollback.rto',
    mine: objectives.rollback.rto,
    tiers: recovery.rollback.rto.value,
  };
  return [
    {
      what: 'slo',
      found: String(objectives.slo),
      owed: String(availabilitySlo.value),
      isWeaker: objectives.slo < availabilitySlo.value,
    },
    ...[rollback, ...times].map(({ what, mine, tiers }) => ({
      what,
      found: inWords(mine),
      owed: inWords(tiers),
      isWeaker: isLonger(mine, tiers),
    })),
  ];
}
