import type { CfnResource } from 'aws-cdk-lib/core';
import type { AlarmShape } from '../../../calculus/mandatory/alarm-shape';
import { MANDATORY_METRICS, OUTAGE_METRICS } from '../../../calculus/mandatory-metrics';
import { Tier } from '../../../objectives/tier';
import { tierPolicy } from '../../../objectives/tier-policy';
import { ServiceScope } from '../../governance/service-scope';
import type { MandatoryAlarmsProps } from './mandatory-alarms-props';

/** What is owed to a resource that must be watched. @internal */
export interface OwedAlarms {
  readonly tier: Tier;

  /** Seconds that an alarm may take to find an outage. */
  readonly detectionSeconds: number;

  /** Seconds of data that may be lost with a region. */
  readonly rpoSeconds: number;
  readonly runbook: string | undefined;
  readonly service: ServiceScope | undefined;
}

/** Detection may take so much of the time in which the service must be back: what rule X-72 allows. */
const SHARE_OF_RTO = 0.5;

/** What is owed to a resource; nothing where nobody must watch it. @internal */
export function owedTo(resource: CfnResource, props: MandatoryAlarmsProps): OwedAlarms | undefined {
  const service = ServiceScope.of(resource);
  const tier = service?.service.tier ?? props.tier;
  if (tier === undefined || tier > Tier.BUSINESS_CRITICAL) return undefined;
  if (service?.nonProduction && !props.inNonProduction) return undefined;
  const owed = tierPolicy(tier).recovery.region;
  const region = service?.service.objectives.region ?? { rto: owed.rto.value, rpo: owed.rpo.value };
  return {
    tier,
    detectionSeconds: region.rto.toSeconds() * SHARE_OF_RTO,
    rpoSeconds: region.rpo.toSeconds(),
    runbook: service?.service.runbook,
    service,
  };
}

/** How long an alarm looks. @internal */
export interface Look {
  readonly periodSeconds: number;

  /** So many periods in a row. */
  readonly periods: number;
}

/** As long as the shape asks for, shorter where an outage must be found sooner. @internal */
export function lookWithin(shape: AlarmShape, seconds: number): Look {
  const { metrics, periods, periodSeconds: asked, leastPeriodSeconds: least = MINUTE } = shape;
  if (!isOutage(metrics)) return { periodSeconds: asked, periods };
  const whole = Math.floor(seconds / MINUTE) * MINUTE;
  const periodSeconds = Math.max(least, Math.min(asked, whole));
  return { periodSeconds, periods: Math.max(1, Math.min(periods, Math.floor(seconds / periodSeconds))) };
}

const MINUTE = 60;

/** Whether metrics show that users are not served now. @internal */
export function isOutage(metrics: readonly string[]): boolean {
  return metrics.some((metric) => OUTAGE_METRICS.has(metric));
}

/** The metrics that show the same as those of a shape: an alarm on any of them will do. @internal */
export function alternativesTo(
  { metrics }: AlarmShape,
  { cfnResourceType: type }: CfnResource,
): readonly string[] {
  const entry = (MANDATORY_METRICS[type] ?? []).find(({ anyOf }) =>
    metrics.some((each) => anyOf.includes(each)),
  );
  return entry?.anyOf ?? metrics;
}
