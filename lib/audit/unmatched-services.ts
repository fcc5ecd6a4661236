import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import { printable } from '../assembly/source/printable';
import type { ConfigurationProblem } from '../errors';
import type { Config, ConfiguredService } from '../records/config';
import { matchesPath, matchesStack, matchesTags } from './service-patterns';
import { resolveServices } from './services';

/** A service of the configuration that no resource of some apps belongs to: nothing is judged or assessed for it. */
export interface UnmatchedService extends ConfigurationProblem {
  readonly service: ConfiguredService;

  /** Whether its patterns do name something, which another service declares as its own. */
  readonly taken: boolean;
}

/** So many stacks are named; more are counted. */
const MOST_STACKS = 10;

/** The services of a configuration that none of the resources of some apps belongs to. */
export function unmatchedServices(graphs: readonly Graph[], config: Config): readonly UnmatchedService[] {
  const open = new Map(config.services.map((service) => [service.name, service]));
  const claimed = new Set<string>();
  for (const graph of graphs) claimIn(graph, config, { open, claimed });
  return [...open.values()].map((service) => problemOf(service, claimed.has(service.name), graphs));
}

interface Claims {
  /** What nothing belongs to so far, by name. */
  readonly open: Map<string, ConfiguredService>;

  /** The names of services of which a pattern matches something. */
  readonly claimed: Set<string>;
}

function claimIn(graph: Graph, config: Config, { open, claimed }: Claims): void {
  if (open.size === 0) return;
  const services = resolveServices(graph, { config });
  for (const resource of graph.resources) open.delete(services.of(resource).name ?? '');
  for (const service of open.values())
    if (graph.resources.some((resource) => isNamed(service, resource))) claimed.add(service.name);
}

function isNamed(service: ConfiguredService, resource: Resource): boolean {
  return (
    matchesStack(resource.stack, service) || matchesPath(resource, service) || matchesTags(resource, service)
  );
}

function problemOf(service: ConfiguredService, taken: boolean, graphs: readonly Graph[]): UnmatchedService {
  const name = printable(service.name);
  const { file = '', line = 1 } = service.source ?? {};
  const place = { service, taken, path: `${file}:${line}` };
  if (taken)
    return {
      ...place,
      problem: `nothing is left for service ${name}: what ${patternsOf(service)} names belongs to other services`,
      fix: 'take the service out, or give it what no service before it and no construct claims',
    };
  return {
    ...place,
    problem: `no resource belongs to service ${name}: nothing matches ${patternsOf(service)}`,
    fix: `name one of the stacks there are (${stacksIn(graphs)}), or take the service out`,
  };
}

function patternsOf({ stacks, paths, tags }: ConfiguredService): string {
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  const kinds = [
    ['stacks', stacks],
    ['paths', paths],
    ['tags', tagged],
  ] as const;
  const named = kinds.filter(([, patterns]) => patterns.length > 0);
  return named.map(([kind, patterns]) => `${kind} ${patterns.map(quoted).join(', ')}`).join(' or ');
}

function quoted(pattern: string): string {
  return `"${printable(pattern)}"`;
}

function stacksIn(graphs: readonly Graph[]): string {
  const ids = [...new Set(graphs.flatMap(({ stacks }) => stacks.map(({ id }) => printable(id))))].sort();
  const more = ids.length - MOST_STACKS;
  return ids.slice(0, MOST_STACKS).join(', ') + (more > 0 ? ` and ${more} more` : '') || 'none';
}
