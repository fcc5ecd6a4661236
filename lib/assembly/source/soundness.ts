import { findCycle } from './cycles';
import { isList, isObject, own, ownString } from './json';
import { locate } from './position';
import { TooDeep, walk } from './references';
import { refusal } from './refusal';
import { isMacroKey, type Json, type JsonObject, type TemplateBody, type TemplateResource } from './source';
import type { TextFile } from './text-file';
import { DEEPEST } from './yaml-document';

/**
 * Transforms that leave the references of a template as they are written. Any other, SAM's included, writes the
 * template anew before CloudFormation looks for circles, so that none is certain here.
 */
const PLAIN_TRANSFORMS =
  /^AWS::(?:CodeDeployBlueGreen|Include|LanguageExtensions|SecretsManager-|ServiceCatalog)/;

/** How many members of a circle a message names. */
const MOST_NAMED = 6;

/**
 * Refuses a template that nests absurdly deep, or whose resources or conditions refer to each other in a circle.
 *
 * This is the one pass over all values of a template, so it looks for both at once.
 *
 * @throws ConfigurationError with the line of the first resource or condition concerned
 */
export function checkSoundness(source: TextFile, body: TemplateBody): void {
  const { Resources: resources, ...sections } = body;
  measured(source, [], () => walk(sections as Json, DEEPEST));
  const edges = new Map<string, Iterable<string>>();
  for (const id of Object.keys(resources)) {
    const resource = resources[id];
    if (resource === undefined) continue;
    const targets = measured(source, ['Resources', id], () => targetsOf(id, resource, resources));
    if (targets.length > 0) edges.set(id, targets);
  }
  if (isFinal(body.Transform)) refuseCircle(source, 'Resources', findCycle(edges));
  refuseCircle(source, 'Conditions', findCycle(conditionEdges(body)));
}

function refuseCircle(source: TextFile, section: string, circle: readonly string[] | undefined): void {
  const [first] = circle ?? [];
  if (circle === undefined || first === undefined) return;
  const named = circle.slice(0, MOST_NAMED);
  const more = circle.length > named.length ? [`… ${circle.length - named.length} more`] : [];
  throw refusal({
    file: source.file,
    at: locate(source.text, [section, first]),
    problem: `circular reference in ${section}: ${[...named, ...more, first].join(' -> ')}`,
    fix:
      section === 'Resources'
        ? 'move one reference into a resource of its own'
        : 'let one condition stand alone',
  });
}

/** Logical ids that must exist before a resource can, some perhaps twice. */
function targetsOf(id: string, resource: TemplateResource, resources: TemplateBody['Resources']): string[] {
  const targets: string[] = [];
  if (isMacroKey(id)) {
    walk(resource as unknown as Json, DEEPEST - 2);
    return targets;
  }
  const add = (target: string): void => {
    if (Object.hasOwn(resources, target)) targets.push(target);
  };
  const attributes = resource as unknown as JsonObject;
  for (const key in attributes) {
    walk(attributes[key] ?? null, DEEPEST - 3, key === 'Properties' ? add : undefined);
  }
  for (const target of [resource.DependsOn ?? []].flat()) add(target);
  return targets;
}

/** Whether references in the template are those that will deploy: a custom macro may rewrite them all. */
function isFinal(transform: Json | undefined): boolean {
  const transforms = isList(transform) ? transform : [transform ?? []].flat();
  return transforms.every((entry) => {
    const name = isObject(entry) ? ownString(entry, 'Name') : entry;
    return typeof name === 'string' && PLAIN_TRANSFORMS.test(name);
  });
}

function conditionEdges({ Conditions: conditions = {} }: TemplateBody): Map<string, Iterable<string>> {
  const edges = new Map<string, Iterable<string>>();
  for (const [name, value] of Object.entries(conditions)) {
    if (!isMacroKey(name)) edges.set(name, conditionsNamedIn(value));
  }
  return edges;
}

/** Recursion is safe here: the depth of the value has been measured. */
function conditionsNamedIn(value: Json): string[] {
  if (isList(value)) return value.flatMap(conditionsNamedIn);
  if (!isObject(value)) return [];
  const name = own(value, 'Condition');
  return typeof name === 'string' ? [name] : Object.values(value).flatMap(conditionsNamedIn);
}

function measured<T>(source: TextFile, path: readonly string[], call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    const problem = `nests more than ${DEEPEST} levels deep`;
    throw refusal({ file: source.file, at: locate(source.text, path), problem, fix: 'flatten it' });
  }
}
