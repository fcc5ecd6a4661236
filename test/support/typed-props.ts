import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './fresh';

/** What can be left to deployment: a number, a time, a text, a list of texts. */
export const OPEN_KINDS = ['number', 'Duration', 'string', 'string[]'] as const;

export type OpenKind = (typeof OPEN_KINDS)[number];

/** A property that may get a value that only deployment knows. */
export interface OpenProp {
  readonly name: string;
  readonly kind: OpenKind;
}

interface Declared {
  readonly heritage: string;
  readonly body: string;
}

const INTERFACE = /^export interface (\w+)(?:<[^{]*?>)?(?:\s+extends\s+([^{]+?))? \{(?:\}|\n([\s\S]*?)^\})/gm;
const MEMBER = /^ {2}readonly (\w+)\??:\s*([^;]+);/gm;

/** The interfaces of the library, by name, as they are written in its source. */
function declared(): ReadonlyMap<string, Declared> {
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'lib', file), 'utf8'));
  return new Map(
    sources.flatMap((source) =>
      [...source.matchAll(INTERFACE)].map(([, name = '', heritage = '', body = '']) => [
        name,
        { heritage, body },
      ]),
    ),
  );
}

let interfaces: ReadonlyMap<string, Declared> | undefined;

/** The properties of an interface that are a number, a time, a text or a list of texts, inherited ones too. */
export function openProps(name: string): readonly OpenProp[] {
  interfaces ??= declared();
  const found = interfaces.get(name);
  if (!found) return [];
  const own = [...found.body.matchAll(MEMBER)].flatMap(([, prop = '', type = '']): OpenProp[] => {
    const kind = kindOf(type);
    return kind ? [{ name: prop, kind }] : [];
  });
  const all = [...split(found.heritage).flatMap(inherited), ...own];
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

function kindOf(type: string): OpenKind | undefined {
  const bare = type
    .replace(/\s*\|\s*undefined/g, '')
    .replace(/^readonly /, '')
    .trim();
  return OPEN_KINDS.find((kind) => kind === bare);
}

/** The properties that come with `Omit<Props, 'name'>`, `Pick`, `Partial` or a name. */
function inherited(parent: string): readonly OpenProp[] {
  const [, how, of = '', names = ''] =
    /^(Omit|Pick|Partial|Required)<(\w+)(?:,\s*([^>]+))?>$/.exec(parent) ?? [];
  if (!how) return openProps(parent);
  const listed = [...names.matchAll(/'(\w+)'/g)].map(([, name]) => name);
  return openProps(of).filter(({ name }) => {
    if (how === 'Omit') return !listed.includes(name);
    return how === 'Pick' ? listed.includes(name) : true;
  });
}

/** The parts of `A, Omit<B, 'c'>`. */
function split(heritage: string): readonly string[] {
  return heritage
    .split(/,(?![^<]*>)/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
