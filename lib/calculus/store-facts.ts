import type { SecondsRange } from './aws-facts';
import { CACHES } from './stores/caches';
import { DOCUMENTS_GRAPHS_SEARCH } from './stores/documents-graphs-search';
import { KEY_VALUE } from './stores/key-value';
import { MESSAGES } from './stores/messages';
import { OBJECTS_AND_FILES } from './stores/objects-and-files';
import { RELATIONAL } from './stores/relational';
import { SECRETS_AND_IMAGES } from './stores/secrets-and-images';
import type { StoreFact } from './stores/store';

/** What each store keeps when something is lost, by the way it replicates. */
export const STORE_FACTS = {
  ...RELATIONAL,
  ...KEY_VALUE,
  ...OBJECTS_AND_FILES,
  ...CACHES,
  ...DOCUMENTS_GRAPHS_SEARCH,
  ...MESSAGES,
  ...SECRETS_AND_IMAGES,
};

/** How long a cluster of DocumentDB or Neptune takes to go on with a replica, by its type. */
export function replicatedFailover(type: string): { readonly value: SecondsRange; readonly source: string } {
  const { instance, source } = type.includes('Neptune') ? STORE_FACTS.neptune : STORE_FACTS.documentDb;
  // No page gives a usual time: half of the longest is what we reckon with.
  return { value: { typical: instance.rtoSeconds / 2, worst: instance.rtoSeconds }, source };
}

/** Every row of {@link STORE_FACTS}. */
export function storeFacts(): readonly StoreFact[] {
  return Object.values<StoreFact>(STORE_FACTS);
}
