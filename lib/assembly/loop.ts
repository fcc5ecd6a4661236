import type { Json } from './source/source';

/** One turn of an `Fn::ForEach`: the key it writes and the body under it. */
export type LoopEntry = readonly [key: string, body: Json];

/** The parts of `"Fn::ForEach::Name": [identifier, collection, { key: body }]`. */
export interface Loop {
  readonly identifier: string;
  readonly collection: Json;
  readonly body: Readonly<Record<string, Json>>;
}

export function parseLoop(json: Json): Loop | undefined {
  if (!Array.isArray(json) || json.length !== 3) return undefined;
  const [identifier, collection = null, body = null] = json as readonly Json[];
  if (typeof identifier !== 'string' || typeof body !== 'object' || body === null || Array.isArray(body))
    return undefined;
  return { identifier, collection, body: body as Readonly<Record<string, Json>> };
}

/** The entries of a loop's body for one value of its variable. */
export function turn({ identifier, body }: Loop, value: string): readonly LoopEntry[] {
  const replace = replacer(identifier, value);
  return Object.entries(body).map(([key, json]) => [replace.text(key), replace.json(json)]);
}

function replacer(identifier: string, value: string) {
  const plain = `\${${identifier}}`;
  const alphanumeric = `&{${identifier}}`;
  const text = (from: string) =>
    from.replaceAll(plain, value).replaceAll(alphanumeric, value.replace(/[^A-Za-z0-9]/g, ''));
  const json = (from: Json): Json => {
    if (typeof from === 'string') return text(from);
    if (from === null || typeof from !== 'object') return from;
    if (Array.isArray(from)) return from.map(json);
    const entries = Object.entries(from as Readonly<Record<string, Json>>);
    if (entries.length === 1 && entries[0]?.[0] === 'Ref' && entries[0][1] === identifier) return value;
    return Object.fromEntries(entries.map(([key, item]) => [text(key), json(item)]));
  };
  return { text, json };
}
