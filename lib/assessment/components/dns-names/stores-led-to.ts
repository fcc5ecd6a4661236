import type { DnsRecord } from '../../../assembly/dns/dns-record';
import { type DnsTarget, targetsOf } from '../../../assembly/dns/dns-targets';
import { valuesAt } from '../../../assembly/network/zones';
import { Resource } from '../../../assembly/resource';
import { nameOf } from '../../modelling';
import { STORE_TYPES } from '../../recovery/stores';
import { keepSameData } from '../../same-data';

/** A store that a name leads to straight: one of the app, or the host of one that it does not hold. */
export type LedTo = Resource | string;

/** Names that AWS gives to stores. */
const HOSTS =
  /\.(rds|neptune|docdb|cache|memorydb|redshift|efs|es|aos|kafka|dsql)\.[a-z0-9.-]*(amazonaws\.com(\.cn)?|on\.aws)$|\.[a-z0-9-]+\.(rds|neptune|docdb|cache|es|redshift)\.amazonaws\.com(\.cn)?$|(^|\.)s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?$/;

/** The stores among what a record leads to, through other records too. */
export function storesOfRecord(record: DnsRecord): readonly LedTo[] {
  return storesAmong(targetsOf(record), record.resource);
}

/** The stores among what a name leads to. */
export function storesAmong(targets: readonly DnsTarget[], from: Resource): readonly LedTo[] {
  return targets.flatMap(({ what }): readonly LedTo[] => {
    if (typeof what === 'string') return HOSTS.test(what) ? [bucketNamedBy(what, from) ?? what] : [];
    return what instanceof Resource ? storesBehind(what) : [];
  });
}

/** The bucket of the app whose name its host begins with. */
function bucketNamedBy(host: string, from: Resource): Resource | undefined {
  const [, name] = /^(.+)\.s3[.-]/.exec(host) ?? [];
  const found = name === undefined ? undefined : from.stack.graph.named(name, from);
  return found?.type === 'AWS::S3::Bucket' ? found : undefined;
}

/** A member stands for its cluster, a proxy for what it passes connections to. */
function storesBehind(resource: Resource, above: readonly Resource[] = []): readonly Resource[] {
  if (above.includes(resource)) return [];
  const further = PASSING[resource.type]?.(resource) ?? [];
  if (further.length > 0) return further.flatMap((each) => storesBehind(each, [...above, resource]));
  return STORE_TYPES.includes(resource.type) ? [resource] : [];
}

const ofCluster = (instance: Resource) => named(instance, 'DBClusterIdentifier');

const PASSING: Readonly<Record<string, (resource: Resource) => readonly Resource[]>> = {
  'AWS::DocDB::DBInstance': ofCluster,
  'AWS::EFS::MountTarget': (target) => named(target, 'FileSystemId'),
  'AWS::Neptune::DBInstance': ofCluster,
  'AWS::RDS::DBInstance': ofCluster,
  'AWS::RDS::DBProxy': (proxy) =>
    proxy.stack.graph
      .ofType('AWS::RDS::DBProxyTargetGroup')
      .filter((group) => group.target('DBProxyName') === proxy)
      .flatMap((group) => [
        ...named(group, 'DBClusterIdentifiers'),
        ...named(group, 'DBInstanceIdentifiers'),
      ]),
  'AWS::RDS::DBProxyEndpoint': (endpoint) => named(endpoint, 'DBProxyName'),
};

function named(from: Resource, path: string): readonly Resource[] {
  return valuesAt(from, path)
    .flat()
    .map((value) => from.stack.graph.resolve(value, from))
    .filter((found) => found instanceof Resource);
}

/**
 * Why what one side leads to cannot take over from the other: its data is another. Undefined where something replicates
 * to it, or where no store is led to.
 */
export function whyDataDiffers(serving: readonly LedTo[], other: readonly LedTo[]): string | undefined {
  if (other.length === 0) return undefined;
  const alone = serving.find((store) => !other.some((each) => isSameData(store, each)));
  if (alone === undefined) return undefined;
  const [first] = other;
  const outside = [alone, ...other].some((store) => typeof store === 'string');
  return `nothing ${outside ? 'in the app ' : ''}replicates between ${describeStore(alone)} and ${describeStore(first ?? alone)}`;
}

function isSameData(one: LedTo, other: LedTo): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return keepSameData(one, other);
}

function describeStore(store: LedTo): string {
  return typeof store === 'string' ? store : nameOf(store);
}
