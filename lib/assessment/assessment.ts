import type { Resource } from '../assembly/resource';
import type { LikelihoodTerm } from '../calculus/likelihood';
import type { Disruption } from '../objectives/disruption';
import type { AssessedService } from './assessed-service';
import type { FaultEvent } from './failure';
import type { FaultModel } from './fault-model';
import type { Assumption } from './modelling';
import type { NamedLoss } from './named-loss';
import type { OpenDependency } from './open-dependencies';

/** What one event costs a service. */
export interface EventShare {
  readonly event: FaultEvent;

  /** The downtime that would be saved if it never happened, in minutes a year. */
  readonly minutesPerYear: number;

  /** How much more likely the service is down once it has happened: risk achievement worth. */
  readonly raw: number;
  readonly birnbaum: number;
}

/** Minimal sets of events that together stop a service. */
export interface CutSets {
  readonly count: number;

  /** How many there are of 1, 2, 3 … events. */
  readonly byOrder: readonly number[];

  /** The shortest of them, by the ids of their events. */
  readonly listed: readonly (readonly string[])[];

  /** Whether all are listed. */
  readonly complete: boolean;
}

/** How available a service can be at best, by its design. */
export interface Availability {
  /** As a fraction: 0.99995. */
  readonly availability: number;
  readonly unavailability: number;
  readonly downtimeMinutesPerYear: number;

  /** Whether it is as available as owed; undefined where nothing was found that serves, or where it hangs on what is `open`. */
  readonly meets: boolean | undefined;

  /** What the app does not show, where it hangs on that whether it is as available as owed; undefined where on nothing. */
  readonly open: string | undefined;

  /** Why its numbers say nothing. @default - they do */
  readonly unknown?: string;

  /** False where the tree was too large: then it lies between the bounds. */
  readonly exact: boolean;
  readonly bounds?: { readonly lower: number; readonly upper: number };

  /** Events that stop the service alone, the costliest first. */
  readonly singlePointsOfFailure: readonly EventShare[];

  /** All events, the costliest first. */
  readonly shares: readonly EventShare[];
  readonly cutSets: CutSets;
  readonly model: FaultModel;
}

/** One part of the time that a recovery takes. */
export interface RecoveryTerm {
  readonly what: string;

  /** `Infinity` where it never ends by itself. */
  readonly seconds: number;

  /** The page, the property of a resource, or `assumed`. */
  readonly source: string;

  /** The resource that it is about. @default - none */
  readonly resource?: Resource;
}

/** How long a service takes to come back from one kind of disruption, and what it loses. */
export interface Recovery {
  /** At its worst: what the objective is held against. `Infinity` where no way back exists. */
  readonly rtoSeconds: number;
  readonly rtoTerms: readonly RecoveryTerm[];

  /** As it usually goes. */
  readonly typicalRtoSeconds: number;

  /** `Infinity` where nothing brings the data back; undefined where no data can be lost. */
  readonly rpoSeconds: number | undefined;
  readonly rpoTerms: readonly RecoveryTerm[];

  /** Whether it is as owed; undefined where nothing is known of how it comes back, or where it hangs on what is `open`. */
  readonly meets: boolean | undefined;

  /** Why that is not known. @default - it is known */
  readonly unknown?: string;

  /** Why it does not meet the objective, or never ends: what to say to a person. @default - it meets it */
  readonly because?: string;

  /** What the app does not show, where all that falls short hangs on it. @default - nothing does, or some surely falls short */
  readonly open?: string;

  /** The same one by one: what is owed and not kept. */
  readonly shortfalls: readonly Shortfall[];
}

/** One objective of recovery that is not met. */
export interface Shortfall {
  readonly objective: 'rto' | 'rpo';

  /** The component that costs most. @default - no single one: people, or the whole region */
  readonly resource?: Resource;

  /** In seconds; `Infinity` where no way back exists. */
  readonly foundSeconds: number;
  readonly owedSeconds: number;

  /** The number with its terms: `70 min (30 min somebody notices + …)`. */
  readonly found: string;

  /** One thing to do about it. */
  readonly fix: string;

  /** What the app does not show, where it hangs on that. @default - it hangs on nothing else */
  readonly open?: string;
}

/** What a recovery asks of a control plane of AWS: it waits while only the data plane works. */
export interface ControlPlaneNeed {
  /** @default - the whole region, or the whole service */
  readonly resource?: Resource;
  readonly disruption: Disruption;

  /** In words: `launches a unit`. */
  readonly what: string;

  /** The control plane: a region, or `global`. */
  readonly plane: string;
  readonly source: string;
}

/** Whether what is left after a loss carries the peak. */
export interface CapacityFinding {
  readonly resource: Resource;
  readonly what: string;

  /** Undefined where the app does not tell. */
  readonly meets: boolean | undefined;
  readonly found: string;
  readonly needed: string;
  readonly source: string;
}

/** All that is worked out of one service. */
export interface ServiceAssessment {
  readonly service: AssessedService;

  /** What users and schedules come in through. */
  readonly entryPoints: readonly Resource[];
  readonly availability: Availability;
  readonly recovery: Readonly<Record<Disruption, Recovery>>;

  /** How it comes back from a loss that is named: of that alone, and not of the worst of its kind. */
  readonly recoveryFrom: (loss: NamedLoss, disruption: Disruption) => Recovery;

  /** The recoveries that stand still while the control plane of the region is impaired: the rest is statically stable. */
  readonly controlPlane: readonly ControlPlaneNeed[];
  readonly capacity: readonly CapacityFinding[];

  /** What was taken as given. */
  readonly assumptions: readonly Assumption[];

  /** Those that only deployment decides, taken at their best: what is met hangs on them, what is missed does not. */
  readonly leftToDeploy: readonly string[];

  /** What leads out of the app, and is not counted: whether the service needs it cannot be told. */
  readonly openDependencies: readonly OpenDependency[];

  /** How the result moves with each of our own numbers. */
  readonly sensitivity: readonly Sensitivity[];
}

/** How the unavailability moves when one assumed number is ten times as bad. */
export interface Sensitivity {
  readonly term: LikelihoodTerm;
  readonly unavailability: number;
}

/** All services of an app. */
export interface Assessment {
  readonly services: readonly ServiceAssessment[];
}
