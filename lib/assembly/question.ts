import { fail, type Judgement, type PropertyOptions, pass, unknown } from './judgement';
import { describe, isList, isScalar, Reference, type Scalar, Text, Unknown, type Value } from './value';

/** A test of a property's value. */
export interface Question {
  readonly path: string;

  /** What the test asks for, in words. */
  readonly needed: string;
  readonly options: PropertyOptions;

  /** Sees plain values only; `undefined` means that it cannot tell. */
  readonly test: (value: Scalar) => boolean | undefined;
}

/** Judges a value by a test; where a condition leaves several values open, all must agree. */
export function judgeValue(question: Question, value: Value | undefined): Judgement {
  const { path, options, test, needed } = question;
  if (value instanceof Unknown)
    return agreed(path, value, (alternative) => judgeValue(question, alternative));
  const taken = value === undefined ? (options.default ?? null) : value;
  if (taken instanceof Reference || taken instanceof Text)
    return unknown(path, `${path} is ${describe(taken)}, known only at deploy`);
  if (!isScalar(taken)) return fail({ property: path, found: describe(taken), needed });
  const holds = test(taken);
  const found = value === undefined ? foundNothing(options) : withUnit(describe(taken), options);
  if (holds === undefined) return unknown(path, `${path} is ${found}`);
  return holds ? pass({ property: path, found }) : fail({ property: path, found, needed });
}

/** Judges whether there is a value. An unknown value is one, unless it may be left out. */
export function judgeSet(path: string, needed: string, value: Value | undefined): Judgement {
  if (value instanceof Unknown && value.alternatives)
    return agreed(path, value, (alternative) => judgeSet(path, needed, alternative));
  const empty =
    value === undefined || value === null || value === '' || (isList(value) && value.length === 0);
  return empty ? fail({ property: path, found: describe(value), needed }) : pass({ property: path });
}

/** One answer where it is the same for all values that an unknown may take. */
function agreed(
  path: string,
  value: Unknown,
  judgeOne: (alternative: Value | undefined) => Judgement,
): Judgement {
  const [head, ...others] = (value.alternatives ?? []).map(judgeOne);
  const same = head && head.outcome !== 'unknown' && others.every(({ outcome }) => outcome === head.outcome);
  return same ? head : unknown(path, value);
}

/** A value as text. CloudFormation takes `"True"` and `"TRUE"` for true where a boolean is expected. */
export function textOfBoolean(value: Scalar): string {
  const text = String(value);
  return /^(true|false)$/i.test(text) ? text.toLowerCase() : text;
}

/** A value as text, to compare with what is expected: a boolean in any case, everything else as it is written. */
export function textToCompare(value: Scalar, expected: readonly Scalar[]): string {
  return expected.some((one) => typeof one === 'boolean') ? textOfBoolean(value) : String(value);
}

/** A test of numbers as one of any value: what is no number does not hold. */
export function numeric(value: Scalar, test: (n: number) => boolean): boolean {
  const number = numberOf(value);
  return number !== undefined && test(number);
}

/** CloudFormation takes `"7"` for 7; it takes no truth and no empty text for a number. */
export function numberOf(value: Scalar): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

export function withUnit(value: number | string, { unit }: PropertyOptions): string {
  if (unit === undefined) return String(value);
  // "1 day", but "1 s": only words have a plural.
  const singular = String(value) === '1' && /^\w{3,}s$/.test(unit);
  return `${value} ${singular ? unit.slice(0, -1) : unit}`;
}

/** A number of days, in words. */
export function inDays(days: number | string): string {
  return withUnit(days, { unit: 'days' });
}

function foundNothing(options: PropertyOptions): string {
  return options.default === undefined
    ? 'not set'
    : `${withUnit(String(options.default), options)}, the default`;
}
