import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { Retrofit } from '../../lib/constructs/retrofit/retrofit';
import type { Pattern } from '../support/pattern';
import { plainEstate } from '../support/plain-estate';

interface Options {
  readonly replace: boolean;
  readonly ttl: number | undefined;
}

export const retrofit: Pattern<Options> = {
  construct: 'Retrofit',
  build: (stack) => {
    // minimal
    Retrofit.of(stack);
    // end
    plainRecord(stack);
  },
  decidesOf: plainEstate,
  options: fc.record({ replace: fc.boolean(), ttl: fc.constantFrom(undefined, 10, 60, 300, 3600) }),
  buildWith: (stack, { replace, ttl }) => {
    Retrofit.of(stack, { replace });
    plainRecord(stack, ttl);
  },
};

/** What stands there already: plain CDK, with a time to live of half an hour where nobody says otherwise. */
function plainRecord(stack: RegionStack, ttl?: number): void {
  const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: 'Z1D633PJN98FT9',
    zoneName: 'example.com',
  });
  new ARecord(stack, 'Address', {
    zone,
    target: RecordTarget.fromIpAddresses('192.0.2.10'),
    ...(ttl !== undefined && { ttl: Duration.seconds(ttl) }),
  });
}
