import { Duration } from 'aws-cdk-lib/core';
import { formatSeconds } from '../../calculus/time-span';
import type { Owed } from './owed';

/** A property of an L2 that a tier decides where nobody says otherwise. @internal */
export interface DefaultProperty {
  /** Its name, with dots for what lies deeper: `healthCheck.interval`. */
  readonly property: string;

  readonly owed: Owed<unknown>;

  /** Whether what a person wrote is weaker than what is owed. */
  readonly isWeaker: (found: unknown, owed: unknown) => boolean;

  /** As the L2 takes it: a `Duration`. */
  readonly written: (owed: unknown) => unknown;

  /** In words, for the report. */
  readonly inWords: (value: unknown) => string;

  /** Other properties that say the same. */
  readonly insteadOf?: readonly string[];

  /** The property of the L1 that it becomes, as improvements write it. @default - the same */
  readonly l1?: string;

  /** Where it does not apply. @default - it always does */
  readonly unless?: (props: Props) => boolean;

  /** What the L2 or the service takes where nothing is said. @default - nothing that would do */
  readonly defaultsTo?: unknown;

  /** Whether a new value makes the resource anew. @default false */
  readonly replaces?: boolean;

  /** Whether a person's value is only judged: the L2's own default is as good. @default false */
  readonly onlyJudged?: boolean;
}

/** The properties of an L2, whatever it is. @internal */
export type Props = Readonly<Record<string, unknown>>;

type Row = Pick<DefaultProperty, 'insteadOf' | 'l1' | 'unless' | 'onlyJudged' | 'defaultsTo' | 'replaces'>;

/** Something that is better on than off. @internal */
export function onByDefault(
  property: string,
  owed: Owed<boolean>,
  row: Row & { as?: unknown } = {},
): DefaultProperty {
  const { as = true, ...rest } = row;
  return {
    ...rest,
    property,
    owed,
    isWeaker: (found) => found === false || isOff(found),
    written: () => as,
    inWords: (value) => inWords(value),
  };
}

/** A time in seconds, of which less is better. @internal */
export function atMostSeconds(property: string, owed: Owed<number>, row: Row = {}): DefaultProperty {
  return {
    ...row,
    property,
    owed: owed as Owed<unknown>,
    isWeaker: (found, most) =>
      found instanceof Duration && !found.isUnresolved() && found.toSeconds() > Number(most),
    written: (seconds) => Duration.seconds(Number(seconds)),
    inWords,
  };
}

/** A time in days, of which more is better. @internal */
export function atLeastDays(property: string, owed: Owed<number>, row: Row = {}): DefaultProperty {
  return {
    ...row,
    property,
    owed: owed as Owed<unknown>,
    isWeaker: (found, least) =>
      found instanceof Duration && !found.isUnresolved() && found.toDays({ integral: false }) < Number(least),
    written: (days) => Duration.days(Number(days)),
    inWords,
  };
}

/** A number of which more is better. @internal */
export function atLeast(property: string, owed: Owed<number>, row: Row = {}): DefaultProperty {
  return {
    ...row,
    property,
    owed: owed as Owed<unknown>,
    isWeaker: (found, least) => typeof found === 'number' && found < Number(least),
    written: (value) => value,
    inWords,
  };
}

/** A number of which less is better. @internal */
export function atMost(property: string, owed: Owed<number>, row: Row = {}): DefaultProperty {
  return {
    ...row,
    property,
    owed: owed as Owed<unknown>,
    isWeaker: (found, most) => typeof found === 'number' && found > Number(most),
    written: (value) => value,
    inWords,
  };
}

/** `{ pointInTimeRecoveryEnabled: false }` and `{ enable: false }` are off, too. */
function isOff(found: unknown): boolean {
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(found).some(([key, value]) => /enable/i.test(key) && value === false);
}

function inWords(value: unknown): string {
  if (value === undefined) return 'not set';
  if (value instanceof Duration)
    return value.isUnresolved() ? 'known at deployment only' : formatSeconds(value.toSeconds());
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
