import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import type { Stack } from '../assembly/stack';
import type { CatalogueService, CatalogueServiceLevel } from '../objectives/catalogue';
import { resolveServices } from './services';

/** A service-level objective that alarms of a stack watch. */
export interface ServiceLevel {
  readonly service: CatalogueService;
  readonly stack: Stack;
  readonly level: CatalogueServiceLevel;
}

/** All that the catalogues of an app name, by stack and name. */
export function serviceLevelsOf(graph: Graph): readonly ServiceLevel[] {
  const index = resolveServices(graph);
  return graph.stacks.flatMap((stack) =>
    index.inStack(stack).flatMap(({ catalogue: service }) =>
      (service?.serviceLevels ?? []).map((level) => ({
        service: service as CatalogueService,
        stack,
        level,
      })),
    ),
  );
}

/** A resource that the catalogue names; `undefined` where the template has none. */
export function namedIn(stack: Stack, logicalId: string | undefined): Resource | undefined {
  return logicalId === undefined ? undefined : stack.resources.get(logicalId);
}
