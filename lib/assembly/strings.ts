import { eitherOf } from './path';
import { getAtt, ref } from './references';
import type { Json } from './source/source';
import type { Stack } from './stack';
import {
  describe,
  isList,
  isMap,
  isScalar,
  Reference,
  Text,
  Unknown,
  unknownIn,
  type Value,
  ZoneList,
} from './value';

type Part = string | Reference | Unknown;

const DYNAMIC_REFERENCE = /\{\{resolve:([^{}]*)\}\}/g;

/** Plain text, or text with a dynamic reference, which is read from another service at deploy. */
export function textOf(text: string): Value {
  if (!text.includes('{{resolve:')) return text;
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(DYNAMIC_REFERENCE)) {
    parts.push(text.slice(end, match.index), new Unknown(`{{resolve:${match[1]}}} is read at deploy`));
    end = match.index + match[0].length;
  }
  return end === 0 ? text : textFrom([...parts, text.slice(end)]);
}

/** Joins parts: plain text where all are, the part itself where there is one, else a {@link Text}. */
export function textFrom(parts: readonly (Value | undefined)[]): Value {
  const flat: Part[] = [];
  for (const part of parts) appendPart(flat, part);
  const [only] = flat;
  if (only === undefined) return '';
  return flat.length === 1 ? only : new Text(flat);
}

function appendPart(parts: Part[], part: Value | undefined): void {
  if (part === undefined || part === '') return;
  if (part instanceof Text) for (const inner of part.parts) appendPart(parts, inner);
  else if (part instanceof Reference || part instanceof Unknown) parts.push(part);
  else if (isScalar(part)) appendText(parts, String(part));
  else parts.push(new Unknown(`${describe(part)} stands where text is needed`));
}

function appendText(parts: Part[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else parts.push(text);
}

export function base64(argument: Json, stack: Stack): Value | undefined {
  const value = stack.evaluate(argument);
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('base64');
  // What it encodes still matters to the graph: a reference in user data is a reference.
  return value instanceof Text || value instanceof Reference
    ? new Text(['base64:', ...(value instanceof Text ? value.parts : [value])])
    : value;
}

export function join(argument: Json, stack: Stack): Value {
  if (!Array.isArray(argument)) return new Unknown('Fn::Join has no list');
  const [delimiter = '', json = null] = argument as readonly Json[];
  const list = stack.evaluate(json);
  if (list instanceof Unknown) return list;
  if (!isList(list)) return new Unknown(`Fn::Join has ${describe(list)} where a list is needed`);
  const between = String(delimiter);
  return textFrom(list.flatMap((item, index) => (index === 0 ? [item] : [between, item])));
}

export function split(argument: Json, stack: Stack): Value {
  if (!Array.isArray(argument)) return new Unknown('Fn::Split has no text');
  const [delimiter = '', json = null] = argument as readonly Json[];
  const value = stack.evaluate(json);
  if (value instanceof Unknown) return value;
  if (value instanceof Reference) return new Unknown(`${describe(value)} is known only at deploy`);
  const parts = value instanceof Text ? value.parts : [isScalar(value) ? String(value) : ''];
  return unknownIn(value) ?? splitParts(parts, String(delimiter));
}

function splitParts(parts: readonly Part[], delimiter: string): readonly Value[] {
  const pieces: Part[][] = [[]];
  for (const part of parts) {
    if (typeof part !== 'string') {
      pieces.at(-1)?.push(part);
      continue;
    }
    const [head = '', ...rest] = delimiter === '' ? [part] : part.split(delimiter);
    pieces.at(-1)?.push(head);
    for (const text of rest) pieces.push([text]);
  }
  return pieces.map(textFrom);
}

export function select(argument: Json, stack: Stack): Value | undefined {
  if (!Array.isArray(argument)) return new Unknown('Fn::Select has no list');
  const [at = null, json = null] = argument as readonly Json[];
  const index = Number(stack.evaluate(at));
  const list = stack.evaluate(json);
  if (list instanceof Unknown) return selectFromUnknown(list, index);
  if (!Number.isInteger(index) || index < 0)
    return new Unknown('the index of Fn::Select is known only at deploy');
  if (list instanceof ZoneList) return list.at(index);
  if (!isList(list)) return new Unknown(`Fn::Select has ${describe(list)} where a list is needed`);
  return list[index] ?? new Unknown(`Fn::Select asks for entry ${index} of ${list.length}`);
}

function selectFromUnknown(list: Unknown, index: number): Value | undefined {
  if (!list.alternatives) return new Unknown(list.reason);
  return eitherOf(
    list.reason,
    list.alternatives.map((other) =>
      isList(other) ? other[index] : other instanceof ZoneList ? other.at(index) : new Unknown(list.reason),
    ),
  );
}

export function length(argument: Json, stack: Stack): Value {
  const list = stack.evaluate(argument);
  if (list instanceof Unknown) return list;
  if (list instanceof ZoneList)
    return new Unknown(`the number of zones of ${list.region ?? 'the region'} is known only at deploy`);
  return isList(list) ? list.length : new Unknown(`Fn::Length has ${describe(list)} where a list is needed`);
}

export function toJsonString(argument: Json, stack: Stack): Value {
  const value = stack.evaluate(argument);
  const unknown = unknownIn(value);
  if (unknown) return new Unknown(unknown.reason);
  return textFrom(jsonParts(value ?? null));
}

function jsonParts(value: Value): readonly Value[] {
  if (isScalar(value)) return [JSON.stringify(value)];
  if (value instanceof Reference || value instanceof Text) return ['"', value, '"'];
  if (isList(value))
    return ['[', ...value.flatMap((item, index) => [...(index > 0 ? [','] : []), ...jsonParts(item)]), ']'];
  if (!isMap(value)) return [new Unknown(`${describe(value)} is known only at deploy`)];
  const entries = Object.entries(value).flatMap(([key, item], index) => [
    `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`,
    ...jsonParts(item),
  ]);
  return ['{', ...entries, '}'];
}

const PLACEHOLDER = /\$\{([^{}]*)\}/g;

export function sub(argument: Json, stack: Stack): Value {
  const [template, variables] = Array.isArray(argument) ? (argument as readonly Json[]) : [argument, {}];
  if (typeof template !== 'string') return new Unknown('Fn::Sub has no text');
  const own = isJsonMap(variables) ? variables : {};
  const parts: (Value | undefined)[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    const name = (match[1] ?? '').trim();
    parts.push(
      textOf(template.slice(end, match.index)),
      name.startsWith('!') ? `\${${name.slice(1)}}` : placeholder(name, own, stack),
    );
    end = match.index + match[0].length;
  }
  return textFrom([...parts, textOf(template.slice(end))]);
}

function placeholder(name: string, own: Readonly<Record<string, Json>>, stack: Stack): Value | undefined {
  if (Object.hasOwn(own, name)) return stack.evaluate(own[name] ?? null);
  return name.includes('.') ? getAtt(name, stack) : ref(name, stack);
}

function isJsonMap(json: Json | undefined): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

export function findInMap(argument: Json, stack: Stack): Value | undefined {
  if (!Array.isArray(argument)) return new Unknown('Fn::FindInMap names no mapping');
  const [mapJson = null, topJson = null, keyJson = null, options] = argument as readonly Json[];
  const name = stack.evaluate(mapJson);
  if (typeof name !== 'string') return new Unknown('the mapping of Fn::FindInMap is known only at deploy');
  const mapping = stack.mapping(name);
  const fallback =
    isJsonMap(options) && options.DefaultValue !== undefined
      ? stack.evaluate(options.DefaultValue)
      : undefined;
  if (!mapping) return fallback ?? new Unknown(`mapping ${name} is defined nowhere`);
  const found = lookUp(mapping, [stack.evaluate(topJson), stack.evaluate(keyJson)], stack);
  return found ?? fallback ?? new Unknown(`mapping ${name} has no such entry`);
}

/** Where a key is unknown, every entry is an alternative; they may all say the same. */
function lookUp(json: Json, keys: readonly (Value | undefined)[], stack: Stack): Value | undefined {
  const [key, ...rest] = keys;
  if (keys.length === 0) return stack.evaluate(json);
  if (!isJsonMap(json)) return undefined;
  if (isScalar(key)) {
    const name = String(key);
    return Object.hasOwn(json, name) ? lookUp(json[name] ?? null, rest, stack) : undefined;
  }
  const reason = unknownIn(key)?.reason ?? 'a key of Fn::FindInMap is known only at deploy';
  return eitherOf(
    reason,
    Object.values(json).map((entry) => lookUp(entry, rest, stack)),
  );
}
