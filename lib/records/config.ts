import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';
import { parseTier, type Tier } from '../objectives/tier';

/** One service of `nines.config.yaml`, and the resources that are its own. */
export interface ConfiguredService {
  readonly name: string;
  readonly tier: Tier;

  /** @default - nobody is named */
  readonly owner?: string;

  /** Patterns of stack names or ids; `*` stands for any text. */
  readonly stacks: readonly string[];

  /** Patterns of construct paths; `*` stands for any text. */
  readonly paths: readonly string[];

  /** Tags of which a resource or its stack must carry all. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What `nines.config.yaml` says of one rule. */
export interface ConfiguredRule {
  /** How loud its findings are, at every tier; `off` does not run it. @default - by tier, as the rule says */
  readonly level?: 'error' | 'warning' | 'info' | 'off';

  /** Values of its parameters, by name. @default - those of the rule */
  readonly parameters?: Readonly<Record<string, number | string | boolean | readonly string[]>>;
}

/** What `nines.config.yaml` says. */
export interface Config {
  readonly services: readonly ConfiguredService[];

  /** By rule id. @default - every rule as it is */
  readonly rules?: Readonly<Record<string, ConfiguredRule>>;
}

/** The file that declares the services of an app that uses no construct of ours. */
export const CONFIG_FILE = 'nines.config.yaml';

const CONFIG_SCHEMA = 'cdk-nines.config/1';
const SERVICE_KEYS = ['name', 'tier', 'owner', 'stacks', 'paths', 'tags'];

/**
 * Reads the text of a `nines.config.yaml`.
 *
 * @throws ConfigurationError with file, line and column for the first mistake
 */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
  });
  const reader = new Reader(printable(file), lines);
  const [syntax] = document.errors;
  if (syntax) reader.refuseAt(syntax.pos[0], syntax.message, 'write valid YAML');
  const root = reader.map(document.contents, ['schema', 'services'], 'the file');
  const schema = root.get('schema');
  if (schema !== undefined && reader.text(schema, 'schema') !== CONFIG_SCHEMA) {
    reader.refuse(
      schema,
      'schema is of another version',
      `write ${CONFIG_SCHEMA}, or use the release that knows yours`,
    );
  }
  const services = reader.list(root.get('services'), 'services').map((node) => serviceOf(node, reader));
  refuseTwice(services, document.contents, reader);
  return { services };
}

function serviceOf(node: Node, reader: Reader): ConfiguredService {
  const fields = reader.map(node, SERVICE_KEYS, 'a service');
  const required = (key: string) =>
    fields.get(key) ?? reader.refuse(node, `a service has no ${key}`, `add ${key}`);
  const owner = fields.get('owner');
  const texts = (key: string) => reader.list(fields.get(key), key).map((item) => reader.text(item, key));
  const service = {
    name: reader.text(required('name'), 'name'),
    tier: parseTier(reader.text(required('tier'), 'tier'), reader.placeOf(required('tier'))),
    ...(owner && { owner: reader.text(owner, 'owner') }),
    stacks: texts('stacks'),
    paths: texts('paths'),
    tags: tagsOf(fields.get('tags'), reader),
  };
  if (service.stacks.length + service.paths.length + Object.keys(service.tags).length === 0) {
    reader.refuse(node, `service ${printable(service.name)} names no resources`, 'add stacks, paths or tags');
  }
  return service;
}

function tagsOf(node: Node | undefined, reader: Reader): Readonly<Record<string, string>> {
  if (!node) return {};
  return Object.fromEntries(
    [...reader.map(node, undefined, 'tags')].map(([key, value]) => [key, reader.text(value, `tag ${key}`)]),
  );
}

function refuseTwice(services: readonly ConfiguredService[], node: unknown, reader: Reader): void {
  const names = services.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    reader.refuse(
      node as Node,
      `service ${printable(twice)} is declared twice`,
      'give each service one entry',
    );
}

/** Reads nodes of YAML and refuses what is not of the form asked for, with its place. */
class Reader {
  constructor(
    private readonly file: string,
    private readonly lines: LineCounter,
  ) {}

  map(node: unknown, keys: readonly string[] | undefined, what: string): ReadonlyMap<string, Node> {
    if (!isMap(node)) return this.refuse(node as Node, `${what} is no mapping`, 'write keys and values');
    const entries = node.items.map(
      ({ key, value }) => [String((key as { value?: unknown }).value ?? key), value as Node] as const,
    );
    const strange = keys && entries.find(([key]) => !keys.includes(key));
    if (strange)
      this.refuse(
        strange[1] ?? node,
        `${what} has an unknown key ${printable(strange[0])}`,
        `use one of ${keys.join(', ')}`,
      );
    return new Map(entries);
  }

  list(node: Node | undefined, what: string): readonly Node[] {
    if (node === undefined) return [];
    return isSeq(node)
      ? (node.items as readonly Node[])
      : this.refuse(node, `${what} is no list`, 'write one entry a line, each after a dash');
  }

  text(node: Node, what: string): string {
    const { value } = node as { value?: unknown };
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return plain && value !== '' ? String(value) : this.refuse(node, `${what} is no text`, 'write a text');
  }

  refuse(node: Node | null | undefined, problem: string, fix: string): never {
    throw new ConfigurationError({ path: this.placeOf(node), problem, fix });
  }

  refuseAt(offset: number, problem: string, fix: string): never {
    throw new ConfigurationError({
      path: this.place(offset),
      problem: printable(problem),
      fix,
    });
  }

  placeOf(node: Node | null | undefined): string {
    return this.place(node?.range?.[0] ?? 0);
  }

  private place(offset: number): string {
    const { line, col } = this.lines.linePos(offset);
    return `${this.file}:${line || 1}:${col || 1}`;
  }
}
