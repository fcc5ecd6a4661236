import { fail, type Judgement, pass, unknown } from './judgement';
import type { Resource } from './resource';
import { describe, isList, Unknown, type Value, ZoneList } from './value';

/**
 * A set of availability zones of which some may be known only by symbol, and some not at all.
 *
 * A zone's name, its symbol (`eu-west-1#0`) and its id (`euw1-az1`) may mean the same zone, so a set of mixed kinds
 * has between {@link least} and {@link most} zones.
 */
export class ZoneSet {
  constructor(
    readonly names: ReadonlySet<string>,
    readonly unknowns: readonly Unknown[] = [],
    /** Whether all zones of a region belong to it. */
    readonly whole: boolean = false,
  ) {}

  static union(sets: readonly ZoneSet[]): ZoneSet {
    return new ZoneSet(
      new Set(sets.flatMap(({ names }) => [...names])),
      sets.flatMap(({ unknowns }) => unknowns),
      sets.some(({ whole }) => whole),
    );
  }

  static unknown(why: Unknown | string): ZoneSet {
    return new ZoneSet(new Set(), [typeof why === 'string' ? new Unknown(why) : why]);
  }

  static readonly none = new ZoneSet(new Set());

  /** How many zones there surely are. */
  get least(): number {
    const kinds = [...this.names].map(kindOf);
    const known = Math.max(
      ...(['name', 'symbol', 'id'] as const).map((kind) => kinds.filter((other) => other === kind).length),
    );
    // Every region has at least three zones, and at least two of them take default subnets.
    return Math.max(known, this.whole ? 2 : 0, this.unknowns.length > 0 ? 1 : 0);
  }

  /** How many zones there may be. An unknown may stand for a whole list. */
  get most(): number {
    return this.whole || this.unknowns.length > 0 ? Number.POSITIVE_INFINITY : this.names.size;
  }

  get isEmpty(): boolean {
    return this.most === 0;
  }

  /** Whether every zone of this set is in the other; undefined when that cannot be told. */
  within(other: ZoneSet): boolean | undefined {
    if (this.names.size === 0 && this.unknowns.length === 0 && !this.whole) return true;
    if (other.whole && !this.whole && this.unknowns.length === 0) return true;
    const missing = [...this.names].filter((name) => !other.names.has(name));
    if (missing.length === 0) return this.unknowns.length > 0 || this.whole ? undefined : true;
    if (other.unknowns.length > 0 || other.whole) return undefined;
    const comparable = missing.some((name) =>
      [...other.names].every((there) => kindOf(there) === kindOf(name)),
    );
    return comparable || (missing.length > 0 && this.least > other.most) ? false : undefined;
  }

  /** Judges whether there are at least so many zones. */
  atLeast(needed: number, property: string): Judgement {
    if (this.least >= needed) return pass({ property, found: this.describe() });
    if (this.most < needed) return fail({ property, found: this.describe(), needed: `${needed} zones` });
    return unknown(
      property,
      this.unknowns[0] ??
        `whether ${[...this.names].join(' and ')} are different zones is known only at deploy`,
    );
  }

  describe(): string {
    const count = `${this.names.size} zone${this.names.size === 1 ? '' : 's'}`;
    return this.names.size === 0 ? count : `${count} (${[...this.names].sort().join(', ')})`;
  }
}

function kindOf(zone: string): 'name' | 'symbol' | 'id' {
  if (zone.includes('#')) return 'symbol';
  return /-az\d+$/.test(zone) ? 'id' : 'name';
}

/** The zones in a value that lists zone names or ids. */
export function zonesNamedIn(value: Value | undefined): ZoneSet {
  if (value === undefined) return ZoneSet.none;
  if (value instanceof Unknown) return zonesOfUnknown(value);
  if (value instanceof ZoneList) return new ZoneSet(new Set(), [], true);
  if (isList(value)) return ZoneSet.union(value.map(zonesNamedIn));
  return typeof value === 'string'
    ? new ZoneSet(new Set([value]))
    : ZoneSet.unknown(`zone ${describe(value)} is known only at deploy`);
}

function zonesOfUnknown(value: Unknown): ZoneSet {
  return ZoneSet.unknown(value);
}

/** The properties that name the subnets of a type. A resource stands in the zones of its subnets. */
const SUBNET_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::AmazonMQ::Broker': ['SubnetIds'],
  'AWS::AutoScaling::AutoScalingGroup': ['VPCZoneIdentifier'],
  'AWS::DAX::SubnetGroup': ['SubnetIds'],
  'AWS::DocDB::DBSubnetGroup': ['SubnetIds'],
  'AWS::EC2::Instance': ['SubnetId'],
  'AWS::EC2::NatGateway': ['SubnetId'],
  'AWS::EC2::NetworkInterface': ['SubnetId'],
  'AWS::EC2::TransitGatewayAttachment': ['SubnetIds'],
  'AWS::EC2::TransitGatewayVpcAttachment': ['SubnetIds'],
  'AWS::EC2::VPCEndpoint': ['SubnetIds'],
  'AWS::ECS::Service': ['NetworkConfiguration.AwsvpcConfiguration.Subnets'],
  'AWS::EFS::MountTarget': ['SubnetId'],
  'AWS::EKS::Cluster': ['ResourcesVpcConfig.SubnetIds'],
  'AWS::EKS::FargateProfile': ['Subnets'],
  'AWS::EKS::Nodegroup': ['Subnets'],
  'AWS::ElastiCache::SubnetGroup': ['SubnetIds'],
  'AWS::ElasticLoadBalancing::LoadBalancer': ['Subnets'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Subnets', 'SubnetMappings.*.SubnetId'],
  'AWS::FSx::FileSystem': ['SubnetIds'],
  'AWS::Lambda::Function': ['VpcConfig.SubnetIds'],
  'AWS::MSK::Cluster': ['BrokerNodeGroupInfo.ClientSubnets'],
  'AWS::MSK::ServerlessCluster': ['VpcConfigs.*.SubnetIds'],
  'AWS::MemoryDB::SubnetGroup': ['SubnetIds'],
  'AWS::Neptune::DBSubnetGroup': ['SubnetIds'],
  'AWS::NetworkFirewall::Firewall': ['SubnetMappings.*.SubnetId'],
  'AWS::OpenSearchService::Domain': ['VPCOptions.SubnetIds'],
  'AWS::RDS::DBSubnetGroup': ['SubnetIds'],
  'AWS::Redshift::ClusterSubnetGroup': ['SubnetIds'],
  'AWS::Route53Resolver::ResolverEndpoint': ['IpAddresses.*.SubnetId'],
};

/** The properties that name zones outright. */
const ZONE_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': ['AvailabilityZones', 'AvailabilityZoneIds'],
  'AWS::DocDB::DBInstance': ['AvailabilityZone'],
  'AWS::EC2::Instance': ['AvailabilityZone'],
  'AWS::EC2::Subnet': ['AvailabilityZone', 'AvailabilityZoneId'],
  'AWS::EC2::Volume': ['AvailabilityZone'],
  'AWS::EFS::FileSystem': ['AvailabilityZoneName'],
  'AWS::ElasticLoadBalancing::LoadBalancer': ['AvailabilityZones'],
  'AWS::Neptune::DBInstance': ['AvailabilityZone'],
  'AWS::NetworkFirewall::Firewall': ['AvailabilityZoneMappings.*.AvailabilityZone'],
  'AWS::RDS::DBInstance': ['AvailabilityZone'],
};

/** The properties that name a group of subnets. */
const SUBNET_GROUP_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::DAX::Cluster': 'SubnetGroupName',
  'AWS::DocDB::DBCluster': 'DBSubnetGroupName',
  'AWS::ElastiCache::ReplicationGroup': 'CacheSubnetGroupName',
  'AWS::MemoryDB::Cluster': 'SubnetGroupName',
  'AWS::Neptune::DBCluster': 'DBSubnetGroupName',
  'AWS::RDS::DBCluster': 'DBSubnetGroupName',
  'AWS::RDS::DBInstance': 'DBSubnetGroupName',
  'AWS::Redshift::Cluster': 'ClusterSubnetGroupName',
};

/** The zones that a resource stands in, by its zone, its subnets or its subnet group. */
export function placementOf(resource: Resource): ZoneSet {
  const named = (ZONE_PROPERTIES[resource.type] ?? [])
    .flatMap((path) => valuesAt(resource, path))
    .map(zonesNamedIn);
  const zones = ZoneSet.union(named);
  if (!zones.isEmpty) return zones;
  if (resource.type === 'AWS::EC2::Subnet')
    return ZoneSet.unknown(`AWS chooses the zone of ${resource.logicalId}`);
  const group = SUBNET_GROUP_PROPERTIES[resource.type];
  if (group !== undefined && resource.get(group) !== undefined)
    return zonesOfTarget(resource, resource.get(group));
  const subnets = (SUBNET_PROPERTIES[resource.type] ?? []).flatMap((path) => valuesAt(resource, path));
  return ZoneSet.union(subnets.map((value) => zonesOfTarget(resource, value)));
}

/** The zones of what a value names: a subnet, a subnet group, or a list of them. */
export function zonesOfTarget(resource: Resource, value: Value | undefined): ZoneSet {
  if (value === undefined) return ZoneSet.none;
  if (isList(value)) return ZoneSet.union(value.map((item) => zonesOfTarget(resource, item)));
  const target = resource.stack.graph.resolve(value, resource);
  return target instanceof Unknown ? ZoneSet.unknown(target) : placementOf(target);
}

/** The values at a path in which `*` stands for every entry of a list. */
export function valuesAt(resource: Resource, path: string): readonly Value[] {
  const [head = '', ...rest] = path.split('.*.');
  return rest.reduce<readonly Value[]>(
    (values, tail) => values.flatMap((value) => entriesAt(value, tail)),
    present(resource.get(head)),
  );
}

function entriesAt(value: Value, tail: string): readonly Value[] {
  if (value instanceof Unknown) return [value];
  const entries = isList(value) ? value : [value];
  return entries.flatMap((entry) => (entry instanceof Unknown ? [entry] : present(at(entry, tail))));
}

function at(value: Value, key: string): Value | undefined {
  return typeof value === 'object' && value !== null && !isList(value)
    ? (value as Readonly<Record<string, Value>>)[key]
    : undefined;
}

function present(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}
