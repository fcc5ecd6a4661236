import type { DnsRecord } from '../../assembly/dns/dns-record';
import { dnsRecordsOf } from '../../assembly/dns/dns-records';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { detectionStep } from '../../calculus/failover-time';
import { sameName } from '../components/dns-names/same-name';
import type { FaultEvent } from '../failure';
import { leavingOutGroup } from '../switching/accelerator-groups';
import { ACCESS_POINT, routesTurned } from '../switching/access-point-routes';
import { leadingBy } from '../switching/event-endpoint';
import { slowestTries } from '../switching/origin-group';
import { recordDetection } from '../switching/record-detection';
import { ttlOf } from '../switching/record-ttl';
import { inSequence, longest, type Path, type Step } from './path';

/** Types that lead users away from what is broken, each by settings of its own. */
const RECORDS: ReadonlySet<string> = new Set(['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup']);

/**
 * How users come to what still serves by a switch of the data plane: a DNS record, a distribution, an accelerator. The
 * same, but for what notices, where a person or a plan must turn it: `undefined` where the switch is none of these.
 */
export interface TrafficSwitch {
  /** What notices by itself; undefined where a person or a plan does. */
  readonly detection: Step | undefined;

  /** What it takes from then on until users are there. */
  readonly spread: Path;

  /** Whether a routing control is flipped, which asks nothing of a control plane. @default false */
  readonly flipped?: boolean;
}

export function trafficSwitchOf(event: FaultEvent): TrafficSwitch | undefined {
  const [resource] = event.resources;
  if (resource === undefined) return undefined;
  if (RECORDS.has(resource.type)) return recordSwitch(event, resource);
  if (resource.type === 'AWS::CloudFront::Distribution') return originSwitch(resource);
  if (resource.type.startsWith('AWS::GlobalAccelerator::')) return acceleratorSwitch(event);
  if (resource.type === ACCESS_POINT)
    return { detection: undefined, spread: inSequence(routesTurned(resource)), flipped: true };
  if (resource.type === 'AWS::Events::Endpoint') return endpointSwitch(resource);
  if (resource === event.promoted) return { detection: NOBODY, spread: inSequence() };
  return undefined;
}

function recordSwitch({ id, byPeople }: FaultEvent, resource: Resource): TrafficSwitch | undefined {
  const held = dnsRecordsOf(resource.stack.graph).of(resource);
  const records = held instanceof Unknown ? [] : held;
  const record = records.find(({ label }) => id.endsWith(`:${byPeople ? ' ' : ''}${label}`)) ?? records[0];
  if (!record) return undefined;
  const all = sameName(record);
  return {
    detection: byPeople ? undefined : leftOut(record),
    spread: longest(all.map((each) => inSequence(timeToLive(each)))),
    flipped: all.some(hasRoutingControl),
  };
}

function hasRoutingControl({ healthCheck: check }: DnsRecord): boolean {
  return check instanceof Resource && check.text('HealthCheckConfig.Type') === 'RECOVERY_CONTROL';
}

/** What notices by itself that a record must be left out; undefined where a person or a plan decides. */
function leftOut(record: DnsRecord): Step | undefined {
  const { detection, assumed, record: left } = recordDetection(record);
  if (detection === undefined) return undefined;
  const { typicalSeconds, worstSeconds, source } = detectionStep(detection);
  const count =
    detection.kind === 'alarm'
      ? `an alarm, ${detection.periodSeconds} s × ${detection.evaluationPeriods}`
      : `health checks, ${detection.intervalSeconds} s × (${detection.failureThreshold} + 1)`;
  return {
    what: assumed ? `Route 53 leaves it out, taken as for ${count}` : count,
    typicalSeconds,
    worstSeconds,
    source: assumed ? `assumed; ${source} gives the order` : source,
    resource: left.resource,
    fix: 'use a health check every 10 s with a threshold of 2 or 3',
  };
}

/** How long resolvers keep what a record said before. */
export function timeToLive(record: DnsRecord): Step {
  const { seconds, source, taken } = ttlOf(record);
  return {
    what: taken ?? `time to live of ${record.label}`,
    typicalSeconds: seconds,
    worstSeconds: seconds,
    source,
    resource: record.resource,
    fix: `use a TTL of ${AWS_FACTS.route53RecommendedTtlSeconds.value} s or less`,
    ...(taken !== undefined && { open: taken }),
  };
}

/** Each request tries the first origin for itself. */
function originSwitch(distribution: Resource): TrafficSwitch {
  const fix = 'set fewer ConnectionAttempts and a shorter ConnectionTimeout';
  return { detection: { ...slowestTries(distribution), resource: distribution, fix }, spread: inSequence() };
}

/** Nobody need be led anywhere. */
const NOBODY: Step = { what: 'nobody is led', typicalSeconds: 0, worstSeconds: 0, source: '' };

function endpointSwitch(endpoint: Resource): TrafficSwitch {
  const { detection, ttl } = leadingBy(endpoint);
  const fix = 'let its health check follow an alarm of fewer or shorter periods';
  return { detection: { ...detection, resource: endpoint, fix }, spread: inSequence(ttl) };
}

/** The events of its groups say how soon; by itself it takes no time. */
function acceleratorSwitch({ resources: [accelerator, group] }: FaultEvent): TrafficSwitch {
  const { detection, after } = group ? leavingOutGroup(group) : { detection: NOBODY, after: [] };
  const fix =
    after.length > 0
      ? 'use a shorter HealthCheckIntervalSeconds or a lower UnhealthyThresholdCount of its targets'
      : 'use a shorter HealthCheckIntervalSeconds';
  return {
    detection: { ...detection, ...(accelerator && { resource: accelerator }), fix },
    spread: inSequence(...after),
  };
}
