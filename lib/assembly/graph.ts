import { identifiersOf } from './identifiers';
import type { Resource } from './resource';
import type { SourceApp } from './source/source';
import { Stack } from './stack';
import { describe, isMap, isScalar, Reference, referencesIn, Text, Unknown, type Value } from './value';

/** A mention of one resource in another's properties. */
export interface Mention {
  readonly from: Resource;

  /** The top-level property that holds it. */
  readonly property: string;

  /** `Ref`, or the attribute mentioned. */
  readonly attribute: string;
}

/** All resources of an app, over all its stacks, and how they refer to each other. */
export class Graph {
  readonly name: string;
  readonly path: string;

  /** Every stack, nested ones after their parents. */
  readonly stacks: readonly Stack[];
  #resources: readonly Resource[] | undefined;
  #byType: ReadonlyMap<string, readonly Resource[]> | undefined;
  #byName: ReadonlyMap<string, readonly Resource[]> | undefined;
  #mentions: ReadonlyMap<Resource, readonly Mention[]> | undefined;
  #exports: ReadonlyMap<string, readonly { readonly stack: Stack; readonly output: string }[]> | undefined;
  #crossRegionExports: ReadonlyMap<string, Value> | undefined;

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
    return types.flatMap((type) => index.get(type) ?? []);
  }

  /** Reasons why resources may exist that the templates do not show. */
  get unreadable(): readonly string[] {
    this.resources;
    const unfinished = this.unfinished === undefined ? [] : [this.unfinished];
    return [...unfinished, ...this.stacks.flatMap((stack) => stack.unreadable)];
  }

  /** Who mentions a resource, with the property that does. */
  mentionsOf(resource: Resource, ...types: readonly string[]): readonly Mention[] {
    this.#mentions ??= this.#collectMentions();
    const mentions = this.#mentions.get(resource) ?? [];
    return types.length === 0 ? mentions : mentions.filter(({ from }) => types.includes(from.type));
  }

  /** The resource that a value names by reference, ARN or physical name. */
  resolve(value: Value, from: Resource): Resource | Unknown {
    if (value instanceof Unknown) return value;
    if (value instanceof Reference) return value.resource;
    if (value instanceof Text) return this.#resolveText(value);
    if (!isScalar(value) || value === null || value === '')
      return new Unknown(`${describe(value)} names no resource`);
    return this.named(String(value), from) ?? new Unknown(`${String(value)} is not in the app`);
  }

  /** The resource of a physical name or ARN; the nearest one where regions share a name. */
  named(text: string, from: Resource): Resource | undefined {
    this.#byName ??= groupBy(this.resources, identifiersOf);
    const arn = text.startsWith('arn:') ? text.split(':') : undefined;
    const name = arn ? (arn.slice(5).join(':').split(/[/:]/).at(-1) ?? '') : text;
    const candidates = this.#byName.get(name) ?? [];
    const region = arn?.[3] || undefined;
    if (region !== undefined)
      return candidates.find((candidate) => candidate.region === undefined || candidate.region === region);
    return (
      candidates.find((candidate) => candidate.stack === from.stack) ??
      candidates.find((candidate) => candidate.region === from.region) ??
      candidates[0]
    );
  }

  /** The value that a stack of the app exports under a name, seen from another stack. */
  exportNamed(name: string, from: Stack): Value | undefined {
    this.#exports ??= this.#collectExports();
    const exports = this.#exports.get(name) ?? [];
    const nearest =
      exports.find(({ stack }) => stack.region === from.region && stack.account === from.account) ??
      exports[0];
    return nearest?.stack.output(nearest.output);
  }

  /** A value that the CDK copies between regions through its export writer and reader. */
  crossRegionExport(name: string): Value | undefined {
    this.#crossRegionExports ??= this.#collectCrossRegionExports();
    return this.#crossRegionExports.get(name);
  }

  stackNamed(name: string, region: string | undefined): Stack | undefined {
    const named = this.stacks.filter((stack) => stack.name === name);
    return named.find((stack) => stack.region === region) ?? (region === undefined ? named[0] : undefined);
  }

  #resolveText(text: Text): Resource | Unknown {
    const references = text.parts.filter((part) => part instanceof Reference);
    const [only] = references;
    if (only && references.every(({ resource }) => resource === only.resource)) return only.resource;
    return (
      text.parts.find((part) => part instanceof Unknown) ??
      new Unknown(`${describe(text)} is known only at deploy`)
    );
  }

  #collectMentions(): ReadonlyMap<Resource, readonly Mention[]> {
    const mentions = new Map<Resource, Mention[]>();
    for (const from of this.resources) {
      for (const property of from.propertyNames) {
        for (const { resource, attribute } of referencesIn(from.get(property))) {
          const list = mentions.get(resource);
          const mention = { from, property, attribute };
          if (list) list.push(mention);
          else mentions.set(resource, [mention]);
        }
      }
    }
    return mentions;
  }

  #collectExports() {
    const exports = new Map<string, { readonly stack: Stack; readonly output: string }[]>();
    for (const stack of this.stacks) {
      for (const [output, json] of Object.entries(stack.outputs)) {
        const name = isMap(json as Value)
          ? exportName(json as Readonly<Record<string, unknown>>, stack)
          : undefined;
        if (name !== undefined) exports.set(name, [...(exports.get(name) ?? []), { stack, output }]);
      }
    }
    return exports;
  }

  #collectCrossRegionExports(): ReadonlyMap<string, Value> {
    const exports = new Map<string, Value>();
    for (const writer of this.ofType('Custom::CrossRegionExportWriter')) {
      const values = writer.get('WriterProps.exports');
      if (isMap(values)) for (const [name, value] of Object.entries(values)) exports.set(name, value);
    }
    return exports;
  }
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
  for (const resource of resources) {
    for (const key of keysOf(resource)) {
      const group = groups.get(key);
      if (group) group.push(resource);
      else groups.set(key, [resource]);
    }
  }
  return groups;
}
