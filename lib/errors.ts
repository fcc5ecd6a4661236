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
 */
export class ConfigurationError extends Error implements ConfigurationProblem {
  readonly path: string;
  readonly problem: string;
  readonly fix: string;

  constructor({ path, problem, fix }: ConfigurationProblem) {
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
