import type { Resource } from '../assembly/resource';
import type { Likelihood } from '../calculus/likelihood';

/** What a basic event is about. */
export type FaultEventKind =
  | 'resource'
  | 'zone'
  | 'region'
  | 'controlPlane'
  | 'software'
  | 'switch'
  | 'service'
  | 'awsService'
  | 'thirdParty';

/** Something that happens or does not, independently of all other events: a resource fails, a zone is lost. */
export interface FaultEvent {
  /**
   * Unique in the app and stable between runs: `resource:Shop/Db`, `zone:eu-west-1a`, `region:eu-west-1`,
   * `switch:www.example.com`, `service:lambda@eu-west-1`.
   */
  readonly id: string;
  readonly kind: FaultEventKind;

  /** In words, for people: `zone eu-west-1a`. */
  readonly what: string;

  /**
   * The resources that it is about; empty for a domain that many share. A service of AWS that stands behind many is one
   * event with all of them in the fault model, and with one of them in the expression of each.
   */
  readonly resources: readonly Resource[];
  readonly likelihood: Likelihood;

  /** The units of which so many together are this one event. @default - it is one thing */
  readonly counted?: CountedUnits;

  /** Whether it is so each time, until a person makes up for it: a failover that nothing starts. @default false */
  readonly byPeople?: boolean;

  /** The copy that users who are led to another region wait for. @default - nothing must be promoted there */
  readonly promoted?: Resource;
}

/** So many of the units of some resources, whichever they are. */
export interface CountedUnits {
  /** How many of them are lost. */
  readonly lost: number;

  /** How many there are in all. */
  readonly total: number;

  /** What one of them is, such as `task`. */
  readonly noun: string;
}

/** What makes something fail, as an expression over events and over the failures of other resources. */
export type Failure =
  | { readonly kind: 'never' }
  | { readonly kind: 'event'; readonly event: FaultEvent }
  /** Whatever makes a resource fail, as seen from a region: one gate for all there that need it. */
  | {
      readonly kind: 'resource';
      readonly resource: Resource;
      readonly from: string | undefined;

      /** Ids of events that are left out of it, sorted and joined by commas. @default - none is */
      readonly spared?: string;
    }
  /** One is enough. */
  | { readonly kind: 'any'; readonly of: readonly Failure[] }
  /** Only all of them together. */
  | { readonly kind: 'all'; readonly of: readonly Failure[] }
  /** So many of them. */
  | { readonly kind: 'atLeast'; readonly count: number; readonly of: readonly Failure[] };

/** It cannot fail, or nothing is said of how. */
export const NEVER: Failure = { kind: 'never' };

/** It fails with any of them. */
export function anyOf(...failures: readonly Failure[]): Failure {
  const of = failures.filter(({ kind }) => kind !== 'never');
  const [only] = of;
  return of.length === 0 || only === undefined ? NEVER : of.length === 1 ? only : { kind: 'any', of };
}

/** It fails only when all of them do; of nothing, never. */
export function allOf(...failures: readonly Failure[]): Failure {
  const [only] = failures;
  if (only === undefined || failures.some(({ kind }) => kind === 'never')) return NEVER;
  return failures.length === 1 ? only : { kind: 'all', of: failures };
}

/** It fails when so many of them do. */
export function atLeast(count: number, failures: readonly Failure[]): Failure {
  const of = failures.filter(({ kind }) => kind !== 'never');
  if (count > of.length) return NEVER;
  if (count <= 1) return anyOf(...of);
  return count === of.length ? allOf(...of) : { kind: 'atLeast', count, of };
}

/** The failure of another resource, as seen from a region; its own where none is named. */
export function failureOf(resource: Resource, from?: string): Failure {
  return { kind: 'resource', resource, from: from === resource.region ? undefined : from };
}

/** The same failure without some events: what is left of it while none of them has happened. */
export function sparing(failure: Failure, spared: string): Failure {
  switch (failure.kind) {
    case 'never':
      return failure;
    case 'event':
      return spared.split(',').includes(failure.event.id) ? NEVER : failure;
    case 'resource':
      return { ...failure, spared };
    case 'any':
      return anyOf(...failure.of.map((part) => sparing(part, spared)));
    case 'all':
      return allOf(...failure.of.map((part) => sparing(part, spared)));
    case 'atLeast':
      return atLeast(
        failure.count,
        failure.of.map((part) => sparing(part, spared)),
      );
  }
}

export function eventFailure(event: FaultEvent): Failure {
  return { kind: 'event', event };
}
