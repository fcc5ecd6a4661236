import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { regionalName } from '../region/membership';
import type { DatabasePlace } from './database-place';

/**
 * The clusters of all regions by their ARNs, as texts: no region needs to be deployed for it. Where the clusters have
 * names of your own, only the one of this region is known.
 *
 * @internal
 */
export function clusterArns(
  construct: Construct,
  { isGlobal, place }: { readonly isGlobal: boolean; readonly place: DatabasePlace },
  given: string | undefined,
): Readonly<Record<string, string>> {
  const stack = Stack.of(construct);
  const arn = (region: string, account: string, resourceName: string): string =>
    stack.formatArn({
      service: 'rds',
      region,
      account,
      resource: 'cluster',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  const others = isGlobal && given === undefined ? place.others : [];
  return Object.fromEntries([
    [place.region, arn(place.region, stack.account, given ?? regionalName(construct, place.region))],
    ...others.map(({ region, account }) => [region, arn(region, account, regionalName(construct, region))]),
  ]);
}
