import type { Truth } from '../conditions';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { isMap, Unknown, type Value, type ValueMap } from '../value';
import { valuesAt } from './zones';

const GROUP = 'AWS::EC2::SecurityGroup';

/** Where a type names its security groups. */
const GROUP_PATHS: Readonly<Record<string, readonly string[]>> = {
  'AWS::AmazonMQ::Broker': ['SecurityGroups'],
  'AWS::AutoScaling::LaunchConfiguration': ['SecurityGroups'],
  'AWS::DAX::Cluster': ['SecurityGroupIds'],
  'AWS::DocDB::DBCluster': ['VpcSecurityGroupIds'],
  'AWS::EC2::Instance': ['SecurityGroupIds', 'NetworkInterfaces.*.GroupSet'],
  'AWS::EC2::LaunchTemplate': [
    'LaunchTemplateData.SecurityGroupIds',
    'LaunchTemplateData.NetworkInterfaces.*.Groups',
  ],
  'AWS::EC2::VPCEndpoint': ['SecurityGroupIds'],
  'AWS::ECS::Service': ['NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'],
  'AWS::EFS::MountTarget': ['SecurityGroups'],
  'AWS::ElastiCache::CacheCluster': ['VpcSecurityGroupIds'],
  'AWS::ElastiCache::ReplicationGroup': ['SecurityGroupIds'],
  'AWS::ElastiCache::ServerlessCache': ['SecurityGroupIds'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['SecurityGroups'],
  'AWS::Events::Rule': ['Targets.*.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.SecurityGroups'],
  'AWS::Lambda::Function': ['VpcConfig.SecurityGroupIds'],
  'AWS::MSK::Cluster': ['BrokerNodeGroupInfo.SecurityGroups'],
  'AWS::MemoryDB::Cluster': ['SecurityGroupIds'],
  'AWS::Neptune::DBCluster': ['VpcSecurityGroupIds'],
  'AWS::OpenSearchService::Domain': ['VPCOptions.SecurityGroupIds'],
  'AWS::RDS::DBCluster': ['VpcSecurityGroupIds'],
  'AWS::RDS::DBInstance': ['VPCSecurityGroups'],
  'AWS::RDS::DBProxy': ['VpcSecurityGroupIds'],
  'AWS::Redshift::Cluster': ['VpcSecurityGroupIds'],
  'AWS::Scheduler::Schedule': [
    'Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
  ],
};

/** What launches the instances that carry the security groups. */
const LAUNCHED_BY: readonly string[] = [
  'LaunchConfigurationName',
  'LaunchTemplate.LaunchTemplateId',
  'LaunchTemplate.LaunchTemplateName',
  'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
  'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName',
];

/** The security groups of something, and why there may be others. */
export interface Groups {
  readonly groups: readonly Resource[];
  readonly unknowns: readonly Unknown[];
}

/** The security groups that a resource carries. None at all means the default group of its network, or no network. */
export function securityGroupsOf(resource: Resource): Groups {
  const own = namedAt(resource, GROUP_PATHS[resource.type] ?? []);
  if (resource.type !== 'AWS::AutoScaling::AutoScalingGroup' && resource.type !== 'AWS::EC2::Instance')
    return own;
  const launch = namedAt(resource, LAUNCHED_BY);
  const further = launch.groups.map((template) => namedAt(template, GROUP_PATHS[template.type] ?? []));
  return {
    groups: [...new Set([...own.groups, ...further.flatMap(({ groups }) => groups)])],
    unknowns: [...own.unknowns, ...launch.unknowns, ...further.flatMap(({ unknowns }) => unknowns)],
  };
}

function namedAt(resource: Resource, paths: readonly string[]): Groups {
  const values = paths.flatMap((path) => valuesAt(resource, path)).flat();
  const found = values.map((value) => resource.stack.graph.resolve(value, resource));
  return {
    groups: found.filter((item) => item instanceof Resource),
    unknowns: found.filter((item) => item instanceof Unknown),
  };
}

/** One rule of a security group: who may come in, or where it may go. */
export interface GroupRule {
  readonly group: Resource;
  readonly direction: 'in' | 'out';

  /** As it is written: protocol, ports, and the other side. */
  readonly body: ValueMap;

  /** The resource in which it is written. */
  readonly by: Resource;

  /** Unknown where only deploy knows whether it is there. */
  readonly certain: Truth;
}

/** The rules of a security group, and why there may be others. */
export interface GroupRules {
  readonly rules: readonly GroupRule[];
  readonly unknowns: readonly Unknown[];
}

/** What a group without a rule of its own may send: everything. */
const EVERYTHING: ValueMap = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };

const INLINE = { in: 'SecurityGroupIngress', out: 'SecurityGroupEgress' } as const;

/** All rules of a security group in one direction, those of other resources included. */
export function rulesOf(group: Resource, direction: 'in' | 'out'): GroupRules {
  if (group.type !== GROUP)
    return { rules: [], unknowns: [new Unknown(`${group.logicalId} is no security group`)] };
  const inline = group.list(INLINE[direction]);
  const { byGroup, hidden } = separateRules(group.stack.graph);
  const separate = (byGroup.get(group) ?? []).filter((rule) => rule.direction === direction);
  if (inline instanceof Unknown) return { rules: separate, unknowns: [inline, ...hidden] };
  const written = inline.flatMap((body) =>
    isMap(body) ? [{ group, direction, body, by: group, certain: true }] : [],
  );
  const open = inline.filter((body) => body instanceof Unknown);
  const usual = direction === 'out' && inline.length === 0;
  const unwritten = usual ? [{ group, direction, body: EVERYTHING, by: group, certain: true }] : [];
  return { rules: [...written, ...separate, ...unwritten], unknowns: [...open, ...hidden] };
}

const DIRECTIONS: Readonly<Record<string, 'in' | 'out'>> = {
  'AWS::EC2::SecurityGroupEgress': 'out',
  'AWS::EC2::SecurityGroupIngress': 'in',
};

const separateRules = oncePerGraph((graph) => {
  const byGroup = new Map<Resource, GroupRule[]>();
  const hidden = graph.unreadable.slice(0, 1).map((reason) => new Unknown(reason));
  for (const rule of graph.ofType(...Object.keys(DIRECTIONS))) {
    const group = rule.target('GroupId') ?? rule.target('GroupName');
    if (!(group instanceof Resource)) continue;
    const body = Object.fromEntries(
      rule.propertyNames.map((name): [string, Value] => [name, rule.get(name) ?? null]),
    );
    const entry: GroupRule = {
      group,
      direction: DIRECTIONS[rule.type] ?? 'in',
      body,
      by: rule,
      certain: existsWith(rule, group),
    };
    byGroup.set(group, [...(byGroup.get(group) ?? []), entry]);
  }
  return { byGroup, hidden };
});

const OTHER_SIDES = { in: 'SourceSecurityGroupId', out: 'DestinationSecurityGroupId' } as const;

/** The group on the other side of a rule; undefined where it names none. */
export function otherGroupOf({ body, direction, by }: GroupRule): Resource | Unknown | undefined {
  const value = body[OTHER_SIDES[direction]] ?? body.SourceSecurityGroupName;
  return value === undefined ? undefined : by.stack.graph.resolve(value, by);
}
