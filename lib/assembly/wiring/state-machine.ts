import { jsonIn } from '../json-text';
import { nested } from '../nesting';
import { overAlternatives } from '../path';
import type { Resource } from '../resource';
import { textFrom } from '../strings';
import { isList, isMap, isScalar, Reference, Text, Unknown, type Value, type ValueMap } from '../value';

/** One state of a state machine, nested ones included. */
export interface State {
  readonly name: string;

  /** Where it stands in the definition, such as `States.Fan.Branches.0.States.Pay`. */
  readonly path: string;

  /** `Task`, `Choice`, …; undefined where the definition says none that is known before deploy. */
  readonly type: string | undefined;

  readonly body: ValueMap;

  /** The Parallel or Map state that it stands in. @default - it stands at the top */
  readonly within?: State;
}

/** What a state machine does, as far as it can be read before deploy. */
export interface StateMachineDefinition {
  /** The property that holds it. */
  readonly property: string;

  /** The fields at the top, such as `TimeoutSeconds`. */
  readonly body: ValueMap;

  readonly states: readonly State[];

  /** What could not be read inside of it. */
  readonly unknowns: readonly Unknown[];
}

const PROPERTIES = ['Definition', 'DefinitionString'] as const;

const known = new WeakMap<Resource, StateMachineDefinition | Unknown>();

/** Reads the definition of a state machine, in whichever property it stands, with its substitutions filled in. */
export function definitionOf(machine: Resource): StateMachineDefinition | Unknown {
  const definition = known.get(machine) ?? read(machine);
  known.set(machine, definition);
  return definition;
}

function read(machine: Resource): StateMachineDefinition | Unknown {
  const property = PROPERTIES.find((name) => machine.get(name) !== undefined);
  if (property === undefined) return new Unknown('the definition lies outside of the template');
  const written = machine.get(property) ?? null;
  const filled = nested(() => substituted(written, machine.get('DefinitionSubstitutions')));
  const body = filled instanceof Unknown ? filled : jsonIn(filled);
  if (body instanceof Unknown) return body;
  if (!isMap(body)) return new Unknown('the definition is no object');
  const found: Reading = { states: [], unknowns: [] };
  collect(body.States, { path: 'States' }, found);
  return { property, body, ...found };
}

const PLACEHOLDER = /\$\{([^{}]*)\}/g;

/** Fills `${Name}` in every text of a definition. */
function substituted(value: Value, substitutions: Value | undefined): Value {
  if (substitutions === undefined) return value;
  if (typeof value === 'string') return filledIn(value, substitutions);
  if (value instanceof Text)
    return textFrom(
      value.parts.map((part) => (typeof part === 'string' ? filledIn(part, substitutions) : part)),
    );
  if (value instanceof Unknown)
    return overAlternatives(value, (other) => other && substituted(other, substitutions)) ?? null;
  if (isList(value)) return value.map((item) => nested(() => substituted(item, substitutions)));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, nested(() => substituted(item, substitutions))]),
  );
}

function filledIn(text: string, substitutions: Value): Value {
  if (!text.includes('${')) return text;
  const parts: (Value | undefined)[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    parts.push(text.slice(end, match.index), substitution(match[1] ?? '', match[0], substitutions));
    end = match.index + match[0].length;
  }
  return textFrom([...parts, text.slice(end)]);
}

function substitution(name: string, written: string, substitutions: Value): Value {
  if (!isMap(substitutions)) return new Unknown(`what stands for ${written} is known only at deploy`);
  const value = Object.hasOwn(substitutions, name) ? substitutions[name] : undefined;
  // Text that names no substitution stays as it is.
  return value ?? written;
}

interface Reading {
  readonly states: State[];
  readonly unknowns: Unknown[];
}

interface Position {
  readonly path: string;
  readonly within?: State;
}

function collect(states: Value | undefined, { path, within }: Position, found: Reading): void {
  if (states instanceof Unknown) found.unknowns.push(states);
  if (!isMap(states)) return;
  for (const [name, body] of Object.entries(states)) {
    if (body instanceof Unknown) found.unknowns.push(body);
    if (!isMap(body)) continue;
    const type = typeof body.Type === 'string' ? body.Type : undefined;
    const state: State = { name, path: `${path}.${name}`, type, body, ...(within && { within }) };
    found.states.push(state);
    const deep = nested(() => collectWithin(state, found));
    if (deep instanceof Unknown) found.unknowns.push(deep);
  }
}

function collectWithin(state: State, found: Reading): undefined {
  const { body, path } = state;
  const branches =
    body.Branches instanceof Unknown ? [body.Branches] : isList(body.Branches) ? body.Branches : [];
  for (const [index, branch] of branches.entries())
    collect(statesIn(branch), { path: `${path}.Branches.${index}.States`, within: state }, found);
  for (const name of ['ItemProcessor', 'Iterator'])
    collect(statesIn(body[name]), { path: `${path}.${name}.States`, within: state }, found);
  return undefined;
}

function statesIn(part: Value | undefined): Value | undefined {
  if (part instanceof Unknown) return part;
  return isMap(part) ? part.States : undefined;
}

/** The action that a task asks for, such as `lambda:invoke`, without `.sync` and the like. */
export interface TaskAction {
  /** Such as `lambda`, `dynamodb`, `states`; `activity` for activities. */
  readonly service: string;
  readonly action: string;

  /** What the state machine waits for: the answer, the end of the job, or a token. */
  readonly waitsFor: 'answer' | 'job' | 'token';
}

const INTEGRATION = /^arn:[^:]*:states:[^:]*:[^:]*:([^.]+?)(?:\.(sync(?::2)?|waitForTaskToken))?$/;

/** What a task state asks for, by its `Resource`; undefined where only deploy knows. */
export function taskActionOf({ body }: State): TaskAction | undefined {
  const target = body.Resource;
  if (target instanceof Reference) return actionOf(target.resource);
  const text = textBefore(target);
  if (text === undefined) return undefined;
  if (/^arn:[^:]*:states:.*:activity:/.test(text))
    return { service: 'activity', action: 'run', waitsFor: 'token' };
  const [, name, suffix] = INTEGRATION.exec(text) ?? [];
  if (name === undefined) return { service: 'lambda', action: 'invoke', waitsFor: 'answer' };
  const [service = '', action = ''] = name.replace(/^aws-sdk:/, '').split(':');
  const waitsFor = suffix === undefined ? 'answer' : suffix === 'waitForTaskToken' ? 'token' : 'job';
  return { service, action, waitsFor };
}

/** Functions and activities are named by their own ARN. */
function actionOf({ type }: Resource): TaskAction {
  return type === 'AWS::StepFunctions::Activity'
    ? { service: 'activity', action: 'run', waitsFor: 'token' }
    : { service: 'lambda', action: 'invoke', waitsFor: 'answer' };
}

/** The text of an ARN; a part that only deploy knows, such as the region, stands as nothing. */
function textBefore(value: Value | undefined): string | undefined {
  if (value instanceof Text)
    return value.parts.map((part) => (typeof part === 'string' ? part : '')).join('');
  return isScalar(value) && value !== null ? String(value) : undefined;
}
