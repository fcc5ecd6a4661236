import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import type { SourceApp } from '../assembly/source/source';
import { type AuditResult, audit } from '../audit/engine';
import type { Rule } from '../audit/rule';
import { RuleSettings } from '../audit/rule-settings';
import { RULES } from '../audit/rules';
import type { Tier } from '../objectives/tier';
import { configFor, exceptionsFor } from './config';
import type { World } from './terminal';
import { tellUnmatched, tellUnmatchedScopes } from './unmatched';

/** What decides how apps are judged, as commander reads it. */
export interface JudgeFlags {
  /** @default - as the configuration says, else 1 */
  readonly tier?: string;
  readonly together: boolean;
  readonly config?: string;

  /** The day to judge on. @default - the system date */
  readonly today?: Date;

  /** Whether passes, and rules that do not apply, are only counted. @default false */
  readonly onlyTold?: boolean;
}

/** Apps that were judged. */
export interface JudgedApps {
  readonly apps: readonly SourceApp[];
  readonly graphs: readonly Graph[];

  /** The rules that were run: those that the configuration selects. */
  readonly rules: readonly Rule[];
  readonly result: AuditResult;
}

/** Judges what stands at some paths by every rule, and tells what was skipped there. */
export function judgePaths(
  paths: readonly string[],
  flags: JudgeFlags,
  world: World,
  today: Date,
): JudgedApps {
  const config = configFor(paths, flags.config);
  const { apps, skipped } = load(paths, { together: flags.together });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const graphs = apps.map((app) => new Graph(app));
  tellUnmatched(graphs, { paths, named: flags.config, config }, world);
  tellUnmatchedScopes(graphs, config, world);
  const result = audit(graphs, {
    rules: RULES,
    today,
    onlyTold: flags.onlyTold ?? false,
    exceptions: exceptionsFor(paths, flags.config, config),
    ...(flags.tier !== undefined && { assumedTier: Number(flags.tier) as Tier }),
    ...(config && { config }),
  });
  const settings = new RuleSettings(config);
  const rules = RULES.filter((rule) => settings.selects(rule));
  return { apps, graphs, rules, result };
}
