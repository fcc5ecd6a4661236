import { evaluateCondition, evaluateIf } from './conditions';
import { isLoopKey } from './loop';
import { findInMap } from './mappings';
import { nested } from './nesting';
import { evaluateCidr } from './network/cidr';
import { unknownFrom } from './path';
import { getAtt, getAzs, getStackOutput, importValue, ref } from './references';
import { isMacroKey, type Json, type JsonObject } from './source/source';
import type { Stack } from './stack';
import { base64, join, length, select, split, sub, textOf, toJsonString } from './strings';
import { Unknown, type Value, type ValueMap } from './value';

/** Evaluates one intrinsic's argument; `undefined` is `AWS::NoValue`. */
export type Intrinsic = (argument: Json, stack: Stack) => Value | undefined;

const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map(
  Object.entries<Intrinsic>({
    Ref: ref,
    'Fn::Base64': base64,
    'Fn::Cidr': evaluateCidr,
    'Fn::FindInMap': findInMap,
    'Fn::GetAtt': getAtt,
    'Fn::GetAZs': getAzs,
    'Fn::GetStackOutput': getStackOutput,
    'Fn::If': evaluateIf,
    'Fn::ImportValue': importValue,
    'Fn::Join': join,
    'Fn::Length': length,
    'Fn::Select': select,
    'Fn::Split': split,
    'Fn::Sub': sub,
    'Fn::ToJsonString': toJsonString,
    'Fn::And': (argument, stack) => evaluateCondition({ 'Fn::And': argument }, stack),
    'Fn::Or': (argument, stack) => evaluateCondition({ 'Fn::Or': argument }, stack),
    'Fn::Not': (argument, stack) => evaluateCondition({ 'Fn::Not': argument }, stack),
    'Fn::Equals': (argument, stack) => evaluateCondition({ 'Fn::Equals': argument }, stack),
  }),
);

/** A map that inherits no names. V8 keeps it compact, which it does not do for what `Object.create(null)` makes. */
class OwnKeys {
  [key: string]: Value;
}
Reflect.deleteProperty(OwnKeys.prototype, 'constructor');
Object.setPrototypeOf(OwnKeys.prototype, null);

/**
 * What a value of a template comes to in its stack.
 *
 * Nothing is guessed: what deploy decides is an {@link Unknown} that says why. `undefined` is `AWS::NoValue`.
 */
export function evaluate(json: Json, stack: Stack): Value | undefined {
  if (typeof json === 'string') return textOf(json);
  if (json === null || typeof json !== 'object') return json;
  return Array.isArray(json)
    ? nested(evaluateList, json, stack)
    : nested(evaluateObject, json as JsonObject, stack);
}

function evaluateList(list: readonly Json[], stack: Stack): readonly Value[] {
  const values: Value[] = [];
  for (const item of list) {
    const value = evaluate(item, stack);
    if (value !== undefined) values.push(value);
  }
  return values;
}

function evaluateObject(object: JsonObject, stack: Stack): Value | undefined {
  const keys = Object.keys(object);
  const only = keys.length === 1 ? keys[0] : undefined;
  if (only === undefined) return evaluateMap(object, keys, stack);
  const intrinsic = INTRINSICS.get(only);
  if (intrinsic) return intrinsic(object[only] ?? null, stack);
  if (only.startsWith('Fn::') && !isMacro(only))
    return unknownFrom(`${only} is no function that is known here`, stack.evaluate(object[only] ?? null));
  return evaluateMap(object, keys, stack);
}

function evaluateMap(object: JsonObject, keys: readonly string[], stack: Stack): Value {
  const map = new OwnKeys();
  const unknowns: Unknown[] = [];
  for (const key of keys) {
    const json = object[key] ?? null;
    if (isMacro(key)) {
      const written = writtenBy(key, json, stack);
      if (written instanceof Unknown) unknowns.push(written);
      else Object.assign(map, written);
      continue;
    }
    const value = evaluate(json, stack);
    if (value !== undefined) map[key] = value;
  }
  const unknown = unknowns[0];
  return unknown ? unknownFrom(unknown.reason, [map, ...unknowns]) : map;
}

function isMacro(key: string): boolean {
  return isMacroKey(key) && (key === 'Fn::Transform' || isLoopKey(key));
}

/** The entries that a loop writes into a map. What it would write still counts as mentioned where that is unknown. */
function writtenBy(key: string, json: Json, stack: Stack): ValueMap | Unknown {
  const loop = isLoopKey(key)
    ? stack.expandLoop(key, json)
    : new Unknown('Fn::Transform writes this part of the template at deploy');
  if (loop instanceof Unknown) return unknownFrom(loop.reason, stack.evaluate(json) ?? null);
  const map = new OwnKeys();
  for (const [name, body] of loop) {
    const value = evaluate(body, stack);
    if (value !== undefined) map[name] = value;
  }
  return map;
}
