import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What CloudFormation says of one property, as the command of the CDK carries it. */
interface Property {
  readonly type: PropertyType;
  readonly causesReplacement?: 'yes' | 'maybe' | 'no';
}

interface PropertyType {
  readonly type: string;
  readonly element?: PropertyType;
  readonly reference?: { readonly $ref: string };
}

type Properties = Readonly<Record<string, Property>>;

interface Entity {
  readonly $id: string;
  readonly cloudFormationType?: string;
  readonly properties: Properties;
}

const file = join(dirname(require.resolve('aws-cdk/package.json')), 'db.json.gz');
const { schema } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as {
  readonly schema: Readonly<Record<'resource' | 'typeDefinition', { readonly entities: readonly Entity[] }>>;
};
const resources = new Map(schema.resource.entities.map((entity) => [entity.cloudFormationType, entity]));
const definitions = new Map(schema.typeDefinition.entities.map((entity) => [entity.$id, entity]));

/** Whether a change of a property, or of what it stands in, replaces a resource of the type. */
export function causesReplacement(type: string, path: string): 'yes' | 'maybe' | 'no' {
  let properties: Properties | undefined = resources.get(type)?.properties;
  for (const part of path.split('.').filter((each) => !/^\d+$/.test(each))) {
    const property: Property | undefined = properties?.[part];
    if (property?.causesReplacement !== undefined) return property.causesReplacement;
    let inner = property?.type;
    while (inner?.element) inner = inner.element;
    properties = inner?.reference && definitions.get(inner.reference.$ref)?.properties;
  }
  return 'no';
}

/** The properties of a type whose change replaces the resource, by path, sorted. */
export function propertiesOfType(type: string, wanted: 'yes' | 'maybe'): readonly string[] {
  const found: string[] = [];
  collect(resources.get(type)?.properties ?? {}, '', { wanted, found, seen: new Set() });
  return found.sort();
}

interface Collecting {
  readonly wanted: 'yes' | 'maybe';
  readonly found: string[];

  /** Types that hold themselves end here. */
  readonly seen: ReadonlySet<string>;
}

function collect(properties: Properties, prefix: string, { wanted, found, seen }: Collecting): void {
  for (const [name, property] of Object.entries(properties)) {
    const { causesReplacement } = property;
    if (causesReplacement === wanted) found.push(`${prefix}${name}`);
    let inner: PropertyType | undefined = property.type;
    while (inner?.element) inner = inner.element;
    const id = inner?.reference?.$ref;
    // What replaces as a whole needs no parts; within lists no path tells which entry is meant.
    if (id === undefined || seen.has(id) || causesReplacement === 'yes' || property.type.element) continue;
    const within = definitions.get(id)?.properties ?? {};
    collect(within, `${prefix}${name}.`, { wanted, found, seen: new Set([...seen, id]) });
  }
}
