import { printable } from '../assembly/source/printable';
import type { EventShare, ServiceAssessment } from '../assessment/assessment';
import type { AssessmentRenderer } from './assessment-evidence';
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
  const { unavailability, downtimeMinutesPerYear, meets, singlePointsOfFailure, shares } = availability;
  yield `${printable(service.name)} (tier ${service.tier}${service.declared ? '' : ', assumed'})\n`;
  yield `  availability ${percent(unavailability)} at best, ${minutes(downtimeMinutesPerYear)} down a year; owed ${percent(1 - service.slo)}, ${minutes((1 - service.slo) * 525_600)}: ${meets === undefined ? 'nothing was found that serves, NOT ASSESSED' : meets ? 'met' : 'NOT met'}\n`;
  yield* costLines('single points of failure, which stop it alone', singlePointsOfFailure);
  const alone = new Set(singlePointsOfFailure);
  yield* costLines(
    'what costs most beside them',
    shares.filter((share) => !alone.has(share) && share.minutesPerYear >= LEAST_TOLD),
  );
  yield* recoveryText(assessment);
  yield* openDependenciesText(assessment);
  yield `  taken as given: ${assumptions.length}\n`;
  for (const { what } of assumptions) yield `    ${printable(what)}\n`;
}

function* costLines(title: string, shares: readonly EventShare[]): Generator<string> {
  yield `  ${title}: ${shares.length}\n`;
  for (const { event, minutesPerYear } of shares.slice(0, MOST_SHARES))
    yield `    ${minutes(minutesPerYear).padStart(12)}  ${printable(eventWords(event))}\n`;
  if (shares.length > MOST_SHARES) yield `    and ${shares.length - MOST_SHARES} more\n`;
}

/** As many digits as tell it from 100 %. */
function percent(unavailability: number): string {
  const digits = Math.min(10, Math.max(2, Math.ceil(-Math.log10(Math.max(unavailability, 1e-12)))));
  return `${((1 - unavailability) * 100).toFixed(digits)} %`;
}

function minutes(value: number): string {
  return value >= 100 ? `${Math.round(value)} min` : `${value.toPrecision(3)} min`;
}
