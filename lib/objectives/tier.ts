import { ConfigurationError } from '../errors';
import { type Mistake, quoted } from './mistakes';

/** How critical a service is. The smaller the number, the more is owed. */
export enum Tier {
  /** An outage stops the business or harms people. */
  MISSION_CRITICAL = 0,

  /** An outage costs revenue or breaks a promise to customers within the hour. */
  BUSINESS_CRITICAL = 1,

  /** An outage hampers people, who can work around it for some hours. */
  IMPORTANT = 2,

  /** An outage is a nuisance for days. */
  STANDARD = 3,
}

/** Every tier, the most critical first. */
export const TIERS: readonly Tier[] = [
  Tier.MISSION_CRITICAL,
  Tier.BUSINESS_CRITICAL,
  Tier.IMPORTANT,
  Tier.STANDARD,
];

const NAMES: Readonly<Record<Tier, string>> = {
  [Tier.MISSION_CRITICAL]: 'mission critical',
  [Tier.BUSINESS_CRITICAL]: 'business critical',
  [Tier.IMPORTANT]: 'important',
  [Tier.STANDARD]: 'standard',
};

/**
 * What is written without a compiler is caught here: a text such as `"1"` is no tier of code, though it looks like one.
 *
 * @internal
 */
export function tierMistakes(tier: unknown): Mistake[] {
  if (TIERS.some((each) => each === tier)) return [];
  const meant = tierNamed(tier);
  return [
    {
      problem: `${quoted(tier)} is no tier`,
      fix: meant === undefined ? `use one of ${TIERS.join(', ')}` : `write Tier.${Tier[meant]}`,
    },
  ];
}

/** The tier in words: `mission critical`. */
export function tierName(tier: Tier): string {
  return NAMES[tier];
}

/**
 * Reads a tier as people write it: `0`, `"1"`, `"tier 2"`, `"business critical"`, `"MISSION_CRITICAL"`.
 *
 * @param path where it was written, for the error
 * @throws ConfigurationError when it names no tier
 */
export function parseTier(written: unknown, path: string): Tier {
  const tier = tierNamed(written);
  if (tier === undefined) {
    throw new ConfigurationError({
      path,
      problem: `${JSON.stringify(written)} is no tier`,
      fix: `write one of ${TIERS.map((each) => `${each} (${NAMES[each]})`).join(', ')}`,
    });
  }
  return tier;
}

function tierNamed(written: unknown): Tier | undefined {
  const word = String(written)
    .trim()
    .toLowerCase()
    .replace(/^tier[\s_.-]*/, '')
    .replace(/[\s_-]+/g, ' ');
  return TIERS.find((each) => word === String(each) || word === NAMES[each]);
}
