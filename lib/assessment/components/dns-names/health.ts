import type { DnsRecord } from '../../../assembly/dns/dns-record';
import { evaluatesHealth } from '../../../assembly/dns/dns-routing';
import { type DnsTarget, nextStepsOf } from '../../../assembly/dns/dns-targets';
import { ENDPOINT_CHECKS } from '../../../assembly/dns/failover-detection';
import { Resource } from '../../../assembly/resource';
import { Reference, Unknown } from '../../../assembly/value';
import { anyOf, atLeast, type Failure, NEVER, sparing } from '../../failure';
import { type Modelling, nameOf, regionKey } from '../../modelling';
import { type SharedServiceId, sharedElsewhereFails } from '../shared-services';

const CONFIG = 'HealthCheckConfig';

/** What Route 53 notices of a broken target: all that breaks it, nothing, or the events that are named. */
export type Noticed = 'all' | 'nothing' | readonly Failure[];

/** Whether Route 53 ever leaves a record out because of what it leads to. */
export function isChecked(record: DnsRecord, model: Modelling): boolean {
  return noticed(record, model) !== 'nothing';
}

/** What of the failures of its target makes Route 53 leave a record out; through aliases of other records too. */
export function noticed(
  record: DnsRecord,
  model: Modelling,
  above: ReadonlySet<DnsRecord> = new Set(),
): Noticed {
  if (above.has(record)) return 'nothing';
  const check = record.healthCheck;
  const turning = check instanceof Resource ? turns(check) : check !== undefined;
  if (turning) return evaluatesHealth(record) === true ? 'all' : 'nothing';
  if (record.evaluatesTargetHealth !== true || leadsToEdge(record)) return 'nothing';
  const along = new Set([...above, record]);
  return nextStepsOf(record)
    .flatMap((step) =>
      'what' in step ? [noticedOf(step, model)] : step.map((other) => noticed(other, model, along)),
    )
    .reduce(common, 'all');
}

/** What is noticed of each of two. */
function common(one: Noticed, other: Noticed): Noticed {
  if (one === 'all') return other;
  if (other === 'all') return one;
  if (one === 'nothing' || other === 'nothing') return 'nothing';
  const ids = new Set(other.map(idOf));
  const both = one.filter((event) => ids.has(idOf(event)));
  return both.length > 0 ? both : 'nothing';
}

function idOf(failure: Failure): string {
  return failure.kind === 'event' ? failure.event.id : '';
}

/** What AWS runs at its edge is never found broken: the name always answers. */
const AT_THE_EDGE =
  /^AWS::(CloudFront::|GlobalAccelerator::|AppSync::DomainName|Cognito::UserPoolDomain)|\.(cloudfront\.net|awsglobalaccelerator\.com)$/;

/** What is found broken only when its service is down in the region: an API behind which nothing works counts as healthy. */
const BY_SERVICE: readonly (readonly [pattern: RegExp, service?: SharedServiceId])[] = [
  [/^AWS::ApiGateway(V2)?::|\.execute-api\./, 'api-gateway'],
  [/^AWS::S3::|(^|\.)s3[.-].*amazonaws\.com/, 's3'],
  [/^AWS::EC2::VPCEndpoint|\.vpce\.amazonaws\.com/],
];

/**
 * What evaluating the health of a target tells.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/dns-failover.html
 */
function noticedOf({ what, region }: DnsTarget, model: Modelling): Noticed {
  const name = what instanceof Resource ? what.type : typeof what === 'string' ? what : '';
  if (AT_THE_EDGE.test(name)) return 'nothing';
  const row = BY_SERVICE.find(([pattern]) => pattern.test(name));
  if (!row) return 'all';
  const place = typeof region === 'string' ? region : what instanceof Resource ? regionKey(what) : undefined;
  if (place === undefined) return 'nothing';
  const [, service] = row;
  return [
    model.regionNamed(place),
    ...(service ? [sharedElsewhereFails(service, place, model)].flatMap(partsOf) : []),
  ].filter((event, at, all) => all.findIndex((each) => idOf(each) === idOf(event)) === at);
}

function partsOf(failure: Failure): readonly Failure[] {
  return 'of' in failure ? failure.of : [failure];
}

/** The name of an API that CloudFront stands before. */
function leadsToEdge(record: DnsRecord): boolean {
  const alias = record.get('AliasTarget.DNSName');
  return alias instanceof Reference && alias.attribute === 'DistributionDomainName';
}

/** A failure, in what Route 53 leaves the record out for and what it does not notice. */
export function byNotice(
  record: DnsRecord,
  failure: Failure,
  model: Modelling,
): { readonly seen: Failure; readonly unseen: Failure } {
  const told = noticed(record, model);
  if (told === 'all') return { seen: failure, unseen: NEVER };
  if (told === 'nothing') return { seen: NEVER, unseen: failure };
  const spared = told.map(idOf).sort().join(',');
  model.assume(
    `${record.label} evaluates its target's health, which tells only that a service of AWS is down in its region: whatever else breaks the target, its users stay there`,
    record.resource,
  );
  return { seen: anyOf(...told), unseen: sparing(failure, spared) };
}

/** Whether two records hang on one health check: what leaves one of them out leaves out the other. */
export function shareCheck(one: DnsRecord, other: DnsRecord): boolean {
  const [mine, theirs] = [one.healthCheck, other.healthCheck];
  return mine !== undefined && !(mine instanceof Unknown) && mine === theirs;
}

/** Whether a health check turns when what it asks is broken: not when it is disabled, nor when it is turned round. */
function turns(check: Resource): boolean {
  const type = check.text(`${CONFIG}.Type`);
  const asks = typeof type === 'string' && ENDPOINT_CHECKS.includes(type);
  return !isSet(check, 'Disabled') && !(asks && isSet(check, 'Inverted'));
}

function isSet(check: Resource, name: string): boolean {
  const value = check.text(`${CONFIG}.${name}`);
  return typeof value === 'string' && value.toLowerCase() === 'true';
}

/**
 * What keeps the health check of a record from turning although its target is gone: an alarm has no data when its own
 * region is lost.
 */
export function checkIsBlind(record: DnsRecord, model: Modelling): Failure {
  const check = record.healthCheck;
  return check instanceof Resource ? checkFails(check, model) : NEVER;
}

/** The same of a health check, whatever follows it. */
export function checkFails(check: Resource, model: Modelling): Failure {
  const failure = blind(check, model, []);
  if (failure.kind !== 'never')
    model.assume(
      `${nameOf(check)} follows an alarm: when the region of the alarm is lost it has no data, and the health check stays as it was`,
      check,
    );
  return failure;
}

function blind(check: Resource, model: Modelling, above: readonly Resource[]): Failure {
  if (above.includes(check) || !turns(check)) return NEVER;
  const type = check.text(`${CONFIG}.Type`);
  if (type === 'CLOUDWATCH_METRIC') return blindAlarm(check, model);
  if (type !== 'CALCULATED') return NEVER;
  const threshold = check.number(`${CONFIG}.HealthThreshold`);
  const { resources } = check.targets(`${CONFIG}.ChildHealthChecks`);
  const children = resources
    .map((child) => blind(child, model, [...above, check]))
    .filter(({ kind }) => kind !== 'never');
  if (children.length === 0) return NEVER;
  if (threshold instanceof Unknown)
    model.leaveToDeploy(
      `how many of its children ${nameOf(check)} needs is known only at deploy: it is taken to need all`,
      check,
    );
  // It stays healthy while so many of its children do, and those that are blind do.
  const needed = threshold instanceof Unknown ? resources.length : threshold;
  return atLeast(typeof needed === 'number' ? Math.max(needed, 1) : 1, children);
}

function blindAlarm(check: Resource, model: Modelling): Failure {
  if (check.text(`${CONFIG}.InsufficientDataHealthStatus`) === 'Unhealthy') return NEVER;
  const alarm = check.target(`${CONFIG}.AlarmIdentifier.Name`);
  const named = check.text(`${CONFIG}.AlarmIdentifier.Region`);
  const region = typeof named === 'string' ? named : alarm instanceof Resource ? alarm.region : undefined;
  return region === undefined ? NEVER : model.regionNamed(region);
}
