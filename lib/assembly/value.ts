import type { Resource } from './resource';

export type Scalar = string | number | boolean | null;

/** What a template's value comes to: plain data, or one of the marked kinds below. */
export type Value = Scalar | Unknown | Reference | Text | ZoneList | readonly Value[] | ValueMap;

export interface ValueMap {
  readonly [key: string]: Value;
}

/** Far more parts, and nested deeper, than any value that deploys. Beyond, what is known of an unknown is dropped. */
const MOST = { parts: 100_000, levels: 500 } as const;

const NO_REFERENCES: readonly Reference[] = [];
const SINGLE: Extent = { parts: 1, levels: 1 };

/** What stands in a value where a template has no plain data. */
abstract class Marked {}

/**
 * A value that cannot be known before deploy, with the reason a person can act on.
 *
 * One object stands for one value: where the same object is met twice, deploy puts the same there.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export class Unknown extends Marked {
  /** The values it may take, where a condition decides; `undefined` stands for "left out". */
  readonly alternatives?: readonly (Value | undefined)[];

  /** How much a walk over the alternatives meets. */
  readonly extent: Extent;

  constructor(
    /** Why it cannot be known, naming the token: "parameter DbClass has no default". */
    readonly reason: string,
    alternatives?: readonly (Value | undefined)[],
    /** What it is made from, so that those resources still count as mentioned. */
    readonly mentions: readonly Reference[] = NO_REFERENCES,
  ) {
    super();
    const plain = alternatives === undefined && mentions.length === 0;
    const extent = plain ? SINGLE : extentOf([...(alternatives ?? []), ...mentions]);
    const tooMuch = extent.parts > MOST.parts || extent.levels > MOST.levels;
    if (alternatives) this.alternatives = tooMuch ? [undefined, new Unknown(reason)] : alternatives;
    this.extent = tooMuch ? { parts: 2, levels: 2 } : extent;
    if (tooMuch) this.mentions = [];
  }

  /** Whether the property may turn out not to be set at all. */
  get maybeAbsent(): boolean {
    return (
      this.alternatives?.some(
        (value) => value === undefined || (value instanceof Unknown && value.maybeAbsent),
      ) ?? false
    );
  }
}

/**
 * An unknown that is surely one text, such as the id of an import, and never a list.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-importvalue.html
 */
export class UnknownText extends Unknown {
  readonly isList = false;
}

/**
 * A text that another service holds, under a name that is known, and hands out at deploy.
 *
 * @internal
 */
export class HeldText extends UnknownText {
  constructor(
    reason: string,
    /** The service as dynamic references call it: `ssm`, `ssm-secure` or `secretsmanager`. */
    readonly service: string,

    /** Its name or ARN there, with what else the reference says: a version, the key of a secret. */
    readonly key: string,
  ) {
    super(reason);
  }
}

/**
 * A resource of the app, or one of its attributes: what it is is known, its text is not until deploy.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getatt.html
 */
export class Reference extends Marked {
  constructor(
    readonly resource: Resource,
    /** `Ref`, or the name of the attribute. */
    readonly attribute: string,
  ) {
    super();
  }
}

/**
 * Text of which some parts are known only at deploy, such as an ARN around a reference.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html
 */
export class Text extends Marked {
  constructor(readonly parts: readonly (string | Reference | Unknown)[]) {
    super();
  }
}

/**
 * All zones of a region, as `Fn::GetAZs` gives them: how many there are is known only at deploy.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getavailabilityzones.html
 */
export class ZoneList extends Marked {
  constructor(
    /** The region, or undefined where the stack is bound to none. */
    readonly region: string | undefined,
  ) {
    super();
  }

  /** The symbol of one of them. Different indexes are different zones. */
  at(index: number): string {
    return zoneSymbol(this.region, index);
  }
}

/** The name of a zone that is only a symbol, such as `eu-west-1#0`. */
export function zoneSymbol(region: string | undefined, index: number): string {
  return `${region ?? 'AWS::Region'}#${index}`;
}

/**
 * The size of a value: how many parts a walk over it meets, and how deep.
 *
 * @internal
 */
export interface Extent {
  readonly parts: number;
  readonly levels: number;
}

/** @internal */
export function extentOf(value: Value | readonly (Value | undefined)[] | undefined): Extent {
  if (typeof value !== 'object' || value === null) return SINGLE;
  if (value instanceof Unknown) return value.extent;
  const inside = partsOf(value as Value);
  let [parts, levels] = [1, 0];
  for (const part of inside) {
    const extent = extentOf(part);
    parts += extent.parts;
    levels = Math.max(levels, extent.levels);
  }
  return { parts, levels: levels + 1 };
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !(value instanceof Marked) && !Array.isArray(value);
}

export function isScalar(value: Value | undefined): value is Scalar {
  return value === null || (value !== undefined && typeof value !== 'object');
}

/** A single value as text; a list, a mapping and what only deploy knows are none. Templates hold what cannot be turned into text. */
export function wordOf(value: Value | undefined): string {
  return isScalar(value) && value !== null ? String(value) : '';
}

/** Whether two values are surely the same; undefined when that cannot be told. */
export function sameValue(a: Value, b: Value): boolean | undefined {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return false;
  if (isScalar(a) && isScalar(b)) return sameScalar(a, b);
  if (a instanceof Unknown) return sameAlternatives(a, b);
  if (b instanceof Unknown) return sameAlternatives(b, a);
  if (isPlain(a) && isPlain(b)) return sameStructure(a, b);
  return sameToken(a, b) ? true : undefined;
}

/** CloudFormation compares texts: `true` is `"true"` and `1` is `"1"`. */
function sameScalar(a: Scalar, b: Scalar): boolean {
  return a === null || b === null ? a === b : String(a) === String(b);
}

/** What a condition decides among is the same as, or another than, a plain value where all alternatives agree. */
function sameAlternatives({ alternatives }: Unknown, other: Value): boolean | undefined {
  if (!alternatives || !isScalar(other)) return undefined;
  const results = alternatives.map((value) => (value === undefined ? undefined : sameValue(value, other)));
  return results.every((result) => result === results[0]) ? results[0] : undefined;
}

function isPlain(value: Value): boolean {
  return isScalar(value) || isList(value) || isMap(value);
}

function sameToken(a: Value, b: Value): boolean {
  if (a instanceof Reference && b instanceof Reference)
    return a.resource === b.resource && a.attribute === b.attribute;
  if (a instanceof ZoneList && b instanceof ZoneList) return a.region === b.region;
  return (
    a instanceof Text &&
    b instanceof Text &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, index) => sameValue(part, b.parts[index] ?? null) === true)
  );
}

function sameStructure(a: Value, b: Value): boolean | undefined {
  if (isList(a) && isList(b))
    return a.length === b.length && every(a, (item, at) => sameValue(item, b[at] ?? null));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length || !keys.every((key) => Object.hasOwn(b, key))) return false;
  return every(keys, (key) => sameValue(a[key] ?? null, b[key] ?? null));
}

/** Kleene's conjunction: false wins, then "cannot be told". */
function every<T>(
  items: readonly T[],
  test: (item: T, index: number) => boolean | undefined,
): boolean | undefined {
  let result: boolean | undefined = true;
  for (const [index, item] of items.entries()) {
    const holds = test(item, index);
    if (holds === false) return false;
    if (holds === undefined) result = undefined;
  }
  return result;
}

/** The resources a value mentions, at any depth. */
export function referencesIn(value: Value | undefined, found: Reference[] = []): Reference[] {
  if (value instanceof Reference) found.push(value);
  else for (const part of partsOf(value)) if (typeof part === 'object') referencesIn(part, found);
  if (value instanceof Unknown) found.push(...value.mentions);
  return found;
}

/** The first reason in a value, at any depth, why it is not fully known. */
export function unknownIn(value: Value | undefined): Unknown | undefined {
  if (value instanceof Unknown) return value;
  for (const part of partsOf(value)) {
    const unknown = unknownIn(part);
    if (unknown) return unknown;
  }
  return undefined;
}

const NONE: readonly Value[] = [];

function partsOf(value: Value | undefined): readonly (Value | undefined)[] {
  if (typeof value !== 'object' || value === null) return NONE;
  if (isList(value)) return value;
  if (value instanceof Unknown) return value.alternatives ?? NONE;
  if (value instanceof Text) return value.parts;
  return isMap(value) ? Object.values(value) : NONE;
}

/** Longer descriptions help nobody who reads a message. */
const LONGEST = 200;

/** A short text for messages. The caller makes it printable. */
export function describe(value: Value | undefined): string {
  if (value === undefined) return 'nothing';
  if (value instanceof Unknown) return 'unknown';
  if (value instanceof Reference) return describeReference(value);
  if (value instanceof Text) return shortened(describeText(value));
  if (value instanceof ZoneList) return `all zones of ${value.region ?? 'the region'}`;
  if (isList(value)) return describeList(value);
  if (isMap(value)) return describeKeys(Object.keys(value));
  return value === '' ? 'an empty text' : shortened(String(value));
}

function describeReference({ resource, attribute }: Reference): string {
  return attribute === 'Ref' ? resource.logicalId : `${resource.logicalId}.${attribute}`;
}

function describeText({ parts }: Text): string {
  const shown = parts.slice(0, LONGEST);
  return shown.map((part) => (typeof part === 'string' ? part : `{${describe(part)}}`)).join('');
}

function describeList(list: readonly Value[]): string {
  const nested = list.some((item) => isList(item));
  return list.length > 4 || nested
    ? `${list.length} entries`
    : shortened(`[${list.map(describe).join(', ')}]`);
}

function describeKeys(keys: readonly string[]): string {
  return keys.length === 0 ? 'nothing in it' : shortened(`{${keys.slice(0, 4).join(', ')}}`);
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
