import { printable } from '../assembly/source/printable';
import type { EventShare, Recovery, RecoveryTerm, ServiceAssessment } from '../assessment/assessment';
import { nameOf } from '../assessment/modelling';
import type { AssessmentRenderer } from './assessment-evidence';

const SCHEMA = 'nines.assessment/1';

/** The contract of `nines assess --format json`; `schemas/assessment-1.schema.json` describes it. */
export const assessmentJson: AssessmentRenderer = function* ({ assessment }) {
  yield `${JSON.stringify({ schema: SCHEMA, services: assessment.services.map(serviceJson) }, undefined, 2)}\n`;
};

function serviceJson({ service, entryPoints, availability, ...rest }: ServiceAssessment): object {
  const { shares, cutSets, singlePointsOfFailure, unknown } = availability;
  const known = (value: number) => (unknown === undefined ? value : null);
  return {
    name: printable(service.name),
    ...(service.stage !== undefined && { stage: printable(service.stage) }),
    declared: service.declared,
    tier: service.tier,
    target: service.slo,
    availability: known(availability.availability),
    unavailability: known(availability.unavailability),
    downtimeMinutesPerYear: known(availability.downtimeMinutesPerYear),
    meets: availability.meets ?? null,
    ...(availability.open !== undefined && { open: printable(availability.open) }),
    ...(unknown !== undefined && { unknown }),
    exact: availability.exact,
    ...(availability.bounds && { bounds: availability.bounds }),
    entryPoints: entryPoints.map((entry) => printable(nameOf(entry))),
    singlePointsOfFailure: singlePointsOfFailure.map(shareJson),
    importance: shares.map(shareJson),
    cutSets: { count: cutSets.count, byOrder: cutSets.byOrder, complete: cutSets.complete },
    recovery: Object.fromEntries(
      Object.entries(rest.recovery).map(([disruption, each]) => [disruption, recoveryJson(each)]),
    ),
    controlPlane: rest.controlPlane.map(({ resource, disruption, what, source }) => ({
      disruption,
      what,
      ...(resource && { resource: printable(nameOf(resource)) }),
      source: printable(source),
    })),
    capacity: rest.capacity.map(({ resource, meets, ...finding }) => ({
      ...finding,
      resource: printable(nameOf(resource)),
      meets: meets ?? null,
    })),
    assumptions: rest.assumptions.map(({ what, resource }) => ({
      what: printable(what),
      ...(resource && { resource: printable(nameOf(resource)) }),
    })),
    openDependencies: rest.openDependencies.map(({ resource, by, leadsTo }) => ({
      resource: printable(nameOf(resource)),
      by: printable(by),
      leadsTo: printable(leadsTo),
    })),
    sensitivity: rest.sensitivity,
  };
}

function shareJson({ event, minutesPerYear, raw, birnbaum }: EventShare): object {
  return {
    event: printable(event.id),
    what: printable(event.what),
    resources: event.resources.map((resource) => printable(nameOf(resource))),
    minutesPerYear,
    birnbaum,
    raw,
    unavailability: event.likelihood.unavailability,
    terms: event.likelihood.terms,
  };
}

/** What has no end is `null`, with the reason. */
function recoveryJson({
  rtoSeconds,
  typicalRtoSeconds,
  rpoSeconds,
  meets,
  because,
  unknown,
  open,
  ...terms
}: Recovery): object {
  return {
    rtoSeconds: unknown === undefined ? finite(rtoSeconds) : null,
    typicalRtoSeconds: unknown === undefined ? finite(typicalRtoSeconds) : null,
    rpoSeconds: rpoSeconds === undefined ? 0 : finite(rpoSeconds),
    terms: terms.rtoTerms.map(termJson),
    rpoTerms: terms.rpoTerms.map(termJson),
    meets: meets ?? null,
    ...(unknown !== undefined && { unknown: printable(unknown) }),
    ...(because !== undefined && { because: printable(because) }),
    ...(open !== undefined && { open: printable(open) }),
  };
}

function termJson({ what, seconds, source, resource }: RecoveryTerm): object {
  return {
    what: printable(what),
    seconds: finite(seconds),
    source: printable(source),
    ...(resource && { resource: printable(nameOf(resource)) }),
  };
}

function finite(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null;
}
