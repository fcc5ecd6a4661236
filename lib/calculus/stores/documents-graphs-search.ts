import type { StoreFact } from './store';

/** Stores of this family, each in every way of replicating. @internal */
export const DOCUMENTS_GRAPHS_SEARCH = {} as const satisfies Record<string, StoreFact>;
