import type { Graph } from '../assembly/graph';
import { printable } from '../assembly/source/printable';
import type { Assessment } from '../assessment/assessment';
import { encloses } from '../assessment/stages';
import { type AlarmReport, alarmReport } from '../audit/alarm-report';
import type { FrameworkName } from '../audit/frameworks';
import { type ResolvedService, resolveServices } from '../audit/services';
import { report } from '../evidence/report';
import type { Tier } from '../objectives/tier';
import type { configFor } from './config';
import { type GatherFlags, gathered } from './gathered';
import { measuredIn } from './measured';
import { write } from './output';
import type { World } from './terminal';

/** The options of `nines report`, as commander reads them. */
export interface ReportFlags extends GatherFlags {
  /** Files of `get-metric-data`. @default - nothing measured is shown */
  readonly measured?: readonly string[];

  /** Where to write; `-` is standard output. */
  readonly out: string;

  /** The frameworks to report on. @default - all */
  readonly framework?: readonly FrameworkName[];
}

/** Runs `nines report` and gives its exit code: 1 where a rule threw, since then the report is not whole. */
export function runReport(
  paths: readonly string[],
  flags: ReportFlags,
  world: World,
  version: string,
): number {
  const { graphs, config, audit, assessment, incidents } = gathered(paths, flags, world, version);
  const measured = flags.measured && measuredIn({ graphs, config }, flags.measured, world);
  const alarms = graphs.map((graph) =>
    alarmsIn(
      graph,
      { ...flags, only: flags.service === undefined ? undefined : assessment },
      config,
      audit.at,
    ),
  );
  write(
    report({
      audit,
      assessment,
      alarms,
      ...(incidents && { incidents }),
      ...(measured && { measured }),
    }),
    flags.out === '-' ? undefined : flags.out,
    world,
  );
  if (flags.out !== '-') world.err(`nines: wrote ${printable(flags.out)}\n`);
  return audit.result.engineErrors.length > 0 ? 1 : 0;
}

/** The alarms of one app, of one service where it is named. */
function alarmsIn(
  graph: Graph,
  flags: ReportFlags & { readonly only: Assessment | undefined },
  config: ReturnType<typeof configFor>,
  at: Date,
): AlarmReport {
  const services = resolveServices(graph, {
    ...(flags.tier !== undefined && { assumedTier: Number(flags.tier) as Tier }),
    ...(config && { config }),
  });
  const whole = alarmReport(graph, services, { now: at.getTime() / 1_000 });
  if (!flags.only) return whole;
  const wanted = flags.only.services.map(({ service }) => service);
  const isOf = ({
    service,
    stage,
  }: {
    readonly service: ResolvedService;
    readonly stage: string | undefined;
  }) =>
    wanted.some((one) => {
      const here = one.stage === undefined || encloses(one.stage, stage);
      return here && one.name === (service.name ?? graph.name);
    });
  return {
    ...whole,
    coverage: whole.coverage.filter(({ service, resource }) =>
      isOf({ service, stage: resource.stack.stage }),
    ),
    findings: whole.findings.filter(({ service, alarm }) => isOf({ service, stage: alarm.stack.stage })),
  };
}
