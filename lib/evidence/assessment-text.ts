import { printable } from '../assembly/source/printable';
import type { ServiceAssessment } from '../assessment/assessment';
import type { AssessmentRenderer } from './assessment-evidence';
import { recoveryText } from './recovery-text';

const MOST_SHARES = 10;

/** An assessment for people. */
export const assessmentText: AssessmentRenderer = function* ({ assessment }) {
  for (const service of assessment.services) yield* serviceText(service);
};

function* serviceText(assessment: ServiceAssessment): Generator<string> {
  const { service, availability, assumptions } = assessment;
  const { unavailability, downtimeMinutesPerYear, meets, singlePointsOfFailure, shares } = availability;
  yield `${printable(service.name)} (tier ${service.tier}${service.declared ? '' : ', assumed'})\n`;
  yield `  availability ${percent(unavailability)} at best, ${minutes(downtimeMinutesPerYear)} down a year; owed ${percent(1 - service.slo)}, ${minutes((1 - service.slo) * 525_600)}: ${meets ? 'met' : 'NOT met'}\n`;
  yield `  single points of failure: ${singlePointsOfFailure.length}\n`;
  for (const { event, minutesPerYear } of shares.slice(0, MOST_SHARES))
    yield `    ${minutes(minutesPerYear).padStart(12)}  ${printable(event.what)}\n`;
  yield* recoveryText(assessment);
  yield `  taken as given: ${assumptions.length}\n`;
  for (const { what } of assumptions) yield `    ${printable(what)}\n`;
}

/** As many digits as tell it from 100 %. */
function percent(unavailability: number): string {
  const digits = Math.min(10, Math.max(2, Math.ceil(-Math.log10(Math.max(unavailability, 1e-12)))));
  return `${((1 - unavailability) * 100).toFixed(digits)} %`;
}

function minutes(value: number): string {
  return value >= 100 ? `${Math.round(value)} min` : `${value.toPrecision(3)} min`;
}
