import type { DnsRecord } from '../../../assembly/dns/dns-record';
import { evaluatesHealth } from '../../../assembly/dns/dns-routing';
import { nextStepsOf } from '../../../assembly/dns/dns-targets';
import { ENDPOINT_CHECKS } from '../../../assembly/dns/failover-detection';
import { Resource } from '../../../assembly/resource';
import { Unknown } from '../../../assembly/value';
import { atLeast, type Failure, NEVER } from '../../failure';
import { type Modelling, nameOf } from '../../modelling';

const CONFIG = 'HealthCheckConfig';

/** Route 53 takes what AWS runs at its edge to be healthy always. */
const ALWAYS_HEALTHY: ReadonlySet<string> = new Set(['AWS::CloudFront::Distribution']);

/** Whether Route 53 leaves a record out once what it leads to is broken; through aliases of other records too. */
export function isChecked(record: DnsRecord, seen: ReadonlySet<DnsRecord> = new Set()): boolean {
  if (seen.has(record)) return false;
  const check = record.healthCheck;
  if (check instanceof Resource && !turns(check)) return record.evaluatesTargetHealth === true;
  if (check !== undefined) return evaluatesHealth(record) === true;
  if (record.evaluatesTargetHealth !== true) return false;
  const above = new Set([...seen, record]);
  return nextStepsOf(record).every((step) => {
    if (!('what' in step)) return step.every((other) => isChecked(other, above));
    return !(step.what instanceof Resource && ALWAYS_HEALTHY.has(step.what.type));
  });
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
  if (!(check instanceof Resource)) return NEVER;
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
  const children = resources.map((child) => blind(child, model, [...above, check]));
  // It stays healthy while so many of its children do, and those that are blind do.
  return atLeast(typeof threshold === 'number' ? Math.max(threshold, 1) : 1, children);
}

function blindAlarm(check: Resource, model: Modelling): Failure {
  if (check.text(`${CONFIG}.InsufficientDataHealthStatus`) === 'Unhealthy') return NEVER;
  const alarm = check.target(`${CONFIG}.AlarmIdentifier.Name`);
  const named = check.text(`${CONFIG}.AlarmIdentifier.Region`);
  const region = typeof named === 'string' ? named : alarm instanceof Resource ? alarm.region : undefined;
  return region === undefined ? NEVER : model.regionNamed(region);
}
