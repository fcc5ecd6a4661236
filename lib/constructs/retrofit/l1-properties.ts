import { type CfnResource, type IResolveContext, Lazy, Stack, Token } from 'aws-cdk-lib/core';

/** What a property of an L1 comes to; a value that only the deployment knows comes as it is, an object. @internal */
export function readProperty(resource: CfnResource, property: string): unknown {
  const { name, key, rest, each } = parse(property);
  const value: unknown = Stack.of(resource).resolve(rawOf(resource, name));
  if (key !== undefined) return attributeIn(value, key);
  if (each) return entryIn(value, rest);
  return rest.reduce<unknown>((part, step) => fieldOf(part, step), value);
}

/** Whether a value is known only at deployment. @internal */
export function isIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [key, ...more] = Object.keys(value);
  return more.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}

/** Writes a value where nothing stands; what a person sets later still wins. @internal */
export function fillProperty(resource: CfnResource, property: string, value: unknown): void {
  const { name, key, rest, each } = parse(property);
  if (key !== undefined) {
    fillAttribute(resource, name, { key, value: String(value) });
    return;
  }
  const fill = (part: unknown): unknown => {
    if (each) return Array.isArray(part) ? part.map((entry) => filled(entry, rest, value)) : part;
    return filled(part, rest, value);
  };
  const raw = rawOf(resource, name);
  const open = Token.isUnresolved(raw);
  write(resource, name, open ? later(raw, fill) : fill(raw));
}

/** Takes a value away. @internal */
export function clearProperty(resource: CfnResource, property: string): void {
  write(resource, property, undefined);
}

interface Parsed {
  readonly name: string;

  /** The key of an attribute in a list of keys and values. */
  readonly key: string | undefined;
  readonly rest: readonly string[];

  /** Whether the value is in each entry of a list. */
  readonly each: boolean;
}

function parse(property: string): Parsed {
  const [path = '', key] = property.split('=');
  const [first = '', ...rest] = path.split('.');
  return { name: first.replace('[]', ''), key, rest, each: first.endsWith('[]') };
}

function rawOf(resource: CfnResource, name: string): unknown {
  return (resource as unknown as Record<string, unknown>)[name];
}

function write(resource: CfnResource, name: string, value: unknown): void {
  (resource as unknown as Record<string, unknown>)[name] = value;
}

function fieldOf(part: unknown, step: string): unknown {
  if (typeof part !== 'object' || part === null) return undefined;
  if (isIntrinsic(part)) return part;
  const fields = part as Record<string, unknown>;
  // What comes from an include or an override has the words of the template.
  return fields[step] ?? fields[step.charAt(0).toUpperCase() + step.slice(1)];
}

/** The weakest of the entries of a list, where one that is not set is the weakest. */
function entryIn(list: unknown, rest: readonly string[]): unknown {
  if (!Array.isArray(list)) return isIntrinsic(list) ? list : undefined;
  const values = list.map((entry) => rest.reduce<unknown>(fieldOf, entry));
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return values.find((value) => value === false) ?? values[0];
}

function attributeIn(list: unknown, key: string): unknown {
  if (!Array.isArray(list)) return isIntrinsic(list) ? list : undefined;
  const found = list.find((entry) => fieldOf(entry, 'key') === key);
  return found === undefined ? undefined : fieldOf(found, 'value');
}

function filled(part: unknown, rest: readonly string[], value: unknown): unknown {
  const [step, ...deeper] = rest;
  if (step === undefined) return part === undefined ? value : part;
  if (part !== undefined && (typeof part !== 'object' || part === null || isIntrinsic(part))) return part;
  if (Token.isUnresolved(part)) return later(part, (known) => filled(known, rest, value));
  const fields = { ...(part as Record<string, unknown> | undefined) };
  return { ...fields, [step]: filled(fields[step], deeper, value) };
}

function later(raw: unknown, fill: (part: unknown) => unknown): unknown {
  return Lazy.uncachedAny({ produce: (context: IResolveContext) => fill(context.resolve(raw)) as never });
}

interface HasAttributes {
  setAttribute(key: string, value: string): void;
}

/** The L2s of load balancers keep a list of their own, from which they write the L1's. */
function fillAttribute(
  resource: CfnResource,
  name: string,
  attribute: { readonly key: string; readonly value: string },
): void {
  const maker = resource.node.scope as Partial<HasAttributes> | undefined;
  if (typeof maker?.setAttribute === 'function') {
    maker.setAttribute(attribute.key, attribute.value);
    return;
  }
  const raw = rawOf(resource, name);
  const add = (list: unknown): unknown => (Array.isArray(list) ? [...list, attribute] : [attribute]);
  write(resource, name, Token.isUnresolved(raw) ? later(raw, add) : add(raw));
}
