import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isObject, own } from './json';
import { refusal } from './refusal';
import type { Json, Skipped } from './source';
import { realPathOf } from './template';
import { attempt, decode, readBytes, statusIfAny, statusOf } from './text-file';

/** Something to read: the folder of an assembly, a file that was named, or one found in a folder. */
export interface Found {
  readonly kind: 'assembly' | 'named' | 'candidate';
  readonly path: string;
}

/** What lies under the paths of a call, each thing once. */
export interface Discovered {
  readonly found: readonly Found[];
  readonly skipped: readonly Skipped[];
}

const TEMPLATE_ENDING = /\.(?:json|ya?ml|template|cfn|cform|cftemplate)$/i;
const MANIFEST_KEYS: ReadonlySet<string> = new Set([
  'artifacts',
  'minimumCliVersion',
  'missing',
  'runtime',
  'version',
]);

/**
 * Searches paths for assemblies and for files that may be templates, folders in the order of their names.
 *
 * Hidden folders and `node_modules` are passed over unless they are named; links are followed, each target once.
 *
 * @throws ConfigurationError when a path or a folder below it cannot be read
 */
export function discover(paths: readonly string[]): Discovered {
  const search = new Search();
  for (const path of paths) search.path(path);
  return search;
}

class Search implements Discovered {
  readonly found: Found[] = [];
  readonly skipped: Skipped[] = [];
  private readonly seen = new Set<string>();

  path(path: string): void {
    const status = statusOf(path);
    if (status.isDirectory()) this.folder(path, true);
    else if (basename(path) === 'manifest.json' && isAssembly(dirname(path), true))
      this.folder(dirname(path), true);
    else this.add('named', path);
  }

  private folder(folder: string, named: boolean): void {
    if (isAssembly(folder, named)) {
      this.add('assembly', folder);
      return;
    }
    if (!this.isNew(folder)) return;
    const names = attempt(folder, () => readdirSync(folder)).sort();
    for (const name of names) this.entry(join(folder, name), name);
  }

  private entry(path: string, name: string): void {
    const ending = TEMPLATE_ENDING.test(name);
    const status = statusIfAny(path);
    if (status === undefined) {
      if (ending) this.skipped.push({ file: path, reason: 'broken link' });
    } else if (!status.isDirectory()) {
      if (ending) this.add('candidate', path);
    } else if (name === 'node_modules' || name.startsWith('.')) {
      this.skipped.push({ file: path, reason: name === 'node_modules' ? 'packages' : 'hidden' });
    } else {
      this.folder(path, false);
    }
  }

  private add(kind: Found['kind'], path: string): void {
    if (this.isNew(path)) this.found.push({ kind, path });
  }

  private isNew(path: string): boolean {
    const real = realPathOf(path);
    if (this.seen.has(real)) return false;
    this.seen.add(real);
    return true;
  }
}

/**
 * Whether a folder is a cloud assembly. Other things have a `manifest.json` too, web applications for instance; but a
 * broken one is an assembly if the folder was named or anything speaks for it, so that it is refused and not passed over.
 */
function isAssembly(folder: string, named: boolean): boolean {
  const file = join(folder, 'manifest.json');
  if (statusIfAny(file)?.isFile() !== true) return false;
  if (statusIfAny(join(folder, 'cdk.out')) !== undefined) return true;
  const bytes = readBytes(file);
  let value: Json;
  try {
    value = JSON.parse(decode(file, bytes).text) as Json;
  } catch {
    return named || bytes.includes('"artifacts"');
  }
  if (!isObject(value)) return false;
  if (isObject(own(value, 'artifacts'))) return true;
  const keys = Object.keys(value);
  return keys.every((key) => MANIFEST_KEYS.has(key)) && (named || keys.length > 0);
}

/** The error for paths in which nothing was found to read. */
export function nothingFound(paths: readonly string[], skipped: readonly Skipped[]): Error {
  const others = skipped.length === 0 ? '' : `, only ${skipped.length} other file(s)`;
  return refusal({
    file: paths.join(', '),
    problem: `holds no template and no cloud assembly${others}`,
    fix: 'run cdk synth first, or name the folder of the templates',
  });
}
