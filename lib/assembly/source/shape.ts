import { isList, isObject, kindOf, own } from './json';
import { locate } from './position';
import { refusal } from './refusal';
import { isMacroKey, type Json, type JsonObject, type TemplateBody } from './source';
import type { TextFile } from './text-file';

const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Outputs', 'Metadata', 'Rules', 'Globals', 'Hooks'];
const RESOURCE_MAPPINGS = ['Properties', 'Metadata', 'CreationPolicy', 'UpdatePolicy'];

/**
 * A parsed value as the template it must be, checked as far as the types of {@link TemplateBody} promise.
 *
 * Sections and resource attributes that are null, as an empty one in YAML is, are left out.
 *
 * @throws ConfigurationError with the line of what is wrong
 */
export function templateOf(source: TextFile, value: Json): TemplateBody {
  if (!isObject(value)) throw misshapen(source, [], `is ${kindOf(value)}, and a template is a mapping`);
  const body = withoutNulls(value, SECTIONS);
  for (const section of SECTIONS) checkMapping(source, body, [section]);
  checkEntries(source, body, 'Parameters');
  const resources = own(body, 'Resources');
  if (resources === undefined) throw misshapen(source, [], 'has no Resources section');
  if (!isObject(resources)) {
    throw misshapen(source, ['Resources'], `Resources is ${kindOf(resources)}, and must be a mapping`);
  }
  return { ...body, Resources: checkedResources(source, resources) } as unknown as TemplateBody;
}

function checkedResources(source: TextFile, resources: JsonObject): JsonObject {
  const mended = new Map<string, JsonObject>();
  for (const id of Object.keys(resources)) {
    if (isMacroKey(id)) continue;
    const entry = resources[id] ?? null;
    const resource = checkedResource(source, id, entry);
    if (resource !== entry) mended.set(id, resource);
  }
  if (mended.size === 0) return resources;
  return Object.fromEntries(Object.entries(resources).map(([id, entry]) => [id, mended.get(id) ?? entry]));
}

function checkedResource(source: TextFile, id: string, entry: Json): JsonObject {
  const path = ['Resources', id];
  if (!isObject(entry))
    throw misshapen(source, path, `resource ${id} is ${kindOf(entry)}, and must be a mapping`);
  const resource = withoutNulls(entry, RESOURCE_MAPPINGS);
  if (typeof own(resource, 'Type') !== 'string') {
    throw misshapen(source, path, `resource ${id} has no Type that is a string`);
  }
  for (const key of RESOURCE_MAPPINGS) checkMapping(source, resource, [...path, key]);
  checkCondition(source, resource, path);
  checkDependsOn(source, resource, path);
  return resource;
}

function checkMapping(source: TextFile, holder: JsonObject, path: readonly string[]): void {
  const name = path.at(-1) ?? '';
  const value = own(holder, name);
  if (value === undefined || isObject(value)) return;
  throw misshapen(
    source,
    path,
    `${path.slice(-2).reverse().join(' of ')} is ${kindOf(value)}, and must be a mapping`,
  );
}

function checkEntries(source: TextFile, body: JsonObject, section: string): void {
  const entries = own(body, section);
  if (!isObject(entries)) return;
  for (const name of Object.keys(entries)) {
    if (!isMacroKey(name)) checkMapping(source, entries, [section, name]);
  }
}

function checkCondition(source: TextFile, resource: JsonObject, path: readonly string[]): void {
  const condition = own(resource, 'Condition');
  if (condition === undefined || typeof condition === 'string') return;
  const problem = `Condition of ${path.at(-1)} is ${kindOf(condition)}, and must be the name of a condition`;
  throw misshapen(source, [...path, 'Condition'], problem);
}

function checkDependsOn(source: TextFile, resource: JsonObject, path: readonly string[]): void {
  const found = own(resource, 'DependsOn');
  if (found === undefined || typeof found === 'string') return;
  if (isList(found) && found.every((id) => typeof id === 'string')) return;
  const problem = `DependsOn of ${path.at(-1)} must be a logical id or a list of them`;
  throw misshapen(source, [...path, 'DependsOn'], problem);
}

/** The same object, or a copy without those of its keys that hold null. */
function withoutNulls(object: JsonObject, keys: readonly string[]): JsonObject {
  if (!keys.some((key) => own(object, key) === null)) return object;
  return Object.fromEntries(
    Object.entries(object).filter(([key, value]) => value !== null || !keys.includes(key)),
  );
}

function misshapen(source: TextFile, path: readonly string[], problem: string): Error {
  const at = locate(source.text, path);
  return refusal({ file: source.file, at, problem, fix: 'write it as CloudFormation expects it' });
}
