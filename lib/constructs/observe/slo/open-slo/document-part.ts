import { type Mistake, quoted } from '../../../../objectives/mistakes';

/**
 * A part of a document of OpenSLO, with its place. What is not of the form asked for is noted, so that all is told at once.
 *
 * @internal
 */
export class DocumentPart {
  constructor(
    readonly value: unknown,
    readonly place: string,
    readonly mistakes: Mistake[],
  ) {}

  /** A key of a mapping. */
  at(key: string): DocumentPart {
    const known = isMapping(this.value) ? this.value[key] : undefined;
    return new DocumentPart(
      known,
      this.place === '' ? key : `${this.place}${this.place.includes(': ') ? '.' : ': '}${key}`,
      this.mistakes,
    );
  }

  /** The same part, of which nothing is noted: somebody else reads it, too. */
  silent(): DocumentPart {
    return new DocumentPart(this.value, this.place, []);
  }

  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** Notes the keys of a mapping that are none of those known. */
  hasOnly(known: readonly string[]): void {
    if (!isMapping(this.value)) return;
    for (const key of Object.keys(this.value).filter((each) => !known.includes(each)))
      this.note(
        `has ${key}, which OpenSLO does not know`,
        `leave it out, or write one of ${known.join(', ')}`,
      );
  }

  /** Notes that both of two keys are there, of which one may be. */
  hasOneOf(one: string, other: string): void {
    if (this.at(one).isSet && this.at(other).isSet)
      this.note(`has both ${one} and ${other}`, 'write one of them');
  }

  text(): string | undefined {
    if (typeof this.value === 'string' && this.value !== '') return this.value;
    return this.note(this.isSet ? `is ${quoted(this.value)}, not a text` : 'is missing', 'write a text');
  }

  number(): number | undefined {
    if (typeof this.value === 'number' && Number.isFinite(this.value)) return this.value;
    return this.note(this.isSet ? `is ${quoted(this.value)}, not a number` : 'is missing', 'write a number');
  }

  /** The part that a text of JSON holds. */
  json(): DocumentPart {
    try {
      return new DocumentPart(JSON.parse(String(this.value)), this.place, this.mistakes);
    } catch (error) {
      this.note(`is no JSON: ${String(error)}`, 'write JSON');
      return new DocumentPart([], this.place, this.mistakes);
    }
  }

  list(): readonly DocumentPart[] {
    if (!this.isSet) return [];
    if (Array.isArray(this.value))
      return this.value.map(
        (each, index) => new DocumentPart(each, `${this.place}[${index}]`, this.mistakes),
      );
    this.note('is no list', 'write one');
    return [];
  }

  /** The only entry of a list. */
  only(what: string): DocumentPart | undefined {
    const [first, ...others] = this.list();
    if (first && others.length === 0) return first;
    return this.note(
      `has ${first ? others.length + 1 : 'no'} ${what}`,
      `write one; what is watched twice is two objectives`,
    );
  }

  /** Keeps what cannot be taken over, by name. */
  note(problem: string, fix: string): undefined {
    this.mistakes.push({ problem: `${this.place} ${problem}`, fix });
    return undefined;
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
