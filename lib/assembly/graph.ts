import { comparableText, identifiersOf, mayBe, parseArn } from './identifiers';
import { eitherOf, valueAt } from './path';
import type { Resource } from './resource';
import type { SourceApp } from './source/source';
import { Stack } from './stack';
import { describe, isMap, isScalar, Reference, Text, Unknown, type Value } from './value';

/** A mention of one resource in another's properties. */
export interface Mention {
  readonly from: Resource;

  /** The top-level property that holds it. */
  readonly property: string;

  /** `Ref`, or the attribute mentioned. */
  readonly attribute: string;
}

interface Mentions {
  readonly all: Mention[];
  readonly byType: Map<string, Mention[]>;
}

/** An output that a stack exports. */
interface Export {
  readonly stack: Stack;
  readonly output: string;
}

/** A value that the CDK's export writer copies to another region. */
interface CrossRegionExport {
  readonly writer: Resource;
  readonly name: string;
}

/**
 * All resources of an app, over all its stacks, and how they refer to each other.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export class Graph {
  readonly name: string;
  readonly path: string;

  /** Every stack, nested ones after their parents. */
  readonly stacks: readonly Stack[];
  #resources: readonly Resource[] | undefined;
  #byType: ReadonlyMap<string, readonly Resource[]> | undefined;
  readonly #ofTypes = new Map<string, readonly Resource[]>();
  #byName: ReadonlyMap<string, readonly Resource[]> | undefined;
  #mentions: ReadonlyMap<Resource, Mentions> | undefined;
  readonly #named = new Map<string, Resource | undefined>();
  #unreadable: readonly string[] | undefined;
  #exports: ReadonlyMap<string, readonly Export[]> | undefined;
  #crossRegionExports: ReadonlyMap<string, readonly CrossRegionExport[]> | undefined;

  constructor(
    app: SourceApp,
    /** Why more resources may come than the app shows. @default - the app is complete */
    private readonly unfinished?: string,
  ) {
    this.name = app.name;
    this.path = app.path;
    this.stacks = app.stacks.map((source) => new Stack(this, source)).flatMap(withNested);
  }

  /** Every resource that exists or may exist, in the order of stacks and templates. */
  get resources(): readonly Resource[] {
    this.#resources ??= this.stacks.flatMap((stack) => [...stack.resources.values()]);
    return this.#resources;
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    this.#byType ??= groupBy(this.resources, (resource) => [resource.type]);
    const index = this.#byType;
    const key = types.join(' ');
    const known = this.#ofTypes.get(key) ?? types.flatMap((type) => index.get(type) ?? []);
    this.#ofTypes.set(key, known);
    return known;
  }

  /** Reasons why resources may exist that the templates do not show. */
  get unreadable(): readonly string[] {
    this.#unreadable ??= [
      ...(this.unfinished === undefined ? [] : [this.unfinished]),
      ...this.stacks.flatMap((stack) => stack.unreadable),
    ];
    return this.#unreadable;
  }

  /** Who mentions a resource, with the property that does. */
  mentionsOf(resource: Resource, ...types: readonly string[]): readonly Mention[] {
    this.#mentions ??= this.#collectMentions();
    const mentions = this.#mentions.get(resource);
    if (!mentions) return [];
    const [type, another] = types;
    if (type === undefined) return mentions.all;
    // What everything mentions is asked for often: one type is not copied.
    if (another === undefined) return mentions.byType.get(type) ?? [];
    return types.flatMap((one) => mentions.byType.get(one) ?? []);
  }

  /** The resource that a value names by reference, ARN or physical name. */
  resolve(value: Value, from: Resource): Resource | Unknown {
    if (value instanceof Unknown) return value;
    if (value instanceof Reference) return value.resource;
    if (value instanceof Text) return this.#resolveText(value, from);
    if (!isScalar(value) || value === null || value === '')
      return new Unknown(`${describe(value)} names no resource`);
    return this.named(String(value), from) ?? new Unknown(`${String(value)} is not in the app`);
  }

  /** The resource of a physical name or ARN; the nearest one where stacks share a name. */
  named(text: string, from: Resource): Resource | undefined {
    const key = `${from.stack.id} ${text}`;
    if (!this.#named.has(key)) this.#named.set(key, this.#lookUp(text, from));
    return this.#named.get(key);
  }

  /** The value that a stack of the app exports under a name, seen from another stack. */
  exportNamed(name: string, from: Stack): Value | undefined {
    if (!this.#exports) {
      // A name of an export that hangs on an import finds none.
      this.#exports = new Map();
      this.#exports = this.#collectExports();
    }
    const visible = (this.#exports.get(name) ?? []).filter(({ stack }) => mayShare(stack, from));
    const values = visible
      .map(({ stack, output }) => stack.output(output))
      .filter((value) => value !== undefined);
    return values.length === 0 ? undefined : eitherOf(`several stacks may export ${name}`, values);
  }

  /** A value that the CDK copies to a stack's region through its export writer and reader. */
  crossRegionExport(name: string, reader: Stack): Value | undefined {
    this.#crossRegionExports ??= this.#collectCrossRegionExports();
    const exports = this.#crossRegionExports.get(name) ?? [];
    const own = exports.find(({ writer }) => isWrittenFor(writer, reader)) ?? exports[0];
    // Evaluated only now: a writer may hand on what its stack has from a reader.
    const values = own?.writer.get('WriterProps.exports');
    return values instanceof Unknown ? values : own && valueAt(values, [own.name]);
  }

  stackNamed(name: string, region: string | undefined, account?: string): Stack | undefined {
    const named = this.stacks.filter((stack) => stack.name === name);
    const there = named.filter((stack) => stack.region === region || region === undefined);
    return there.find((stack) => stack.account === account) ?? there[0];
  }

  #lookUp(text: string, from: Resource): Resource | undefined {
    this.#byName ??= groupBy(this.resources, identifiersOf);
    const index = this.#byName;
    const arn = text.startsWith('arn:') ? parseArn(text) : undefined;
    if (!arn) return nearest(index.get(text) ?? [], from);
    for (const name of arn.names) {
      const candidates = (index.get(name) ?? []).filter((candidate) => mayBe(arn, candidate));
      const exact = candidates.filter(({ region }) => region === (arn.region ?? from.region));
      const found = nearest(exact.length > 0 ? exact : candidates, from);
      if (found) return found;
    }
    return undefined;
  }

  #resolveText(text: Text, from: Resource): Resource | Unknown {
    const references = text.parts.filter((part) => part instanceof Reference);
    const [only] = references;
    const dynamic = text.parts.some((part) => typeof part === 'string' && part.includes('{{resolve:'));
    if (only && !dynamic && references.every(({ resource }) => resource === only.resource))
      return only.resource;
    const name = comparableText(text, from.stack);
    const unknown = text.parts.find((part) => part instanceof Unknown);
    const why = unknown?.reason ?? `${describe(text)} is known only at deploy`;
    return (name && this.named(name, from)) || new Unknown(why, undefined, references);
  }

  #collectMentions(): ReadonlyMap<Resource, Mentions> {
    const mentions = new Map<Resource, Mentions>();
    for (const from of this.resources) {
      for (const { property, reference } of from.references) {
        const { resource, attribute } = reference;
        const known: Mentions = mentions.get(resource) ?? { all: [], byType: new Map() };
        mentions.set(resource, known);
        const mention = { from, property, attribute };
        known.all.push(mention);
        append(known.byType, from.type, mention);
      }
    }
    return mentions;
  }

  #collectExports(): ReadonlyMap<string, readonly Export[]> {
    const exports = new Map<string, Export[]>();
    for (const stack of this.stacks) {
      for (const [output, json] of Object.entries(stack.outputs)) {
        const name = isMap(json as Value)
          ? exportName(json as Readonly<Record<string, unknown>>, stack)
          : undefined;
        if (name !== undefined) append(exports, name, { stack, output });
      }
    }
    return exports;
  }

  #collectCrossRegionExports(): ReadonlyMap<string, readonly CrossRegionExport[]> {
    const exports = new Map<string, CrossRegionExport[]>();
    for (const writer of this.ofType('Custom::CrossRegionExportWriter')) {
      for (const name of namesWrittenBy(writer)) append(exports, name, { writer, name });
    }
    return exports;
  }
}

/** The names as written, for values are evaluated only when asked for. */
function namesWrittenBy({ body }: Resource): readonly string[] {
  const properties = body.Properties?.WriterProps as Value | undefined;
  const exports = isMap(properties) ? properties.exports : undefined;
  return isMap(exports) ? Object.keys(exports) : [];
}

function isWrittenFor(writer: Resource, reader: Stack): boolean {
  return writer.account === reader.account && writer.get('WriterProps.region') === reader.region;
}

/** Exports are seen within one region of one account. */
function mayShare(one: Stack, other: Stack): boolean {
  return mayEqual(one.region, other.region) && mayEqual(one.account, other.account);
}

function mayEqual(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function nearest(candidates: readonly Resource[], from: Resource): Resource | undefined {
  return (
    candidates.find((candidate) => candidate.stack === from.stack) ??
    candidates.find(({ region, account }) => region === from.region && account === from.account) ??
    candidates.find(({ region }) => region === from.region) ??
    candidates[0]
  );
}

function exportName(output: Readonly<Record<string, unknown>>, stack: Stack): string | undefined {
  const declared = output.Export as { readonly Name?: Parameters<Stack['evaluate']>[0] } | undefined;
  const name = declared?.Name === undefined ? undefined : stack.evaluate(declared.Name);
  return typeof name === 'string' ? name : undefined;
}

function withNested(stack: Stack): readonly Stack[] {
  return [stack, ...[...stack.nested.values()].flatMap(withNested)];
}

function groupBy(resources: readonly Resource[], keysOf: (resource: Resource) => readonly string[]) {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) for (const key of keysOf(resource)) append(groups, key, resource);
  return groups;
}

function append<K, V>(lists: Map<K, V[]>, key: K, item: V): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
