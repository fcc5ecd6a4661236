import { serviceDefault } from '../calculus/service-defaults';
import type { Truth } from './conditions';
import type { Judgement, PropertyOptions } from './judgement';
import { placementOf, ZoneSet } from './network/zones';
import { pathOf, valueAt } from './path';
import { holdsFunction, isPlain, macrosIn } from './plain-data';
import { judgeSet, judgeValue, numberOf, numeric, textToCompare, withUnit } from './question';
import { isObject } from './source/json';
import { type ConstructOrigin, isMacroKey, type JsonObject, type TemplateResource } from './source/source';
import type { Stack } from './stack';
import {
  describe,
  isList,
  isMap,
  isScalar,
  type Reference,
  referencesIn,
  type Scalar,
  Unknown,
  type Value,
} from './value';

/** The resources that a property names, and what could not be followed. */
export interface Targets {
  readonly resources: readonly Resource[];
  readonly unknowns: readonly Unknown[];
}

/** A mention of a resource, or of an attribute of it, in a property. */
export interface PropertyReference {
  /** The top-level property that holds it. */
  readonly property: string;
  readonly reference: Reference;
}

/**
 * A small, typed view of one resource of a template: its values, what they refer to, and checks on them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
 */
export class Resource {
  /** Unique in the app: the stack's id and the logical id. */
  readonly id: string;
  readonly type: string;
  readonly #properties: JsonObject;
  readonly #values = new Map<string, Value | undefined>();

  /** Loops and transforms that write properties. */
  readonly #macros: readonly string[];
  #macroValue: { readonly value: Value | undefined } | undefined;
  #references: readonly PropertyReference[] | undefined;
  #zones: ZoneSet | undefined;

  constructor(
    readonly stack: Stack,
    readonly logicalId: string,
    readonly body: TemplateResource,
    /** True, or unknown where a condition that deploy decides may leave the resource out. */
    readonly presence: Truth,
  ) {
    this.id = `${stack.id}/${logicalId}`;
    this.#properties = isObject(body.Properties) ? body.Properties : NOTHING;
    this.#macros = macrosIn(this.#properties);
    // Rules look types up in tables, where JavaScript finds words such as `constructor` too.
    this.type = body.Type in Object.prototype ? `NoSuchType::${body.Type}` : body.Type;
  }

  get region(): string | undefined {
    return this.stack.region;
  }

  get account(): string | undefined {
    return this.stack.account;
  }

  /** The construct path and the source line, where the assembly tells them. */
  get origin(): ConstructOrigin | undefined {
    const { constructs } = this.stack.source;
    return constructs.get(this.logicalId) ?? constructs.get(this.madeFrom ?? this.logicalId);
  }

  /** The logical id of what the serverless transform made it of. @default - the template names the resource itself */
  get madeFrom(): string | undefined {
    const origin = this.stack.serverless?.origins.get(this.logicalId);
    return origin === this.logicalId ? undefined : origin;
  }

  /** The names of the properties that are set, or may be. */
  get propertyNames(): readonly string[] {
    const names = new Set(Object.keys(this.#properties).filter((name) => !isMacroKey(name)));
    for (const name of this.#macros.length > 0 ? this.#writtenNames() : []) names.add(name);
    return [...names].filter((name) => this.get(name) !== undefined);
  }

  /** What the properties mention, at any depth. */
  get references(): readonly PropertyReference[] {
    this.#references ??= this.#mentioning.flatMap((property) =>
      referencesIn(this.get(property)).map((reference) => ({ property, reference })),
    );
    return this.#references;
  }

  /** The properties that may mention something: plain data does not, and is not evaluated for it. */
  get #mentioning(): readonly string[] {
    if (this.#macros.length > 0) return this.propertyNames;
    return Object.keys(this.#properties).filter((name) => holdsFunction(this.#properties[name] ?? null));
  }

  /** The value at a path such as `VpcConfig.SubnetIds`; undefined where nothing is set. */
  get(path: string): Value | undefined {
    const dot = path.indexOf('.');
    if (dot < 0) return this.#value(path);
    const { name, steps } = pathOf(path, dot);
    return valueAt(this.#value(name), steps);
  }

  /** An attribute beside the properties, such as `DeletionPolicy`. */
  attribute(
    name: 'DeletionPolicy' | 'UpdateReplacePolicy' | 'Metadata' | 'UpdatePolicy' | 'CreationPolicy',
  ): Value | undefined {
    const json = this.body[name];
    return json === undefined ? undefined : this.stack.evaluateWhere(this.body.Condition, json);
  }

  /** The list at a path; a single value counts as a list of one, nothing as an empty list. */
  list(path: string): readonly Value[] | Unknown {
    const value = this.get(path);
    if (value === undefined) return [];
    if (value instanceof Unknown) return value;
    return isList(value) ? value : [value];
  }

  /** The number at a path. */
  number(path: string): number | Unknown | undefined {
    const value = this.get(path);
    if (value === undefined || value instanceof Unknown) return value;
    const number = isScalar(value) ? numberOf(value) : undefined;
    return number ?? new Unknown(`${path} is ${describe(value)}, and no number before deploy`);
  }

  /** The text at a path. */
  text(path: string): string | Unknown | undefined {
    const value = this.get(path);
    if (value === undefined || value instanceof Unknown) return value;
    return isScalar(value)
      ? String(value)
      : new Unknown(`${path} is ${describe(value)}, known only at deploy`);
  }

  /** The one resource that a property names, by reference, name or ARN. */
  target(path: string): Resource | Unknown | undefined {
    const value = this.get(path);
    return value === undefined ? undefined : this.stack.graph.resolve(value, this);
  }

  /** The resources that a list property names. */
  targets(path: string): Targets {
    const list = this.list(path);
    if (list instanceof Unknown) return { resources: [], unknowns: [list] };
    const found = list.map((value) => this.stack.graph.resolve(value, this));
    return {
      resources: found.filter((item) => item instanceof Resource),
      unknowns: found.filter((item) => item instanceof Unknown),
    };
  }

  /** The zones that the resource stands in, through its subnets where it has any. */
  get zones(): ZoneSet {
    if (!this.#zones) {
      // Groups that name each other stand nowhere.
      this.#zones = ZoneSet.unknown(`where ${this.logicalId} stands depends on itself`);
      this.#zones = placementOf(this);
    }
    return this.#zones;
  }

  /** Judges whether a property is one of the values given. */
  is(path: string, expected: Scalar | readonly Scalar[], options: PropertyOptions = {}): Judgement {
    const values: readonly Scalar[] = [expected].flat();
    const accepted = values.map(String);
    return this.judge(
      path,
      (value) => accepted.includes(textToCompare(value, values)),
      accepted.join(' or '),
      options,
    );
  }

  /** Judges whether a property is none of the values given. */
  isNot(path: string, refused: Scalar | readonly Scalar[], options: PropertyOptions = {}): Judgement {
    const scalars: readonly Scalar[] = [refused].flat();
    const values = scalars.map(String);
    return this.judge(
      path,
      (value) => !values.includes(textToCompare(value, scalars)),
      `anything but ${values.join(' or ')}`,
      options,
    );
  }

  atLeast(path: string, minimum: number, options: PropertyOptions = {}): Judgement {
    return this.judge(
      path,
      (value) => numeric(value, (n) => n >= minimum),
      `at least ${withUnit(minimum, options)}`,
      options,
    );
  }

  atMost(path: string, maximum: number, options: PropertyOptions = {}): Judgement {
    return this.judge(
      path,
      (value) => numeric(value, (n) => n <= maximum),
      `at most ${withUnit(maximum, options)}`,
      options,
    );
  }

  /** Judges whether a property is set to anything. An unknown value is a value, unless it may be left out. */
  isSet(path: string, needed = 'a value'): Judgement {
    return judgeSet(path, needed, this.get(path));
  }

  /**
   * Judges a property's value by a test; where a condition leaves several values open, all must agree.
   *
   * The test sees plain values only; `undefined` from it means that it cannot tell.
   */
  judge(
    path: string,
    test: (value: Scalar) => boolean | undefined,
    needed: string,
    options: PropertyOptions = {},
  ): Judgement {
    const taken = options.default ?? serviceDefault(this.type, path)?.value;
    const known = taken === undefined ? options : { ...options, default: taken };
    return judgeValue({ path, needed, options: known, test }, this.get(path));
  }

  /** The value of a top-level property. What is plain, as most are, needs no evaluation and is not remembered. */
  #value(name: string): Value | undefined {
    const json = this.#properties[name];
    if (this.#macros.length === 0 && (json === undefined || isPlain(json))) return json;
    const known = this.#values.get(name);
    return known !== undefined || this.#values.has(name) ? known : this.#evaluate(name);
  }

  #evaluate(name: string): Value | undefined {
    // Blocks of networks may be cut from each other in a circle.
    this.#values.set(name, new Unknown(`${name} of ${this.logicalId} depends on itself`));
    const value = this.#valueOf(name);
    this.#values.set(name, value);
    return value;
  }

  #valueOf(name: string): Value | undefined {
    const properties = this.#properties;
    if (Object.hasOwn(properties, name) && !isMacroKey(name))
      return this.stack.evaluateWhere(this.body.Condition, properties[name] ?? null);
    return this.#macros.length > 0 ? valueAt(this.#written(), [name]) : undefined;
  }

  /** What loops and transforms write. */
  #written(): Value | undefined {
    this.#macroValue ??= {
      value: this.stack.evaluateWhere(
        this.body.Condition,
        Object.fromEntries(this.#macros.map((key) => [key, this.#properties[key] ?? null])),
      ),
    };
    return this.#macroValue.value;
  }

  /** Where the names are unknown, what writes them stands for them. */
  #writtenNames(): readonly string[] {
    const written = this.#written();
    return written instanceof Unknown && !written.alternatives ? this.#macros : namesIn(written);
  }
}

const NOTHING: JsonObject = {};

function namesIn(value: Value | undefined): readonly string[] {
  if (isMap(value)) return Object.keys(value);
  return value instanceof Unknown ? (value.alternatives ?? []).flatMap(namesIn) : [];
}
