import { loadBalancerType } from '../compute/load-balancing';
import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import type { Resource } from '../resource';
import { tokenKey } from '../same-token';
import { isList, type Value } from '../value';
import { SUBNET_PROPERTIES } from './placement-properties';

/** How many zones a resource surely stands in, whatever subnets it is given, since its service accepts no fewer. */
export interface ZonesByRule {
  readonly zones: number;

  /** In words, for a person: `an Application Load Balancer accepts no fewer`. */
  readonly why: string;
  readonly source: string;
}

/** What each service accepts no fewer zones for. The others take one subnet. */
const RULES: Readonly<Record<string, ZonesByRule & { readonly holds?: (resource: Resource) => boolean }>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    zones: 2,
    why: 'an Application Load Balancer accepts no fewer zones',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html',
    // Network and gateway load balancers take one subnet.
    holds: (balancer) => loadBalancerType(balancer) === 'application',
  },
  'AWS::RDS::DBSubnetGroup': subnetGroup(
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
  ),
  'AWS::DocDB::DBSubnetGroup': subnetGroup(
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/document-db-subnet-groups.html',
  ),
  'AWS::Neptune::DBSubnetGroup': subnetGroup(
    'https://docs.aws.amazon.com/neptune/latest/userguide/security-vpc.html',
  ),
  'AWS::EKS::Cluster': {
    zones: 2,
    why: 'an EKS cluster accepts no fewer zones',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html',
  },
};

function subnetGroup(source: string): ZonesByRule {
  return { zones: 2, why: 'a subnet group of databases accepts no fewer zones', source };
}

/**
 * How many zones a resource surely stands in by the rules of its service, or because something that has such a rule is
 * given the very same subnets.
 */
export function zonesByRule(resource: Resource): ZonesByRule | undefined {
  const own = ownRule(resource);
  if (own) return own;
  const key = subnetsKeyOf(resource);
  const others = key === undefined ? [] : (ruledBySubnets(resource.stack.graph).get(key) ?? []);
  const sure = others.find(({ ruled }) => existsWith(ruled, resource) === true);
  return (
    sure && { ...sure.rule, why: `${sure.ruled.logicalId} is given the same subnets, and ${sure.rule.why}` }
  );
}

function ownRule(resource: Resource): ZonesByRule | undefined {
  const rule = RULES[resource.type];
  return rule && (rule.holds?.(resource) ?? true) ? rule : undefined;
}

const ruledBySubnets = oncePerGraph((graph: Graph) => {
  const byKey = new Map<string, { readonly ruled: Resource; readonly rule: ZonesByRule }[]>();
  for (const ruled of graph.ofType(...Object.keys(RULES))) {
    const [rule, key] = [ownRule(ruled), subnetsKeyOf(ruled)];
    if (rule && key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), { ruled, rule }]);
  }
  return byKey;
});

/** The same for two resources that are surely given the same subnets, also where deploy decides which. */
function subnetsKeyOf(resource: Resource): string | undefined {
  const path = SUBNET_PROPERTIES[resource.type]?.find((each) => !each.includes('.*.'));
  const value = path === undefined ? undefined : resource.get(path);
  return value === undefined || value === '' ? undefined : keyOf(value);
}

function keyOf(value: Value): string | undefined {
  if (!isList(value)) return tokenKey(value);
  const keys = value.map((item) => tokenKey(item));
  return keys.length === 0 || keys.includes(undefined) ? undefined : JSON.stringify(keys.sort());
}
