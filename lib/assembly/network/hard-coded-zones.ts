import type { Resource } from '../resource';
import { isList, isMap, Unknown, type Value } from '../value';

/** The properties by which types name a zone, or several. */
const ZONE_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': ['AvailabilityZones'],
  'AWS::DAX::Cluster': ['AvailabilityZones'],
  'AWS::DMS::ReplicationInstance': ['AvailabilityZone'],
  'AWS::DocDB::DBCluster': ['AvailabilityZones'],
  'AWS::DocDB::DBInstance': ['AvailabilityZone'],
  'AWS::EC2::CapacityReservation': ['AvailabilityZone'],
  'AWS::EC2::Host': ['AvailabilityZone'],
  'AWS::EC2::Instance': ['AvailabilityZone'],
  'AWS::EC2::Subnet': ['AvailabilityZone'],
  'AWS::EC2::Volume': ['AvailabilityZone'],
  'AWS::EFS::FileSystem': ['AvailabilityZoneName'],
  'AWS::ElastiCache::CacheCluster': ['PreferredAvailabilityZone', 'PreferredAvailabilityZones'],
  'AWS::ElasticLoadBalancing::LoadBalancer': ['AvailabilityZones'],
  'AWS::Neptune::DBCluster': ['AvailabilityZones'],
  'AWS::Neptune::DBInstance': ['AvailabilityZone'],
  'AWS::NetworkFirewall::Firewall': ['AvailabilityZoneMappings'],
  'AWS::RDS::DBCluster': ['AvailabilityZones'],
  'AWS::RDS::DBInstance': ['AvailabilityZone'],
  'AWS::Redshift::Cluster': ['AvailabilityZone'],
};

/** The types that may name a zone. */
export const ZONE_NAMING_TYPES: readonly string[] = Object.keys(ZONE_PROPERTIES);

/** The name of a zone as AWS gives it: `eu-west-1a`. */
const ZONE = /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/;

/** A name of a zone that the author wrote where a zone is asked for. */
export interface WrittenZone {
  readonly property: string;
  readonly zone: string;
}

/** The zones that a resource names by themselves, and not by a parameter, a mapping or a list of all zones. */
export function zonesWrittenIn(resource: Resource): {
  readonly sure: readonly WrittenZone[];

  /** Those that a condition may leave out. */
  readonly maybe: readonly (WrittenZone & { readonly why: Unknown })[];
} {
  const sure: WrittenZone[] = [];
  const maybe: (WrittenZone & { readonly why: Unknown })[] = [];
  for (const property of ZONE_PROPERTIES[resource.type] ?? []) {
    const value = resource.get(property);
    for (const zone of textsIn(resource.body.Properties?.[property])) {
      if (holds(value, zone)) sure.push({ property, zone });
      else if (value instanceof Unknown) maybe.push({ property, zone, why: value });
    }
  }
  return { sure, maybe };
}

/** The zones written in a value, in the branches of a condition too. */
function textsIn(json: unknown): readonly string[] {
  if (typeof json === 'string') return ZONE.test(json) ? [json] : [];
  if (Array.isArray(json)) return json.flatMap(textsIn);
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, inside]) =>
    key === 'Fn::If' || !/^(Ref|Condition|Fn::.*)$/.test(key) ? textsIn(inside) : [],
  );
}

function holds(value: Value | undefined, zone: string): boolean {
  if (typeof value === 'string') return value === zone;
  if (isList(value)) return value.some((item) => holds(item, zone));
  // A reference leads to a whole app, which may lead back.
  return isMap(value) && Object.values(value).some((item) => holds(item, zone));
}
