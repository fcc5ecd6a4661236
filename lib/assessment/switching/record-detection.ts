import type { DnsRecord } from '../../assembly/dns/dns-record';
import { nextStepsOf } from '../../assembly/dns/dns-targets';
import { detectionOf } from '../../assembly/dns/failover-detection';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { type Detection, detectionStep } from '../../calculus/failover-time';
import { planFor } from '../components/dns-names/plan-steps';

/** What makes Route 53 leave a record out. */
export interface RecordDetection {
  /** The record that is left out: itself, or one that it leads to. */
  readonly record: DnsRecord;

  /** What notices by itself. @default - nothing: a person or a plan decides */
  readonly detection?: Detection;

  /** Whether it is taken as for a health check by default, and why where that is known. @default - the app tells it */
  readonly assumed?: { readonly reason?: string };
}

const { route53DefaultHealthCheckIntervalSeconds: interval, route53DefaultFailureThreshold: threshold } =
  AWS_FACTS;

/** No page says how soon Route 53 sees that an API or a bucket is down. */
const BY_DEFAULT: Detection = {
  kind: 'health-check',
  intervalSeconds: interval.value,
  failureThreshold: threshold.value,
};

/** How it is found that a record must be left out. An alias of other records is when they are: the slowest counts. */
export function recordDetection(record: DnsRecord, above: readonly DnsRecord[] = []): RecordDetection {
  if (isSwitchedByHand(record)) return { record };
  const along = [...above, record];
  const nested = record.healthCheck === undefined ? nextStepsOf(record) : [];
  const [slowest] = nested
    .flatMap((step) => ('what' in step ? [] : step))
    .filter((other) => !along.includes(other))
    .map((other) => recordDetection(other, along))
    .sort((a, b) => secondsOf(b) - secondsOf(a));
  return slowest ?? ownDetection(record);
}

function ownDetection(record: DnsRecord): RecordDetection {
  const detection = detectionOf(record);
  if (detection === undefined) return { record, detection: BY_DEFAULT, assumed: {} };
  if (!(detection instanceof Unknown)) return { record, detection };
  return { record, detection: BY_DEFAULT, assumed: { reason: detection.reason } };
}

/** Nothing is slower than who must be asked. */
function secondsOf({ detection }: RecordDetection): number {
  return detection ? detectionStep(detection).typicalSeconds : Number.MAX_VALUE;
}

/** Whether a person or a plan decides what a record's health check says. */
export function isSwitchedByHand(record: DnsRecord): boolean {
  const check = record.healthCheck;
  if (check instanceof Resource) return check.text('HealthCheckConfig.Type') === 'RECOVERY_CONTROL';
  return check !== undefined && planFor(record) !== undefined;
}
