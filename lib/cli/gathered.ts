import type { Graph } from '../assembly/graph';
import { printable } from '../assembly/source/printable';
import type { Assessment } from '../assessment/assessment';
import type { FrameworkName } from '../audit/frameworks';
import type { Evidence } from '../evidence/evidence';
import type { IncidentRecord } from '../objectives/incident';
import { readIncidents } from '../records/incidents-file';
import { nearestInWords } from '../records/nearest-name';
import { assessGraph, named } from './assess';
import { configFor } from './config';
import { type JudgeFlags, judgePaths } from './judge';
import type { World } from './terminal';
import { dayOfRun } from './today';

/** What decides of what a report is made. */
export interface GatherFlags extends JudgeFlags {
  /** One service only. @default - all */
  readonly service?: string;

  /** A file of incidents, for the time to recover. @default - none is recorded */
  readonly incidents?: string;

  /** The frameworks to report on. @default - all */
  readonly framework?: readonly FrameworkName[];
}

/** All that is known of apps: what a report shows, and what is exported of it. */
export interface Gathered {
  readonly graphs: readonly Graph[];
  readonly config: ReturnType<typeof configFor>;
  readonly audit: Evidence;
  readonly assessment: Assessment;

  /** @default - nobody named a file of them */
  readonly incidents?: IncidentRecord;
}

/** Audits and assesses what stands at some paths. */
export function gathered(
  paths: readonly string[],
  flags: GatherFlags,
  world: World,
  version: string,
): Gathered {
  const at = dayOfRun(flags);
  const { graphs, rules, result } = judgePaths(paths, flags, world, at);
  const config = configFor(paths, flags.config);
  const services = graphs.flatMap((graph) => assessGraph(graph, flags, config).services);
  return {
    graphs,
    config,
    audit: {
      result,
      rules,
      ...(result.register && { register: result.register }),
      version,
      at,
      ...(flags.framework && { frameworks: flags.framework }),
    },
    assessment: named({ services }, flags.service),
    ...(flags.incidents !== undefined && { incidents: incidentsIn(flags.incidents, services, world) }),
  };
}

/** An incident counts for the service that it names: those that count for none are told, lest nobody miss them. */
function incidentsIn(file: string, services: Assessment['services'], world: World): IncidentRecord {
  const record = readIncidents(file, (words) => world.err(`nines: warning: ${words}\n`));
  const known = services.map(({ service }) => service.name);
  const strange = record.incidents.filter(({ service }) => service === undefined || !known.includes(service));
  const [first] = strange;
  if (first) {
    const whose =
      first.service === undefined ? 'names no service' : `is of ${first.service}, which is none of the app`;
    const fix = first.service === undefined ? 'write its service' : nearestInWords(first.service, known);
    const count = `${strange.length} of ${record.incidents.length} incidents count for no service`;
    world.err(
      `nines: warning: ${printable(file)}: ${count}: ${printable(`${first.id} ${whose}; fix: ${fix}`)}\n`,
    );
  }
  return record;
}
