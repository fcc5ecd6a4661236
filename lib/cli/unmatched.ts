import { dirname, resolve } from 'node:path';
import type { Graph } from '../assembly/graph';
import { statusIfAny } from '../assembly/source/text-file';
import { contradictedServices } from '../audit/contradicted-services';
import { unmatchedScopes } from '../audit/unmatched-scopes';
import { unmatchedServices } from '../audit/unmatched-services';
import { ConfigurationError, type ConfigurationProblem } from '../errors';
import type { Config } from '../records/config';
import type { World } from './terminal';

/** What was read, and by which configuration. */
export interface ConfiguredPaths {
  readonly paths: readonly string[];

  /** The configuration that the user named. @default - it was looked for */
  readonly named: string | undefined;
  readonly config: Config | undefined;
}

/**
 * Says which services of the configuration would disappear without a word, and of which the code says otherwise. Where the configuration stands beside the one
 * app that is read, it is meant for that app, and a service without resources is a mistake; else others may hold them.
 *
 * @throws ConfigurationError for the first service to which nothing belongs, where the configuration is the app's own
 */
export function tellUnmatched(
  graphs: readonly Graph[],
  { paths, named, config }: ConfiguredPaths,
  world: World,
): void {
  if (!config || config.services.length === 0) return;
  for (const problem of contradictedServices(graphs, config)) warn(problem, world);
  const own = named === undefined && isBeside(paths, config);
  for (const unmatched of unmatchedServices(graphs, config)) {
    if (own && !unmatched.taken) throw new ConfigurationError(unmatched);
    warn(unmatched, world);
  }
}

function warn(problem: ConfigurationProblem, world: World): void {
  world.err(`nines: warning: ${new ConfigurationError(problem).line}\n`);
}

/** Says which overrides of rules, and which of what is ignored, match nothing: a mistyped pattern would be silent else. */
export function tellUnmatchedScopes(
  graphs: readonly Graph[],
  config: Config | undefined,
  world: World,
): void {
  for (const problem of config ? unmatchedScopes(graphs, config) : []) warn(problem, world);
}

/** Whether the one path is a whole app in the folder of the configuration. */
function isBeside([path, another]: readonly string[], { services: [first] }: Config): boolean {
  if (path === undefined || another !== undefined || !first?.source) return false;
  return (
    dirname(resolve(path)) === dirname(resolve(first.source.file)) &&
    statusIfAny(path)?.isDirectory() === true
  );
}
