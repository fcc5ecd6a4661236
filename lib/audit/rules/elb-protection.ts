import { attributeIs } from '../../assembly/compute/load-balancer-attributes';
import { listenersOf, loadBalancerType } from '../../assembly/compute/load-balancing';
import { notApplicable, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { DELETION_PROTECTION, HEALTH_CHECKS, LOG_RETENTION } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';

export const classicLoadBalancerDrains: Rule = {
  id: 'ELB-05',
  title: 'Classic Load Balancers let requests finish before they drop an instance.',
  kind: 'redundancy',
  why: 'Each replacement, scale-in and failed check cuts the requests in flight.',
  fix: 'set ConnectionDrainingPolicy.Enabled to true',
  severity: MEDIUM,
  appliesTo: [CLASSIC],
  controls: HEALTH_CHECKS,
  check: (loadBalancer) => loadBalancer.is('ConnectionDrainingPolicy.Enabled', true, { default: false }),
};

export const loadBalancerCannotBeDeleted: Rule = {
  id: 'ELB-06',
  title: 'Load balancers are protected against deletion.',
  kind: 'protection',
  why: 'A load balancer deleted by mistake takes its DNS name and addresses with it: clients have to be changed.',
  fix: 'set the attribute deletion_protection.enabled to true',
  severity: MEDIUM,
  appliesTo: [LOAD_BALANCER],
  controls: DELETION_PROTECTION,
  check: (loadBalancer) =>
    attributeIs(loadBalancer, { key: 'deletion_protection.enabled', needed: 'true', default: 'false' }),
};

export const loadBalancerLogsAccess: Rule = {
  id: 'ELB-09',
  title: 'Load balancers log each request.',
  kind: 'compliance',
  why: 'Without the log nobody can tell which requests failed, from when to when, and for whom.',
  fix: 'turn access logs on, to a bucket',
  severity: MEDIUM,
  appliesTo: [LOAD_BALANCER, CLASSIC],
  controls: LOG_RETENTION,
  check: (loadBalancer) =>
    loadBalancer.type === CLASSIC
      ? loadBalancer.is('AccessLoggingPolicy.Enabled', true, { default: false })
      : judgeLog(loadBalancer),
};

function judgeLog(loadBalancer: Resource) {
  const type = loadBalancerType(loadBalancer);
  if (type === 'gateway') return notApplicable('a Gateway Load Balancer writes no access log');
  const logs = attributeIs(loadBalancer, {
    key: 'access_logs.s3.enabled',
    needed: 'true',
    default: 'false',
  });
  if (logs.outcome !== 'fail') return logs;
  if (type instanceof Unknown) return unknown('Type', type);
  return type === 'network' && !mayLog(loadBalancer)
    ? notApplicable('a Network Load Balancer logs TLS only, and no listener of it speaks TLS')
    : logs;
}

/** Where the app has no listener of it, another one may have one. */
function mayLog(loadBalancer: Resource): boolean {
  const { resources, unknowns } = listenersOf(loadBalancer);
  const protocols = resources.map((listener) => listener.get('Protocol'));
  const silent = ['TCP', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'];
  return (
    protocols.length + unknowns.length === 0 ||
    unknowns.length > 0 ||
    protocols.some((protocol) => typeof protocol !== 'string' || !silent.includes(protocol))
  );
}
