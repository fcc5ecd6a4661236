import { ConfigurationError } from '../errors';
import { numbered } from '../objectives/mistakes';

/** So many are told in full: the line is for people. */
const MOST = 10;

/** What is wrong in the parts of a file, so that all of it is told at once, each with its place. */
export class GatheredMistakes {
  private readonly found: ConfigurationError[] = [];

  /** Reads one part; `undefined` where it is refused, which {@link GatheredMistakes.refuse} tells later. */
  in<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.found.push(error);
      return undefined;
    }
  }

  /** @throws ConfigurationError for all that was found, at the place of the first */
  refuse(): void {
    const [first, ...others] = this.found;
    if (!first) return;
    if (others.length === 0) throw first;
    const told = this.found.slice(0, MOST);
    const rest = this.found.length - told.length;
    const more = rest > 0 ? `; and ${rest} more` : '';
    const places = told.map(({ path, problem }, index) => (index === 0 ? problem : `${path}: ${problem}`));
    throw new ConfigurationError({
      path: first.path,
      problem: `${this.found.length} mistakes: ${numbered(places)}${more}`,
      fix: numbered(told.map(({ fix }) => fix)),
    });
  }
}
