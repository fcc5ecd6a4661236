import type { Sla } from './aws-slas';
import type { Confidence, Fact } from './fact';

/** One number that a likelihood is made of, with where it comes from. */
export interface LikelihoodTerm {
  readonly what: string;

  /** As a fraction of time: 0.0001. */
  readonly value: number;

  /** The page, the setting, or `assumed`. */
  readonly source: string;

  /** When the source was read: `2026-11`. */
  readonly asOf?: string;
  readonly confidence: Confidence;
}

/** How much of the time something is unavailable, as a fraction, and what the number is made of. */
export interface Likelihood {
  readonly unavailability: number;
  readonly terms: readonly LikelihoodTerm[];
}

const AS_OF = '2026-11';

/**
 * What nobody publishes and everything hangs on: how much of the time a whole failure domain is lost. They are our
 * assumptions, shown with every result that uses them, and whoever knows better sets their own.
 */
export const ASSUMED_UNAVAILABILITY = {
  /** One zone: about 53 minutes a year. */
  zone: assumed('loss of one zone', 1e-4),

  /** One region: about 5 minutes a year. */
  region: assumed('loss of one region', 1e-5),

  /** What changes resources in one region: launches, attachments, edits. About 9 hours a year. */
  regionalControlPlane: assumed('regional control plane', 1e-3),

  /** What changes the resources of global services: about 9 hours a year. */
  globalControlPlane: assumed('global control plane', 1e-3),

  /** A defect that strikes every copy of a service at once, such as a bad deploy: about 5 minutes a year. */
  software: assumed('defect in all copies of the software', 1e-5),

  /** The data plane of a service whose agreement says 100 %: about half a minute a year. */
  globalDataPlane: assumed('global data plane', 1e-6),

  /** A switch that does not work when it is needed: one time in a hundred. */
  switchOnDemand: assumed('failover that does not work when needed', 1e-2),

  /** Somebody else's service that promises nothing: 99.5 %. */
  thirdParty: assumed("somebody else's service that promises nothing", 5e-3),

  /** A resource of which no agreement was read: 99.9 %. */
  withoutAgreement: assumed('no agreement was read', 1e-3),
} as const;

/** The names of the assumptions that a user may replace. */
export type AssumptionName = keyof typeof ASSUMED_UNAVAILABILITY;

/** What an agreement allows: it is a threshold of credits, and no measurement. */
export function likelihoodBySla({ availability }: Sla, what: string): Likelihood {
  if (availability.value >= 1) return ASSUMED_UNAVAILABILITY.globalDataPlane;
  return likelihoodOf(what, { ...availability, value: 1 - availability.value });
}

/** A likelihood of one term. */
export function likelihoodOf(what: string, { value, source, asOf, confidence }: Fact<number>): Likelihood {
  // 1 - 0.9999 is 0.00009999999999998899: what is meant has no more digits than what is written.
  const unavailability = Number(value.toPrecision(12));
  return {
    unavailability,
    terms: [{ what, value: unavailability, source, ...(asOf !== '' && { asOf }), confidence }],
  };
}

/**
 * What is left of an agreement when a failure domain that it includes is counted by itself: it must not count twice.
 *
 * @returns the agreement as it is, where the domain alone is worse
 */
export function without(domain: Likelihood, whole: Likelihood): Likelihood {
  const { unavailability } = whole;
  if (domain.unavailability >= unavailability) return whole;
  const rest = 1 - (1 - unavailability) / (1 - domain.unavailability);
  return { unavailability: rest, terms: [...whole.terms, ...domain.terms.map(subtracted)] };
}

function subtracted(term: LikelihoodTerm): LikelihoodTerm {
  return { ...term, what: `without ${term.what}, which is counted by itself` };
}

function assumed(what: string, value: number): Likelihood {
  return likelihoodOf(what, { value, source: 'assumed', asOf: AS_OF, confidence: 'assumed' });
}
