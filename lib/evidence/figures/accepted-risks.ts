import { printable } from '../../assembly/source/printable';
import type { ServiceAssessment } from '../../assessment/assessment';
import { isAccepted } from '../../audit/report';
import { type AcceptedRisk, openRisks } from '../../objectives/service-figures';
import type { Evidence } from '../evidence';
import { ownVerdicts } from './own-verdicts';

/** The risks of a service that somebody has accepted, each once. */
export function acceptedRisks(assessed: ServiceAssessment, audit: Evidence): readonly AcceptedRisk[] {
  const { weakenings = [] } = assessed.service;
  const answered = ownVerdicts(assessed, audit).flatMap((verdict) =>
    isAccepted(verdict) && verdict.accepted ? [verdict.accepted] : [],
  );
  return openRisks([
    ...weakenings.map(({ reason, expires }) => ({ reason: printable(reason), expires })),
    ...answered.map(({ reason, until }) => ({ reason, expires: until })),
  ]);
}
