import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { RegionRole } from '../../../objectives/region-role';
import { requireMembership } from '../../region/membership';
import type { RegionPlace } from '../../region/region-place';
import type { RegionalArns } from './switch-block';

/** What an ARN says beside partition, region and account. */
export interface RegionalArnProps {
  /** The service as ARNs call it: `rds`. */
  readonly service: string;

  /** The resource with its type and name, as the ARN has it: `cluster:shop-orders`, `service/shop/web`. */
  readonly resource: string;
}

/**
 * The ARNs of a resource that has the same name in both regions, in the account of each region. Written out, so that
 * nothing is read from the other region.
 *
 * @throws ConfigurationError when the construct belongs to no set of regions
 */
export function arnInEachRegion(scope: IConstruct, { service, resource }: RegionalArnProps): RegionalArns {
  return inEachRegion(scope, ({ region }, account) => {
    const { partition } = Stack.of(scope);
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  });
}

/**
 * Something for each region that serves or may have to, by the code of the region: the ARN of what is named differently
 * in each.
 *
 * @throws ConfigurationError when the construct belongs to no set of regions
 */
export function inEachRegion<T>(
  scope: IConstruct,
  of: (place: RegionPlace, account: string) => T,
): Readonly<Record<string, T>> {
  const { place, peers } = requireMembership(scope);
  const here = Stack.of(scope).account;
  return Object.fromEntries(
    [place, ...peers]
      .filter(({ role }) => role !== RegionRole.WITNESS)
      .sort((one, other) => (one.region < other.region ? -1 : 1))
      .map((each) => [each.region, of(each, each.account ?? here)]),
  );
}
