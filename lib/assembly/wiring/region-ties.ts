import { grantsOf } from '../iam/iam-grants';
import { resourcesNamedBy, standsFor } from '../iam/iam-resources';
import { rolesOf } from '../iam/iam-roles';
import type { Grant } from '../iam/iam-statements';
import type { Resource } from '../resource';
import { Reference, Text, Unknown, type Value } from '../value';
import { environmentOf, namedIn } from './call-environment';
import { CALL_TARGETS } from './call-targets';

/** Something that a resource uses at run time, and the region that it stands in. */
export interface RegionTie {
  readonly property: string;

  /** What it is, in words. */
  readonly what: string;
  readonly region: string | Unknown;
}

/** What runs nowhere in particular, or is the same from everywhere. */
const GLOBAL =
  /^AWS::(IAM|Route53|CloudFront|GlobalAccelerator|Organizations|Route53RecoveryControl|Route53RecoveryReadiness)::/;

const TRIGGERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Events::Rule': ['EventBusName'],
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn'],
  'AWS::Pipes::Pipe': ['Source', 'Target'],
  'AWS::SNS::Subscription': ['TopicArn'],
  'AWS::Scheduler::Schedule': ['Target.Arn'],
};

/** All that a resource names at run time and that stands in a region: in its environment, its triggers and its grants. */
export function regionTiesOf(resource: Resource): readonly RegionTie[] {
  return [
    ...environmentOf(resource).flatMap((entry) => tiesOfValue(resource, entry.property, entry.value)),
    ...(TRIGGERS[resource.type] ?? []).flatMap((path) => {
      const value = resource.get(path);
      return value === undefined ? [] : tiesOfValue(resource, path, value);
    }),
    ...tiesInGrants(resource),
  ];
}

function tiesOfValue(from: Resource, property: string, value: Value): readonly RegionTie[] {
  const written = writtenRegions(value).map((region) => ({ property, what: 'an endpoint or ARN', region }));
  if (written.length > 0) return written;
  return namedIn({ property, value }, from).flatMap((reference) => tieTo(from, property, reference));
}

/** ARNs and host names say their region. */
const REGION = '([a-z]{2}(?:-[a-z]+)+-\\d)';
const IN_ARN = new RegExp(`arn:aws[a-z-]*:[a-z0-9-]+:${REGION}:`, 'g');
const IN_HOST = new RegExp(`[./@]${REGION}\\.(?:[a-z0-9-]+\\.)*(?:amazonaws\\.com|on\\.aws)`, 'g');

function writtenRegions(value: Value): readonly string[] {
  const text = value instanceof Text ? textOf(value) : value;
  if (typeof text !== 'string') return [];
  return [...text.matchAll(IN_ARN), ...text.matchAll(IN_HOST)].flatMap(([, region]) =>
    region ? [region] : [],
  );
}

/** What deploy puts in is no region. */
function textOf({ parts }: Text): string {
  return parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
}

function tieTo(from: Resource, property: string, { resource, attribute }: Reference): readonly RegionTie[] {
  const target = standsFor(resource);
  if (GLOBAL.test(target.type)) return [];
  if (attribute === 'Ref' && hasReplicaBeside(target, from)) return [];
  const what = target.logicalId;
  if (target.stack === from.stack) return [{ property, what, region: from.region ?? unbound(target) }];
  return [{ property, what, region: target.region ?? unbound(target) }];
}

function unbound({ logicalId }: Resource): Unknown {
  return new Unknown(`the region of ${logicalId} is known only at deploy`);
}

/** The name of a global table means its replica in the caller's own region. */
function hasReplicaBeside(table: Resource, { region }: Resource): boolean {
  if (table.type !== 'AWS::DynamoDB::GlobalTable' || region === undefined) return false;
  const replicas = table.list('Replicas');
  if (replicas instanceof Unknown) return false;
  return replicas.some((_, index) => table.get(`Replicas.${index}.Region`) === region);
}

/** Grants that hand over copies or let the other side be watched are no use at run time. */
function tiesInGrants(resource: Resource): readonly RegionTie[] {
  return rolesOf(resource).roles.flatMap((role) =>
    grantsOf(role).grants.flatMap((grant) => tiesOfGrant(role, grant)),
  );
}

function tiesOfGrant(role: Resource, grant: Grant): readonly RegionTie[] {
  if (grant.effect === 'Deny' || grant.resources.except) return [];
  const property = `a grant of ${role.logicalId}`;
  const { values } = grant.resources;
  const written = values
    .filter((value) => !isReplicaOf(value, role, values))
    .flatMap((value) => writtenRegions(value).map((region) => ({ property, what: 'an ARN', region })));
  const named = resourcesNamedBy(grant.resources, grant.by)
    .resources.filter(({ type }) => CALL_TARGETS[type] !== undefined || type.startsWith('AWS::KMS::'))
    .filter((target) => target.stack !== role.stack && !hasReplicaBeside(target, role))
    .map((target) => ({ property, what: target.logicalId, region: target.region ?? unbound(target) }));
  return [...written, ...named];
}

/** Services that replicate what they keep under one name to other regions. */
const REPLICATED = new Set(['dynamodb', 'kms', 'secretsmanager']);

/** A grant on all replicas of a table lets the one in the own region be used: it ties to no other. */
function isReplicaOf(value: Value, role: Resource, values: readonly Value[]): boolean {
  const service = serviceOf(value, role);
  if (service === undefined || !REPLICATED.has(service) || writtenRegions(value)[0] === role.region)
    return false;
  return values.some((other) => {
    if (serviceOf(other, role) !== service) return false;
    const [region] = writtenRegions(other);
    return region === undefined || region === role.region;
  });
}

/** The service in an ARN, or of a resource beside the role. */
function serviceOf(value: Value, { stack }: Resource): string | undefined {
  const text = value instanceof Text ? textOf(value) : value;
  if (typeof text === 'string') return text.split(':')[2];
  return value instanceof Reference && value.resource.stack === stack
    ? value.resource.type.split('::')[1]?.toLowerCase()
    : undefined;
}
