import type { Graph } from '../assembly/graph';
import { printable } from '../assembly/source/printable';
import type { Stack } from '../assembly/stack';
import { ConfigurationError } from '../errors';
import { CATALOGUE_KEY } from '../objectives/catalogue';
import { readCatalogue } from '../objectives/catalogue-reader';
import type { CatalogueWindow } from '../objectives/catalogue-window';

/**
 * The windows that the templates of an app carry, each once: every region of a service carries the same.
 *
 * @throws ConfigurationError for a catalogue that cannot be read, and for two windows of one id
 */
export function declaredWindows(graphs: readonly Graph[]): readonly CatalogueWindow[] {
  const known = new Map<string, CatalogueWindow>();
  for (const stack of graphs.flatMap((graph) => graph.stacks))
    for (const window of windowsOf(stack)) {
      const key = JSON.stringify([window.id, window.appliesTo]);
      const same = known.get(key);
      if (same && JSON.stringify(same) !== JSON.stringify(window)) throw twice(stack, window);
      known.set(key, window);
    }
  return [...known.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function windowsOf(stack: Stack): readonly CatalogueWindow[] {
  const { Metadata: metadata } = stack.source.template;
  const catalogue = metadata && Object.hasOwn(metadata, CATALOGUE_KEY) ? metadata[CATALOGUE_KEY] : undefined;
  if (catalogue === undefined) return [];
  const reading = readCatalogue(catalogue);
  if ('catalogue' in reading) return reading.catalogue.windows ?? [];
  throw new ConfigurationError({
    path: `${printable(stack.source.file)}: Metadata.${CATALOGUE_KEY}`,
    problem: printable(reading.problem),
    fix: 'synthesise again with the release of cdk-nines that you run',
  });
}

function twice(stack: Stack, { id }: CatalogueWindow): ConfigurationError {
  return new ConfigurationError({
    path: printable(stack.source.file),
    problem: `another stack has a window ${printable(id)} of the same services at another time`,
    fix: 'give each window an id of its own, and all regions the same windows',
  });
}
