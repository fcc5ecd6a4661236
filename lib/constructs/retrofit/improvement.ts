import type { CfnResource } from 'aws-cdk-lib/core';
import type { Owed } from './owed';

/** A value of a resource that a tier decides. Written with {@link improvement}. @internal */
export interface Improvement {
  /** The type of the resource. */
  readonly type: string;

  /** The property of the L1 class; with dots for what lies deeper, `[]` for each entry of a list, `=key` for an attribute. */
  readonly property: string;

  readonly owed: Owed<unknown>;

  /** Whether what was found is weaker than what is owed. */
  readonly isWeaker: (found: unknown, owed: unknown) => boolean;

  /** As the property has it: `ENABLED` for true. */
  readonly written: (owed: unknown) => unknown;

  /** In words, for the report. */
  readonly inWords?: (value: unknown) => string;

  /** Where it does not apply. @default - it always does */
  readonly unless?: (resource: CfnResource, read: ReadProperty) => boolean;

  /** What holds where nothing is set. @default - nothing that would do */
  readonly defaultsTo?: unknown;

  /** Whether a new value makes the resource anew. @default false */
  readonly replaces?: boolean;

  /** Whether it is said and never done: a machine cannot know how. @default false */
  readonly onlySaid?: boolean;
}

/** What a property comes to; `undefined` where it is not set. @internal */
export type ReadProperty = (property: string) => unknown;

/** An improvement with its types checked where it is written. @internal */
export function improvement<T>(
  row: Omit<Improvement, 'owed' | 'isWeaker' | 'written'> & {
    readonly owed: Owed<T>;
    readonly isWeaker: (found: unknown, owed: T) => boolean;
    readonly written?: (owed: T) => unknown;
  },
): Improvement {
  const { written = (value: T) => value } = row;
  return { ...row, written } as Improvement;
}

/** For what is better on than off. @internal */
export const isOff = (found: unknown, owed: boolean): boolean => owed && found === false;

/** For a number of which more is better. @internal */
export const isLess = (found: unknown, owed: number): boolean => typeof found === 'number' && found < owed;

/** For a number of which less is better. @internal */
export const isMore = (found: unknown, owed: number): boolean => typeof found === 'number' && found > owed;

/** For a number that is written as text. @internal */
export const isMoreInText = (found: unknown, owed: number): boolean =>
  typeof found === 'string' && Number(found) > owed;

/** For a word where one stands for on. @internal */
export const isNot =
  (word: string) =>
  (found: unknown): boolean =>
    found !== word;
