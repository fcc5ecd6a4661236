import type { SourceApp } from '../assembly/source/source';
import type { Assessment } from '../assessment/assessment';
import { dataChanges, losesData } from '../assessment/changes';
import { differenceOf } from '../assessment/difference';
import { labelOf } from '../assessment/stages';
import { type Difference, differenceJson, differenceMarkdown, differenceText } from '../evidence/difference';
import { type AssessedApp, assessApps } from './assess';
import { configFor } from './config';
import type { JudgeFlags } from './judge';
import { write } from './output';
import type { World } from './terminal';
import { tellUnmatched } from './unmatched';

const RENDERERS = { text: differenceText, json: differenceJson, markdown: differenceMarkdown } as const;

/** The options of `nines diff`, as commander reads them. */
export interface DiffFlags extends JudgeFlags {
  readonly format: keyof typeof RENDERERS;
  readonly out?: string;
}

/** Where the two sides of `nines diff` stand. */
export interface DiffPaths {
  readonly base: string;
  readonly head: string;
}

/**
 * Runs `nines diff` and gives its exit code: 1 where an objective is no longer met, a peak no longer carried, a service no
 * longer assessed, or data lost.
 */
export function runDiff({ base, head }: DiffPaths, flags: DiffFlags, world: World): number {
  const reading = { ...flags, read: comparable };
  const [before, after] = [assessApps(base, reading, world), assessApps(head, reading, world)];
  const config = configFor([base], flags.config) ?? configFor([head], flags.config);
  const graphs = [...before, ...after].map(({ graph }) => graph);
  tellUnmatched(graphs, { paths: [base, head], named: flags.config, config }, world);
  const difference = between(before, after);
  write(RENDERERS[flags.format](difference), flags.out, world);
  return difference.data.some(losesData) || difference.services.some(({ worse }) => worse) ? 1 : 0;
}

/** One app on each side is the same, and so is one template, wherever it lies and whatever its file is called. */
function comparable(apps: readonly SourceApp[]): readonly SourceApp[] {
  const [app, another] = apps;
  if (!app || another) return apps;
  const [stack, other] = app.stacks;
  const bare = stack !== undefined && other === undefined && !stack.nameKnown;
  return [{ ...app, name: 'app', stacks: bare ? [{ ...stack, id: 'app' }] : app.stacks }];
}

/** Several apps are the same by name. */
function between(before: readonly AssessedApp[], after: readonly AssessedApp[]): Difference {
  const later = new Map(after.map((app) => [app.graph.name, app]));
  const several = new Set([...inSeveral(before), ...inSeveral(after)]);
  return {
    services: differenceOf(allOf(before, several), allOf(after, several)),
    data: before.flatMap(({ graph }) => {
      const is = later.get(graph.name);
      return is ? dataChanges(graph, is.graph) : [];
    }),
  };
}

/** The services of all apps; those of which several apps have one of that name are called after their app, too. */
function allOf(apps: readonly AssessedApp[], several: ReadonlySet<string>): Assessment {
  const services = apps.flatMap(({ graph, assessment }) =>
    assessment.services.map((one) => {
      const { name } = one.service;
      return several.has(labelOf(one.service))
        ? { ...one, service: { ...one.service, name: `${graph.name}: ${name}` } }
        : one;
    }),
  );
  return { services };
}

/** The names that services of several apps have. */
function inSeveral(apps: readonly AssessedApp[]): readonly string[] {
  const names = apps.flatMap(({ assessment }) => assessment.services.map(({ service }) => labelOf(service)));
  return names.filter((name, index) => names.indexOf(name) !== index);
}
