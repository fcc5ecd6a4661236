import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Graph } from '../assembly/graph';
import { isObject, own } from '../assembly/source/json';
import { load } from '../assembly/source/load';
import { parse } from '../assembly/source/parse';
import { printable } from '../assembly/source/printable';
import { readText, statusOf } from '../assembly/source/text-file';
import { baselineOf } from '../audit/baseline';
import { BASELINE_FILE, baselineText } from '../audit/baseline-file';
import { type AuditResult, audit } from '../audit/engine';
import { firstFindings } from '../audit/first-findings';
import { type FoundService, findServices } from '../audit/found-services';
import { RULES } from '../audit/rules';
import { VOCABULARY } from '../audit/vocabulary';
import { ConfigurationError } from '../errors';
import { configText } from '../evidence/config-text';
import { renderFirstFindings } from '../evidence/first-findings-text';
import { CONFIG_FILE, parseConfig } from '../records/config';
import { exceptionsBeside } from '../records/exceptions-beside';
import { rootOf } from './checkout';
import { type NewFile, writeNew } from './new-files';
import { pipelineFor } from './pipeline';
import type { PipelineKind } from './pipeline-kinds';
import { paletteFor, type World } from './terminal';
import { dayOfRun } from './today';

/** The options of `nines init`, as commander reads them. */
export interface InitFlags {
  readonly force: boolean;

  /** @default - as the files of the checkout say */
  readonly ci?: PipelineKind | 'none';
}

/** A folder of templates may hold hundreds of services: the configuration has them all. */
const MOST_SERVICES = 20;

/** Runs `nines init` and gives its exit code. */
export function init(path: string, { force, ci }: InitFlags, world: World, version: string): number {
  const { folder, audited } = placeOf(path);
  const { apps, skipped } = load([audited]);
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const graphs = apps.map((app) => new Graph(app));
  const services = findServices(graphs);
  const config = configText(services, schemaFor(folder));
  const result = judge(graphs, config, folder);

  const kind = ci ?? pipelineIn(rootOf(folder));
  const pipeline = kind === 'none' ? undefined : pipelineOf(kind, { folder, audited, version });
  const files = [
    { path: join(folder, CONFIG_FILE), text: config },
    { path: join(folder, BASELINE_FILE), text: baselineText(baselineOf(result)) },
    ...(pipeline?.files ?? []),
  ];
  const fix = 'move it away, or overwrite what init writes with --force';
  const written = writeNew('', files, { force, fix });

  const first = firstFindings({ ...result, graphs, rules: RULES });
  const palette = paletteFor(world);
  world.out(`${summary(services, result, { written, world })}\n\n${renderFirstFindings(first, palette)}\n`);
  for (const line of pipeline?.advice ?? []) world.err(`nines: ${line}\n`);
  if (kind === 'none' && ci === undefined)
    world.err('nines: no pipeline was found; nines scaffold github|gitlab|codebuild writes one\n');
  for (const error of result.engineErrors) world.err(`nines: engine error: ${printable(error)}\n`);
  return result.engineErrors.length > 0 ? 1 : 0;
}

/** The files of the pipeline by their paths from the working folder, and what is still to do. */
function pipelineOf(
  kind: PipelineKind,
  { folder, audited, version }: { folder: string; audited: string; version: string },
): { readonly files: readonly NewFile[]; readonly advice: readonly string[] } {
  const { root, files, advice } = pipelineFor(kind, {
    folder: resolve(folder),
    path: relative(folder, audited) || '.',
    baseline: BASELINE_FILE,
    failOn: 'error',
    version,
  });
  return { files: files.map(({ path, text }) => shown(join(root, path), text)), advice };
}

/** A file as people name it: from the working folder. */
function shown(path: string, text: string): NewFile {
  const below = relative('', path);
  return { path: below.startsWith('..') ? path : below, text };
}

/** Judges with the configuration that is about to be written. */
function judge(graphs: readonly Graph[], text: string, folder: string): AuditResult {
  const file = join(folder, CONFIG_FILE);
  const config = parseConfig(text, file, VOCABULARY);
  return audit(graphs, {
    rules: RULES,
    config,
    today: dayOfRun({}),
    exceptions: exceptionsBeside(config, file, [folder]),
  });
}

/** The folder that is adopted, and what is audited in it. */
function placeOf(path: string): { readonly folder: string; readonly audited: string } {
  if (!statusOf(path).isDirectory() || existsSync(join(path, 'manifest.json')))
    return { folder: dirname(path), audited: path };
  const manifest = join(path, 'cdk.json');
  if (!existsSync(manifest)) return { folder: path, audited: path };
  const settings = parse(readText(manifest));
  const output = isObject(settings) ? own(settings, 'output') : undefined;
  const audited = join(path, typeof output === 'string' ? output : 'cdk.out');
  if (!existsSync(audited))
    throw new ConfigurationError({
      path: printable(audited),
      problem: 'is not there: the app was not synthesised',
      fix: `run npx cdk synth --quiet '**' first`,
    });
  return { folder: path, audited };
}

function pipelineIn(root: string): PipelineKind | 'none' {
  const has = (...names: readonly string[]) => names.some((name) => existsSync(join(root, name)));
  if (has('.github')) return 'github';
  if (has('.gitlab-ci.yml', '.gitlab')) return 'gitlab';
  return has('buildspec.yml', 'buildspec.yaml') ? 'codebuild' : 'none';
}

/** The schema of the release that is installed, which editors read without a network; else that of the registry. */
function schemaFor(folder: string): string {
  const installed = 'node_modules/cdk-nines/schemas/config-1.schema.json';
  return existsSync(join(folder, installed))
    ? `./${installed}`
    : 'https://unpkg.com/cdk-nines/schemas/config-1.schema.json';
}

function summary(
  services: readonly FoundService[],
  result: AuditResult,
  { written, world }: { readonly written: readonly string[]; readonly world: World },
): string {
  const { bold, dim } = paletteFor(world);
  const { findings, unknowns } = baselineOf(result);
  const lines = services.map(({ name, tier, tierIsKnown, stacks, tag }) => {
    const by = tag ? `tag ${tag.key}` : `${stacks?.length ?? 0} stack${stacks?.length === 1 ? '' : 's'}`;
    return `  ${printable(name)}  ${dim(`tier ${tier}${tierIsKnown ? '' : ', assumed'}, by ${printable(by)}`)}`;
  });
  return [
    bold('Services found'),
    ...(lines.length > 0 ? lines.slice(0, MOST_SERVICES) : ['  none besides those that the app declares']),
    ...(lines.length > MOST_SERVICES ? [`  and ${lines.length - MOST_SERVICES} more`] : []),
    '',
    bold('Written'),
    ...written.map((file) => `  ${printable(file)}`),
    '',
    `${findings.size} findings and ${unknowns.size} unknown are in the baseline: the pipeline fails on later ones only.`,
  ].join('\n');
}
