import { Lazy, type Stack } from 'aws-cdk-lib/core';
import {
  CATALOGUE_KEY,
  CATALOGUE_SCHEMA,
  type Catalogue,
  type CatalogueAcceptance,
  type CatalogueService,
} from '../../objectives/catalogue';
import type { CatalogueWindow } from '../../objectives/catalogue-window';

/**
 * What one stack's template says of services and accepted risks.
 *
 * @internal
 */
export class StackCatalogue {
  /** The catalogue of a stack, which is written into the stack's `Metadata` once something is asked of it. */
  static of(stack: Stack): StackCatalogue {
    const known = CATALOGUES.get(stack);
    if (known) return known;
    const catalogue = new StackCatalogue();
    CATALOGUES.set(stack, catalogue);
    stack.addMetadata(CATALOGUE_KEY, Lazy.any({ produce: () => catalogue.render(stack) }));
    return catalogue;
  }

  private readonly services = new Set<CatalogueSource>();
  private readonly acceptances: CatalogueAcceptance[] = [];
  private readonly windows: CatalogueWindow[] = [];

  private constructor() {}

  /** A source is asked once all is known; twice added it is one. */
  addService(source: CatalogueSource): void {
    this.services.add(source);
  }

  addAcceptance(acceptance: CatalogueAcceptance): void {
    this.acceptances.push(acceptance);
  }

  addWindow(window: CatalogueWindow): void {
    this.windows.push(window);
  }

  private render(stack: Stack): Catalogue {
    const services = [...this.services].map((source) => source.catalogueIn(stack));
    const acceptances = this.acceptances.map(
      (each) => [JSON.stringify([each.scope.path, each]), each] as const,
    );
    return {
      schema: CATALOGUE_SCHEMA,
      services: services.sort((one, other) => (one.name < other.name ? -1 : 1)),
      ...(acceptances.length > 0 && {
        acceptances: acceptances.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each),
      }),
      ...(this.windows.length > 0 && {
        windows: [...this.windows].sort((one, other) => (one.id < other.id ? -1 : 1)),
      }),
    };
  }
}

/** Who knows what the catalogue of a stack says of a service. */
interface CatalogueSource {
  catalogueIn(stack: Stack): CatalogueService;
}

const CATALOGUES = new WeakMap<Stack, StackCatalogue>();
