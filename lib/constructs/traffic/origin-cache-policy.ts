import {
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import { Duration, Names } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * Keeps what the `Cache-Control` header of an origin lets it keep. The policies of AWS for that have the `Host` header in
 * their key, and what is in the key goes to the origin: it would be called by the name of the distribution, which its
 * certificate is not for, and CloudFront would answer 502.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html
 * @internal
 */
export function originCachePolicy(scope: Construct): CachePolicy {
  return new CachePolicy(scope, 'CachePolicy', {
    // The name that the CDK gives ends before its hash where it is long: two might be one.
    cachePolicyName: Names.uniqueResourceName(scope, { maxLength: LONGEST, separator: '-' }),
    comment: `What the origins of ${scope.node.path} let be cached`.slice(0, LONGEST),
    minTtl: Duration.seconds(0),
    // Nothing is kept of an answer that does not say so.
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.days(365),
    headerBehavior: CacheHeaderBehavior.allowList(...KEY_HEADERS),
    cookieBehavior: CacheCookieBehavior.all(),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });
}

/** Those of the policy of AWS without `Host`, and who asks: nobody gets what was kept for another. */
const KEY_HEADERS = [
  'Authorization',
  'Origin',
  'X-HTTP-Method',
  'X-HTTP-Method-Override',
  'X-Method-Override',
];

/** Characters of a name or a comment. */
const LONGEST = 128;
