import type { Resource } from './resource';

/** Remembers what a question about a resource comes to, which many rules and resources ask. */
export function oncePerResource<T>(compute: (resource: Resource) => T): (resource: Resource) => T {
  const answers = new WeakMap<Resource, { readonly value: T }>();
  return (resource) => {
    const known = answers.get(resource);
    if (known) return known.value;
    const value = compute(resource);
    answers.set(resource, { value });
    return value;
  };
}
