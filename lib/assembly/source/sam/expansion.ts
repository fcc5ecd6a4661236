import { isObject, own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';

/** What the serverless transform is given. */
export interface SamInput {
  /** Logical ids to resources, loops expanded. */
  readonly resources: Readonly<Record<string, Json>>;

  readonly globals: JsonObject;

  /** The value of a reference to a parameter where it is known, as the transform takes it; else the value as it is. */
  resolve(json: Json): Json;
}

/** What the serverless transform makes of a template. */
export interface SamOutput {
  readonly resources: Readonly<Record<string, Json>>;

  /** Logical ids of resources that were made, with the one that each was made from. */
  readonly origins: ReadonlyMap<string, string>;

  /** What names such as `Orders.Alias` stand for. */
  readonly names: ReadonlyMap<string, string>;

  /** Conditions that the transform adds. */
  readonly conditions: Readonly<Record<string, Json>>;
}

/** One resource of the transform's own types, with what `Globals` add to it. */
export interface SamResource {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly body: JsonObject;
}

/** A route of an API that an event of a function or state machine declares. */
export interface Route {
  readonly path: string;
  readonly method: string;
  readonly integration: JsonObject;

  /** The condition of what it calls. @default - always */
  readonly condition?: string;
}

const PASSED_ON = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy'];
const KEPT = [...PASSED_ON, 'Metadata', 'DependsOn', 'UpdatePolicy', 'CreationPolicy'];

/** A part that only deploy knows: the evaluator says so wherever it is read. */
export function writtenAtDeploy(what: Json): JsonObject {
  return { 'Fn::Transform': { Name: 'AWS::Serverless-2016-10-31', Parameters: { Of: what } } };
}

export function ref(id: string): JsonObject {
  return { Ref: id };
}

export function getAtt(id: string, attribute: string): JsonObject {
  return { 'Fn::GetAtt': [id, attribute] };
}

/** An AWS managed policy by its path and name. */
export function managedPolicy(name: string): JsonObject {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` };
}

/** Tags as CloudFormation takes them, that of the transform first. */
export function tagList(tags: Json | undefined, own: JsonObject = { 'lambda:createdBy': 'SAM' }): Json {
  if (tags !== undefined && !isObject(tags)) return writtenAtDeploy(tags);
  return Object.entries({ ...own, ...tags }).map(([Key, Value]) => ({ Key, Value }));
}

/** A document that lets one service assume a role. */
export function assumedBy(service: string): JsonObject {
  return policyDocument({ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: [service] } });
}

export function policyDocument(...statements: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements };
}

/** The same mapping without what is not set. */
export function compact(properties: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}

/** The properties of these names that are set. */
export function picked(properties: JsonObject, names: readonly string[]): JsonObject {
  return compact(Object.fromEntries(names.map((name) => [name, own(properties, name)])));
}

/** The logical id that a value refers to. */
export function idIn(json: Json | undefined): string | undefined {
  if (typeof json === 'string') return json;
  return isObject(json) ? ownString(json, 'Ref') : undefined;
}

/** Gathers what is made of a template's resources. */
export class Expansion implements SamOutput {
  readonly resources: Record<string, Json> = Object.create(null);
  readonly origins = new Map<string, string>();
  readonly names = new Map<string, string>();
  readonly conditions: Record<string, Json> = Object.create(null);
  readonly routes = new Map<string, Route[]>();

  /** Ids of the template that become nothing under that name. */
  readonly removed = new Set<string>();
  readonly #journal: (readonly [id: string, before: Json | undefined])[] = [];

  constructor(readonly input: SamInput) {}

  resolve(json: Json | undefined): Json | undefined {
    return json === undefined ? undefined : this.input.resolve(json);
  }

  /** Writes one resource that a resource of the transform becomes, under the same or another logical id. */
  add(
    from: SamResource,
    id: string,
    type: string,
    properties: Readonly<Record<string, Json | undefined>>,
  ): void {
    const attributes = picked(from.body, id === from.id ? KEPT : PASSED_ON);
    this.set(id, { Type: type, ...attributes, Properties: compact(properties) });
    this.origins.set(id, from.id);
  }

  /** Writes a resource that several resources share. */
  addShared(id: string, from: string, body: JsonObject): void {
    if (Object.hasOwn(this.resources, id)) return;
    this.set(id, body);
    this.origins.set(id, from);
  }

  /** Sets attributes beside the properties of a resource that was made. */
  amend(id: string, attributes: JsonObject): void {
    const body = this.resources[id];
    if (isObject(body)) this.set(id, { ...body, ...attributes });
  }

  /** An id that the template does not use: those that end in a hash cannot be foretold. */
  freeId(wanted: string): string {
    let id = wanted;
    while (Object.hasOwn(this.input.resources, id) || Object.hasOwn(this.resources, id)) id += 'X';
    return id;
  }

  set(id: string, body: Json): void {
    this.#journal.push([id, this.resources[id]]);
    this.resources[id] = body;
  }

  /** A point to which {@link undo} goes back. */
  mark(): number {
    return this.#journal.length;
  }

  /** Ids of what was written since. */
  writtenSince(mark: number): ReadonlySet<string> {
    return new Set(this.#journal.slice(mark).map(([id]) => id));
  }

  /** Takes back what was written since: a resource is expanded as a whole, or not at all. */
  undo(mark: number): void {
    for (const [id, before] of this.#journal.splice(mark).reverse()) {
      if (before === undefined) delete this.resources[id];
      else this.resources[id] = before;
    }
  }

  /** A resource as it stands: as made, else as written. */
  bodyOf(id: string): JsonObject | undefined {
    const body = Object.hasOwn(this.resources, id) ? this.resources[id] : own(this.input.resources, id);
    return isObject(body) ? body : undefined;
  }

  propertiesOf(id: string): JsonObject {
    return ownObject(this.bodyOf(id) ?? {}, 'Properties');
  }
}
