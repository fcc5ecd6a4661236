import { overAlternatives, unknownFrom } from './path';
import { getAtt, ref } from './references';
import type { Json } from './source/source';
import type { Stack } from './stack';
import {
  describe,
  HeldText,
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

/** Longer than any template: a text that grows beyond is a bomb. */
const LONGEST_TEXT = 1_000_000;
const MOST_PARTS = 100_000;

const DYNAMIC_REFERENCE = /\{\{resolve:([^{}]*)\}\}/g;

/** Plain text, or text with a dynamic reference, which is read from another service at deploy. */
export function textOf(text: string): Value {
  if (!text.includes('{{resolve:')) return text;
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(DYNAMIC_REFERENCE)) {
    parts.push(text.slice(end, match.index), heldBehind(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  return end === 0 ? text : joined([...parts, text.slice(end)]);
}

/** `ssm:name:version`, `secretsmanager:name:SecretString:key`. */
function heldBehind(reference: string): Unknown {
  const [service = '', ...key] = reference.split(':');
  return new HeldText(`{{resolve:${reference}}} is read at deploy`, service, key.join(':'));
}

/** Joins parts: plain text where all are, the part itself where there is one, else a {@link Text}. */
export function textFrom(parts: readonly (Value | undefined)[]): Value {
  const value = joined(parts);
  // What was put together may make a dynamic reference of its pieces.
  return typeof value === 'string' ? textOf(value) : value;
}

function joined(parts: readonly (Value | undefined)[]): Value {
  const flat: Part[] = [];
  let length = 0;
  for (const part of parts) {
    length += appendPart(flat, part);
    if (length > LONGEST_TEXT || flat.length > MOST_PARTS)
      return new Unknown(`a text is longer than ${LONGEST_TEXT} characters`);
  }
  const [only] = flat;
  if (only === undefined) return '';
  return flat.length === 1 ? only : new Text(flat);
}

/** Appends a part and says how much longer the text has become. */
function appendPart(parts: Part[], part: Value | undefined): number {
  if (part === undefined || part === '') return 0;
  if (part instanceof Text) return part.parts.reduce((sum, inner) => sum + appendPart(parts, inner), 0);
  if (isScalar(part)) return appendText(parts, String(part));
  const open = part instanceof Reference || part instanceof Unknown;
  parts.push(open ? part : unknownFrom(`${describe(part)} stands where text is needed`, part));
  return 1;
}

function appendText(parts: Part[], text: string): number {
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else parts.push(text);
  return text.length;
}

export function base64(argument: Json, stack: Stack): Value | undefined {
  return encoded(stack.evaluate(argument));
}

function encoded(value: Value | undefined): Value | undefined {
  if (value instanceof Unknown) return overAlternatives(value, encoded);
  if (isScalar(value)) return Buffer.from(String(value), 'utf8').toString('base64');
  // What it encodes still matters to the graph: a reference in user data is a reference.
  if (value instanceof Reference) return new Text(['base64:', value]);
  return value instanceof Text
    ? new Text(['base64:', ...value.parts])
    : unknownFrom('Fn::Base64 has no text', value);
}

export function join(argument: Json, stack: Stack): Value | undefined {
  if (!Array.isArray(argument)) return new Unknown('Fn::Join has no list');
  const [delimiter = '', json = null] = argument as readonly Json[];
  if (typeof delimiter === 'object') return new Unknown('the delimiter of Fn::Join is no text');
  return joinedList(stack.evaluate(json), String(delimiter));
}

function joinedList(list: Value | undefined, delimiter: string): Value | undefined {
  if (list instanceof Unknown) return overAlternatives(list, (other) => joinedList(other, delimiter));
  if (isList(list))
    return textFrom(list.flatMap((item, index) => (index === 0 ? [item] : [delimiter, item])));
  const known = list instanceof ZoneList || list instanceof Reference;
  return unknownFrom(
    known
      ? `${describe(list)}: the list is known only at deploy`
      : `Fn::Join has ${describe(list)} where a list is needed`,
    list,
  );
}

export function split(argument: Json, stack: Stack): Value | undefined {
  if (!Array.isArray(argument)) return new Unknown('Fn::Split has no text');
  const [delimiter = '', json = null] = argument as readonly Json[];
  if (typeof delimiter !== 'string' || delimiter === '') return new Unknown('Fn::Split has no delimiter');
  return pieces(stack.evaluate(json), delimiter);
}

function pieces(value: Value | undefined, delimiter: string): Value | undefined {
  if (value instanceof Unknown) return overAlternatives(value, (other) => pieces(other, delimiter));
  if (value instanceof Text && value.parts.some((part) => part instanceof Unknown))
    return unknownFrom(`${describe(value)} is known only at deploy`, value);
  if (value instanceof Text || typeof value === 'string') return splitText(value, delimiter);
  if (isScalar(value) && value !== null) return splitText(String(value), delimiter);
  const name = value instanceof Reference && delimiter === ':' ? functionNameIn(value) : undefined;
  if (name) return piecesOfFunctionArn(name);
  return unknownFrom(`${describe(value)} is known only at deploy`, value);
}

/** What the ARN of a function stands for, and of its aliases and versions, by type: the attributes that give it. */
const FUNCTION_ARNS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Alias': ['Ref', 'AliasArn'],
  'AWS::Lambda::Function': ['Arn'],
  'AWS::Lambda::Version': ['Ref', 'FunctionArn'],
};

/** The function that a reference to an ARN names: the CDK writes it as a piece of the ARN of an alias. */
function functionNameIn({ resource, attribute }: Reference): Reference | undefined {
  if (!FUNCTION_ARNS[resource.type]?.includes(attribute)) return undefined;
  if (resource.type === 'AWS::Lambda::Function') return new Reference(resource, 'Ref');
  const name = resource.get('FunctionName');
  return name instanceof Reference && name.resource.type === 'AWS::Lambda::Function'
    ? new Reference(name.resource, 'Ref')
    : undefined;
}

/** `arn:aws:lambda:region:account:function:name`, and whatever follows. */
function piecesOfFunctionArn(name: Reference): readonly Value[] {
  const open = new Unknown(`a piece of the ARN of ${name.resource.logicalId} is known only at deploy`);
  return ['arn', open, 'lambda', open, open, 'function', name, open];
}

/** The pieces of a text. What a reference in it stands for is taken to hold no delimiter. */
export function splitText(value: string | Text, delimiter: string): readonly Value[] {
  const found: Part[][] = [[]];
  for (const part of typeof value === 'string' ? [value] : value.parts) {
    const [head = '', ...rest] = typeof part === 'string' ? part.split(delimiter) : [part];
    found.at(-1)?.push(head);
    for (const text of rest) found.push([text]);
  }
  return found.map(textFrom);
}

export function select(argument: Json, stack: Stack): Value | undefined {
  if (!Array.isArray(argument)) return new Unknown('Fn::Select has no list');
  const [at = null, json = null] = argument as readonly Json[];
  return entryAt(stack.evaluate(json), indexFrom(stack.evaluate(at)));
}

function indexFrom(value: Value | undefined): number | undefined {
  const index = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : undefined;
}

function entryAt(list: Value | undefined, index: number | undefined): Value | undefined {
  if (index === undefined) return unknownFrom('the index of Fn::Select is known only at deploy', list);
  if (list instanceof Unknown) return overAlternatives(list, (other) => entryAt(other, index));
  if (list instanceof ZoneList) return list.at(index);
  if (!isList(list)) return unknownFrom(`entry ${index} of ${describe(list)} is known only at deploy`, list);
  return list[index] ?? new Unknown(`Fn::Select asks for entry ${index} of ${list.length}`);
}

export function length(argument: Json, stack: Stack): Value | undefined {
  return lengthOf(stack.evaluate(argument));
}

function lengthOf(list: Value | undefined): Value | undefined {
  if (list instanceof Unknown) return overAlternatives(list, lengthOf);
  return isList(list)
    ? list.length
    : unknownFrom(`the length of ${describe(list)} is known only at deploy`, list);
}

export function toJsonString(argument: Json, stack: Stack): Value | undefined {
  const value = stack.evaluate(argument) ?? null;
  return value instanceof Unknown ? unknownFrom(value.reason, value) : textFrom(jsonParts(value, []));
}

function jsonParts(value: Value, parts: Value[]): readonly Value[] {
  if (isScalar(value)) parts.push(JSON.stringify(value));
  else if (value instanceof Reference || value instanceof Text) parts.push('"', value, '"');
  else if (isList(value))
    appendJson(
      parts,
      '[]',
      value.map((item) => ['', item] as const),
    );
  else if (isMap(value))
    appendJson(
      parts,
      '{}',
      Object.entries(value).map(([key, item]) => [`${JSON.stringify(key)}:`, item] as const),
    );
  else
    parts.push(unknownFrom(unknownIn(value)?.reason ?? `${describe(value)} is known only at deploy`, value));
  return parts;
}

function appendJson(
  parts: Value[],
  brackets: '[]' | '{}',
  items: readonly (readonly [string, Value])[],
): void {
  parts.push(brackets.slice(0, 1));
  for (const [index, [before, item]] of items.entries()) {
    parts.push(`${index > 0 ? ',' : ''}${before}`);
    jsonParts(item, parts);
  }
  parts.push(brackets.slice(1));
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
      template.slice(end, match.index),
      name.startsWith('!') ? `\${${name.slice(1)}}` : placeholder(name, own, stack),
    );
    end = match.index + match[0].length;
  }
  return textFrom([...parts, template.slice(end)]);
}

function placeholder(name: string, own: Readonly<Record<string, Json>>, stack: Stack): Value | undefined {
  if (Object.hasOwn(own, name)) return stack.evaluate(own[name] ?? null);
  return name.includes('.') ? getAtt(name, stack) : ref(name, stack);
}

function isJsonMap(json: Json | undefined): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
