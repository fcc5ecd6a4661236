import type { Truth } from './conditions';
import type { Resource } from './resource';
import { Unknown } from './value';

/** Whether a resource exists wherever another does: always, or under the same condition of the same stack. */
export function existsWith(resource: Resource, other: Resource): true | Unknown {
  const { presence } = resource;
  const together = resource.stack === other.stack && resource.body.Condition === other.body.Condition;
  return presence === true || together ? true : whyOpen(presence, resource);
}

function whyOpen(presence: Truth, { logicalId }: Resource): Unknown {
  return presence instanceof Unknown ? presence : new Unknown(`a condition leaves ${logicalId} out`);
}
