import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './fresh';
import { ENTRY_POINTS, exportsOf, shownBy } from './public-api';

/** A declaration of a source file, or a member of one, with the docstring before it. */
export interface Declared {
  readonly name: string;
  readonly file: string;

  /** The docstring without its stars. */
  readonly doc: string;
  readonly text: string;
}

interface Chunk {
  readonly doc: string;
  readonly text: string;
}

const DOC = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/;

/** Cuts a text at each line that begins something at an indentation; a docstring goes with what follows it. */
function chunksOf(text: string, indent: string): readonly Chunk[] {
  const begins = new RegExp(`^${indent}(?=[A-Za-z_@])`, 'gm');
  const starts = [...text.matchAll(begins)].map(({ index }) => index);
  return starts.map((start, index) => {
    const before = text.slice(index === 0 ? 0 : starts[index - 1], start);
    const doc = (DOC.exec(before)?.[1] ?? '').replace(/^\s*\* ?/gm, '').trim();
    return { doc, text: text.slice(start, starts[index + 1] ?? text.length).replace(DOC, '') };
  });
}

const TOP =
  /^(?:export )?(?:declare )?(?:abstract )?(?:async )?(?:class|interface|enum|type|function|const) (\w+)/;

const read = new Map<string, readonly Declared[]>();

/** All that stands at the top of a file. */
export function declaredIn(file: string): readonly Declared[] {
  const known = read.get(file);
  if (known) return known;
  const found = chunksOf(readFileSync(join(ROOT, file), 'utf8'), '').flatMap(({ doc, text }) => {
    const name = TOP.exec(text)?.[1];
    return name === undefined ? [] : [{ name, file, doc, text }];
  });
  read.set(file, found);
  return found;
}

/** All that users see, of every entry point, once. */
export function shownToUsers(): readonly Declared[] {
  const names = new Map(
    ENTRY_POINTS.flatMap((entry) => shownBy(entry, ROOT)).map(
      ({ path, exports }) => [path, new Set(exports.map(({ name }) => name))] as const,
    ),
  );
  for (const file of MORE_ENTRIES)
    names.set(file, new Set(exportsOf(readFileSync(join(ROOT, file), 'utf8')).map(({ name }) => name)));
  return [...names].flatMap(([file, shown]) => declaredIn(file).filter(({ name }) => shown.has(name)));
}

/** What stands behind the entry points that are written by hand. */
const MORE_ENTRIES: readonly string[] = ['lib/synth/nag.ts'];

export const isClass = ({ text }: Declared): boolean => /^export (?:abstract )?class /.test(text);
export const isInterface = ({ text }: Declared): boolean => /^export interface /.test(text);
export const isFunction = ({ text }: Declared): boolean => /^export (?:async )?function /.test(text);

/** The members of a class or an interface. */
export function membersOf({ name, file, text }: Declared): readonly (Declared & { readonly head: string })[] {
  const body = text.slice(text.indexOf('{\n') + 2);
  return chunksOf(body, '  ').flatMap((chunk) => {
    const [head = ''] = chunk.text.split('\n');
    const member =
      /^ {2}(?:(?:private|protected|public|static|override|readonly|async|abstract|get|set) )*(\w+)/.exec(
        head,
      )?.[1];
    return member === undefined ? [] : [{ ...chunk, head: head.trim(), name: `${name}.${member}`, file }];
  });
}

/** Whether a member is seen by users. */
export const isOpen = ({ head, doc }: { readonly head: string; readonly doc: string }): boolean =>
  !/^(?:private|protected) /.test(head) && !doc.includes('@internal');

const SOURCES = ['lib/constructs', 'lib/objectives', 'lib/calculus', 'lib/errors.ts'].flatMap((path) =>
  path.endsWith('.ts')
    ? [path]
    : readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(path, file)),
);

const DIRECTLY = /\brefuse\(|\bnew ConfigurationError\(/;

/** What a class does when it is made: its constructor, and those of its own methods that this calls. */
function making(declared: Declared): string {
  const members = membersOf(declared);
  const texts = new Map<string, string>();
  const add = (name: string): void => {
    const key = `${declared.name}.${name}`;
    const found = members
      .filter((each) => each.name === key)
      .map(({ text }) => text)
      .join('\n');
    if (texts.has(key) || found === '') return;
    texts.set(key, found);
    for (const [, called = ''] of found.matchAll(/\bthis\.(\w+)\(/g)) add(called);
  };
  add('constructor');
  return [...texts.values()].join('\n');
}

/** The names that a file knows, each with the file and the name of what it stands for. */
function namesIn(file: string): ReadonlyMap<string, string> {
  const known = knownNames.get(file);
  if (known) return known;
  const own = declaredIn(file).map(({ name }) => [name, `${file} ${name}`] as const);
  const source = readFileSync(join(ROOT, file), 'utf8');
  const imported = [...source.matchAll(/^import (?:type )?\{([^}]*)\} from '(\.[^']*)';/gm)].flatMap(
    ([, names = '', from = '']) =>
      [...names.matchAll(/(?:type )?(\w+)(?: as (\w+))?/g)].map(
        ([, name = '', alias = name]) => [alias, `${join(dirname(file), from)}.ts ${name}`] as const,
      ),
  );
  const names = new Map([...imported, ...own]);
  knownNames.set(file, names);
  return names;
}

const knownNames = new Map<string, ReadonlyMap<string, string>>();

const OF_THE_TIER = 'lib/objectives/tier-policy.ts tierPolicy';

/** All functions and classes that refuse when they are called or made, whoever does it for them: file and name. */
function refusingNames(without: string | undefined): ReadonlySet<string> {
  const all = SOURCES.flatMap(declaredIn)
    .filter(({ text }) => /^(?:export )?(?:abstract )?(?:class|function|const) /.test(text))
    .map((each) => ({
      file: each.file,
      key: `${each.file} ${each.name}`,
      text: isClass(each) ? making(each) : bodyOf(each.text),
    }))
    .filter(({ key }) => key !== without);
  const names = new Set(all.filter(({ text }) => DIRECTLY.test(text)).map(({ key }) => key));
  for (let before = -1; before !== names.size; ) {
    before = names.size;
    for (const each of all) if (callsOne(each, names)) names.add(each.key);
  }
  return names;
}

/** Without its own name, so that it does not seem to call itself. */
function bodyOf(text: string): string {
  return text.replace(/^.*?\bfunction \w+/, '');
}

function callsOne({ file, text }: Pick<Declared, 'file' | 'text'>, refusing: ReadonlySet<string>): boolean {
  const known = namesIn(file);
  return [...text.matchAll(/(?<![.\w])(\w+)(?:<[^>()]*>)?\(/g)].some(([, name = '']) =>
    refusing.has(known.get(name) ?? ''),
  );
}

const refusing = new Map<string | undefined, ReadonlySet<string>>();

/**
 * Whether a function or a method refuses, or calls something that does.
 *
 * @param tierIsGood whether what it belongs to was made with a tier, so that the tier cannot be none any more
 */
export function canRefuse({ file, text }: Pick<Declared, 'file' | 'text'>, tierIsGood = false): boolean {
  const without = tierIsGood ? OF_THE_TIER : undefined;
  const names = refusing.get(without) ?? refusingNames(without);
  refusing.set(without, names);
  const body = bodyOf(text);
  return DIRECTLY.test(body) || callsOne({ file, text: body }, names);
}

/** Whether a class is made with a tier that was looked at. */
export function isMadeWithTier(declared: Declared): boolean {
  return /\bnew TierChoices\(/.test(making(declared));
}

/** Whether a class can refuse to be made. */
export function canRefuseToBeMade(declared: Declared): boolean {
  return canRefuse({ file: declared.file, text: making(declared) });
}
