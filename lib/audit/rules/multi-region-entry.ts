import { replicationRulesOf } from '../../assembly/data/bucket-replication';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import { sameToken, tokenKey } from '../../assembly/same-token';
import { isMap, Unknown, type Value, wordOf } from '../../assembly/value';
import { HEALTH_CHECKS } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const ACCELERATOR = 'https://docs.aws.amazon.com/global-accelerator/latest/dg';

export const acceleratorHasTwoRegions: Rule = {
  id: 'X-11',
  title: 'Listeners of accelerators have healthy endpoint groups in two regions, checked by a path.',
  kind: 'redundancy',
  why: 'With one region behind it, or none that takes traffic, the accelerator has nowhere to go when a region is lost.',
  fix: 'add an endpoint group in a second region, with a traffic dial above 0 and a HealthCheckPath',
  fixes: {
    HealthCheckPath: 'set HealthCheckPath to a path that only a working application answers',
  },
  severity: HIGH,
  appliesTo: ['AWS::GlobalAccelerator::Listener'],
  controls: HEALTH_CHECKS,
  sources: [
    `${ACCELERATOR}/about-endpoint-groups.html`,
    `${ACCELERATOR}/about-endpoint-groups-health-check-options.html`,
  ],
  check: (listener) => {
    const { groups, open } = groupsOf(listener);
    if (groups.length === 0) return unknown(undefined, open ?? NO_GROUP);
    return [judgeRegions(groups, open), judgeDials(groups, open), ...groups.map(judgeCheckPath)];
  },
};

export const accessPointReplicates: Rule = {
  id: 'X-12',
  title: 'Multi-Region Access Points have buckets in two regions that replicate to each other.',
  kind: 'redundancy',
  why: 'After a failover users read from and write to another bucket: without replication both ways it lacks what the first has, and never gives back what it took.',
  fix: 'let every bucket of the access point replicate to every other',
  severity: HIGH,
  appliesTo: ['AWS::S3::MultiRegionAccessPoint'],
  controls: HEALTH_CHECKS,
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointBucketReplication.html',
  ],
  check: (accessPoint) => {
    const property = 'Regions';
    const entries = accessPoint.list(property);
    if (entries instanceof Unknown) return unknown(property, entries);
    if (entries.length < 2)
      return fail({ property, found: `${entries.length} bucket`, needed: 'buckets in two regions' });
    const buckets = entries.map((entry) => bucketIn(entry, accessPoint));
    return buckets.flatMap((from) =>
      buckets.filter((to) => to !== from).map((to) => judgeReplication(from, to)),
    );
  },
};

function bucketIn(entry: Value, accessPoint: Resource): Resource | Unknown {
  if (entry instanceof Unknown) return entry;
  const name = isMap(entry) ? entry.Bucket : undefined;
  const bucket = accessPoint.stack.graph.resolve(name ?? null, accessPoint);
  return bucket instanceof Resource && existsWith(bucket, accessPoint) instanceof Unknown
    ? new Unknown(`whether ${bucket.logicalId} exists is decided at deploy`)
    : bucket;
}

function judgeReplication(from: Resource | Unknown, to: Resource | Unknown): Judgement {
  const property = 'Regions';
  if (from instanceof Unknown) return unknown(property, from);
  const { rules, unknown: open } = replicationRulesOf(from);
  const found = rules.find(({ destination }) => destination === to);
  if (found?.enabled === true) return pass({ property, found: 'the buckets replicate to each other' });
  if (found?.enabled instanceof Unknown) return unknown(property, found.enabled);
  // A bucket that replicates to none surely does not replicate to this one.
  if (to instanceof Unknown && (rules.length > 0 || open)) return unknown(property, to);
  const lost = rules.map(({ destination }) => destination).find((other) => other instanceof Unknown);
  const why = open ?? (lost instanceof Unknown ? lost : undefined);
  if (why) return unknown(property, why);
  const other = to instanceof Unknown ? 'the other' : to.logicalId;
  return fail({
    property,
    found: `${from.logicalId} does not replicate to ${other}`,
    needed: 'replication both ways',
  });
}

/** A listener without any serves nobody: whoever has its ARN adds them, from the region that they stand in. */
const NO_GROUP = 'the app has no endpoint group of the listener; others may add some by its ARN';

interface Groups {
  readonly groups: readonly Resource[];

  /** Why there may be others. @default - there are no others in the app */
  readonly open?: Unknown;
}

function groupsOf(listener: Resource): Groups {
  const { byListener, hidden } = groupIndex(listener.stack.graph);
  const all = byListener.get(listener) ?? [];
  const groups = all.filter((group) => existsWith(group, listener) === true);
  const open =
    all.length > groups.length ? new Unknown('a condition decides about an endpoint group') : hidden;
  return { groups, ...(open && { open }) };
}

const groupIndex = oncePerGraph((graph) => {
  const byListener = new Map<Resource, Resource[]>();
  const [macro] = graph.unreadable;
  let hidden = macro === undefined ? undefined : new Unknown(macro);
  for (const group of graph.ofType('AWS::GlobalAccelerator::EndpointGroup')) {
    const listener = group.target('ListenerArn');
    if (listener instanceof Resource) byListener.set(listener, [...(byListener.get(listener) ?? []), group]);
    // An ARN that is written out may be that of any listener.
    else hidden ??= listener;
  }
  return { byListener, hidden };
});

function judgeRegions(groups: readonly Resource[], open: Unknown | undefined): Judgement {
  const regions = groups.map((group) => group.get('EndpointGroupRegion') ?? group.region ?? null);
  const [first = null] = regions;
  const others = regions.map((region) => sameToken(region, first));
  const found = `${new Set(regions.map((region) => tokenKey(region))).size} region`;
  if (others.includes(false)) return pass({ found: 'endpoint groups in two regions' });
  if (others.includes(undefined)) return unknown('EndpointGroupRegion', 'a region is known only at deploy');
  if (open) return unknown(undefined, open);
  return fail({ found, needed: 'endpoint groups in two regions' });
}

function judgeDials(groups: readonly Resource[], open: Unknown | undefined): Judgement {
  const dials = groups.map((group) => group.number('TrafficDialPercentage') ?? 100);
  if (!dials.includes(0)) return pass({ found: 'every group takes traffic' });
  if (groups.some((group, index) => Number(dials[index]) > 0 && hasEndpoint(group)))
    return pass({ found: 'another group takes traffic' });
  const unsure = [...dials, open].find((item) => item instanceof Unknown);
  if (unsure instanceof Unknown) return unknown('TrafficDialPercentage', unsure);
  return fail({
    found: 'a dial of 0, and no other group that takes traffic',
    needed: 'a group that takes traffic',
  });
}

function hasEndpoint(group: Resource): boolean {
  const endpoints = group.list('EndpointConfigurations');
  if (endpoints instanceof Unknown) return true;
  return endpoints.some((endpoint) => !isMap(endpoint) || wordOf(endpoint.Weight ?? 128) !== '0');
}

/** Load balancers are checked by their own target groups: what is set here does not count for them. */
function judgeCheckPath(group: Resource): Judgement {
  const judged = group.isSet('HealthCheckPath', 'a path that only a working application answers');
  if (judged.outcome !== 'fail') return judged;
  const endpoints = group.list('EndpointConfigurations');
  if (endpoints instanceof Unknown) return unknown('EndpointConfigurations', endpoints);
  const kinds = endpoints.map((endpoint) => kindOf(endpoint, group));
  if (kinds.includes('other')) return { ...judged, found: `nothing, in ${group.logicalId}` };
  return kinds.includes('open')
    ? unknown('EndpointConfigurations', 'what an endpoint is is known only at deploy')
    : notApplicable('load balancers are checked by their target groups');
}

function kindOf(endpoint: Value, group: Resource): 'balancer' | 'open' | 'other' {
  const id = isMap(endpoint) ? endpoint.EndpointId : undefined;
  if (id === undefined || id instanceof Unknown) return 'open';
  if (typeof id === 'string')
    return /:loadbalancer\//.test(id) ? 'balancer' : /^(i-|eipalloc-)/.test(id) ? 'other' : 'open';
  const target = group.stack.graph.resolve(id, group);
  if (target instanceof Unknown) return 'open';
  if (target.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') return 'balancer';
  return /^AWS::EC2::(Instance|EIP)$/.test(target.type) ? 'other' : 'open';
}
