import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import type { SourceApp } from '../assembly/source/source';
import { assess } from '../assessment/assess';
import type { Assessment, ServiceAssessment } from '../assessment/assessment';
import { isCalled, labelOf } from '../assessment/stages';
import { assessedServices } from '../audit/assessed-services';
import { resolveServices } from '../audit/services';
import { ConfigurationError } from '../errors';
import type { Tier } from '../objectives/tier';
import { type AssessFormat, assessRendererOf } from './assess-formats';
import { configFor } from './config';
import type { JudgeFlags } from './judge';
import { write } from './output';
import { paletteFor, type World } from './terminal';
import { tellUnmatched } from './unmatched';

/** The options of `nines assess`, as commander reads them. */
export interface AssessFlags extends JudgeFlags {
  readonly format: AssessFormat;
  readonly service?: string;
  readonly out?: string;
}

/** Runs `nines assess` and gives its exit code: 1 where a service does not meet what it owes. */
export function runAssess(path: string, flags: AssessFlags, world: World, version: string): number {
  const assessment = named(assessPath(path, flags, world), flags.service);
  const render = assessRendererOf(flags.format);
  write(render({ assessment, version, palette: paletteFor(world) }), flags.out, world);
  return assessment.services.every(keepsWhatItOwes) ? 0 : 1;
}

/** What is not known is told, and fails nothing. */
function keepsWhatItOwes({ availability, recovery }: ServiceAssessment): boolean {
  return availability.meets !== false && Object.values(recovery).every(({ meets }) => meets !== false);
}

/** Assesses all apps at a path, as one. */
export function assessPath(path: string, flags: JudgeFlags, world: World): Assessment {
  const apps = assessApps(path, flags, world);
  const config = configFor([path], flags.config);
  tellUnmatched(
    apps.map(({ graph }) => graph),
    { paths: [path], named: flags.config, config },
    world,
  );
  return { services: apps.flatMap(({ assessment }) => assessment.services) };
}

/** An app with its assessment. */
export interface AssessedApp {
  readonly graph: Graph;
  readonly assessment: Assessment;
}

/** What is assessed, and how it is read. */
export interface AssessingFlags extends JudgeFlags {
  /** Changes the apps that are read before they are assessed. @default - they stay as they are */
  readonly read?: (apps: readonly SourceApp[]) => readonly SourceApp[];
}

/** Assesses each app at a path. */
export function assessApps(path: string, flags: AssessingFlags, world: World): readonly AssessedApp[] {
  const config = configFor([path], flags.config);
  const { apps, skipped } = load([path], { together: flags.together });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  return (flags.read?.(apps) ?? apps).map((app) => {
    const graph = new Graph(app);
    return { graph, assessment: assessGraph(graph, flags, config) };
  });
}

/** Assesses one app by the configuration beside it. */
export function assessGraph(
  graph: Graph,
  flags: Pick<JudgeFlags, 'tier'>,
  config: ReturnType<typeof configFor>,
): Assessment {
  const index = resolveServices(graph, {
    ...(flags.tier !== undefined && { assumedTier: Number(flags.tier) as Tier }),
    ...(config && { config }),
  });
  const services = assessedServices(graph, index, config);
  const assumed = config?.assumptions;
  return assess(graph, services, { ...(assumed && { assumed }) });
}

/** The assessment of one service, or of all where none is named. */
export function named(assessment: Assessment, name: string | undefined): Assessment {
  if (name === undefined) return assessment;
  const services = assessment.services.filter(({ service }) => isCalled(service, name));
  if (services.length > 0) return { services };
  throw new ConfigurationError({
    path: `--service ${printable(name)}`,
    problem: 'there is no such service',
    fix: `name one of ${assessment.services.map(({ service }) => printable(labelOf(service))).join(', ')}`,
  });
}
