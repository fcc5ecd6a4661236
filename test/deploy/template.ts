import type { Resource, Template } from './example';

/**
 * The template without some of its resources.
 *
 * @throws Error when one that stays reads one that goes: it could not be deployed as it was designed
 */
export function without(template: Template, goes: (resource: Resource) => boolean): Template {
  const gone = new Set(idsOf(template, goes));
  if (gone.size === 0) return template;
  const resources = Object.entries(template.Resources).filter(([id]) => !gone.has(id));
  for (const [id, resource] of resources) {
    const needed = referencesIn(resource.Properties).find((reference) => gone.has(reference));
    if (needed !== undefined) throw new Error(`${id} reads ${needed}, which the emulator cannot create`);
  }
  return {
    ...template,
    Resources: Object.fromEntries(resources.map(([id, each]) => [id, withoutDependency(each, gone)])),
  };
}

/**
 * The template with other values in place of what is read of resources, for whatever the emulator cannot tell.
 *
 * @param standInFor what stands for an attribute (`Ref` for the reference itself); `undefined` where the emulator knows
 */
export function withStandIns(
  template: Template,
  standInFor: (id: string, resource: Resource, attribute: string) => unknown,
): Template {
  return JSON.parse(JSON.stringify(template), (_, each) => {
    const [id = '', attribute = ''] = readOf(each);
    const resource = template.Resources[id];
    return (resource && standInFor(id, resource, attribute)) ?? each;
  });
}

/** The resource that a `Ref` or an `Fn::GetAtt` reads, and what of it. */
function readOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return [];
  const { Ref: id, 'Fn::GetAtt': attribute } = value as Record<string, unknown>;
  if (typeof id === 'string') return [id, 'Ref'];
  return Array.isArray(attribute) ? attribute.map(String) : [];
}

/** The template without some properties of its resources. */
export function withoutProperties(template: Template, of: (type: string) => readonly string[]): Template {
  const resources = Object.entries(template.Resources).map(([id, { Properties, ...rest }]) => {
    const gone = of(rest.Type);
    const stays = Object.entries(Properties ?? {}).filter(([name]) => !gone.includes(name));
    return [id, Properties ? { ...rest, Properties: Object.fromEntries(stays) } : rest];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** The template with the logical id as the name of resources, under a property of theirs. */
export function withNames(template: Template, nameOf: (resource: Resource) => string | undefined): Template {
  const resources = Object.entries(template.Resources).map(([id, resource]) => {
    const property = nameOf(resource);
    return [
      id,
      property === undefined
        ? resource
        : { ...resource, Properties: { ...resource.Properties, [property]: id } },
    ];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** A template of one resource and of all that it needs, directly or not. It has no outputs. */
export function closureOf(template: Template, id: string): Template {
  const { Outputs: _, ...rest } = template;
  const needed = new Set([id]);
  for (const each of needed) {
    const resource = template.Resources[each];
    for (const reference of [...referencesIn(resource?.Properties), ...dependenciesOf(resource)]) {
      if (reference in template.Resources) needed.add(reference);
    }
  }
  const resources = Object.entries(template.Resources).filter(([each]) => needed.has(each));
  return { ...rest, Resources: Object.fromEntries(resources) };
}

/** The logical ids of the resources that a predicate names. */
export function idsOf(template: Template, is: (resource: Resource) => boolean): string[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => (is(resource) ? [id] : []));
}

/** A value in which every string that a map names is another. */
export function replaced<T>(value: T, by: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'string' ? (by.get(each) ?? each) : each,
  );
}

/** Every logical id that a part of a template reads. */
function referencesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => [...referenceOf(key, value), ...referencesIn(value)]);
}

function referenceOf(key: string, value: unknown): string[] {
  if (key === 'Ref') return [String(value)];
  if (key === 'Fn::GetAtt')
    return [Array.isArray(value) ? String(value[0]) : (String(value).split('.')[0] ?? '')];
  if (key !== 'Fn::Sub') return [];
  const text = Array.isArray(value) ? String(value[0]) : String(value);
  return [...text.matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, id = '']) => id);
}

function dependenciesOf(resource: Resource | undefined): readonly string[] {
  const { DependsOn: on = [] } = resource ?? {};
  return typeof on === 'string' ? [on] : on;
}

function withoutDependency(resource: Resource, gone: ReadonlySet<string>): Resource {
  const { DependsOn: _, ...rest } = resource;
  const stays = dependenciesOf(resource).filter((id) => !gone.has(id));
  return stays.length === 0 ? rest : { ...rest, DependsOn: stays };
}
