import type { Truth } from '../conditions';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { inSameRegion } from '../same-place';
import { negated } from '../truth';
import { describe, Unknown } from '../value';
import { dnsRecordsOf } from './dns-records';
import { targetsOf } from './dns-targets';
import { probesOf } from './health-check-hosts';

const CANARY = 'AWS::Synthetics::Canary';
const HEALTH_CHECK = 'AWS::Route53::HealthCheck';

/** What asks an endpoint from outside its region. */
export interface VantagePoint {
  readonly by: Resource;

  /** Unknown where only deploy knows whether it asks this endpoint, or from where. */
  readonly certain: Truth;
}

/** The canaries and health checks that ask an endpoint from outside its region, surely or perhaps. */
export function vantagePointsOn(endpoint: Resource): readonly VantagePoint[] {
  const { graph } = endpoint.stack;
  const { byTarget, open } = healthChecksOf(graph);
  const checks = (byTarget.get(endpoint) ?? []).map((by) => ({ by, certain: existsWith(by, endpoint) }));
  const others = open.map((by) => ({
    by,
    certain: new Unknown(`what ${by.logicalId} asks is not in the app`),
  }));
  return [...checks, ...canariesOn(endpoint), ...others];
}

/** Health checks ask from several regions, wherever the endpoint is. */
const healthChecksOf = oncePerGraph((graph) => {
  const byTarget = new Map<Resource, Resource[]>();
  const open: Resource[] = [];
  for (const check of graph.ofType(HEALTH_CHECK)) {
    const targets = probesOf(check).flatMap((probe) =>
      probe.targets instanceof Unknown ? [probe.targets] : probe.targets.map(({ what }) => what),
    );
    for (const target of targets) {
      if (target instanceof Resource) byTarget.set(target, [...(byTarget.get(target) ?? []), check]);
    }
    if (targets.some((target) => !(target instanceof Resource))) open.push(check);
  }
  return { byTarget, open };
});

/** A canary asks what its code or its environment names; code in a bucket may ask anything. */
function canariesOn(endpoint: Resource): readonly VantagePoint[] {
  const canaries = endpoint.stack.graph.ofType(CANARY);
  if (canaries.length === 0) return [];
  const names = namesOf(endpoint);
  const mentioned = new Set(endpoint.stack.graph.mentionsOf(endpoint, CANARY).map(({ from }) => from));
  return canaries.flatMap((by): readonly VantagePoint[] => {
    const outside = negated(inSameRegion(by, endpoint));
    if (outside === false || by.get('Schedule.Expression') === 'rate(0 minute)') return [];
    const asks = mentioned.has(by) || names.some((name) => textOf(by).includes(name));
    return [{ by, certain: asks ? outside : new Unknown(`what ${by.logicalId} asks is in its code`) }];
  });
}

function textOf(canary: Resource): string {
  const { RunConfig: run, Code: code } = canary.body.Properties ?? {};
  return JSON.stringify([run, code]);
}

/** The names under which the records of the app lead to an endpoint. */
function namesOf(endpoint: Resource): readonly string[] {
  return recordNames(endpoint.stack.graph).get(endpoint) ?? [];
}

const recordNames = oncePerGraph((graph) => {
  const names = new Map<Resource, string[]>();
  for (const record of dnsRecordsOf(graph).all) {
    if (typeof record.name !== 'string') continue;
    for (const { what } of targetsOf(record))
      if (what instanceof Resource) names.set(what, [...(names.get(what) ?? []), describe(record.name)]);
  }
  return names;
});
