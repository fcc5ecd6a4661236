import type { TestApp, TestStack, TestTemplate } from './graph';

/** An app that differs from a passing case in one place. */
export interface Mutant {
  /** Where it differs: `Subject.MultiAZ`, `SubnetB` for a resource that is gone. */
  readonly place: string;
  readonly app: TestApp;
}

/** Values seen at a place, by the place without its resource's name. */
export type Values = ReadonlyMap<string, readonly unknown[]>;

interface Leaf {
  /** The keys that lead to it inside the properties. */
  readonly keys: readonly string[];
  readonly value: unknown;

  /** The other entries of the list that it stands in. */
  readonly siblings: readonly unknown[];
}

/** Every app that one change makes: a leaf left out or given another value, or a resource left out. */
export function mutantsOf(app: TestApp, hints: Values): readonly Mutant[] {
  return templatesOf(app).flatMap(({ name, template, rebuild }) =>
    Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
      const at = name === undefined ? logicalId : `${name}/${logicalId}`;
      const without = omit(template.Resources, logicalId);
      const gone =
        Object.keys(template.Resources).length > 1
          ? [{ place: at, app: rebuild({ ...template, Resources: without }) }]
          : [];
      const changed = changesOf(resource as Properties, hints).map(({ path, properties }) => ({
        place: `${at}.${path}`,
        app: rebuild({
          ...template,
          Resources: {
            ...template.Resources,
            [logicalId]: { ...(resource as object), Properties: properties },
          },
        }),
      }));
      return [...gone, ...changed];
    }),
  );
}

/** The values at each place of some apps, which are good guesses for what makes a rule fail. */
export function valuesIn(apps: readonly TestApp[]): Values {
  const values = new Map<string, unknown[]>();
  for (const { template } of apps.flatMap(templatesOf)) {
    for (const resource of Object.values(template.Resources) as Properties[]) {
      for (const { keys, value } of leavesOf(resource.Properties ?? {})) {
        const place = placeOf(keys);
        values.set(place, [...(values.get(place) ?? []), value]);
      }
    }
  }
  return values;
}

type Properties = { readonly Properties?: Readonly<Record<string, unknown>> };

function changesOf(resource: Properties, hints: Values) {
  const properties = resource.Properties ?? {};
  return leavesOf(properties).flatMap((leaf) => {
    const path = leaf.keys.join('.');
    const replaced = othersFor(leaf, hints).map((value) => ({
      path,
      properties: replaceAt(properties, leaf.keys, value),
    }));
    return [{ path, properties: replaceAt(properties, leaf.keys, undefined) }, ...replaced];
  });
}

interface Part {
  /** The stack's name, in an app of several. */
  readonly name: string | undefined;
  readonly template: TestTemplate;

  /** The app with another template in this place. */
  readonly rebuild: (template: TestTemplate) => TestApp;
}

function templatesOf(app: TestApp): readonly Part[] {
  if (!('stacks' in app))
    return [
      {
        name: undefined,
        template: app as TestTemplate,
        rebuild: (template: TestTemplate): TestApp => template,
      },
    ];
  const stacks = app.stacks as Readonly<Record<string, TestStack>>;
  return Object.entries(stacks).map(([name, stack]) => ({
    name,
    template: stack.template,
    rebuild: (template: TestTemplate): TestApp => ({ stacks: { ...stacks, [name]: { ...stack, template } } }),
  }));
}

/** Scalars and intrinsic functions: what one change can flip. */
function leavesOf(
  value: unknown,
  keys: readonly string[] = [],
  siblings: readonly unknown[] = [],
): readonly Leaf[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      leavesOf(
        item,
        [...keys, String(index)],
        value.filter((_, other) => other !== index),
      ),
    );
  }
  if (typeof value !== 'object' || value === null || isIntrinsic(value)) return [{ keys, value, siblings }];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...keys, key]));
}

function isIntrinsic(value: object): boolean {
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}

function othersFor({ keys, value, siblings }: Leaf, hints: Values): readonly unknown[] {
  const seen = hints.get(placeOf(keys)) ?? [];
  return [...flipsOf(value), ...siblings, ...seen].filter(
    (other) => JSON.stringify(other) !== JSON.stringify(value),
  );
}

function flipsOf(value: unknown): readonly unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [0, 1, value * 1000, -1];
  if (value === 'true' || value === 'false') return [value === 'true' ? 'false' : 'true'];
  if (typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)))
    return ['0', '1', String(Number(value) * 1000)];
  return typeof value === 'string' ? ['mutant', ''] : ['mutant'];
}

/** A place without list positions, so that a value seen in one entry is tried in all. */
function placeOf(keys: readonly string[]): string {
  return keys.filter((key) => !/^\d+$/.test(key)).join('.');
}

function replaceAt(
  container: unknown,
  [key, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (Array.isArray(container)) {
    const index = Number(key);
    const item = rest.length > 0 ? replaceAt(container[index], rest, value) : value;
    return container.flatMap((other, at) =>
      at !== index ? [other] : item === undefined ? [] : [item],
    ) as unknown as Record<string, unknown>;
  }
  const record = container as Readonly<Record<string, unknown>>;
  if (key === undefined) return record as Record<string, unknown>;
  const item = rest.length > 0 ? replaceAt(record[key], rest, value) : value;
  return item === undefined ? omit(record, key) : { ...record, [key]: item };
}

function omit(record: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}
