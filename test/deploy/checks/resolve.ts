/** What the properties of a deployed stack can be filled with. */
export interface Known {
  /** Values of `AWS::Region` and its like. */
  readonly pseudo: ReadonlyMap<string, string>;
  readonly physicalIds: ReadonlyMap<string, string>;
  readonly exports: ReadonlyMap<string, string>;

  /** An attribute of a resource, `undefined` when there is no telling. */
  readonly attribute: (logicalId: string, name: string) => Promise<string | undefined>;
}

/** In place of a value that cannot be told. No deployed value equals it. */
export const UNRESOLVED = '(this test cannot tell)';

/** The value that a template declares, with every reference replaced by what was deployed. */
export async function resolve(value: unknown, known: Known): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((each) => resolve(each, known)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    return call(first[0], first[1], known);
  }
  const resolved = entries.map(async ([key, each]) => [key, await resolve(each, known)] as const);
  return Object.fromEntries(await Promise.all(resolved));
}

async function call(name: string, argument: unknown, known: Known): Promise<unknown> {
  switch (name) {
    case 'Ref':
      return known.physicalIds.get(String(argument)) ?? known.pseudo.get(String(argument)) ?? UNRESOLVED;
    case 'Fn::GetAtt': {
      const [id, attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
      return (await known.attribute(String(id), String(attribute))) ?? UNRESOLVED;
    }
    case 'Fn::ImportValue':
      return known.exports.get(String(await resolve(argument, known))) ?? UNRESOLVED;
    case 'Fn::Join':
      return join(await resolve(argument, known));
    case 'Fn::Select': {
      const [index, list] = await resolved(argument, known);
      return Array.isArray(list) ? (list[Number(index)] ?? UNRESOLVED) : UNRESOLVED;
    }
    case 'Fn::Split': {
      const [separator, text] = await resolved(argument, known);
      return typeof text === 'string' && text !== UNRESOLVED ? text.split(String(separator)) : UNRESOLVED;
    }
    default:
      return UNRESOLVED;
  }
}

async function resolved(argument: unknown, known: Known): Promise<unknown[]> {
  const parts = await resolve(argument, known);
  return Array.isArray(parts) ? parts : [];
}

function join(argument: unknown): string {
  const [separator, parts] = Array.isArray(argument) ? argument : [];
  if (!Array.isArray(parts) || parts.includes(UNRESOLVED)) return UNRESOLVED;
  return parts.join(String(separator));
}
