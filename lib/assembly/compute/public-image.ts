import { passedByParent } from '../parameters';
import type { Resource } from '../resource';
import { isList, isObject, own, ownString } from '../source/json';
import type { Json } from '../source/source';
import type { Stack } from '../stack';

/** Parameters that AWS publishes begin with this. */
const PUBLIC = /^\/aws\/service\//;

/** Fetches a parameter: as a dynamic reference, or in the shorter form that launch templates take. */
const FETCHES = /^(?:\{\{)?resolve:ssm:([^:{}]+)/;

/**
 * The public parameter of Systems Manager that an image is taken from; undefined where it is not evidently taken from one.
 *
 * Such images are public, and only snapshots that are not encrypted can be made public.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
 */
export function publicImageOf(resource: Resource, path: string): string | undefined {
  let json: Json | undefined = resource.body.Properties as Json | undefined;
  for (const key of path.split('.')) json = isObject(json) ? own(json, key) : undefined;
  return json === undefined ? undefined : publicImageIn(json, resource.stack);
}

function publicImageIn(json: Json, stack: Stack): string | undefined {
  if (typeof json === 'string') return fetched(json);
  if (!isObject(json)) return undefined;
  const parameter = ownString(json, 'Ref');
  if (parameter !== undefined) return ofParameter(parameter, stack);
  const branches = own(json, 'Fn::If');
  if (isList(branches)) return ofBranches(branches.slice(1), stack);
  const sub = own(json, 'Fn::Sub');
  return typeof sub === 'string' ? fetched(filledIn(sub, stack)) : undefined;
}

function fetched(text: string): string | undefined {
  const name = FETCHES.exec(text)?.[1];
  return name !== undefined && PUBLIC.test(name) ? name : undefined;
}

/** Whichever branch is taken, the image is a public one. */
function ofBranches(branches: readonly Json[], stack: Stack): string | undefined {
  const names = branches.map((branch) => publicImageIn(branch, stack));
  return names.includes(undefined) ? undefined : names[0];
}

/** A parameter whose value Systems Manager holds under the name that it is given. */
function ofParameter(name: string, stack: Stack): string | undefined {
  const type = ownString(declarationOf(name, stack), 'Type') ?? '';
  const text = textOf(name, stack);
  return type.startsWith('AWS::SSM::Parameter::Value<') && text !== undefined && PUBLIC.test(text)
    ? text
    : undefined;
}

function filledIn(text: string, stack: Stack): string {
  return text.replace(/\$\{(\w+)\}/g, (written, name: string) => textOf(name, stack) ?? written);
}

/** What a parameter is given, else its default. */
function textOf(name: string, stack: Stack): string | undefined {
  const passed = passedByParent(name, stack);
  const given = passed === undefined ? own(stack.source.parameters, name) : passed;
  if (given !== undefined) return typeof given === 'string' ? given : undefined;
  return ownString(declarationOf(name, stack), 'Default');
}

function declarationOf(name: string, stack: Stack) {
  const { Parameters: parameters } = stack.source.template;
  const declaration = isObject(parameters) ? own(parameters, name) : undefined;
  return isObject(declaration) ? declaration : {};
}
