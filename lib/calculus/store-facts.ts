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

/** Every row of {@link STORE_FACTS}. */
export function storeFacts(): readonly StoreFact[] {
  return Object.values<StoreFact>(STORE_FACTS);
}
