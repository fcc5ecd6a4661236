import type { Truth } from './conditions';
import type { Resource } from './resource';
import { Unknown } from './value';

/** Whether a property is set to anything but an empty text. A value that only deploy knows counts as one. */
export function isSet(resource: Resource, path: string): Truth {
  const value = resource.get(path);
  if (value instanceof Unknown && value.maybeAbsent) return value;
  return value !== undefined && value !== null && value !== '';
}
