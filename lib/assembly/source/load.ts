import type { Loaded } from './source';

/** How {@link load} treats what it finds. */
export interface LoadOptions {
  /**
   * Whether all bare templates are one app, so that references between them are followed.
   *
   * @default false
   */
  readonly together?: boolean;
}

/**
 * Reads cloud assemblies, templates and folders of them.
 *
 * @throws ConfigurationError when a path cannot be read or is not what it seems
 */
export function load(paths: readonly string[], options: LoadOptions = {}): Loaded {
  void paths;
  void options;
  return { apps: [], skipped: [] };
}
