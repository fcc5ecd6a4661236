import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AllowedMethods, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { OriginFailover, type OriginFailoverProps } from '../../lib/constructs/traffic/origin-failover';
import { stackApart } from '../constructs/traffic/apart';
import { rarely } from '../constructs/traffic/dns-fixtures';
import type { Pattern } from '../support/pattern';

/** What users call, and the entrances of the two regions. */
const SHOP = {
  domainNames: ['shop.example.com'],
  primaryDomainName: 'eu-west-1.shop.example.com',
  secondaryDomainName: 'eu-central-1.shop.example.com',
};

const certificateOf = (stack: Stack, region = 'us-east-1') =>
  Certificate.fromCertificateArn(
    stack,
    'Certificate',
    `arn:aws:acm:${region}:111122223333:certificate/0f4c7b52`,
  );

interface Options {
  readonly certified: string | undefined;
  readonly props: Partial<OriginFailoverProps>;
}

const seconds = (...counts: number[]) => fc.constantFrom(...counts.map((count) => Duration.seconds(count)));

export const originFailover: Pattern<Options> = {
  construct: 'OriginFailover',
  build: (region, around) => {
    const stack = stackApart(region, around, 'us-east-1');
    if (!stack) return;
    const certificate = certificateOf(stack);
    // minimal
    new OriginFailover(stack, 'Edge', { ...SHOP, certificate });
    // end
  },
  options: fc.record({
    certified: fc.constantFrom('us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1', undefined),
    props: fc.record({
      secondaryDomainName: fc.constantFrom('eu-central-1.shop.example.com', SHOP.primaryDomainName),
      writesDomainName: rarely(fc.constantFrom('origin.example.com', 'a.elb.amazonaws.com')),
      writePaths: rarely(fc.constantFrom(['/orders/*'], ['*'])),
      allowedMethods: rarely(fc.constantFrom(AllowedMethods.ALLOW_ALL, AllowedMethods.ALLOW_GET_HEAD)),
      fallbackStatusCodes: rarely(fc.subarray([403, 500, 502, 503, 504, 200])),
      connectionAttempts: rarely(fc.integer({ min: 0, max: 4 })),
      connectionTimeout: rarely(seconds(1, 10, 11)),
      readTimeout: rarely(seconds(5, 60, 121)),
      minimumTlsVersion: rarely(fc.constantFrom(...Object.values(SecurityPolicyProtocol))),
      accessLogRetention: rarely(fc.constantFrom(Duration.days(30), Duration.hours(3))),
    }),
  }),
  buildWith: (stack, { certified, props }, around) => {
    const apart = stackApart(stack, around, 'us-east-1');
    if (!apart) return;
    const certificate = certified === undefined ? undefined : certificateOf(apart, certified);
    const { secondaryDomainName = SHOP.secondaryDomainName, ...rest } = props;
    new OriginFailover(apart, 'Edge', {
      ...SHOP,
      ...rest,
      secondaryDomainName,
      ...(certificate && { certificate }),
    });
  },
};
