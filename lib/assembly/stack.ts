import { evaluateCondition, type Truth } from './conditions';
import { evaluate } from './evaluator';
import type { Graph } from './graph';
import { hiddenBehind, macrosOf } from './hidden';
import { expandLoop, isLoopKey, type LoopEntry, type LoopScope, MOST_LOOP_VALUES } from './loop';
import { nested } from './nesting';
import { parameterValue, passable, passedByParent } from './parameters';
import { pseudoParameterOf } from './references';
import { Resource } from './resource';
import { isObject } from './source/json';
import { isMacroKey, type Json, type SourceStack, type TemplateResource } from './source/source';
import { type Reference, Unknown, UnknownText, type Value } from './value';
import { type Serverless, transformed } from './wiring/serverless';

type SectionName = 'Conditions' | 'Mappings' | 'Outputs' | 'Parameters' | 'Resources';

/** A section of the template with its loops expanded. */
interface Section {
  readonly entries: Readonly<Record<string, Json>>;

  /** Parts that only deploy writes. */
  readonly unreadable: readonly string[];
}

interface Contents {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly unreadable: readonly string[];
}

/**
 * One stack of an app, with the values of its template evaluated on demand.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export class Stack {
  /** Unique in the app, such as `Prod/Shop`. */
  readonly id: string;

  /** The stack's name, or undefined where only deploy gives one. */
  readonly name: string | undefined;

  readonly account: string | undefined;
  readonly region: string | undefined;

  /** The stage that it stands in, such as `Prod`; undefined where it stands in none. */
  readonly stage: string | undefined;

  /** Nested stacks by the logical id that creates them. */
  readonly nested: ReadonlyMap<string, Stack>;

  /** Logical ids that a condition leaves out. */
  readonly leftOut = new Set<string>();

  readonly #values = new Map<string, Value | undefined>();
  readonly #conditions = new Map<string, Truth>();
  readonly #sections = new Map<SectionName, Section>();
  readonly #loops = new WeakMap<object, readonly LoopEntry[] | Unknown>();
  readonly #loopScope: LoopScope = {
    evaluate: (json) => this.evaluate(json),
    loopValuesLeft: MOST_LOOP_VALUES,
  };
  readonly #texts = new Map<string, UnknownText>();
  readonly #pending = new Set<string>();
  #serverless: Serverless | undefined;
  #contents: Contents | undefined;
  #assumed: string | undefined;

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
    this.stage = source.stage ?? parent?.stage;
    this.nested = new Map(
      [...source.nested].map(([logicalId, child]) => [logicalId, new Stack(graph, child, this, logicalId)]),
    );
  }

  /** The stack's own resources that exist, or may exist, by logical id. */
  get resources(): ReadonlyMap<string, Resource> {
    return this.#read().resources;
  }

  /** Parts of the template that only deploy writes, so that a resource that is missing may yet be there. */
  get unreadable(): readonly string[] {
    return this.#read().unreadable;
  }

  /** What a value of the template comes to; `undefined` is `AWS::NoValue`. */
  evaluate(json: Json): Value | undefined {
    return evaluate(json, this);
  }

  /** What a value comes to where a condition holds: what a resource says counts only if the resource exists. */
  evaluateWhere(condition: Json | undefined, json: Json): Value | undefined {
    return this.#assuming(typeof condition === 'string' ? condition : undefined, () => this.evaluate(json));
  }

  /** A condition's truth by name. */
  condition(name: string): Truth {
    if (name === this.#assumed) return true;
    const known = this.#conditions.get(name);
    if (known !== undefined && !(known instanceof Unknown && this.#assumed !== undefined)) return known;
    const truth = this.#evaluateCondition(name);
    if (this.#assumed === undefined) this.#conditions.set(name, truth);
    return truth;
  }

  #evaluateCondition(name: string): Truth {
    const json = this.#entry('Conditions', name) ?? this.#serverless?.conditions[name];
    const truth =
      json === undefined
        ? new Unknown(`condition ${name} is defined nowhere`)
        : this.#guarded(`condition ${name}`, () => evaluateCondition(json, this));
    return truth instanceof Unknown ? becauseOf(name, truth) : truth;
  }

  #assuming<T>(condition: string | undefined, compute: () => T): T {
    const before = this.#assumed;
    this.#assumed = condition;
    try {
      return compute();
    } finally {
      this.#assumed = before;
    }
  }

  /** What a `Ref` to a parameter comes to, or undefined if there is no such parameter. */
  parameter(name: string): Value | undefined {
    const declaration = this.#entry('Parameters', name);
    if (declaration === undefined) return undefined;
    return this.#memo(`parameter ${name}`, () => {
      const given = Object.hasOwn(this.source.parameters, name) ? this.source.parameters[name] : undefined;
      return parameterValue(
        name,
        isObject(declaration) ? declaration : {},
        given ?? passedByParent(name, this),
      );
    });
  }

  /** What a name such as `AWS::Region` comes to. */
  pseudoParameter(name: string): Value | undefined {
    return this.#memo(name, () => pseudoParameterOf(name, this));
  }

  /** A text that only deploy knows: one object for one key, as it is one value. */
  unknownText(key: string, reason: string, mentioned?: Reference): UnknownText {
    const known = this.#texts.get(key) ?? new UnknownText(reason, undefined, mentioned ? [mentioned] : []);
    this.#texts.set(key, known);
    return known;
  }

  mapping(name: string): Json | undefined {
    return this.#entry('Mappings', name);
  }

  /** An output's value, or undefined if there is no such output. */
  output(name: string): Value | undefined {
    const output = this.#entry('Outputs', name);
    if (!isObject(output) || this.#truth(output.Condition) === false) return undefined;
    return this.#memo(`output ${name}`, () =>
      passable(this.evaluate(output.Value ?? null) ?? null, `output ${name}`),
    );
  }

  /** The outputs as written, loops expanded. */
  get outputs(): Readonly<Record<string, Json>> {
    return this.#section('Outputs').entries;
  }

  /** The entries that an `Fn::ForEach` writes, or why they cannot be known. */
  expandLoop(key: string, json: Json): readonly LoopEntry[] | Unknown {
    if (typeof json !== 'object' || json === null) return new Unknown(`${key} is no loop`);
    const known = this.#loops.get(json) ?? expandLoop(key, json, this.#loopScope);
    this.#loops.set(json, known);
    return known;
  }

  /** What the serverless transform made of the template. @default - the template does not ask for it */
  get serverless(): Serverless | undefined {
    this.#section('Resources');
    return this.#serverless;
  }

  #read(): Contents {
    if (this.#contents) return this.#contents;
    // While conditions and loops are evaluated, nothing is there yet that they could refer to.
    this.#contents = { resources: new Map(), unreadable: [] };
    const { entries, unreadable } = this.#section('Resources');
    const resources = new Map<string, Resource>();
    for (const [logicalId, body] of Object.entries(entries)) {
      if (!isObject(body) || typeof body.Type !== 'string') continue;
      const presence = this.#presence(body.Condition);
      if (presence === false) this.leftOut.add(logicalId);
      else
        resources.set(
          logicalId,
          new Resource(this, logicalId, body as unknown as TemplateResource, presence),
        );
    }
    const hidden = [...resources.values()].flatMap(hiddenBehind);
    const macros = macrosOf(this.source.template.Transform);
    this.#contents = { resources, unreadable: [...macros, ...unreadable, ...hidden] };
    return this.#contents;
  }

  /** A nested stack's resources exist where it does. */
  #presence(condition: Json | undefined): Truth {
    const own = this.#truth(condition);
    if (own === false || !this.parent || this.parentResource === undefined) return own;
    const around = this.parent.resources.get(this.parentResource)?.presence ?? false;
    return around === true ? own : around;
  }

  #truth(condition: Json | undefined): Truth {
    return typeof condition === 'string' ? this.condition(condition) : true;
  }

  #entry(section: SectionName, name: string): Json | undefined {
    return this.#section(section).entries[name];
  }

  #section(name: SectionName): Section {
    const known = this.#sections.get(name);
    if (known) return known;
    // While a loop expands, the section it stands in is empty: a loop over its own result ends here.
    this.#sections.set(name, { entries: Object.create(null), unreadable: [] });
    const section = this.#expandSection((this.source.template[name] ?? {}) as Readonly<Record<string, Json>>);
    const written = name === 'Resources' ? this.#transformed(section) : section;
    this.#sections.set(name, written);
    return written;
  }

  /** The resources as the serverless transform writes them, where the template asks for it. */
  #transformed(section: Section): Section {
    this.#serverless = transformed(this, section.entries);
    return this.#serverless === undefined ? section : { ...section, entries: this.#serverless.resources };
  }

  #expandSection(section: Readonly<Record<string, Json>>): Section {
    // Without prototype, so that a key such as `constructor` is found only if the template has it.
    const entries: Record<string, Json> = Object.create(null);
    const unreadable: string[] = [];
    for (const [key, json] of Object.entries(section)) {
      if (!isMacroKey(key)) {
        entries[key] = json;
        continue;
      }
      const written = isLoopKey(key)
        ? this.expandLoop(key, json)
        : new Unknown(`${key} writes resources at deploy`);
      if (written instanceof Unknown) unreadable.push(written.reason);
      else for (const [name, body] of written) entries[name] = body;
    }
    return { entries, unreadable };
  }

  #memo(key: string, compute: () => Value | undefined): Value | undefined {
    if (this.#values.has(key)) return this.#values.get(key);
    // What is remembered holds for everybody, not only where the condition of one resource holds.
    const value = this.#assuming(undefined, () => this.#guarded(key, compute));
    this.#values.set(key, value);
    return value;
  }

  /** References across stacks may run in a circle; then the value is unknown, not a stack overflow. */
  #guarded<T>(key: string, compute: () => T): T | Unknown {
    if (this.#pending.has(key)) return new Unknown(`${key} depends on itself`);
    this.#pending.add(key);
    try {
      return nested(compute);
    } finally {
      this.#pending.delete(key);
    }
  }
}

/** Names the condition that a person looks for; one that hangs on another keeps the other's name. */
function becauseOf(name: string, truth: Unknown): Unknown {
  return truth.reason.startsWith('condition ') ? truth : new Unknown(`condition ${name}: ${truth.reason}`);
}
