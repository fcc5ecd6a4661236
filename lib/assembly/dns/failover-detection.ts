import { AWS_FACTS } from '../../calculus/aws-facts';
import { type AlarmDetection, type Detection, detectionStep } from '../../calculus/failover-time';
import { forwardsOf } from '../compute/load-balancing';
import { Resource } from '../resource';
import { Unknown } from '../value';
import type { DnsRecord } from './dns-record';
import { targetsOf } from './dns-targets';

const CHECK = 'HealthCheckConfig';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** The types of Route 53 health checks that send requests to an endpoint. */
export const ENDPOINT_CHECKS: readonly string[] = [
  'HTTP',
  'HTTPS',
  'HTTP_STR_MATCH',
  'HTTPS_STR_MATCH',
  'TCP',
];

/** What notices that the target of a record is broken; undefined where nothing does. */
export function detectionOf(record: DnsRecord): Detection | Unknown | undefined {
  const check = record.healthCheck;
  if (check instanceof Unknown) return check;
  if (check instanceof Resource) return healthCheckDetection(check);
  if (check !== undefined) return new Unknown(`health check ${check} is not in the app`);
  const evaluates = record.evaluatesTargetHealth;
  if (evaluates instanceof Unknown) return evaluates;
  return evaluates ? detectionByTarget(record) : undefined;
}

/** How soon a health check turns. */
export function healthCheckDetection(check: Resource, above: readonly Resource[] = []): Detection | Unknown {
  if (above.includes(check)) return new Unknown(`health check ${check.logicalId} depends on itself`);
  const type = check.text(`${CHECK}.Type`);
  if (type instanceof Unknown) return type;
  if (type === 'CLOUDWATCH_METRIC') return detectionByAlarm(check);
  if (type === 'CALCULATED') return detectionByChildren(check, [...above, check]);
  if (type === undefined || !ENDPOINT_CHECKS.includes(type))
    return new Unknown(
      `health check ${check.logicalId} of type ${type ?? 'none'} is switched by a person or a plan`,
    );
  return healthCheck(
    check.number(`${CHECK}.RequestInterval`) ?? AWS_FACTS.route53DefaultHealthCheckIntervalSeconds.value,
    check.number(`${CHECK}.FailureThreshold`) ?? AWS_FACTS.route53DefaultFailureThreshold.value,
  );
}

function healthCheck(
  intervalSeconds: number | Unknown,
  failureThreshold: number | Unknown,
): Detection | Unknown {
  if (intervalSeconds instanceof Unknown) return intervalSeconds;
  if (failureThreshold instanceof Unknown) return failureThreshold;
  return { kind: 'health-check', intervalSeconds, failureThreshold };
}

function detectionByAlarm(check: Resource): Detection | Unknown {
  const alarm =
    check.target(`${CHECK}.AlarmIdentifier.Name`) ?? new Unknown(`${check.logicalId} names no alarm`);
  if (alarm instanceof Unknown) return alarm;
  if (alarm.type !== 'AWS::CloudWatch::Alarm')
    return new Unknown(`${alarm.logicalId} is no alarm with periods of its own`);
  return alarmDetection(alarm);
}

/** How long an alarm takes to notice. */
export function alarmDetection(alarm: Resource): AlarmDetection | Unknown {
  const periods = alarm.number('DatapointsToAlarm') ?? alarm.number('EvaluationPeriods');
  const period = periodOf(alarm);
  if (period instanceof Unknown) return period;
  if (periods === undefined || periods instanceof Unknown)
    return periods ?? new Unknown(`alarm ${alarm.logicalId} says no number of periods`);
  return { kind: 'alarm', periodSeconds: period, evaluationPeriods: periods };
}

/** The alarm's period, or the longest of the metrics that it is computed from. */
function periodOf(alarm: Resource): number | Unknown {
  const own = alarm.number('Period');
  if (own !== undefined) return own;
  const metrics = alarm.list('Metrics');
  if (metrics instanceof Unknown) return metrics;
  const periods = metrics.flatMap((_, index) => [
    alarm.number(`Metrics.${index}.MetricStat.Period`),
    alarm.number(`Metrics.${index}.Period`),
  ]);
  const unknown = periods.find((period) => period instanceof Unknown);
  const known = periods.filter((period) => typeof period === 'number');
  return (
    unknown ?? (known.length > 0 ? Math.max(...known) : new Unknown(`alarm ${alarm.logicalId} has no period`))
  );
}

/**
 * A calculated check turns when so many children have that fewer than its threshold are left. In an outage that all
 * of them see, that is as long as the slowest of those takes.
 */
function detectionByChildren(check: Resource, above: readonly Resource[]): Detection | Unknown {
  const { resources, unknowns } = check.targets(`${CHECK}.ChildHealthChecks`);
  const threshold = check.number(`${CHECK}.HealthThreshold`);
  const children = resources.map((child) => healthCheckDetection(child, above));
  const unknown = [threshold, ...unknowns, ...children].find((item) => item instanceof Unknown);
  if (unknown instanceof Unknown) return unknown;
  const quickestFirst = children.filter(isKnown).sort((a, b) => secondsOf(a) - secondsOf(b));
  const decisive = quickestFirst[quickestFirst.length - Number(threshold)];
  return (
    decisive ?? new Unknown(`how many children health check ${check.logicalId} needs is not in the template`)
  );
}

function secondsOf(detection: Detection): number {
  return detectionStep(detection).typicalSeconds;
}

/** An alias that evaluates its target's health turns with the load balancer's target groups. */
function detectionByTarget(record: DnsRecord): Detection | Unknown {
  const detections = targetsOf(record).map(({ what }) => {
    if (what instanceof Unknown) return what;
    if (what instanceof Resource && what.type === LOAD_BALANCER) return loadBalancerDetection(what);
    const name = what instanceof Resource ? what.logicalId : what;
    return new Unknown(`how soon Route 53 sees that ${name} is broken is not in the template`);
  });
  return slowest(detections) ?? new Unknown(`${record.label} leads to nothing`);
}

/** How soon a load balancer finds its targets broken: with the slowest of its target groups. */
export function loadBalancerDetection(loadBalancer: Resource): Detection | Unknown {
  const { forwards, unknowns } = forwardsOf(loadBalancer);
  const detections = forwards.map(({ targetGroup: group }) =>
    healthCheck(
      group.number('HealthCheckIntervalSeconds') ?? AWS_FACTS.elbDefaultIntervalSeconds.value,
      group.number('UnhealthyThresholdCount') ?? AWS_FACTS.elbDefaultUnhealthyThreshold.value,
    ),
  );
  return (
    slowest([...unknowns, ...detections]) ??
    new Unknown(`no target group of ${loadBalancer.logicalId} is in the app`)
  );
}

function slowest(detections: readonly (Detection | Unknown)[]): Detection | Unknown | undefined {
  return (
    detections.find((detection) => detection instanceof Unknown) ??
    detections.filter(isKnown).sort((a, b) => secondsOf(b) - secondsOf(a))[0]
  );
}

function isKnown(detection: Detection | Unknown): detection is Detection {
  return !(detection instanceof Unknown);
}
