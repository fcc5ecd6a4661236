import { isList, isObject, own, ownString } from './json';
import type { Acknowledgement, ConstructOrigin, Json, JsonObject, TemplateBody } from './source';
import { firstUserLine } from './trace';

/** What an assembly records about the constructs of one stack and the stacks nested in it. */
export interface ConstructMetadata {
  /** Construct paths by scope (a nested stack's construct path; empty for the stack itself), then by logical id. */
  readonly paths: ReadonlyMap<string, ReadonlyMap<string, string>>;

  /** Where constructs were made, by construct path. */
  readonly lines: ReadonlyMap<string, NonNullable<ConstructOrigin['source']>>;

  /** Acknowledgements by scope. */
  readonly acknowledgements: ReadonlyMap<string, readonly Acknowledgement[]>;

  readonly tags: Readonly<Record<string, string>>;
}

/** Of a bare template nothing is recorded but what the template holds. */
export const NO_METADATA: ConstructMetadata = {
  paths: new Map(),
  lines: new Map(),
  acknowledgements: new Map(),
  tags: {},
};

/** The construct path of the nested stack whose resource in its parent has this construct path. */
export function nestedScope(path: string | undefined): string | undefined {
  const suffix = '.NestedStackResource';
  if (path?.endsWith(suffix) !== true) return undefined;
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1, -suffix.length);
  const holder = path.slice(0, Math.max(slash, 0));
  const scope = holder.slice(0, -'.NestedStack'.length);
  const ours = holder === `${scope}.NestedStack` && (scope === name || scope.endsWith(`/${name}`));
  return ours ? scope : undefined;
}

/** Sorts out the metadata entries of a stack: records of lists by construct path. */
export function readMetadata(...records: readonly JsonObject[]): ConstructMetadata {
  const entries = records.flatMap(entriesOf);
  const scopes = new Set(entries.flatMap(({ path }) => nestedScope(path) ?? []));
  const paths = new Map<string, Map<string, string>>();
  const lines = new Map<string, NonNullable<ConstructOrigin['source']>>();
  const acknowledgements = new Map<string, Acknowledgement[]>();
  for (const { path, entry } of entries) {
    const scope = scopeOf(path, scopes);
    const id = entry.type === 'aws:cdk:logicalId' ? ownString(entry, 'data') : undefined;
    if (id !== undefined) inner(paths, scope, () => new Map()).set(id, path);
    const line = lineIn(entry);
    if (line !== undefined && !lines.has(path)) lines.set(path, line);
    inner(acknowledgements, scope, () => []).push(...acknowledgementsIn(path, entry));
  }
  return {
    paths,
    lines,
    acknowledgements,
    tags: Object.fromEntries(entries.flatMap(({ entry }) => tagsIn(entry))),
  };
}

function entriesOf(record: JsonObject): { path: string; entry: JsonObject }[] {
  return Object.entries(record).flatMap(([key, list]) => {
    const path = key.replace(/^\//, '');
    return isList(list) ? list.filter(isObject).map((entry) => ({ path, entry })) : [];
  });
}

/** Construct path and source line of the resources of a template. The path that a resource itself records goes first. */
export function constructsOf(
  { Resources: resources }: TemplateBody,
  scope: string | undefined,
  metadata: ConstructMetadata,
): Map<string, ConstructOrigin> {
  const recorded = scope === undefined ? undefined : metadata.paths.get(scope);
  const origins = new Map<string, ConstructOrigin>();
  for (const [id, resource] of Object.entries(resources)) {
    const own = isObject(resource.Metadata) ? ownString(resource.Metadata, 'aws:cdk:path') : undefined;
    const path = own ?? recorded?.get(id);
    if (path === undefined) continue;
    const source = metadata.lines.get(path);
    origins.set(id, source === undefined ? { path } : { path, source });
  }
  return origins;
}

function scopeOf(path: string, scopes: ReadonlySet<string>): string {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const ancestor = path.slice(0, end);
    if (scopes.has(ancestor)) return ancestor;
  }
  return '';
}

function inner<V>(outer: Map<string, V>, key: string, make: () => V): V {
  const value = outer.get(key) ?? make();
  outer.set(key, value);
  return value;
}

/** Newer assemblies record a creation stack, older ones a trace with the logical id. */
function lineIn(entry: JsonObject): ConstructOrigin['source'] {
  if (entry.type === 'aws:cdk:creationStack') return firstUserLine(own(entry, 'data'));
  return entry.type === 'aws:cdk:logicalId' ? firstUserLine(own(entry, 'trace')) : undefined;
}

function acknowledgementsIn(path: string, entry: JsonObject): Acknowledgement[] {
  const data = entry.type === 'aws:cdk:acknowledged-rules' ? own(entry, 'data') : undefined;
  if (!isObject(data)) return [];
  const line = firstUserLine(own(entry, 'trace'));
  const at = line === undefined ? {} : { at: `${line.file}:${line.line}` };
  return Object.entries(data).map(([id, reason]) => ({
    path,
    id,
    reason: typeof reason === 'string' ? reason : '',
    ...at,
  }));
}

/** Stack tags of assemblies that do not list them with the stack. */
function tagsIn(entry: JsonObject): [string, string][] {
  const list = entry.type === 'aws:cdk:stack-tags' ? own(entry, 'data') : undefined;
  return isList(list) ? list.filter(isObject).flatMap(tagIn) : [];
}

function tagIn(tag: JsonObject): [string, string][] {
  const key: Json | undefined = own(tag, 'key') ?? own(tag, 'Key');
  const value: Json | undefined = own(tag, 'value') ?? own(tag, 'Value');
  return typeof key === 'string' && typeof value === 'string' ? [[key, value]] : [];
}
