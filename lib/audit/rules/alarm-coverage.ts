import { deployHandlers } from '../../assembly/compute/deploy-handlers';
import { loadBalancerType } from '../../assembly/compute/load-balancing';
import { isManagedByCluster, membersOf } from '../../assembly/data/database-members';
import { any, fail, type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import { tellsSomebody } from '../../assembly/observe/alarm-composites';
import { alarmAnswers } from '../../assembly/observe/alarms';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { MANDATORY_METRICS } from '../../calculus/mandatory-metrics';
import { Tier } from '../../objectives/tier';
import { MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

export const mandatoryMetricsAreWatched: Rule = {
  id: 'X-70',
  title: 'Alarms that act watch the mandatory metrics of what tiers 0 and 1 run on.',
  kind: 'monitoring',
  why: 'What no alarm watches is noticed by the users first.',
  fix: 'add alarms with an action on the metrics named',
  severity: MEDIUM,
  appliesTo: Object.keys(MANDATORY_METRICS),
  controls: MONITORING,
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html',
  ],
  check: (resource, { service }) => {
    if (service.tier > Tier.BUSINESS_CRITICAL)
      return notApplicable(`tier ${service.tier} owes no alarm for each`);
    const exempt = EXEMPTIONS[resource.type]?.(resource);
    if (exempt instanceof Unknown) return unknown(undefined, exempt);
    return exempt === undefined ? judgeMetrics(resource) : notApplicable(exempt);
  },
};

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

function judgeMetrics(resource: Resource): Judgement {
  const metrics = (MANDATORY_METRICS[resource.type] ?? []).map(({ anyOf }) => anyOf);
  const judged = metrics.map((anyOf) => ({ anyOf, judgement: judgeMetric(resource, anyOf) }));
  const missing = judged
    .filter(({ judgement }) => judgement.outcome === 'fail')
    .map(({ anyOf }) => anyOf.join(' or '));
  if (missing.length > 0)
    return fail({
      found: `no alarm with an action on ${missing.join(', nor on ')}`,
      needed: missing.length === 1 ? 'one' : 'one on each',
    });
  const open = judged.find(({ judgement }) => judgement.outcome === 'unknown');
  return (open ?? judged[0])?.judgement ?? notApplicable('nothing is mandatory');
}

function judgeMetric(resource: Resource, metrics: readonly string[]): Judgement {
  const question = {
    metrics,
    accepts: (alarm: Resource) => tellsSomebody(alarm),
    needed: `an alarm with an action on ${metrics.join(' or ')}`,
  };
  const own = alarmAnswers(resource, question);
  if (own.outcome !== 'fail' || resource.type !== 'AWS::RDS::DBCluster') return own;
  const { sure } = membersOf(resource);
  return any(own, ...sure.map((member) => alarmAnswers(member, question)));
}
