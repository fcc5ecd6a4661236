import type { Resource } from './example';
import unsupported from './unsupported-types.json';

/** What the emulator does with a type that it does not know: it passes over it, fails the stack, or says so in these words. */
export type Shortcoming = 'ignored' | 'crashes' | `refuses: ${string}`;

/** What is written in `unsupported-types.json`. */
export interface Unsupported {
  /** Types that the emulator does not create. */
  readonly types: Readonly<Record<string, string>>;

  /** Properties on which it crashes: they are taken out before, and the comparison finds that they are lost. */
  readonly crashesOn: Readonly<Record<string, readonly string[]>>;

  /** What stands for attributes that it cannot tell, as `type attribute`; `{id}` is the logical id. */
  readonly standIns: Readonly<Record<string, unknown>>;

  /** The property that names a type, where the emulator makes up names that are too long for itself. */
  readonly longNames: Readonly<Record<string, string>>;

  /** Properties that it loses of the types that it does create; one stands for all beneath it as well. */
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

/** What the emulator is known not to do, and whether each entry was needed. */
export class KnownTypes {
  private readonly needed = new Set<string>();

  constructor(private readonly unsupported: Unsupported) {
    const wrong = Object.entries(unsupported.types).find(([, word]) => !isShortcoming(word));
    if (wrong)
      throw new Error(
        `unsupported-types.json: ${wrong.join(': ')} is neither ignored, nor crashes, nor refuses: with its words`,
      );
  }

  /** What the file in this folder says. */
  static read(): KnownTypes {
    return new KnownTypes(unsupported);
  }

  /** `undefined` for a resource that the emulator should create. An entry may be of those `with` a property alone. */
  shortcomingOf({ Type: type, Properties = {} }: Resource): Shortcoming | undefined {
    const names = [type, ...Object.keys(Properties).map((property) => `${type} with ${property}`)];
    const entry = names.find((name) => this.unsupported.types[name] !== undefined);
    if (entry === undefined) return undefined;
    this.needed.add(entry);
    const word = this.unsupported.types[entry];
    return isShortcoming(word) ? word : undefined;
  }

  /** Whether no stack can be made with a resource in it. */
  failsOn(resource: Resource): boolean {
    const shortcoming = this.shortcomingOf(resource);
    return shortcoming !== undefined && shortcoming !== 'ignored';
  }

  /** The properties of a type that it crashes on. */
  crashesOn(type: string): readonly string[] {
    const properties = this.unsupported.crashesOn[type] ?? [];
    for (const property of properties) this.needed.add(`${type} crashes on ${property}`);
    return properties;
  }

  /**
   * What stands for something that is read of a resource: what is written down, or words where the emulator makes no
   * such resource. `undefined` where it knows.
   */
  standInFor(id: string, resource: Resource, attribute: string): unknown {
    const key = `${resource.Type} ${attribute}`;
    const given = this.unsupported.standIns[key];
    if (given !== undefined) {
      this.needed.add(`stand-in ${key}`);
      return JSON.parse(JSON.stringify(given).replaceAll('{id}', id));
    }
    if (this.shortcomingOf(resource) === undefined) return undefined;
    // A policy takes nothing but an ARN.
    return /arn$/i.test(attribute) ? `arn:aws:none:eu-west-1:123456789012:${id}` : `${id}-${attribute}`;
  }

  /** The property by which a resource must be named that has no name, since the emulator would make up one that it refuses. */
  nameOf({ Type: type, Properties = {} }: Resource): string | undefined {
    const property = this.unsupported.longNames[type];
    if (property === undefined || property in Properties) return undefined;
    this.needed.add(`long names of ${type}`);
    return property;
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
    const crashes = Object.entries(this.unsupported.crashesOn).flatMap(([type, names]) =>
      names.map((name) => `${type} crashes on ${name}`),
    );
    const standIns = Object.keys(this.unsupported.standIns).map((key) => `stand-in ${key}`);
    const names = Object.keys(this.unsupported.longNames).map((type) => `long names of ${type}`);
    return [...Object.keys(this.unsupported.types), ...properties, ...crashes, ...standIns, ...names].filter(
      (entry) => !this.needed.has(entry),
    );
  }
}

function isShortcoming(word: string | undefined): word is Shortcoming {
  return word === 'ignored' || word === 'crashes' || /^refuses: \S/.test(word ?? '');
}
