import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import { readText } from '../assembly/source/text-file';
import { type AlarmEvidence, alarmReport, type JudgedAlarmFinding } from '../audit/alarm-report';
import { resolveServices } from '../audit/services';
import { ConfigurationError } from '../errors';
import { alarmsJson, alarmsText } from '../evidence/alarms';
import type { Tier } from '../objectives/tier';
import { parseAlarmHistories } from '../records/alarm-history';
import { readIncidents } from '../records/incidents-file';
import { configFor } from './config';
import type { JudgeFlags } from './judge';
import { write } from './output';
import type { World } from './terminal';
import { dayOfRun } from './today';
import { tellUnmatched } from './unmatched';

const RENDERERS = { text: alarmsText, json: alarmsJson } as const;
const LEVELS = ['error', 'warning', 'info'] as const;

/** The options of `nines alarms`, as commander reads them. */
export interface AlarmsFlags extends JudgeFlags {
  readonly history?: readonly string[];
  readonly incidents?: string;
  readonly failOn: (typeof LEVELS)[number] | 'unknown' | 'never';
  readonly format: keyof typeof RENDERERS;
  readonly out?: string;
}

/** Runs `nines alarms` and gives its exit code: 1 where an alarm is as bad as `--fail-on` says. */
export function runAlarms(path: string, flags: AlarmsFlags, world: World): number {
  const config = configFor([path], flags.config);
  const evidence = evidenceOf(flags, world);
  const { apps, skipped } = load([path], { together: flags.together });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const graphs = apps.map((app) => new Graph(app));
  tellUnmatched(graphs, { paths: [path], named: flags.config, config }, world);
  const reports = graphs.map((graph) => {
    const services = resolveServices(graph, {
      ...(flags.tier !== undefined && { assumedTier: Number(flags.tier) as Tier }),
      ...(config && { config }),
    });
    return alarmReport(graph, services, evidence);
  });
  write(RENDERERS[flags.format](reports), flags.out, world);
  return reports.some(({ findings }) => findings.some((finding) => fails(finding, flags.failOn))) ? 1 : 0;
}

const A_HISTORY = 'save the history of alarms again, in UTF-8 (PowerShell: | Out-File -Encoding utf8)';

/** A history is judged at the end of the day of the run, so that two runs on one day write the same. */
function evidenceOf({ history, incidents, today }: AlarmsFlags, world: World): AlarmEvidence {
  const files = (history ?? []).map((file) => ({ file, text: readText(file, A_HISTORY).text }));
  const record =
    incidents === undefined
      ? undefined
      : readIncidents(incidents, (words) => world.err(`nines: warning: ${words}\n`));
  if (incidents !== undefined && !history)
    throw new ConfigurationError({
      path: `--incidents ${printable(incidents)}`,
      problem: 'incidents are held against a history of alarms, and none is given',
      fix: 'add --history FILE, of describe-alarm-history --alarm-types MetricAlarm CompositeAlarm',
    });
  return {
    now: dayOfRun({ ...(today && { today }) }).getTime() / 1_000 + 86_400,
    ...(history && { histories: parseAlarmHistories(files) }),
    ...(record && { record }),
  };
}

function fails({ severity, sure }: JudgedAlarmFinding, failOn: AlarmsFlags['failOn']): boolean {
  if (failOn === 'never') return false;
  if (failOn === 'unknown') return true;
  return sure && LEVELS.indexOf(severity) <= LEVELS.indexOf(failOn);
}
