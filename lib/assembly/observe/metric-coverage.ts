import { MANDATORY_METRICS, type MandatoryMetric } from '../../calculus/mandatory-metrics';
import { deployHandlers } from '../compute/deploy-handlers';
import { loadBalancerType } from '../compute/load-balancing';
import { isManagedByCluster, membersOf } from '../data/database-members';
import { any, type Judgement } from '../judgement';
import type { Resource } from '../resource';
import { everyTruth } from '../truth';
import { Unknown } from '../value';
import { looksTheBadWay } from './alarm-direction';
import { tellsSomebody } from './alarm-telling';
import { alarmAnswers, alarmsOn } from './alarms';
import { type WeakAlarm, weakness } from './weak-alarm';

/** A metric that an alarm must watch on a resource, and whether one that tells somebody does. */
export interface MetricCoverage {
  readonly metric: MandatoryMetric;
  readonly judgement: Judgement;

  /** The alarms that watch it, whether they tell anybody or not. */
  readonly alarms: readonly Resource[];

  /** Why one of them does not count. @default - one counts, or there is none, or it is not known */
  readonly weak?: WeakAlarm;
}

/**
 * The mandatory metrics of a resource with the alarms on them.
 *
 * @returns why the resource needs none, or why that cannot be known
 */
export function metricCoverage(resource: Resource): readonly MetricCoverage[] | string | Unknown {
  const exempt = EXEMPTIONS[resource.type]?.(resource);
  if (exempt !== undefined) return exempt;
  return (MANDATORY_METRICS[resource.type] ?? []).map((metric) => coverageOf(resource, metric));
}

function coverageOf(resource: Resource, metric: MandatoryMetric): MetricCoverage {
  const judgement = judgeMetric(resource, metric.anyOf);
  const watching = alarmsWatching(resource, metric.anyOf);
  const weak =
    judgement.outcome === 'fail'
      ? watching.map(({ alarm, name }) => weakness(alarm, name)).find((each) => each !== undefined)
      : undefined;
  return {
    metric,
    judgement,
    alarms: [...new Set(watching.map(({ alarm }) => alarm))],
    ...(weak && { weak }),
  };
}

function alarmsWatching(
  resource: Resource,
  metrics: readonly string[],
): readonly { readonly alarm: Resource; readonly name: string }[] {
  const members = resource.type === 'AWS::RDS::DBCluster' ? membersOf(resource).sure : [];
  return [resource, ...members]
    .flatMap((each) => alarmsOn(each).metrics)
    .flatMap(({ alarm, name }) =>
      typeof name === 'string' && metrics.includes(name) ? [{ alarm, name }] : [],
    );
}

/** Why the metrics of a resource are nobody's business, by type. */
const EXEMPTIONS: Readonly<Record<string, (resource: Resource) => string | Unknown | undefined>> = {
  'AWS::Lambda::Function': (fn) =>
    deployHandlers(fn.stack.graph).has(fn) ? 'the function runs only while a stack is deployed' : undefined,
  'AWS::RDS::DBInstance': (instance) => {
    const managed = isManagedByCluster(instance);
    return managed === true ? 'the cluster is watched' : managed || undefined;
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (loadBalancer) => {
    const type = loadBalancerType(loadBalancer);
    if (type instanceof Unknown) return type;
    return type === 'application' ? undefined : 'its target groups are watched';
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': (group) =>
    group.text('TargetType') === 'lambda' ? 'the function is watched itself' : undefined,
};

function judgeMetric(resource: Resource, metrics: readonly string[]): Judgement {
  const question = {
    metrics,
    accepts: (alarm: Resource, metric: string) =>
      everyTruth([looksTheBadWay(alarm, metric), tellsSomebody(alarm)]),
    needed: `an alarm with an action on ${metrics.join(' or ')}`,
  };
  const own = alarmAnswers(resource, question);
  if (own.outcome !== 'fail' || resource.type !== 'AWS::RDS::DBCluster') return own;
  const { sure } = membersOf(resource);
  return any(own, ...sure.map((member) => alarmAnswers(member, question)));
}
