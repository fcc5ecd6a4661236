import type { StoreFact } from './store';

/** Stores of this family, each in every way of replicating. @internal */
export const OBJECTS_AND_FILES = {} as const satisfies Record<string, StoreFact>;
