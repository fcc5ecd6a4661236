import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import type { AssessedService } from '../../assessment/assessed-service';
import { ASSESSED_TYPES } from '../../assessment/assessed-types';
import type { Availability, ServiceAssessment, Shortfall } from '../../assessment/assessment';
import { nameOf } from '../../assessment/modelling';
import { labelOf, servicesMeant } from '../../assessment/stages';
import { durationWords } from '../../calculus/duration-words';
import { DependencyKind } from '../../objectives/dependency';
import { DISRUPTIONS, type Disruption, disruptionName } from '../../objectives/disruption';
import { OBJECTIVES, RECOVERY_TESTING } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { HIGH } from '../severity';

const NO_SERVICE = 'it belongs to no declared service, whose objectives could be held against it';

export const servicesComeBackInTime: Rule = {
  id: 'X-42',
  title: 'Services come back within their recovery objectives, as far as the design shows.',
  kind: 'redundancy',
  why: 'Detection, decision, switch and restore add up to more than is owed: the objective is missed at the first outage.',
  fix: 'shorten the longest part of the recovery, or owe less',
  severity: HIGH,
  appliesTo: ASSESSED_TYPES,
  controls: RECOVERY_TESTING,
  sources: [
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html',
    'https://docs.aws.amazon.com/resilience-hub/latest/userguide/resilience-checks.html',
  ],
  check: (resource, context) => {
    const assessment = assessmentOf(resource, context);
    if (!assessment) return notApplicable(NO_SERVICE);
    if (isNotAssessed(assessment) && answererOf(assessment) === resource) return nothingServes(assessment);
    const judged = DISRUPTIONS.flatMap((disruption) =>
      assessment.recovery[disruption].shortfalls
        .filter((shortfall) => anchorOf(shortfall, assessment) === resource)
        .filter((shortfall, _, all) => isSaidHere(shortfall, disruption) && !isSaidBefore(shortfall, all[0]))
        .map((shortfall) => judgeShortfall(shortfall, disruption, assessment)),
    );
    if (judged.length > 0) return judged;
    const [open] = answererOf(assessment) === resource ? assessment.leftToDeploy : [];
    return open === undefined
      ? pass({ found: 'nothing that is owed is missed by it' })
      : unknown(undefined, open);
  },
};

export const servicesAreAvailable: Rule = {
  id: 'X-51',
  title: 'What a service cannot do without is together as available as the service owes.',
  kind: 'redundancy',
  why: 'What is needed one after the other multiplies: a service is never more available than all that it waits for.',
  fix: 'give the costliest part a second one in another zone or region, need it less, or owe less',
  severity: HIGH,
  appliesTo: ASSESSED_TYPES,
  controls: OBJECTIVES,
  sources: [
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_availability.html',
    'https://docs.aws.amazon.com/whitepapers/latest/availability-and-beyond-improving-resilience/measuring-availability.html',
  ],
  check: (resource, context) => {
    const assessment = assessmentOf(resource, context);
    if (!assessment) return notApplicable(NO_SERVICE);
    if (answererOf(assessment) !== resource) return notApplicable('the first way in answers for its service');
    const [hidden] = context.graph.unreadable;
    const judged = judgeAvailability(assessment);
    return [
      judged.outcome === 'fail' && hidden !== undefined ? unknown(undefined, hidden) : judged,
      ...lowerObjectives(assessment.service, context.assessed()),
    ];
  },
};

/** Services that it does not work without, and that owe less: however well they are built, nobody keeps them at more. */
function lowerObjectives(
  service: AssessedService,
  assessed: readonly ServiceAssessment[],
): readonly Judgement[] {
  const services = assessed.map((each) => each.service);
  const needed = service.dependsOn
    .filter(({ kind }) => kind === DependencyKind.HARD)
    .flatMap((dependency) => servicesMeant(dependency.service, service, services));
  return [...new Set(needed)]
    .filter(({ slo }) => slo < service.slo)
    .map(({ name, slo }) =>
      fail({
        found: `${percent(1 - slo)} owed by ${name}, without which ${labelOf(service)} does not work`,
        needed: percent(1 - service.slo),
        fix: `owe ${percent(1 - service.slo)} or more of ${name}, lower the objective of ${service.name} to ${percent(1 - slo)}, or do without ${name} while it is down and declare it soft`,
      }),
    );
}

function assessmentOf(resource: Resource, { service, assessed }: RuleContext): ServiceAssessment | undefined {
  if (service.name === undefined) return undefined;
  const all = assessed();
  const known =
    owners.get(all) ??
    new Map(all.flatMap((each) => each.service.resources.map((own) => [own, each] as const)));
  owners.set(all, known);
  return known.get(resource);
}

/** Every resource asks for its service: looking through all services would take quadratic time. */
const owners = new WeakMap<readonly ServiceAssessment[], ReadonlyMap<Resource, ServiceAssessment>>();

/** What other rules say with the same words: that nothing keeps the data, and that backups are too far apart. */
function isSaidHere({ objective, foundSeconds }: Shortfall, disruption: Disruption): boolean {
  if (disruption !== 'dataRepair') return true;
  return objective === 'rto' && Number.isFinite(foundSeconds);
}

/** Data that never comes back is why its service never does: one finding says so. */
function isSaidBefore(shortfall: Shortfall, first: Shortfall | undefined): boolean {
  if (first === undefined || first === shortfall) return false;
  return (
    ![first, shortfall].some(({ foundSeconds }) => Number.isFinite(foundSeconds)) &&
    first.resource === shortfall.resource
  );
}

/** The component that is named, where it is the service's own; else what users come in through first. */
function anchorOf({ resource }: Shortfall, assessment: ServiceAssessment): Resource | undefined {
  const own = resource && ASSESSED.has(resource.type) && resourcesOf(assessment).has(resource);
  return own ? resource : firstEntry(assessment);
}

const ASSESSED: ReadonlySet<string> = new Set(ASSESSED_TYPES);

function firstEntry({ entryPoints }: ServiceAssessment): Resource | undefined {
  return [...entryPoints].sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}

/** Nobody is seen to come in: how available it is and how it comes back, nobody knows. */
function isNotAssessed({ entryPoints }: ServiceAssessment): boolean {
  return entryPoints.length === 0;
}

function nothingServes({ service }: ServiceAssessment): Judgement {
  return unknown(undefined, `nothing was found in ${labelOf(service)} that serves`);
}

/** What answers for its service: the first way in, or the first of all where none is found. */
function answererOf(assessment: ServiceAssessment): Resource | undefined {
  const known = answerers.get(assessment) ?? firstEntry(assessment) ?? firstOf(assessment.service.resources);
  if (known) answerers.set(assessment, known);
  return known;
}

const answerers = new WeakMap<ServiceAssessment, Resource>();

function firstOf(resources: readonly Resource[]): Resource | undefined {
  return resources
    .filter(({ type }) => ASSESSED.has(type))
    .reduce<Resource | undefined>((first, each) => (first && first.id <= each.id ? first : each), undefined);
}

const owned = new WeakMap<ServiceAssessment, ReadonlySet<Resource>>();

function resourcesOf(assessment: ServiceAssessment): ReadonlySet<Resource> {
  const known = owned.get(assessment) ?? new Set(assessment.service.resources);
  owned.set(assessment, known);
  return known;
}

function judgeShortfall(
  { objective, foundSeconds, owedSeconds, found, fix, open }: Shortfall,
  disruption: Disruption,
  { service, entryPoints }: ServiceAssessment,
): Judgement {
  const [hidden] = entryPoints[0]?.stack.graph.unreadable ?? [];
  const why = open ?? hidden;
  const what = `${objective.toUpperCase()} for ${disruptionName(disruption)}`;
  if (why !== undefined) return unknown(undefined, `${what} of ${labelOf(service)}: ${why}`);
  const amount = Number.isFinite(foundSeconds) ? `up to ${durationWords(foundSeconds)}` : 'no way back';
  return fail({
    found: `${what} of ${labelOf(service)}: ${amount} (${found})`,
    needed: `at most ${durationWords(owedSeconds)}`,
    fix,
  });
}

function judgeAvailability(assessment: ServiceAssessment): Judgement {
  const { service, availability } = assessment;
  const { meets, bounds, open } = availability;
  if (availability.unknown !== undefined) return nothingServes(assessment);
  const [left] = assessment.leftToDeploy;
  if (meets && left !== undefined) return unknown(undefined, left);
  if (meets) return pass({ found: `${percent(availability.unavailability)} for ${labelOf(service)}` });
  if (bounds && bounds.lower <= 1 - service.slo)
    return unknown(undefined, `the tree of ${labelOf(service)} is too large for an exact answer`);
  if (open !== undefined) return unknown(undefined, open);
  return fail({
    found: `${percent(availability.unavailability)} for ${labelOf(service)} at best (${costliest(availability)})`,
    needed: percent(1 - service.slo),
  });
}

const NAMED = 3;

/** What costs most, with its minutes a year: several parts of one resource together. */
function costliest({ shares }: Availability): string {
  const minutes = new Map<string, number>();
  for (const { event, minutesPerYear } of shares) {
    const [resource] = event.kind === 'awsService' ? [] : event.resources;
    const name = resource ? nameOf(resource) : event.what;
    minutes.set(name, (minutes.get(name) ?? 0) + minutesPerYear);
  }
  return [...minutes]
    .sort(([a, most], [b, less]) => less - most || (a < b ? -1 : 1))
    .slice(0, NAMED)
    .map(([name, cost]) => `${Math.round(cost)} min a year by ${name}`)
    .join(', ');
}

function percent(unavailability: number): string {
  return `${((1 - unavailability) * 100).toFixed(4)} %`;
}
