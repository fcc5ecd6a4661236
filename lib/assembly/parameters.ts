import { eitherOf } from './path';
import type { Json } from './source/source';
import type { Stack } from './stack';
import { splitText } from './strings';
import { extentOf, HeldText, isList, isMap, Text, Unknown, UnknownText, type Value } from './value';

type Declaration = Readonly<Record<string, Json>>;

/** CloudFormation takes up to 4,096 characters: more parts than this pass from stack to stack only by mistake. */
const MOST_PARTS = 1_000;

/**
 * What a `Ref` to a parameter comes to: what the parent stack or the assembly passes, else its default.
 *
 * Values that Systems Manager holds, and secrets, are unknown whatever their default says. Without a value, it may be
 * any of those that are allowed.
 */
export function parameterValue(name: string, declaration: Declaration, given: Value | undefined): Value {
  const type = typeof declaration.Type === 'string' ? declaration.Type : 'String';
  const isListType = /(^|<)(CommaDelimitedList|List<)/.test(type);
  const hidden = hiddenBehind(name, declaration, type);
  if (hidden !== undefined) {
    const key = given ?? defaultOf(declaration.Default);
    return isListType ? new Unknown(hidden) : hiddenText(hidden, type, key);
  }
  const fallback =
    given instanceof Unknown || given === undefined ? defaultOf(declaration.Default) : undefined;
  const value = given === undefined ? fallback : withDefault(given, fallback);
  if (value === undefined)
    return isListType
      ? new Unknown(`parameter ${name} has no default`)
      : anyAllowed(name, declaration.AllowedValues);
  return passable(isListType ? listOf(value) : value, `parameter ${name}`);
}

/** Why a parameter cannot be known, whatever its default says. */
function hiddenBehind(name: string, declaration: Declaration, type: string): string | undefined {
  if (declaration.NoEcho === true || declaration.NoEcho === 'true') return `parameter ${name} is secret`;
  return isHeld(type) ? `parameter ${name} is read from Systems Manager at deploy` : undefined;
}

function hiddenText(hidden: string, type: string, key: Value | undefined): Unknown {
  return isHeld(type) && typeof key === 'string' ? new HeldText(hidden, 'ssm', key) : new UnknownText(hidden);
}

function isHeld(type: string): boolean {
  return type.startsWith('AWS::SSM::Parameter::Value<');
}

/** A value as it passes between stacks: text, or a list of texts. */
export function passable(value: Value, what: string): Value {
  const items = isList(value) ? value : [value];
  if (items.some((item) => isList(item) || isMap(item)))
    return new Unknown(`${what} is neither text nor a list`);
  return extentOf(value).parts > MOST_PARTS ? new Unknown(`${what} is too long to be passed on`) : value;
}

/** A condition may leave it to the default. */
function withDefault(given: Value, fallback: Value | undefined): Value {
  if (!(given instanceof Unknown) || !given.maybeAbsent || fallback === undefined) return given;
  return eitherOf(given.reason, given.alternatives?.map((value) => value ?? fallback) ?? []) ?? given;
}

function anyAllowed(name: string, allowed: Json | undefined): Unknown {
  const values = Array.isArray(allowed) ? (allowed as readonly Json[]).map(defaultOf) : [];
  const known = values.length > 0 && !values.includes(undefined);
  const why = `parameter ${name} has no default`;
  return known ? new Unknown(why, values) : new UnknownText(why);
}

const listsByText = new WeakMap<UnknownText, Unknown>();

/** The list that a text makes; what is unknown as a text may be a list of any length. */
function listOf(value: Value): Value {
  if (value instanceof UnknownText) {
    const list = listsByText.get(value) ?? new Unknown(value.reason, undefined, value.mentions);
    listsByText.set(value, list);
    return list;
  }
  if (value instanceof Unknown && value.alternatives)
    return (
      eitherOf(
        value.reason,
        value.alternatives.map((other) => other && listOf(other)),
      ) ?? value
    );
  if (typeof value !== 'string' && !(value instanceof Text)) return value;
  if (value === '') return [];
  return splitText(value, ',').map((item) => (typeof item === 'string' ? item.trim() : item));
}

function defaultOf(json: Json | undefined): Value | undefined {
  return json === undefined || json === null || typeof json === 'object' ? undefined : String(json);
}

/** What the parent of a nested stack passes to a parameter. */
export function passedByParent(name: string, stack: Stack): Value | undefined {
  const { parent, parentResource } = stack;
  if (!parent || parentResource === undefined) return undefined;
  return parent.resources.get(parentResource)?.get(`Parameters.${name}`);
}
