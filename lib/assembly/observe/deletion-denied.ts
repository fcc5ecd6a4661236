import type { Truth } from '../conditions';
import { deniesEveryone } from '../iam/policy-denial';
import { fail, type Judgement, pass, unknown } from '../judgement';
import type { Resource } from '../resource';
import { Text, Unknown, type Value } from '../value';

const DELETING = ['s3:DeleteObject', 's3:DeleteObjectVersion'];

/**
 * Judges whether a policy of a bucket denies everybody to delete what is in it.
 *
 * Such a policy names the bucket and its objects by ARN, where those of vaults say "everything".
 */
export function deletionDenied(bucket: Resource): Judgement {
  const policies = bucket.stack.graph
    .mentionsOf(bucket, 'AWS::S3::BucketPolicy')
    .filter(({ property }) => property === 'Bucket');
  const denials = policies.map(({ from }) => deniesEveryone(from, 'PolicyDocument', DELETING, allObjects));
  if (denials.some(({ missing }) => missing.length === 0))
    return pass({ found: 'a policy that denies deletion' });
  const open = denials.find(({ unknown: why }) => why)?.unknown;
  return open ? unknown(undefined, open) : fail({ found: 'no denial of deletion', needed: 'a denial' });
}

/** `*`, or the ARN of the bucket with `/*`. */
function allObjects(named: Value): Truth {
  if (named instanceof Unknown) return named;
  const last = named instanceof Text ? named.parts.at(-1) : named;
  return typeof last === 'string' && /(^|\/)\*$/.test(last);
}
