import type { Times, TimesNotKnown } from './schedule-times';

/** What a resource of a template does at times of its own. */
export enum PlannedKind {
  /** A failure is practised. */
  DRILL = 'drill',

  /** Something is deployed. */
  DEPLOYMENT = 'deployment',

  /** Systems are changed: patched, started again. */
  CHANGE = 'change',

  /** AWS maintains it. It comes each week, and no date can be left out. */
  AWS_MAINTENANCE = 'aws-maintenance',

  /** Backups are restored as a test. It comes each time, and no date can be left out. */
  RESTORE_TEST = 'restore-test',
}

/** Something that a template has AWS do at a time. */
export interface PlannedWork {
  readonly kind: PlannedKind;

  /** In words: `starts an experiment of FIS`. */
  readonly what: string;

  /** When, or why that is not known. */
  readonly times: Times | TimesNotKnown;

  /** Whether it may last longer than those times: how long is not, or not all, in the template. @default false */
  readonly openEnd?: boolean;

  /** Whether it may come at any moment of those times, rather than at each. @default false */
  readonly sometime?: boolean;
}

/**
 * A property at a path such as `Target.Arn`; undefined where it is left out. A text has `{}` where deploy fills something in,
 * and what deploy decides is an empty object.
 */
export type PlainProperty = (path: string) => unknown;

/** @internal */
export function textAt(property: PlainProperty, path: string): string | undefined {
  const value = property(path);
  return typeof value === 'string' ? value : undefined;
}

/** @internal */
export function numberAt(property: PlainProperty, path: string): number | undefined {
  const value = Number(property(path) ?? Number.NaN);
  return Number.isNaN(value) ? undefined : value;
}
