/** The path of a property for all entries of its lists: `Rules.0.Days` becomes `Rules.Days`. */
export function withoutIndices(property: string): string {
  return property.replaceAll(/\.\d+(?=\.|$)/g, '');
}
