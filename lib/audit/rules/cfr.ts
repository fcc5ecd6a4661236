import { any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { describe, isList, isMap, referencesIn, Unknown, type Value } from '../../assembly/value';
import { LOG_RETENTION, SECOND_REGION } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const GUIDE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';
const GROUPS = 'DistributionConfig.OriginGroups.Items';
const ORIGINS = 'DistributionConfig.Origins';
const LOGGING = 'DistributionConfig.Logging.Bucket';

export const originFailsOver: Rule = {
  id: 'CFR-01',
  title: 'Distributions fail over to a second origin.',
  kind: 'redundancy',
  why: 'When its one origin is lost, the distribution serves errors at every edge of the world.',
  fix: 'put the origins into a group of two in OriginGroups',
  severity: MEDIUM,
  appliesTo: [DISTRIBUTION],
  controls: SECOND_REGION,
  sources: [`${GUIDE}/high_availability_origin_failover.html`],
  check: (distribution) => {
    const groups = distribution.list(GROUPS);
    if (groups instanceof Unknown) return unknown(GROUPS, groups);
    return any(
      ...groups.map(judgeMembers),
      fail({ property: GROUPS, found: 'no group of two origins', needed: 'a group of two origins' }),
    );
  },
};

export const originExists: Rule = {
  id: 'CFR-02',
  title: 'The buckets that distributions serve from exist.',
  kind: 'redundancy',
  why: 'Whoever creates a bucket of that name serves what he likes; until then, errors are served.',
  fix: 'create the bucket under the same condition as the distribution, or take the origin out',
  severity: HIGH,
  appliesTo: [DISTRIBUTION],
  controls: SECOND_REGION,
  sources: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-12',
  ],
  check: (distribution) => {
    const origins = distribution.list(ORIGINS);
    if (origins instanceof Unknown) return unknown(ORIGINS, origins);
    const judged = origins.flatMap((origin, index) => judgeOrigin(origin, index, distribution));
    return judged.length > 0 ? judged : notApplicable('no origin is a bucket');
  },
};

export const requestsAreLogged: Rule = {
  id: 'CFR-03',
  title: 'Distributions log who asks for what.',
  kind: 'compliance',
  why: 'Nobody can say which requests failed, for whom, and since when.',
  fix: 'set Logging, or add an AWS::Logs::DeliverySource for the distribution',
  severity: LOW,
  appliesTo: [DISTRIBUTION],
  controls: LOG_RETENTION,
  sources: [`${GUIDE}/AccessLogs.html`],
  check: (distribution) => any(judgeDelivery(distribution), distribution.isSet(LOGGING, 'a bucket for logs')),
};

function judgeMembers(group: Value): Judgement {
  if (group instanceof Unknown) return unknown(GROUPS, group);
  const { Members: list = null } = isMap(group) ? group : {};
  const items = isMap(list) ? list.Items : list;
  if (items instanceof Unknown) return unknown(GROUPS, items);
  const members = isList(items) ? items : [];
  const count = members.filter((item) => isMap(item) && item.OriginId !== undefined).length;
  if (count >= 2) return pass({ property: GROUPS, found: `a group of ${count} origins` });
  const open = members.find((item) => item instanceof Unknown);
  return open instanceof Unknown
    ? unknown(GROUPS, open)
    : fail({ property: GROUPS, found: `a group of ${count}`, needed: 'a group of two origins' });
}

/** A domain of S3, of the kind that is no website. */
const S3_DOMAIN = /\.s3[.-]([a-z0-9-]+\.)?amazonaws\.com/;

function judgeOrigin(origin: Value, index: number, distribution: Resource): readonly Judgement[] {
  const property = `${ORIGINS}.${index}.DomainName`;
  if (origin instanceof Unknown) return [unknown(ORIGINS, origin)];
  if (!isMap(origin) || origin.DomainName === undefined) return [];
  const { DomainName: domain, S3OriginConfig: s3 } = origin;
  const missing = leftOutIn(rawDomain(distribution, index), distribution);
  if (missing !== undefined)
    return [fail({ property, found: `bucket ${missing}, which a condition leaves out`, needed: 'a bucket' })];
  const [reference] = referencesIn(domain);
  if (reference && reference.resource.type !== 'AWS::S3::Bucket') return [];
  const isBucket = s3 !== undefined || reference !== undefined || S3_DOMAIN.test(describe(domain));
  return isBucket ? [judgeBucket(domain, reference?.resource, { property, distribution })] : [];
}

function judgeBucket(
  domain: Value,
  bucket: Resource | undefined,
  { property, distribution }: { readonly property: string; readonly distribution: Resource },
): Judgement {
  const named = bucket ?? bucketNamed(domain, distribution);
  if (!named)
    return unknown(property, domain instanceof Unknown ? domain : `${describe(domain)} is not in the app`);
  const { presence, body } = named;
  const together = named.stack === distribution.stack && body.Condition === distribution.body.Condition;
  return presence instanceof Unknown && !together
    ? unknown(property, presence)
    : pass({ property, found: named.logicalId });
}

/** `NAME.s3.REGION.amazonaws.com` */
function bucketNamed(domain: Value, distribution: Resource): Resource | undefined {
  const name = typeof domain === 'string' ? /^(.+?)\.s3[.-]/.exec(domain)?.[1] : undefined;
  const found = name === undefined ? undefined : distribution.stack.graph.named(name, distribution);
  return found?.type === 'AWS::S3::Bucket' ? found : undefined;
}

/** As written: what a condition leaves out has no value that it could be told by. */
function rawDomain({ body }: Resource, index: number): unknown {
  const config = body.Properties?.DistributionConfig as { readonly Origins?: unknown } | undefined;
  const origins = config?.Origins;
  return Array.isArray(origins)
    ? (origins[index] as { readonly DomainName?: unknown } | null)?.DomainName
    : undefined;
}

function leftOutIn(json: unknown, { stack }: Resource): string | undefined {
  const { 'Fn::GetAtt': attribute } = (json ?? {}) as { readonly 'Fn::GetAtt'?: unknown };
  const [logicalId] = Array.isArray(attribute)
    ? attribute
    : typeof attribute === 'string'
      ? attribute.split('.')
      : [];
  return stack.leftOut.has(String(logicalId)) ? String(logicalId) : undefined;
}

/** Logs of the newer kind are a source for deliveries. */
function judgeDelivery(distribution: Resource): Judgement {
  const mentions = distribution.stack.graph.mentionsOf(distribution, 'AWS::Logs::DeliverySource');
  const source = mentions.find(({ property }) => property === 'ResourceArn')?.from;
  return source?.presence === true
    ? pass({ found: `${source.logicalId} delivers logs` })
    : notApplicable('no source of deliveries is on the distribution');
}
