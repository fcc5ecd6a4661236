import unsupported from './unsupported-types.json';

/** What the emulator does with a type that it does not know: it passes over it, or fails the stack. */
export type Shortcoming = 'ignored' | 'crashes';

/** What is written in `unsupported-types.json`. */
export interface Unsupported {
  /** Types that the emulator does not create. */
  readonly types: Readonly<Record<string, string>>;

  /** Properties that it loses of the types that it does create; one stands for all beneath it as well. */
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

/** What the emulator is known not to do, and whether each entry was needed. */
export class KnownTypes {
  private readonly needed = new Set<string>();

  constructor(private readonly unsupported: Unsupported) {
    const wrong = Object.entries(unsupported.types).find(([, word]) => !isShortcoming(word));
    if (wrong) throw new Error(`unsupported-types.json: ${wrong.join(': ')} is neither ignored nor crashes`);
  }

  /** What the file in this folder says. */
  static read(): KnownTypes {
    return new KnownTypes(unsupported);
  }

  /** `undefined` for a type that the emulator should create. */
  shortcomingOf(type: string): Shortcoming | undefined {
    const word = this.unsupported.types[type];
    if (word !== undefined) this.needed.add(type);
    return isShortcoming(word) ? word : undefined;
  }

  /** Whether the emulator is known to lose this property. Asked only for one that was found to differ. */
  loses(type: string, path: string): boolean {
    const lost = this.unsupported.properties[type]?.find(
      (each) => path === each || path.startsWith(`${each}.`),
    );
    if (lost !== undefined) this.needed.add(`${type} ${lost}`);
    return lost !== undefined;
  }

  /** How many types the emulator does not create. */
  get size(): number {
    return Object.keys(this.unsupported.types).length;
  }

  /** The entries that nothing needed: no example has the type, or the emulator keeps the property by now. */
  stale(): string[] {
    const properties = Object.entries(this.unsupported.properties).flatMap(([type, paths]) =>
      paths.map((path) => `${type} ${path}`),
    );
    return [...Object.keys(this.unsupported.types), ...properties].filter((entry) => !this.needed.has(entry));
  }
}

function isShortcoming(word: string | undefined): word is Shortcoming {
  return word === 'ignored' || word === 'crashes';
}
