import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readAssembly } from './assembly';
import { readCandidate } from './candidate';
import { NO_METADATA } from './construct-metadata';
import { discover, type Found, nothingFound } from './discover';
import { own } from './json';
import type { Loaded, Skipped, SourceApp, SourceStack, TemplateResource } from './source';
import { assetPathOf, nestingRefusal, StackBuilder } from './stack-builder';
import { Library, readTemplate, realPathOf, type Template } from './template';

/** How {@link load} treats what it finds. */
export interface LoadOptions {
  /**
   * Whether all bare templates are one app, so that references between them are followed.
   *
   * @default false
   */
  readonly together?: boolean;
}

/**
 * Reads cloud assemblies, templates (JSON, or YAML with short function tags) and folders of them.
 *
 * An assembly with its stages is one app, and so is each bare template. Files of a folder that are no templates are
 * listed with the reason; a template that is broken is refused wherever it stands.
 *
 * @throws ConfigurationError when something cannot be read, is not sound, or nothing is there to read
 */
export function load(paths: readonly string[], options: LoadOptions = {}): Loaded {
  const { found, skipped } = discover(paths);
  const reading = new Reading([...skipped]);
  for (const item of found) reading.read(item);
  if (reading.apps.length + reading.bare.length === 0) throw nothingFound(paths, reading.skipped);
  const bare = options.together === true ? allTogether(paths, reading.bare) : reading.bare.map(onItsOwn);
  const inOrder = reading.skipped.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  return { apps: [...reading.apps, ...bare], skipped: inOrder };
}

/** One call's reading, in the order of what was found. */
class Reading {
  readonly apps: SourceApp[] = [];
  readonly bare: SourceStack[] = [];

  constructor(readonly skipped: Skipped[]) {}

  private readonly library = new Library();

  read({ kind, path }: Found): void {
    if (kind === 'assembly') {
      this.apps.push(readAssembly(path, this.library));
    } else if (kind === 'named') {
      this.bare.push(this.stackOf(readTemplate(path), true));
    } else {
      const candidate = readCandidate(path);
      if ('skipped' in candidate) this.skipped.push({ file: path, reason: candidate.skipped });
      else this.bare.push(this.stackOf(candidate.template, false));
    }
  }

  private stackOf(template: Template, named: boolean): SourceStack {
    const builder = new StackBuilder({
      metadata: NO_METADATA,
      nestedFile: (parent, id, resource) => this.nestedFile(parent, id, { resource, named }),
      template: (file) => this.library.template(file),
    });
    const name = stackName(template.file);
    const facts = { id: name, name, nameKnown: false, dependencies: [], parameters: {}, tags: {} };
    return builder.build(facts, template);
  }

  /**
   * A template that the CDK wrote names its nested ones, which must then be there; in a folder of bare templates a
   * missing one is listed instead. A hand-written one may point at a file beside it, or at somewhere else altogether.
   */
  private nestedFile(
    parent: Template,
    id: string,
    { resource, named }: { readonly resource: TemplateResource; readonly named: boolean },
  ): string | undefined {
    const asset = assetPathOf(resource);
    const name = asset ?? relativeUrl(resource);
    if (name === undefined) return undefined;
    const file = join(dirname(parent.file), name);
    if (existsSync(file)) return file;
    if (asset === undefined) return undefined;
    const problem = `template ${name} of nested stack ${id} does not exist`;
    if (named) throw nestingRefusal(parent, id, problem, 'name the cloud assembly instead');
    this.skipped.push({ file, reason: 'missing' });
    return undefined;
  }
}

/** A `TemplateURL`, or the `Location` of an application, that names a file beside the template. */
function relativeUrl({ Properties: properties = {} }: TemplateResource): string | undefined {
  const url = own(properties, 'TemplateURL') ?? own(properties, 'Location');
  const local = typeof url === 'string' && url !== '' && !/^(?:[a-z][a-z0-9+.-]*:|[\\/])/i.test(url);
  return local ? url : undefined;
}

function stackName(file: string): string {
  const name = basename(file);
  return name.split('.')[0] || name;
}

function onItsOwn(stack: SourceStack): SourceApp {
  return { name: stack.name, path: stack.file, stacks: [stack] };
}

/** All bare templates as one app. Those nested in another stand only there. */
function allTogether(paths: readonly string[], bare: readonly SourceStack[]): SourceApp[] {
  const nested = new Set(bare.flatMap(nestedFiles));
  const outer = bare.filter(({ file }) => !nested.has(realPathOf(file)));
  if (outer.length === 0) return [];
  const bearers = new Map<string, number>();
  for (const { name } of outer) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  const stacks = outer.map((stack) => (bearers.get(stack.name) === 1 ? stack : renamed(stack, stack.file)));
  stacks.sort((a, b) => (a.id < b.id ? -1 : 1));
  const [path = '.'] = paths.length === 1 ? paths : [];
  return [{ name: 'together', path, stacks }];
}

function nestedFiles(stack: SourceStack): string[] {
  return [...stack.nested.values()].flatMap((child) => [realPathOf(child.file), ...nestedFiles(child)]);
}

/** The same stack under another id, those nested in it along with it. */
function renamed(stack: SourceStack, id: string): SourceStack {
  const nested = [...stack.nested].map(([key, child]) => [key, renamed(child, `${id}/${key}`)] as const);
  return { ...stack, id, nested: new Map(nested) };
}
