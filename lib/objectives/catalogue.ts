import type { CatalogueThirdParty } from './catalogue-third-party';
import type { CatalogueWindow } from './catalogue-window';
import type { Decision } from './decision';
import type { DependencyKind } from './dependency';
import type { DataDisruption } from './disruption';
import type { Objectives } from './objectives';
import type { RecoveryObjective } from './objectives-props';
import type { AlertSeverity } from './policy/operations';
import type { RegionRole } from './region-role';
import type { RiskAcceptanceRecord } from './risk-acceptance';
import type { Service } from './service';
import type { Tier } from './tier';
import type { RecordedWeakening } from './weakening';

/** The key under which a stack's `Metadata` holds the catalogue. */
export const CATALOGUE_KEY = 'cdk-nines';

/** The version of its form. `schemas/catalogue-1.schema.json` describes it. */
export const CATALOGUE_SCHEMA = 'cdk-nines.catalogue/1';

/**
 * What constructs write into the template and the judge reads from it: the only thing that passes between them.
 *
 * Whoever may read the template reads this, so it holds no costs, no contacts and nothing about persons.
 */
export interface Catalogue {
  readonly schema: typeof CATALOGUE_SCHEMA;
  readonly services: readonly CatalogueService[];

  /** Risks accepted in code, each on a construct of this stack; left out where there are none. */
  readonly acceptances?: readonly CatalogueAcceptance[];

  /** Times of maintenance, freezes and drills; left out where there are none. */
  readonly windows?: readonly CatalogueWindow[];
}

/** A risk acceptance as a template carries it: all that is signed, and roles in the place of persons. */
export interface CatalogueAcceptance extends RiskAcceptanceRecord {
  readonly scope: { readonly path: string };
}

/** A service, as far as one stack builds it. */
export interface CatalogueService {
  readonly name: string;
  readonly tier: Tier;

  /** The team. */
  readonly owner: string;

  /** The system that the service is a part of. */
  readonly system?: string;

  /** Where its runbook is, a path or an address; it goes with alarms and incidents as well. */
  readonly runbook?: string;

  readonly objectives: CatalogueObjectives;

  /** Logical ids of the resources of this stack that are the service's. */
  readonly resources?: readonly string[];

  readonly dependsOn: readonly CatalogueDependency[];
  readonly dataClasses: readonly CatalogueDataClass[];

  /** Where its data may lie; left out where it may lie anywhere. */
  readonly residency?: CatalogueResidency;

  readonly decisions: readonly Decision[];
  readonly weakenings: readonly RecordedWeakening[];

  /** What the region of this stack does for the service. */
  readonly role?: RegionRole;

  /** Whether no other region serves, waits or votes for the service; left out where others do, or nobody says. */
  readonly onlyRegion?: boolean;

  /** Whether this stage keeps the shape but may be torn down. */
  readonly nonProduction?: boolean;

  /** What alarms of this stack watch; left out where there is nothing. */
  readonly serviceLevels?: readonly CatalogueServiceLevel[];

  /** Services of others that this stack watches; their names stand in its alarms as well. Left out where there are none. */
  readonly thirdParties?: readonly CatalogueThirdParty[];
}

/** A service-level objective that is watched: what is counted, and the alarms on its error budget. */
export interface CatalogueServiceLevel {
  readonly name: string;

  /** `availability`, `latency`, `freshness`. */
  readonly kind: string;

  /** The share of events that must be good, as a fraction in text. */
  readonly objective: string;
  readonly windowSeconds: number;

  /** The name of the objective of which this is a further window; left out where it is none. */
  readonly furtherOf?: string;

  /** What counts as good, in words. */
  readonly good: string;

  /** Metric math over the metrics of the alarms: how many events there were. */
  readonly total: string;

  /** The same: how many went wrong. */
  readonly bad: string;

  /** Whether the events are minutes; left out where they are requests. */
  readonly minutes?: boolean;

  /** So many events must have gone wrong in the long window. */
  readonly leastBad: number;

  /** The most events of an hour in text; left out where there is plenty of traffic, and where they are minutes. */
  readonly eventsPerHour?: string;

  /** What works out the burn rate. */
  readonly engine: ServiceLevelEngine;

  /** The region in which alone its metrics are; left out where they are in that of the stack. */
  readonly onlyIn?: string;

  /** Until somebody who is paged has begun to help; left out where nobody said it, as the next three. */
  readonly responseSeconds?: number;

  /** Whether the service recovers from what it meets without people. */
  readonly recoversAlone?: boolean;

  /** What to do when its alarms fire, where that is not what the service says. */
  readonly runbook?: string;

  /** The severities of which the alarms tell a topic that was given, and not that of the stack. */
  readonly ownTopics?: readonly AlertSeverity[];

  /** The pairs of windows, the fastest first. */
  readonly alarms: readonly CatalogueBurnRateAlarm[];

  /** The logical id of the alarm on nothing being measured. */
  readonly silence?: string;

  /** The logical id of the objective in Application Signals. */
  readonly signals?: string;
}

/** What works out how fast an error budget burns. */
export enum ServiceLevelEngine {
  /** Alarms on metric math. Windows over a day are looked at once an hour. */
  METRIC_MATH = 'metric-math',

  /** CloudWatch Application Signals, each minute, which also keeps the attainment and the budget. */
  APPLICATION_SIGNALS = 'application-signals',
}

/** A pair of windows with the logical ids of its alarms in this template. */
export interface CatalogueBurnRateAlarm {
  readonly severity: AlertSeverity;

  /** The share of the error budget that is gone when it fires, as a fraction in text. */
  readonly budgetShare: string;
  readonly longWindowSeconds: number;
  readonly shortWindowSeconds: number;
  readonly long: string;
  readonly short: string;

  /** The one that tells somebody. */
  readonly both: string;
}

/** What is owed, in seconds. */
export interface CatalogueObjectives {
  /** The availability that is promised, as a fraction in text: linters refuse fractions as numbers in a template. */
  readonly slo: string;
  readonly sloWindowSeconds: number;
  readonly recovery: CatalogueRecoveries;
}

/** What is owed for each kind of disruption. */
export interface CatalogueRecoveries {
  readonly rollback: Pick<CatalogueRecovery, 'rtoSeconds'>;
  readonly dataRepair: CatalogueRecovery;
  readonly instance: CatalogueRecovery;
  readonly availabilityZone: CatalogueRecovery;
  readonly region: CatalogueRecovery;
}

/** What is owed after one kind of disruption. */
export interface CatalogueRecovery {
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
}

/** Another service that this one needs. */
export interface CatalogueDependency {
  readonly service: string;
  readonly kind: DependencyKind;
}

/** A kind of data with recovery points of its own. */
export interface CatalogueDataClass {
  readonly name: string;

  /** Those that differ from the service's. */
  readonly rpoSeconds?: Readonly<Partial<Record<DataDisruption, number>>>;

  readonly rebuildable?: boolean;
}

/** Where data may lie. */
export interface CatalogueResidency {
  readonly regions: readonly string[];
  readonly countries: readonly string[];
}

/** What one stack adds to what the service itself knows. */
export interface StackPart {
  readonly resources?: readonly string[];
  readonly decisions?: readonly Decision[];
  readonly weakenings?: readonly RecordedWeakening[];
  readonly role?: RegionRole;
  readonly onlyRegion?: boolean;
  readonly nonProduction?: boolean;
  readonly serviceLevels?: readonly CatalogueServiceLevel[];
  readonly thirdParties?: readonly CatalogueThirdParty[];
}

/** A service as the catalogue says it, with what a stack adds. Costs, fall-backs and third parties that the stack does not watch stay out. */
export function catalogueService(service: Service, part: StackPart = {}): CatalogueService {
  const { resources, decisions = [], weakenings = [], role, nonProduction, serviceLevels = [] } = part;
  const { onlyRegion, thirdParties = [] } = part;
  return {
    name: service.name,
    tier: service.tier,
    owner: service.owner,
    ...(service.system !== undefined && { system: service.system }),
    ...(service.runbook?.trim() && { runbook: service.runbook }),
    objectives: catalogueObjectives(service.objectives),
    ...(resources && { resources: [...resources].sort() }),
    dependsOn: service.dependsOn.map(({ service: name, kind }) => ({ service: name, kind })),
    dataClasses: service.dataClasses.map(({ name, rpo, rebuildable }) => ({
      name,
      ...(rpo && { rpoSeconds: inSeconds(rpo) }),
      ...(rebuildable && { rebuildable }),
    })),
    ...(service.residency && {
      residency: { regions: service.residency.regions, countries: service.residency.countries },
    }),
    decisions: [...service.objectives.decisions, ...decisions].map(withoutFraction),
    weakenings: [...service.objectives.weakenings, ...weakenings],
    ...(role !== undefined && { role }),
    ...(onlyRegion && { onlyRegion }),
    ...(nonProduction !== undefined && { nonProduction }),
    ...(serviceLevels.length > 0 && { serviceLevels }),
    ...(thirdParties.length > 0 && { thirdParties }),
  };
}

function catalogueObjectives(objectives: Objectives): CatalogueObjectives {
  const pair = ({ rto, rpo }: RecoveryObjective): CatalogueRecovery => ({
    rtoSeconds: rto.toSeconds(),
    rpoSeconds: rpo.toSeconds(),
  });
  return {
    slo: String(objectives.slo),
    sloWindowSeconds: objectives.sloWindow.toSeconds(),
    recovery: {
      rollback: { rtoSeconds: objectives.rollback.rto.toSeconds() },
      dataRepair: pair(objectives.dataRepair),
      instance: pair(objectives.instance),
      availabilityZone: pair(objectives.availabilityZone),
      region: pair(objectives.region),
    },
  };
}

/** The same for the values of decisions. */
function withoutFraction(decision: Decision): Decision {
  const { value } = decision;
  return typeof value === 'number' && !Number.isInteger(value)
    ? { ...decision, value: String(value) }
    : decision;
}

function inSeconds(
  rpo: NonNullable<Service['dataClasses'][number]['rpo']>,
): CatalogueDataClass['rpoSeconds'] {
  return Object.fromEntries(Object.entries(rpo).map(([disruption, span]) => [disruption, span.toSeconds()]));
}
