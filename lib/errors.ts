/** What a {@link ConfigurationError} says: where, what was found, what would mend it. */
export interface ConfigurationProblem {
  /** The construct path (`Shop/Dns`) or the place in a file (`template.json:3:17`). */
  readonly path: string;

  /** What is wrong, with the number or value that was found and the one that is needed. */
  readonly problem: string;

  /** One thing to do about it, in the imperative. */
  readonly fix: string;
}

/**
 * The one error of this package: something a person wrote cannot stand as it is.
 *
 * The command prints it on one line and exits 2; inside `cdk synth` it stops the synthesis.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/docs/DESIGN_GUIDELINES.md#errors on what an error must say
 */
export class ConfigurationError extends Error implements ConfigurationProblem {
  readonly path: string;
  readonly problem: string;
  readonly fix: string;

  constructor(found: ConfigurationProblem) {
    const [path, problem, fix] = [found.path, found.problem, found.fix].map(toRead) as Texts;
    super(`${path}: ${problem}\n  fix: ${fix}`);
    this.name = 'ConfigurationError';
    this.path = path;
    this.problem = problem;
    this.fix = fix;
  }

  /** The same on one line, for a terminal or a log. */
  get line(): string {
    return `${this.path}: ${this.problem}; fix: ${this.fix}`;
  }
}

type Texts = [path: string, problem: string, fix: string];

/** Names and values of others stand in all three: none may act on the terminal that shows them. */
function toRead(text: string): string {
  return visible(withoutMarks(text));
}

/**
 * Characters that a terminal or a log acts on instead of showing: controls, line and paragraph separators,
 * invisible and direction-changing marks (which can make a line read as something else), lone surrogates.
 */
const PLAIN = /^[\x20-\x7e]*$/;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A text in which what cannot be printed stands as its escape: `\u001b`.
 *
 * @internal
 */
export function visible(text: string): string {
  // Most texts are plain, and this is asked of every text of every verdict.
  return PLAIN.test(text) ? text : text.replace(UNPRINTABLE, escapeOf);
}

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/** What the CDK writes in place of a text, a list and a number that only deployment knows; sums of one are as huge. */
const MARK =
  /(\bis )?(?:"[^"\s]*[$#]\{Token\[[^\]]*\]\}[^"\s]*"|[$#]\{Token\[[^\]]*\]\}|-?\d(?:\.\d+)?e\+2\d\d(?: (?:s|min|h|d|GiB)\b)?)/g;

/**
 * A text in which words stand where the CDK has marks for what only deployment knows.
 *
 * @internal
 */
export function withoutMarks(text: string): string {
  return text.replace(MARK, (mark: string, is = '') =>
    is !== '' || mark === text ? is + LEFT_OPEN : `(${LEFT_OPEN})`,
  );
}

/** How a value is called that only deployment knows. @internal */
export const LEFT_OPEN = 'known at deployment only';
