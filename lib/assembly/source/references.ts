import { isList, isObject, own } from './json';
import type { Json, JsonObject } from './source';

/** A value nests deeper than anything that recurses should follow. */
export class TooDeep extends Error {}

/** Told of a logical id or parameter that a value refers to. */
export type OnReference = (id: string) => void;

/**
 * Walks a value once, as deep as it goes, and tells what it surely refers to by `Ref`, `Fn::GetAtt` and `Fn::Sub`.
 *
 * Not told: the branches of `Fn::If`, of which only one deploys, and the bodies of `Fn::ForEach`, where a name may be
 * the loop's own. Without `onReference` the walk only measures.
 *
 * @param levels how many more levels may be entered
 * @throws TooDeep
 */
export function walk(value: Json, levels: number, onReference?: OnReference): void {
  if (typeof value !== 'object' || value === null) return;
  if (levels === 0) throw new TooDeep();
  if (isList(value)) {
    for (const item of value) {
      if (typeof item === 'object') walk(item, levels - 1, onReference);
    }
  } else if (isObject(value)) {
    walkEntries(value, levels - 1, onReference);
  }
}

/** One loop does it all, as this runs for every mapping of fifty thousand resources. */
function walkEntries(object: JsonObject, levels: number, onReference: OnReference | undefined): void {
  let keys = 0;
  let last = '';
  for (const key in object) {
    keys += 1;
    last = key;
    const item = object[key];
    if (typeof item === 'object') walk(item, levels, isHidden(key) ? undefined : onReference);
  }
  if (keys === 1 && onReference !== undefined) tellReference(last, object[last] ?? null, onReference);
}

function isHidden(key: string): boolean {
  return key.startsWith('Fn::') && (key === 'Fn::If' || key.startsWith('Fn::ForEach::'));
}

/** A function is a mapping with its name as the only key. */
function tellReference(name: string, argument: Json, onReference: OnReference): void {
  if (name === 'Ref') {
    if (typeof argument === 'string') onReference(argument);
  } else if (name === 'Fn::GetAtt') {
    const target = isList(argument) ? argument[0] : argument;
    if (typeof target === 'string') onReference(upToDot(target));
  } else if (name === 'Fn::Sub') {
    tellSubstitutions(argument, onReference);
  }
}

/** `${A}` and `${A.B}` refer to `A`; `${!A}` is text, and so is a name that the function itself defines. */
function tellSubstitutions(argument: Json, onReference: OnReference): void {
  const text = isList(argument) ? argument[0] : argument;
  const variables = isList(argument) ? argument[1] : undefined;
  if (typeof text !== 'string') return;
  for (const [, name = ''] of text.matchAll(/\$\{([^!{}][^{}]*)\}/g)) {
    const defined = isObject(variables) && own(variables, name) !== undefined;
    if (!defined) onReference(upToDot(name));
  }
}

function upToDot(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? name : name.slice(0, dot);
}
