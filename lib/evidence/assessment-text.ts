import { printable } from '../assembly/source/printable';
import type { EventShare, ServiceAssessment } from '../assessment/assessment';
import { labelOf } from '../assessment/stages';
import type { AssessmentRenderer } from './assessment-evidence';
import { availabilityText, minutesText } from './availability-text';
import { eventWords } from './event-words';
import { openDependenciesText } from './open-dependencies-text';
import { recoveryText } from './recovery-text';

const MOST_SHARES = 10;

/** Less is no news to anybody, in minutes a year. */
const LEAST_TOLD = 0.01;

/** An assessment for people. */
export const assessmentText: AssessmentRenderer = function* ({ assessment }) {
  for (const service of assessment.services) yield* serviceText(service);
};

function* serviceText(assessment: ServiceAssessment): Generator<string> {
  const { service, availability, assumptions } = assessment;
  const { unknown, singlePointsOfFailure, shares } = availability;
  yield `${printable(labelOf(service))} (tier ${service.tier}${service.declared ? '' : ', assumed'})\n`;
  yield availabilityText(assessment);
  // What stops a service of which nothing is seen is as little known as how available it is.
  if (unknown === undefined) {
    yield* costLines('single points of failure, which stop it alone', singlePointsOfFailure);
    const alone = new Set(singlePointsOfFailure);
    yield* costLines(
      'what costs most beside them',
      shares.filter((share) => !alone.has(share) && share.minutesPerYear >= LEAST_TOLD),
    );
  }
  yield* recoveryText(assessment);
  yield* openDependenciesText(assessment);
  yield `  taken as given: ${assumptions.length}\n`;
  for (const { what } of assumptions) yield `    ${printable(what)}\n`;
}

function* costLines(title: string, shares: readonly EventShare[]): Generator<string> {
  yield `  ${title}: ${shares.length}\n`;
  for (const { event, minutesPerYear } of shares.slice(0, MOST_SHARES))
    yield `    ${minutesText(minutesPerYear).padStart(12)}  ${printable(eventWords(event))}\n`;
  if (shares.length > MOST_SHARES) yield `    and ${shares.length - MOST_SHARES} more\n`;
}
