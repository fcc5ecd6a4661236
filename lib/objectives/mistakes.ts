import { ConfigurationError } from '../errors';

/**
 * One thing that is wrong, and one thing to do about it.
 *
 * @internal
 */
export interface Mistake {
  readonly problem: string;
  readonly fix: string;
}

/**
 * Reports all mistakes of one declaration at once.
 *
 * @throws ConfigurationError when there is any
 *
 * @internal
 */
export function refuse(path: string, mistakes: readonly Mistake[]): void {
  const [only, ...more] = mistakes;
  if (!only) return;
  if (more.length === 0) throw new ConfigurationError({ path, ...only });
  const error = new ConfigurationError({
    path,
    problem: `${mistakes.length} mistakes: ${numbered(mistakes.map((mistake) => mistake.problem))}`,
    fix: numbered(mistakes.map((mistake) => mistake.fix)),
  });
  SEVERAL.set(error, mistakes);
  throw error;
}

/** The mistakes of refusals that have several, so that they can be told together with those of others. */
const SEVERAL = new WeakMap<ConfigurationError, readonly Mistake[]>();

/**
 * The mistakes for which something is refused, so that they are told with those that stand beside it; one that several
 * refusals name is told once.
 *
 * @internal
 */
export function mistakesOf(...checks: readonly (() => unknown)[]): Mistake[] {
  const found = checks.flatMap(refusedBy);
  return found.filter(
    ({ problem, fix }, index) =>
      found.findIndex((other) => other.problem === problem && other.fix === fix) === index,
  );
}

function refusedBy(check: () => unknown): readonly Mistake[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return SEVERAL.get(error) ?? [{ problem: error.problem, fix: error.fix }];
  }
}

/**
 * Texts in one line, each with its number.
 *
 * @internal
 */
export function numbered(texts: readonly string[]): string {
  return texts.map((text, index) => `(${index + 1}) ${text}`).join('; ');
}

/**
 * Properties that must be there and are not, as the compiler would say it to those who use one.
 *
 * @internal
 */
export function missing<Props extends object>(
  props: Props | undefined,
  ...required: (keyof Props & string)[]
): Mistake[] {
  const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';
  return required
    .filter((name) => isMissing(props?.[name]))
    .map((name) => ({ problem: `${name} is missing`, fix: `set ${name}` }));
}

/**
 * A value as it was written, for a message.
 *
 * @internal
 */
export function quoted(value: unknown): string {
  // JSON has no NaN and no Infinity, and writes null.
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A construct leads to itself, through its scope.
    return `a ${(value as object).constructor.name}`;
  }
}

/**
 * The values that stand there more than once, each named once.
 *
 * @internal
 */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
