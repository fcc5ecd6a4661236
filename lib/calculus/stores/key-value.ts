import type { StoreFact } from './store';

/** Stores of this family, each in every way of replicating. @internal */
export const KEY_VALUE = {} as const satisfies Record<string, StoreFact>;
