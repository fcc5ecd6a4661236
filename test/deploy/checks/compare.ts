/** A property that is declared one way and deployed another. */
export interface Difference {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** Every declared property that the deployed one does not equal. What was not declared is not compared. */
export function differences(declared: unknown, live: unknown): Difference[] {
  const found = leaves(live);
  return [...leaves(declared)].flatMap(([path, expected]) => {
    const value = found.get(path);
    return value === expected ? [] : [{ path, expected, found: value ?? 'nothing' }];
  });
}

/**
 * The values at the ends of a tree, by their paths. Lists of key and value are read by key, and lists of words in no
 * order: CloudFormation means them so.
 */
export function leaves(tree: unknown, path = ''): Map<string, string> {
  if (typeof tree !== 'object' || tree === null) {
    return tree === undefined || tree === null ? new Map() : new Map([[path, text(tree)]]);
  }
  if (Array.isArray(tree) && tree.every((each) => typeof each !== 'object')) {
    return new Map([[path, tree.map(text).sort().join(', ')]]);
  }
  const under = (key: string): string => (path === '' ? key : `${path}.${key}`);
  return new Map(namedParts(tree).flatMap(([key, value]) => [...leaves(value, under(key))]));
}

function namedParts(tree: object): [string, unknown][] {
  if (!Array.isArray(tree)) return Object.entries(tree);
  return tree.map((each, at) => {
    const keyed = typeof each.Key === 'string' && 'Value' in each;
    return keyed ? [each.Key, each.Value] : [String(at), each];
  });
}

/** `'30'` and `30` are one value to CloudFormation; `example.com.` and `example.com` are one name. */
function text(value: unknown): string {
  return String(value).replace(/\.$/, '');
}
