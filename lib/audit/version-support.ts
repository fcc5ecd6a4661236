import { engineOf } from '../assembly/data/database-members';
import { originOf } from '../assembly/data/database-origin';
import { type Judgement, notApplicable, unknown } from '../assembly/judgement';
import { isSet } from '../assembly/property-truth';
import type { Resource } from '../assembly/resource';
import { isScalar, type Scalar, Unknown } from '../assembly/value';
import { endsWithin, productOf, type VersionedProduct, versionSupport } from '../calculus/service-lifecycle';

/** What a resource runs, and where it says which version of it. */
export interface RunningVersion {
  readonly resource: Resource;
  readonly path: string;

  /** Why the product cannot be told, where it cannot. */
  readonly product: VersionedProduct | Unknown;

  /** What the service takes where no version is set. @default - AWS chooses */
  readonly default?: string;

  /** The version as its product counts it. @default - as it is written */
  readonly read?: (text: string) => string;
}

/** The day to judge by, and how long before the end of support it counts as near. */
export interface Deadline {
  readonly today: Date | undefined;

  /** @default 0 */
  readonly noticeDays?: number;
}

type Reader = (resource: Resource) => RunningVersion | string;

const RDS = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'];

const READERS: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(RDS.map((type) => [type, databaseVersion])),
  'AWS::AmazonMQ::Broker': (broker) => byEngine(broker, 'EngineType', 'EngineVersion'),
  'AWS::DocDB::DBCluster': (cluster) => fixed(cluster, 'EngineVersion', 'docdb'),
  'AWS::EKS::Cluster': (cluster) => fixed(cluster, 'Version', 'kubernetes'),
  'AWS::ElastiCache::CacheCluster': (cache) => byEngine(cache, 'Engine', 'EngineVersion'),
  'AWS::ElastiCache::ReplicationGroup': (group) => byEngine(group, 'Engine', 'EngineVersion', 'redis'),
  'AWS::ElastiCache::ServerlessCache': (cache) => byEngine(cache, 'Engine', 'MajorEngineVersion'),
  // Without a version, the oldest one is taken.
  'AWS::Elasticsearch::Domain': (domain) => ({
    ...fixed(domain, 'ElasticsearchVersion', 'elasticsearch'),
    default: '1.5',
  }),
  'AWS::Lambda::Function': (lambda) =>
    isSet(lambda, 'Runtime') === false
      ? 'an image brings its own runtime'
      : fixed(lambda, 'Runtime', 'lambda'),
  'AWS::MSK::Cluster': (cluster) => fixed(cluster, 'KafkaVersion', 'kafka'),
  'AWS::Neptune::DBCluster': (cluster) => fixed(cluster, 'EngineVersion', 'neptune'),
  'AWS::OpenSearchService::Domain': searchVersion,
  'AWS::Synthetics::Canary': (canary) => fixed(canary, 'RuntimeVersion', 'canary'),
  'Custom::AWSCDK-EKS-Cluster': (cluster) => fixed(cluster, 'Config.version', 'kubernetes'),
};

/** What a resource runs; a text says why it runs nothing that has a version. */
export function versionOf(resource: Resource): RunningVersion | string {
  return READERS[resource.type]?.(resource) ?? `${resource.type} has no versions`;
}

/** Judges whether a version is in standard support, and will be for a while. */
export function judgeVersion(running: RunningVersion | string, deadline: Deadline): Judgement {
  if (typeof running === 'string') return notApplicable(running);
  const { resource, path, product } = running;
  if (isSet(resource, path) === false && running.default === undefined) return chosen(resource, path);
  if (product instanceof Unknown) return unknown(path, product);
  const read = running.read ?? ((text: string) => text);
  const supportOf = (value: Scalar) => versionSupport(product, read(String(value)), deadline.today);
  const judged = resource.judge(
    path,
    (value) => holds(supportOf(value), deadline),
    'a release in standard support',
    running.default === undefined ? {} : { default: running.default },
  );
  const value = resource.get(path) ?? running.default;
  return isScalar(value) ? explained(judged, supportOf(value)) : judged;
}

type Support = ReturnType<typeof versionSupport>;

function holds(support: Support, { today, noticeDays = 0 }: Deadline): boolean | undefined {
  if (support.state === 'unlisted' || support.state === 'open') return undefined;
  if (support.state === 'ended') return false;
  const { until } = support;
  return noticeDays === 0 || !until || !today || !endsWithin(until, today, noticeDays);
}

function explained(judged: Judgement, support: Support): Judgement {
  if (judged.outcome === 'unknown') {
    const reason =
      support.state === 'open'
        ? `whether its support is over depends on the day: it ends on ${support.until}`
        : 'no end of its support is known';
    return { ...judged, reason };
  }
  if (judged.outcome !== 'fail' || support.state === 'unlisted' || support.until === undefined) return judged;
  return { ...judged, found: `${judged.found}, in standard support until ${support.until}` };
}

function chosen(resource: Resource, path: string): Judgement {
  return unknown(
    path,
    originOf(resource) ? 'the origin of the database gives the version' : 'AWS chooses it',
  );
}

function fixed(resource: Resource, path: string, product: VersionedProduct): RunningVersion {
  return { resource, path, product };
}

function byEngine(resource: Resource, engine: string, path: string, usual?: string): RunningVersion {
  const name = resource.text(engine) ?? usual;
  return { resource, path, product: productNamed(name, engine) };
}

/** The engine named `aurora` is Aurora MySQL 5.6 and no other. */
function databaseVersion(database: Resource): RunningVersion {
  const engine = engineOf(database);
  return {
    resource: database,
    path: 'EngineVersion',
    product: productNamed(engine, 'Engine'),
    ...(engine === 'aurora' && { default: '5.6' }),
  };
}

function searchVersion(domain: Resource): RunningVersion {
  const path = 'EngineVersion';
  const text = domain.text(path);
  const name = typeof text === 'string' ? text.split('_')[0] : text;
  return {
    resource: domain,
    path,
    product: productNamed(name, path),
    read: (version) => version.replace(/^[a-z]+_/i, ''),
  };
}

function productNamed(name: string | Unknown | undefined, path: string): VersionedProduct | Unknown {
  if (name === undefined) return new Unknown(`${path} is not set`);
  if (name instanceof Unknown) return name;
  return productOf(name) ?? new Unknown(`no end of support of ${name} is known`);
}
