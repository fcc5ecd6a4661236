/**
 * A published schema that says no to every key that it does not describe. The published one is open, since readers ignore
 * keys that they do not know; but what we write must all be described.
 */
export function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((item) => closed(item)) as T;
  if (schema === null || typeof schema !== 'object') return schema;
  const own = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const open = own.type === 'object' && 'properties' in own && !('additionalProperties' in own);
  return { ...own, ...(open && { additionalProperties: false }) } as T;
}
