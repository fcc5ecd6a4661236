import { evaluateCondition, type Truth } from './conditions';
import { evaluate } from './evaluator';
import type { Graph } from './graph';
import { type LoopEntry, parseLoop, turn } from './loop';
import { parameterValue, passedByParent } from './parameters';
import { Resource } from './resource';
import { isMacroKey, type Json, type SourceStack, type TemplateResource } from './source/source';
import { isList, isScalar, Unknown, type Value } from './value';

/** Transforms whose result holds every resource that the template names. */
const TRANSPARENT_TRANSFORMS =
  /^AWS::(LanguageExtensions|Serverless-|SecretsManager-|CodeDeployBlueGreen|CodeStar)/;

/** More turns than any template that deploys: beyond, a loop is a bomb. */
const MAX_LOOP_ENTRIES = 100_000;

/** One stack of an app, with the values of its template evaluated on demand. */
export class Stack {
  /** Unique in the app, such as `Prod/Shop`. */
  readonly id: string;

  /** The stack's name, or undefined where only deploy gives one. */
  readonly name: string | undefined;

  readonly account: string | undefined;
  readonly region: string | undefined;

  /** Nested stacks by the logical id that creates them. */
  readonly nested: ReadonlyMap<string, Stack>;

  /** Parts of the template that only deploy writes, so that what is missing may yet be there. */
  readonly unreadable: string[] = [];

  /** Logical ids that a condition leaves out. */
  readonly leftOut = new Set<string>();

  readonly #values = new Map<string, Value | undefined>();
  readonly #conditions = new Map<string, Truth>();
  readonly #sections = new Map<string, Readonly<Record<string, Json>>>();
  readonly #pending = new Set<string>();
  #resources: ReadonlyMap<string, Resource> | undefined;
  #loopEntries = 0;

  constructor(
    readonly graph: Graph,
    readonly source: SourceStack,
    readonly parent?: Stack,
    /** The logical id of the nested stack in its parent. */
    readonly parentResource?: string,
  ) {
    this.id = source.id;
    this.name = source.nameKnown ? source.name : undefined;
    this.account = source.account ?? parent?.account;
    this.region = source.region ?? parent?.region;
    this.nested = new Map(
      [...source.nested].map(([logicalId, child]) => [logicalId, new Stack(graph, child, this, logicalId)]),
    );
  }

  /** The stack's own resources that exist, or may exist, by logical id. */
  get resources(): ReadonlyMap<string, Resource> {
    if (!this.#resources) {
      this.#resources = new Map();
      this.#resources = this.#readResources();
    }
    return this.#resources;
  }

  /** What a value of the template comes to; `undefined` is `AWS::NoValue`. */
  evaluate(json: Json): Value | undefined {
    return evaluate(json, this);
  }

  /** A condition's truth by name. */
  condition(name: string): Truth {
    const known = this.#conditions.get(name);
    if (known !== undefined) return known;
    const json = this.#section('Conditions')[name];
    const truth =
      json === undefined
        ? new Unknown(`condition ${name} is defined nowhere`)
        : this.#guarded(`condition ${name}`, () => evaluateCondition(json, this));
    const named = truth instanceof Unknown ? new Unknown(`condition ${name}: ${truth.reason}`) : truth;
    this.#conditions.set(name, named);
    return named;
  }

  /** What a `Ref` to a parameter comes to, or undefined if there is no such parameter. */
  parameter(name: string): Value | undefined {
    const declaration = this.#section('Parameters')[name];
    if (declaration === undefined) return undefined;
    return this.#memo(`parameter ${name}`, () => {
      const given =
        (Object.hasOwn(this.source.parameters, name) ? this.source.parameters[name] : undefined) ??
        passedByParent(name, this);
      return parameterValue(name, isObject(declaration) ? declaration : {}, given);
    });
  }

  mapping(name: string): Json | undefined {
    return this.#section('Mappings')[name];
  }

  /** An output's value, or undefined if there is no such output. */
  output(name: string): Value | undefined {
    const output = this.outputs[name];
    if (!isObject(output)) return undefined;
    return this.#memo(`output ${name}`, () => this.evaluate(output.Value ?? null));
  }

  /** The outputs as written, loops expanded. */
  get outputs(): Readonly<Record<string, Json>> {
    return this.#section('Outputs');
  }

  /** The entries that an `Fn::ForEach` writes, or why they cannot be known. */
  expandLoop(key: string, json: Json): readonly LoopEntry[] | Unknown {
    const loop = parseLoop(json);
    if (!loop) return new Unknown(`${key} is no loop`);
    const collection = this.evaluate(loop.collection);
    if (!isList(collection) || !collection.every(isScalar))
      return new Unknown(`the collection of ${key} is known only at deploy`);
    const entries: LoopEntry[] = [];
    for (const item of collection) {
      for (const entry of turn(loop, String(item))) {
        const inner = entry[0].startsWith('Fn::ForEach::') ? this.expandLoop(...entry) : [entry];
        if (inner instanceof Unknown) return inner;
        this.#loopEntries += inner.length;
        if (this.#loopEntries > MAX_LOOP_ENTRIES)
          return new Unknown(`${key} has more than ${MAX_LOOP_ENTRIES} turns`);
        entries.push(...inner);
      }
    }
    return entries;
  }

  #readResources(): ReadonlyMap<string, Resource> {
    const resources = new Map<string, Resource>();
    this.#noteTransforms();
    for (const [logicalId, body] of Object.entries(this.#section('Resources'))) {
      if (!isObject(body) || typeof body.Type !== 'string') continue;
      const presence = this.#presence(body.Condition);
      if (presence === false) this.leftOut.add(logicalId);
      else
        resources.set(
          logicalId,
          new Resource(this, logicalId, body as unknown as TemplateResource, presence),
        );
    }
    return resources;
  }

  #presence(condition: Json | undefined): Truth {
    const own = typeof condition === 'string' ? this.condition(condition) : true;
    if (own !== true || !this.parent || this.parentResource === undefined) return own;
    return this.parent.resources.get(this.parentResource)?.presence ?? false;
  }

  #noteTransforms(): void {
    const { Transform: transform } = this.source.template;
    const names = transform === undefined ? [] : Array.isArray(transform) ? transform : [transform];
    for (const name of names as readonly Json[]) {
      const text = typeof name === 'string' ? name : isObject(name) ? String(name.Name) : 'Transform';
      if (!TRANSPARENT_TRANSFORMS.test(text))
        this.unreadable.push(`macro ${text} may write resources at deploy`);
    }
  }

  /** A section of the template with its loops expanded. */
  #section(
    name: 'Conditions' | 'Mappings' | 'Outputs' | 'Parameters' | 'Resources',
  ): Readonly<Record<string, Json>> {
    const section = this.source.template[name] as Readonly<Record<string, Json>> | undefined;
    if (!section) return Object.create(null);
    const cached = this.#sections.get(name);
    if (cached) return cached;
    // While a loop expands, the section it stands in is empty: a loop over its own result ends here.
    this.#sections.set(name, Object.create(null));
    const entries = Object.keys(section).some(isMacroKey)
      ? this.#expandSection(section)
      : guardPrototype(section);
    this.#sections.set(name, entries);
    return entries;
  }

  #expandSection(section: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
    const entries: Record<string, Json> = Object.create(null);
    for (const [key, json] of Object.entries(section)) {
      if (!isMacroKey(key)) {
        entries[key] = json;
        continue;
      }
      const loop = key.startsWith('Fn::ForEach::')
        ? this.expandLoop(key, json)
        : new Unknown(`${key} writes resources at deploy`);
      if (loop instanceof Unknown) this.unreadable.push(loop.reason);
      else for (const [name, body] of loop) entries[name] = body;
    }
    return entries;
  }

  #memo(key: string, compute: () => Value | undefined): Value | undefined {
    if (this.#values.has(key)) return this.#values.get(key);
    const value = this.#guarded(key, compute);
    this.#values.set(key, value);
    return value;
  }

  /** References across stacks may run in a circle; then the value is unknown, not a stack overflow. */
  #guarded<T>(key: string, compute: () => T): T | Unknown {
    if (this.#pending.has(key)) return new Unknown(`${key} depends on itself`);
    this.#pending.add(key);
    try {
      return compute();
    } finally {
      this.#pending.delete(key);
    }
  }
}

/** A copy without prototype, so that a key such as `constructor` is found only if the template has it. */
function guardPrototype(section: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.assign(Object.create(null), section);
}

function isObject(json: Json | undefined): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
