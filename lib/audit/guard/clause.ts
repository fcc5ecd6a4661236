import type { ParameterValue } from '../rule';

/** A plain value of a property. */
type Plain = string | number | boolean;

/**
 * One question about a property of a resource. A path is below `Properties`; `[*]` stands for every entry of a list.
 */
export type Clause =
  | { readonly is: 'in' | 'not in' | 'some in'; readonly path: string; readonly values: readonly Plain[] }
  | { readonly is: 'matching' | 'not matching'; readonly path: string; readonly pattern: string }
  | { readonly is: 'at least'; readonly path: string; readonly minimum: number }
  | { readonly is: 'filled' | 'there' | 'absent'; readonly path: string }
  | { readonly is: 'entry' | 'no entry'; readonly path: string; readonly fields: readonly Clause[] };

/** A question, or several of which one is enough. */
export type Need = Clause | readonly Clause[];

/** What some types need. */
export interface GuardPart {
  readonly types: readonly string[];

  /** What a resource has to be to be asked at all. @default - every resource of the types is */
  readonly when?: readonly Need[];

  /** What has to hold, all of it. */
  readonly needs: readonly Need[];
}

/** The values of a rule's parameters. */
export type GuardParameters = Readonly<Record<string, ParameterValue>>;

/** A rule of the audit in the words of CloudFormation Guard: what one resource decides by itself. */
export interface GuardRule {
  /** The id of the rule that it translates. */
  readonly id: string;

  /** What it asks for, by type. */
  parts(parameters: GuardParameters): readonly GuardPart[];
}

/** A rule that asks the same of all its types. */
export function guard(id: string, types: readonly string[], ...needs: readonly Need[]): GuardRule {
  return { id, parts: () => [{ types, needs }] };
}

/** A rule that asks only some resources. */
export function guardWhen(
  id: string,
  types: readonly string[],
  when: readonly Need[],
  ...needs: readonly Need[]
): GuardRule {
  return { id, parts: () => [{ types, when, needs }] };
}

/** A rule with a number that users may set. */
export function guardBy(
  id: string,
  types: readonly string[],
  needs: (parameters: GuardParameters) => readonly Need[],
  when: readonly Need[] = [],
): GuardRule {
  return { id, parts: (parameters) => [{ types, when, needs: needs(parameters) }] };
}

/** A rule that asks each of its types in another way. */
export function guardParts(id: string, ...parts: readonly GuardPart[]): GuardRule {
  return { id, parts: () => parts };
}

export const is = (path: string, ...values: readonly Plain[]): Clause => ({ is: 'in', path, values });

/** A list with one of the values in it. */
export const has = (path: string, ...values: readonly Plain[]): Clause => ({
  is: 'some in',
  path: `${path}[*]`,
  values,
});

/** Whatever is not set is not refused either. */
export const isNot = (path: string, ...values: readonly Plain[]): readonly Clause[] => [
  absent(path),
  { is: 'not in', path, values },
];

export const matches = (path: string, pattern: string): Clause => ({ is: 'matching', path, pattern });

export const atLeast = (path: string, minimum: number): Clause => ({ is: 'at least', path, minimum });

/** A text, list or map that is not empty. */
export const filled = (path: string): Clause => ({ is: 'filled', path });

/** Any value: numbers are never empty. */
export const there = (path: string): Clause => ({ is: 'there', path });

export const absent = (path: string): Clause => ({ is: 'absent', path });

/** A list with an entry that has all these fields. */
export const entry = (path: string, ...fields: readonly Clause[]): Clause => ({ is: 'entry', path, fields });

/** A list without such an entry, or no list. */
export const noEntry = (path: string, ...fields: readonly Clause[]): Clause => ({
  is: 'no entry',
  path,
  fields,
});

/** What holds where a property is left out, too: its default does. */
export const orAbsent = (clause: Clause): readonly Clause[] => [absent(clause.path), clause];

/** Data that can be made again needs no backup. */
export const NOT_REBUILDABLE: Need = noEntry('Tags', is('Key', 'resilience:rebuildable'), is('Value', true));
