import type { Json } from './source/source';
import type { Stack } from './stack';
import { Unknown, type Value } from './value';

/**
 * What a `Ref` to a parameter comes to: what the parent stack or the assembly passes, else its default.
 *
 * Values that Systems Manager holds, and secrets, are unknown whatever their default says.
 */
export function parameterValue(
  name: string,
  declaration: Readonly<Record<string, Json>>,
  given: Value | undefined,
): Value {
  const type = typeof declaration.Type === 'string' ? declaration.Type : 'String';
  if (declaration.NoEcho === true || declaration.NoEcho === 'true')
    return new Unknown(`parameter ${name} is secret`);
  if (type.startsWith('AWS::SSM::Parameter'))
    return new Unknown(`parameter ${name} is read from Systems Manager at deploy`);
  const value = given ?? defaultOf(declaration.Default);
  if (value === undefined) return new Unknown(`parameter ${name} has no default`);
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  if (!isList || typeof value !== 'string') return value;
  return value === '' ? [] : value.split(',').map((item) => item.trim());
}

function defaultOf(json: Json | undefined): Value | undefined {
  if (json === undefined || json === null || typeof json === 'object') return undefined;
  return String(json);
}

/** What the parent of a nested stack passes to a parameter. */
export function passedByParent(name: string, stack: Stack): Value | undefined {
  const { parent, parentResource } = stack;
  if (!parent || parentResource === undefined) return undefined;
  return parent.resources.get(parentResource)?.get(`Parameters.${name}`);
}
