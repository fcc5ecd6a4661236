import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import type { BasicEvent, FaultTree, Gate, GateKind } from '../calculus/fault-tree/fault-tree';
import { ConfigurationError } from '../errors';
import { openYaml, type YamlReader } from './yaml-reader';

/** The keys of the document, of a gate and of an event. */
const KEYS = ['schema', 'top', 'gates', 'events', 'houseEvents'];
const GATE_KEYS = ['type', 'min', 'inputs'];
const EVENT_KEYS = ['probability', 'shared'];

/** A string, and whether it is a key. */
const STRINGS = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a fault tree in JSON, of the form of `schemas/fault-tree-1.schema.json`.
 *
 * @throws ConfigurationError with file and line
 */
export function parseFaultTreeJson(text: string, file: string): FaultTree {
  const found = parsed(text);
  const tree = found === undefined ? undefined : treeOf(found);
  // The quick way has no places in the text: what is wrong is looked for again, slowly, with its place.
  return tree !== undefined && keysIn(found) === keysWritten(text) ? tree : refuse(text, file);
}

/** The place of a gate or an event, for a message about it. */
export function placeInJson(text: string, file: string, name: string): string {
  const { reader, root } = openYaml(text, file, 'JSON');
  const document = reader.map(root, undefined, 'the document');
  for (const part of ['gates', 'events', 'houseEvents']) {
    const node = document.get(part);
    const entry = node && reader.entries(node, part).find((each) => each.name === name);
    if (entry) return reader.placeOf(entry.key);
  }
  return reader.placeOf(document.get('top'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function treeOf(found: unknown): FaultTree | undefined {
  if (!isFields(found, KEYS)) return undefined;
  const { top, gates, events, houseEvents = {} } = found;
  if (typeof top !== 'string' || !isFields(gates) || !isFields(events) || !isFields(houseEvents))
    return undefined;
  const isRight =
    Object.values(gates).every(isGate) &&
    Object.values(events).every(isEvent) &&
    Object.values(houseEvents).every((value) => typeof value === 'boolean');
  if (!isRight) return undefined;
  return {
    top,
    gates: new Map(Object.entries(gates) as [string, Gate][]),
    events: new Map(Object.entries(events) as [string, BasicEvent][]),
    houseEvents: new Map(Object.entries(houseEvents) as [string, boolean][]),
  };
}

function isFields(value: unknown, keys?: readonly string[]): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return keys === undefined || Object.keys(value).every((key) => keys.includes(key));
}

function isGate(value: unknown): boolean {
  if (!isFields(value, GATE_KEYS)) return false;
  const { type, min, inputs } = value;
  return (
    ['and', 'or', 'atleast', 'not'].includes(type as GateKind) &&
    (min === undefined || typeof min === 'number') &&
    Array.isArray(inputs) &&
    inputs.every((input) => typeof input === 'string')
  );
}

function isEvent(value: unknown): boolean {
  if (!isFields(value, EVENT_KEYS)) return false;
  const { probability, shared } = value;
  return typeof probability === 'number' && (shared === undefined || typeof shared === 'boolean');
}

/** How many keys a value has, inner ones included: fewer than were written when one stood there twice. */
function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, inner) => sum + keysIn(inner), own);
}

function keysWritten(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(STRINGS)) if (colon !== undefined) count += 1;
  return count;
}

/** Says what is wrong with a document, and where. */
function refuse(text: string, file: string): never {
  const { reader, root } = openYaml(text, file, 'JSON');
  const document = reader.map(root, KEYS, 'the fault tree');
  for (const key of ['top', 'gates', 'events'])
    if (!document.has(key))
      reader.refuse(root, `the fault tree has no ${key}`, 'write top, gates and events');
  reader.text(document.get('top') as Node, 'top');
  for (const { name, value } of entriesOf(reader, document.get('gates'), 'gates'))
    refuseGate(reader, name, value);
  for (const { name, value } of entriesOf(reader, document.get('events'), 'events')) {
    const event = reader.map(value, EVENT_KEYS, `the event ${printable(name)}`);
    if (!event.has('probability'))
      reader.refuse(value, `the event ${printable(name)} has no probability`, 'write one from 0 to 1');
    expectType(reader, event.get('probability'), 'number');
    expectType(reader, event.get('shared'), 'boolean');
  }
  for (const { value } of entriesOf(reader, document.get('houseEvents'), 'houseEvents'))
    expectType(reader, value, 'boolean');
  throw new ConfigurationError({
    path: `${printable(file)}:1`,
    problem: 'it is no JSON, though it is YAML',
    fix: 'write strict JSON: double quotes, no comments, no trailing commas',
  });
}

function entriesOf(reader: YamlReader, node: Node | undefined, what: string) {
  return node === undefined ? [] : reader.entries(node, what);
}

function refuseGate(reader: YamlReader, name: string, node: Node): void {
  const gate = reader.map(node, GATE_KEYS, `the gate ${printable(name)}`);
  const type = gate.has('type') ? reader.text(gate.get('type') as Node, 'type') : '';
  if (!['and', 'or', 'atleast', 'not'].includes(type))
    reader.refuse(
      gate.get('type') ?? node,
      `the gate ${printable(name)} has no type that is known`,
      'use and, or, atleast or not',
    );
  expectType(reader, gate.get('min'), 'number');
  if (!gate.has('inputs'))
    reader.refuse(node, `the gate ${printable(name)} has no inputs`, 'name at least one');
  for (const input of reader.list(gate.get('inputs'), 'inputs')) expectType(reader, input, 'string');
}

function expectType(reader: YamlReader, node: Node | undefined, type: 'boolean' | 'number' | 'string'): void {
  if (node === undefined) return;
  const { value } = node as { value?: unknown };
  if (typeof value !== type)
    reader.refuse(node, `${printable(String(value))} is no ${type}`, `write a ${type}`);
}
