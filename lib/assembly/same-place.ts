import type { Truth } from './conditions';
import type { Resource } from './resource';
import { everyTruth } from './truth';
import { describe, isScalar, Unknown, type Value } from './value';

/** Whether a value, such as the region in an ARN, is the region of a resource. */
export function isRegionOf(value: Value | undefined, resource: Resource): Truth {
  return isPlaceOf(value, resource, 'AWS::Region');
}

/** Whether a value is the account of a resource. */
export function isAccountOf(value: Value | undefined, resource: Resource): Truth {
  return isPlaceOf(value, resource, 'AWS::AccountId');
}

/**
 * Whether two resources are in one region and account, so that a service that serves one sees the other.
 *
 * Stacks that are bound to no region are deployed together, to the same one.
 */
export function inSamePlace(one: Resource, other: Resource): Truth {
  const sameRegion = one.region === undefined && other.region === undefined ? true : inSameRegion(one, other);
  return everyTruth([sameRegion, inSameAccount(one, other)]);
}

/** Whether two resources are surely in one region. Stacks that are bound to none may be deployed anywhere. */
export function inSameRegion(one: Resource, other: Resource): Truth {
  if (one.stack === other.stack) return true;
  return one.region === undefined || other.region === undefined
    ? new Unknown('the region of one of the stacks is known only at deploy')
    : one.region === other.region;
}

/** Whether two resources are in one account. Stacks that are bound to none are deployed with the same credentials. */
export function inSameAccount(one: Resource, other: Resource): Truth {
  if (one.account === other.account) return true;
  return one.account === undefined || other.account === undefined
    ? new Unknown('the account of one of the stacks is known only at deploy')
    : false;
}

function isPlaceOf(
  value: Value | undefined,
  { stack }: Resource,
  pseudo: 'AWS::Region' | 'AWS::AccountId',
): Truth {
  const own = stack.evaluate({ Ref: pseudo });
  if (value instanceof Unknown) {
    // A pseudo parameter of the stack itself gives the same reason wherever it stands.
    return own instanceof Unknown && own.reason === value.reason ? true : value;
  }
  if (!isScalar(value) || value === null) return new Unknown(`${describe(value)} is known only at deploy`);
  if (own instanceof Unknown) return own;
  return value === own;
}
