import { type CfnResource, TagManager } from 'aws-cdk-lib/core';
import type { AlarmShape } from '../../../calculus/mandatory/alarm-shape';
import { MANDATORY_METRICS, OUTAGE_METRICS } from '../../../calculus/mandatory-metrics';
import type { DataClass } from '../../../objectives/data-class';
import { detectionSeconds } from '../../../objectives/detection';
import { Tier } from '../../../objectives/tier';
import { tierPolicy } from '../../../objectives/tier-policy';
import { ServiceScope } from '../../governance/service-scope';
import { DATA_CLASS_TAG } from '../../recovery/data-class-tag';
import type { MandatoryAlarmsProps } from './mandatory-alarms-props';

/** What is owed to a resource of a service. @internal */
export interface OwedAlarms {
  readonly tier: Tier;

  /** Whether all that shows that it does not serve is watched: at tiers 0 and 1. How far copies are behind always is. */
  readonly metrics: boolean;

  /** Seconds that an alarm may take to find an outage. */
  readonly detectionSeconds: number;

  /** Seconds of its data that may be lost with a region; undefined where none is owed. */
  readonly rpoSeconds: number | undefined;
  readonly runbook: string | undefined;
  readonly service: ServiceScope | undefined;
}

/** What is owed to a resource; nothing where nobody must watch it. @internal */
export function owedTo(resource: CfnResource, props: MandatoryAlarmsProps): OwedAlarms | undefined {
  const service = ServiceScope.of(resource);
  const tier = service?.service.tier ?? props.tier;
  if (tier === undefined) return undefined;
  if (service?.nonProduction && !props.inNonProduction) return undefined;
  const rpo = service
    ? service.service.rpo('region', dataClassOf(resource, service))
    : tierPolicy(tier).recovery.region.rpo.value;
  return {
    tier,
    metrics: tier <= Tier.BUSINESS_CRITICAL,
    detectionSeconds: detectionSeconds(tier, service?.service),
    rpoSeconds: rpo?.toSeconds(),
    runbook: service?.service.runbook,
    service,
  };
}

function dataClassOf(resource: CfnResource, { service }: ServiceScope): DataClass | undefined {
  const name = TagManager.of(resource)?.tagValues()[DATA_CLASS_TAG];
  return service.dataClasses?.find((each) => each.name === name);
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
