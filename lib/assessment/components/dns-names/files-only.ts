import { type DnsTarget, targetsOfHost } from '../../../assembly/dns/dns-targets';
import { Resource } from '../../../assembly/resource';
import { nameOf } from '../../modelling';
import { configured } from '../../switching/origin-group';

/** Names that AWS gives to buckets and to websites of buckets. */
const BUCKET_HOST = /(^|\.)s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?$/;

/**
 * Why one side does not serve what the other one does: it holds files only, such as a page that says sorry, where the
 * other one works something out. Undefined where both hold files, or the second is no bucket.
 */
export function whyFilesOnly(serving: readonly DnsTarget[], other: readonly DnsTarget[]): string | undefined {
  if (other.length === 0 || !other.every((target) => holdsFiles(target))) return undefined;
  if (serving.length > 0 && serving.every((target) => holdsFiles(target))) return undefined;
  return `${labelOf(other[0])} holds files, such as a page that says sorry, and does not do what ${labelOf(serving[0])} does`;
}

/** A bucket, or a distribution that has nothing but buckets behind it. */
function holdsFiles({ what }: DnsTarget, above: readonly Resource[] = []): boolean {
  if (typeof what === 'string') return BUCKET_HOST.test(what);
  if (!(what instanceof Resource) || above.includes(what)) return false;
  if (what.type === 'AWS::S3::Bucket') return true;
  if (what.type !== 'AWS::CloudFront::Distribution') return false;
  const origins = configured(what, 'Origins').flatMap(({ DomainName: host }) =>
    host === undefined ? [] : targetsOfHost(host, what),
  );
  return origins.length > 0 && origins.every((origin) => holdsFiles(origin, [...above, what]));
}

function labelOf(target: DnsTarget | undefined): string {
  if (target === undefined) return 'the first one';
  const { what } = target;
  if (what instanceof Resource) return nameOf(what);
  return typeof what === 'string' ? what : 'the first one';
}
