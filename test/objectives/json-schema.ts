/** As much of JSON Schema as our own schemas use; an independent second opinion for tests. */
export type Schema = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
};

/** Whether a value keeps a schema. */
export function conforms(value: unknown, schema: Schema, root: Schema = schema): boolean {
  return Object.entries(schema).every(([keyword, wanted]) => {
    const keep = KEYWORDS[keyword];
    if (!keep) throw new Error(`the schema uses ${keyword}, which this test does not know`);
    return keep(value, wanted as never, root);
  });
}

const KEYWORDS: Readonly<Record<string, (value: unknown, wanted: never, root: Schema) => boolean>> = {
  $schema: () => true,
  $id: () => true,
  $defs: () => true,
  title: () => true,
  description: () => true,
  $ref: (value, path: string, root) => {
    const name = path.replace('#/$defs/', '');
    return conforms(value, (root.$defs as Record<string, Schema>)[name]!, root);
  },
  type: (value, types: string | string[]) => [types].flat().some((type) => TYPES[type]!(value)),
  const: (value, only: unknown) => value === only,
  enum: (value, values: unknown[]) => values.includes(value),
  pattern: (value, pattern: string) => typeof value !== 'string' || new RegExp(pattern).test(value),
  minimum: (value, least: number) => typeof value !== 'number' || value >= least,
  exclusiveMinimum: (value, least: number) => typeof value !== 'number' || value > least,
  exclusiveMaximum: (value, most: number) => typeof value !== 'number' || value < most,
  format: (value, format: string) => format !== 'date' || !Number.isNaN(Date.parse(String(value))),
  required: (value, keys: string[]) => !TYPES.object!(value) || keys.every((key) => key in (value as object)),
  properties: (value, properties: Record<string, Schema>, root) =>
    !TYPES.object!(value) ||
    Object.entries(value as object).every(([key, each]) => {
      const schema = properties[key];
      return schema === undefined || conforms(each, schema, root);
    }),
  items: (value, schema: Schema, root) =>
    !Array.isArray(value) || value.every((item) => conforms(item, schema, root)),
};
