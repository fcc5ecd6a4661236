import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { regionalName } from '../../region/membership';
import type { RdsInstancePart } from './rds-instance-parts';
import { RegionCopy } from './rds-region-copy';

/**
 * The instances of all regions that have one by their ARNs, as texts: no region needs to be deployed for it.
 *
 * @internal
 */
export function instanceArns(
  construct: Construct,
  { foundation, place, copy, props }: Pick<RdsInstancePart, 'foundation' | 'place' | 'copy' | 'props'>,
): Readonly<Record<string, string>> {
  const stack = Stack.of(construct);
  const own = { region: place.region, account: stack.account };
  const places = copy === RegionCopy.READ_REPLICA ? [own, ...place.others] : [place.writer];
  const nameIn = (region: string): string =>
    region === place.region ? foundation.identifier : (props.identifier ?? regionalName(construct, region));
  const entries = places.map(({ region, account }) => {
    const arn = stack.formatArn({
      service: 'rds',
      region,
      account,
      resource: 'db',
      resourceName: nameIn(region),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return [region, arn] as const;
  });
  return Object.fromEntries(entries);
}
