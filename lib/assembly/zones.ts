import { comparableText } from './identifiers';
import { fail, type Judgement, pass, unknown } from './judgement';
import { valueAt } from './path';
import type { Resource } from './resource';
import type { Stack } from './stack';
import { describe, isList, Reference, Unknown, type Value, ZoneList } from './value';

/**
 * A set of availability zones of which some may be known only by symbol, and some not at all.
 *
 * Its name, its letter in a region that is not bound (`{own region}a`), its symbol (`eu-west-1#0`) and its id
 * (`euw1-az1`) may mean the same zone, so a set of mixed kinds has between {@link least} and {@link most} zones.
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
      [...new Set(sets.flatMap(({ unknowns }) => unknowns))],
      sets.some(({ whole }) => whole),
    );
  }

  /** The zones of one of some sets, of which deploy chooses: surely those that are in all of them. */
  static oneOf(why: Unknown, sets: readonly ZoneSet[]): ZoneSet {
    const [head = ZoneSet.none, ...others] = sets;
    const shared = [...head.names].filter((name) => others.every(({ names }) => names.has(name)));
    const isOpen = ({ names, unknowns, whole }: ZoneSet) =>
      unknowns.length > 0 || whole || names.size > shared.length;
    if (sets.length > 0 && !sets.some(isOpen)) return head;
    const mayBeNone = sets.length === 0 || sets.some(({ least }) => least === 0);
    const rest = mayBeNone && !why.maybeAbsent ? new Unknown(why.reason, [undefined, why]) : why;
    return new ZoneSet(new Set(shared), [rest], sets.length > 0 && sets.every(({ whole }) => whole));
  }

  static unknown(why: Unknown | string): ZoneSet {
    return new ZoneSet(new Set(), [typeof why === 'string' ? new Unknown(why) : why]);
  }

  static readonly none = new ZoneSet(new Set());

  /** Every zone of the region. */
  static readonly all = new ZoneSet(new Set(), [], true);

  /** How many zones there surely are. */
  get least(): number {
    const surely = this.unknowns.some((zone) => !zone.maybeAbsent) ? 1 : 0;
    // Every region has at least three zones, and at least two of them are open to any account.
    return Math.max(...KINDS.map((kind) => countOf(kind, this.names)), this.whole ? 2 : 0, surely);
  }

  /** How many zones there may be. An unknown may stand for a whole list. */
  get most(): number {
    return this.whole || this.unknowns.length > 0 ? Number.POSITIVE_INFINITY : this.names.size;
  }

  get isEmpty(): boolean {
    return this.most === 0;
  }

  /** Whether every zone of this set is in the other; undefined when that cannot be told. Both are of one region. */
  within(other: ZoneSet): boolean | undefined {
    if (this.#surelyWithin(other)) return true;
    return this.#surelyBeyond(other) ? false : undefined;
  }

  #surelyWithin(other: ZoneSet): boolean {
    const named = other.whole || [...this.names].every((name) => other.names.has(name));
    return (
      named && (other.whole || !this.whole) && this.unknowns.every((zone) => other.unknowns.includes(zone))
    );
  }

  /** Of each kind, a zone that the other does not name must be one that it names in another way, and not two may be the same. */
  #surelyBeyond(other: ZoneSet): boolean {
    if (other.most === Number.POSITIVE_INFINITY) return false;
    if (this.least > other.most) return true;
    const missing = [...this.names].filter((name) => !other.names.has(name));
    return KINDS.some((kind) => countOf(kind, missing) > other.names.size - countOf(kind, other.names));
  }

  /** Judges whether there are at least so many zones. */
  atLeast(needed: number, property?: string): Judgement {
    const found = { ...(property !== undefined && { property }), found: this.describe() };
    if (this.least >= needed) return pass(found);
    if (this.most < needed) return fail({ ...found, needed: `${needed} zones` });
    return unknown(property, this.unknowns[0] ?? this.#question());
  }

  #question(): string {
    return this.whole
      ? 'how many zones the region has is known only at deploy'
      : `whether ${[...this.names].join(' and ')} are different zones is known only at deploy`;
  }

  describe(): string {
    if (this.whole) return 'all zones of the region';
    const count = `${this.names.size} zone${this.names.size === 1 ? '' : 's'}`;
    const named = this.names.size === 0 ? count : `${count} (${[...this.names].sort().join(', ')})`;
    return this.unknowns.length === 0 ? named : `${named} and others that are known only at deploy`;
  }
}

const KINDS = ['name', 'letter', 'symbol', 'id'] as const;

function countOf(kind: (typeof KINDS)[number], zones: Iterable<string>): number {
  let count = 0;
  for (const zone of zones) if (kindOf(zone) === kind) count++;
  return count;
}

function kindOf(zone: string): (typeof KINDS)[number] {
  if (zone.includes('#')) return 'symbol';
  if (zone.startsWith('{')) return 'letter';
  return /-az\d+$/.test(zone) ? 'id' : 'name';
}

/** The zones in a value that lists zone names or ids, as a stack means them. */
export function zonesNamedIn(value: Value | undefined, stack?: Stack): ZoneSet {
  if (value === undefined || value === '') return ZoneSet.none;
  if (value instanceof Unknown)
    return value.alternatives
      ? ZoneSet.oneOf(
          value,
          value.alternatives.map((other) => zonesNamedIn(other, stack)),
        )
      : ZoneSet.unknown(value);
  if (value instanceof ZoneList) return ZoneSet.all;
  if (value instanceof Reference) return zonesOfAttribute(value);
  if (isList(value)) return ZoneSet.union(value.map((item) => zonesNamedIn(item, stack)));
  // `${AWS::Region}a` is a zone by its letter, whichever the region is.
  const name = stack ? comparableText(value, stack) : typeof value === 'string' ? value : undefined;
  return name === undefined
    ? ZoneSet.unknown(`zone ${describe(value)} is known only at deploy`)
    : new ZoneSet(new Set([name]));
}

/** `Fn::GetAtt` of a subnet's or an instance's zone. */
function zonesOfAttribute(reference: Reference): ZoneSet {
  const { resource, attribute } = reference;
  return /^AvailabilityZone(Id)?$/.test(attribute) && isPlaced(resource)
    ? resource.zones
    : ZoneSet.unknown(`zone ${describe(reference)} is known only at deploy`);
}

/** The properties that name the subnets of a type. A resource stands in the zones of its subnets. */
const SUBNET_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::AmazonMQ::Broker': ['SubnetIds'],
  'AWS::AutoScaling::AutoScalingGroup': ['VPCZoneIdentifier'],
  'AWS::DAX::SubnetGroup': ['SubnetIds'],
  'AWS::DocDB::DBSubnetGroup': ['SubnetIds'],
  'AWS::EC2::Instance': ['SubnetId', 'NetworkInterfaces.*.SubnetId'],
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
  // The CDK's own cluster before aws-eks-v2.
  'Custom::AWSCDK-EKS-Cluster': ['Config.resourcesVpcConfig.subnetIds'],
  'Custom::AWSCDK-EKS-FargateProfile': ['Config.subnets'],
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

/** The types that AWS places where the template names neither zone nor subnet. */
const CHOSEN_BY_AWS = new Set(['AWS::EC2::Instance', 'AWS::EC2::Subnet']);

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

/** Whether a resource of this type stands in zones that its properties tell. */
function isPlaced({ type }: Resource): boolean {
  return [ZONE_PROPERTIES, SUBNET_PROPERTIES, SUBNET_GROUP_PROPERTIES].some((table) =>
    Object.hasOwn(table, type),
  );
}

/** The zones that a resource stands in, by its zone, its subnets or its subnet group. */
export function placementOf(resource: Resource): ZoneSet {
  const named = (ZONE_PROPERTIES[resource.type] ?? [])
    .flatMap((path) => valuesAt(resource, path))
    .map((value) => zonesNamedIn(value, resource.stack));
  const zones = ZoneSet.union(named);
  if (!zones.isEmpty) return zones;
  const paths = SUBNET_PROPERTIES[resource.type] ?? [];
  const group = SUBNET_GROUP_PROPERTIES[resource.type];
  const subnets = [...paths, ...(group === undefined ? [] : [group])].flatMap((path) =>
    valuesAt(resource, path),
  );
  const chosen = group !== undefined || CHOSEN_BY_AWS.has(resource.type);
  return subnets.length === 0 && chosen
    ? ZoneSet.unknown(`AWS chooses where ${resource.logicalId} stands`)
    : ZoneSet.union(subnets.map((value) => zonesOfTarget(resource, value)));
}

/** The zones of what a value names: a subnet, a subnet group, or a list of them. */
export function zonesOfTarget(resource: Resource, value: Value | undefined): ZoneSet {
  if (value === undefined) return ZoneSet.none;
  if (isList(value)) return ZoneSet.union(value.map((item) => zonesOfTarget(resource, item)));
  if (value instanceof Unknown && value.alternatives)
    return ZoneSet.oneOf(
      value,
      value.alternatives.map((other) => zonesOfTarget(resource, other)),
    );
  const target = resource.stack.graph.resolve(value, resource);
  if (target instanceof Unknown) return ZoneSet.unknown(target);
  return isPlaced(target)
    ? target.zones
    : ZoneSet.unknown(`where ${describe(value)} stands is known only at deploy`);
}

/** The values at a path in which `*` stands for every entry of a list. */
export function valuesAt(resource: Resource, path: string): readonly Value[] {
  const [head = '', ...rest] = path.split('.*.');
  return rest.reduce<readonly Value[]>(
    (values, tail) => values.flatMap((value) => entriesAt(value, tail.split('.'))),
    present(resource.get(head)),
  );
}

function entriesAt(value: Value, tail: readonly string[]): readonly Value[] {
  if (value instanceof Unknown && value.alternatives)
    return [
      new Unknown(
        value.reason,
        value.alternatives.map((other) => present(other).flatMap((v) => entriesAt(v, tail))),
      ),
    ];
  const entries = isList(value) ? value : [value];
  return entries.flatMap((entry) => present(valueAt(entry, tail)));
}

function present(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}
