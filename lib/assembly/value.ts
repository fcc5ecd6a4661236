import type { Resource } from './resource';

export type Scalar = string | number | boolean | null;

/** What a template's value comes to: plain data, or one of the marked kinds below. */
export type Value = Scalar | Unknown | Reference | Text | ZoneList | readonly Value[] | ValueMap;

export interface ValueMap {
  readonly [key: string]: Value;
}

/** A value that cannot be known before deploy, with the reason a person can act on. */
export class Unknown {
  constructor(
    /** Why it cannot be known, naming the token: "parameter DbClass has no default". */
    readonly reason: string,
    /** The values it may take, where a condition decides; `undefined` stands for "left out". */
    readonly alternatives?: readonly (Value | undefined)[],
  ) {}

  /** Whether the property may turn out not to be set at all. */
  get maybeAbsent(): boolean {
    return (
      this.alternatives?.some(
        (value) => value === undefined || (value instanceof Unknown && value.maybeAbsent),
      ) ?? false
    );
  }
}

/** A resource of the app, or one of its attributes: what it is is known, its text is not until deploy. */
export class Reference {
  constructor(
    readonly resource: Resource,
    /** `Ref`, or the name of the attribute. */
    readonly attribute: string,
  ) {}
}

/** Text of which some parts are known only at deploy, such as an ARN around a reference. */
export class Text {
  constructor(readonly parts: readonly (string | Reference | Unknown)[]) {}
}

/** All zones of a region, as `Fn::GetAZs` gives them: how many there are is known only at deploy. */
export class ZoneList {
  constructor(
    /** The region, or undefined where the stack is bound to none. */
    readonly region: string | undefined,
  ) {}

  /** The symbol of one of them. Different indexes are different zones. */
  at(index: number): string {
    return zoneSymbol(this.region, index);
  }
}

/** The name of a zone that is only a symbol, such as `eu-west-1#0`. */
export function zoneSymbol(region: string | undefined, index: number): string {
  return `${region ?? 'AWS::Region'}#${index}`;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value | undefined): value is ValueMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Reference) &&
    !(value instanceof Text) &&
    !(value instanceof ZoneList)
  );
}

export function isScalar(value: Value | undefined): value is Scalar {
  return value === null || (value !== undefined && typeof value !== 'object');
}

/** Whether two values are surely the same; undefined when that cannot be told. */
export function sameValue(a: Value, b: Value): boolean | undefined {
  if (isScalar(a) && isScalar(b)) return String(a) === String(b);
  if (a instanceof Unknown || b instanceof Unknown) return undefined;
  if (a instanceof Reference && b instanceof Reference) {
    return a.resource === b.resource && a.attribute === b.attribute ? true : undefined;
  }
  if (a instanceof Reference || b instanceof Reference) return undefined;
  if (a instanceof Text || b instanceof Text) return sameText(a, b);
  if (a instanceof ZoneList || b instanceof ZoneList) return undefined;
  return sameStructure(a, b);
}

function sameText(a: Value, b: Value): boolean | undefined {
  if (!(a instanceof Text && b instanceof Text) || a.parts.length !== b.parts.length) return undefined;
  return a.parts.every((part, index) => sameValue(part, b.parts[index] ?? null) === true) ? true : undefined;
}

function sameStructure(a: Value, b: Value): boolean | undefined {
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return false;
    return every(a.map((item, index) => sameValue(item, b[index] ?? null)));
  }
  if (isMap(a) && isMap(b)) {
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    return every(
      keys.map((key) => (Object.hasOwn(b, key) ? sameValue(a[key] ?? null, b[key] ?? null) : false)),
    );
  }
  return false;
}

/** Kleene's conjunction: false wins, then "cannot be told". */
function every(results: readonly (boolean | undefined)[]): boolean | undefined {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

/** The resources a value mentions, at any depth. */
export function referencesIn(value: Value | undefined, found: Reference[] = []): Reference[] {
  if (value instanceof Reference) found.push(value);
  else if (value instanceof Text) for (const part of value.parts) referencesIn(part, found);
  else if (value instanceof Unknown) for (const other of value.alternatives ?? []) referencesIn(other, found);
  else if (isList(value)) for (const item of value) referencesIn(item, found);
  else if (isMap(value)) for (const item of Object.values(value)) referencesIn(item, found);
  return found;
}

/** The first reason in a value, at any depth, why it is not fully known. */
export function unknownIn(value: Value | undefined): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (value instanceof Text) return value.parts.find((part) => part instanceof Unknown);
  const items = isList(value) ? value : isMap(value) ? Object.values(value) : [];
  for (const item of items) {
    const unknown = unknownIn(item);
    if (unknown) return unknown;
  }
  return undefined;
}

/** A short text for messages. The caller makes it printable. */
export function describe(value: Value | undefined): string {
  if (value === undefined) return 'nothing';
  if (value instanceof Unknown) return 'unknown';
  if (value instanceof Reference) return describeReference(value);
  if (value instanceof Text)
    return value.parts.map((part) => (typeof part === 'string' ? part : `{${describe(part)}}`)).join('');
  if (value instanceof ZoneList) return `all zones of ${value.region ?? 'the region'}`;
  if (isList(value))
    return value.length > 4 ? `${value.length} entries` : `[${value.map(describe).join(', ')}]`;
  if (isMap(value))
    return Object.keys(value).length === 0
      ? 'nothing in it'
      : `{${Object.keys(value).slice(0, 4).join(', ')}}`;
  return value === '' ? 'an empty text' : String(value);
}

function describeReference(reference: Reference): string {
  return reference.attribute === 'Ref'
    ? reference.resource.logicalId
    : `${reference.resource.logicalId}.${reference.attribute}`;
}
