import { isManagedByCluster } from '../../../assembly/data/database-members';
import { replicaKeysServe } from '../../../assembly/data/replica-keys';
import { withoutOwnData } from '../../../assembly/data/stateful';
import type { Resource } from '../../../assembly/resource';
import { UNMODELLED_KEEPING } from '../../components/unmodelled-types';
import type { Modelling } from '../../modelling';
import { originalOf } from '../copies';
import { AT_ONCE } from '../path';
import { type Store, storeOf } from '../store';
import { broker } from './brokers';
import { bucket, directoryBucket, fileSystem, windowsAndOthers } from './files';
import { accelerator, cache, durableMemory, search } from './memory-and-search';
import { kafka, kafkaServerless, queue, stream } from './messages';
import { databaseCluster, databaseInstance, distributed, documentsOrGraph } from './relational';
import { table, timeSeries } from './tables';
import { unmodelled } from './unmodelled';
import { instanceVolumes, volume } from './volumes';
import { warehouse } from './warehouses';

type Kind = (resource: Resource, model: Modelling) => Store | undefined;

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['AWS::AmazonMQ::Broker', broker],
  ['AWS::Cassandra::Table', table],
  ['AWS::Cognito::UserPool', userPool],
  ['AWS::DAX::Cluster', accelerator],
  ['AWS::DSQL::Cluster', distributed],
  ['AWS::DocDB::DBCluster', documentsOrGraph],
  ['AWS::DynamoDB::GlobalTable', table],
  ['AWS::DynamoDB::Table', table],
  ['AWS::EC2::Instance', instanceVolumes],
  ['AWS::EC2::Volume', volume],
  ['AWS::EFS::FileSystem', fileSystem],
  ['AWS::ElastiCache::CacheCluster', cache],
  ['AWS::ElastiCache::ReplicationGroup', cache],
  ['AWS::ElastiCache::ServerlessCache', cache],
  ['AWS::Elasticsearch::Domain', search],
  ['AWS::FSx::FileSystem', windowsAndOthers],
  ['AWS::Kinesis::Stream', stream],
  ['AWS::MSK::Cluster', kafka],
  ['AWS::MSK::ServerlessCluster', kafkaServerless],
  ['AWS::MemoryDB::Cluster', durableMemory],
  ['AWS::Neptune::DBCluster', documentsOrGraph],
  ['AWS::OpenSearchService::Domain', search],
  ['AWS::RDS::DBCluster', databaseCluster],
  ['AWS::RDS::DBInstance', databaseInstance],
  ['AWS::Redshift::Cluster', warehouse],
  ['AWS::S3::Bucket', bucket],
  ['AWS::S3Express::DirectoryBucket', directoryBucket],
  ['AWS::SQS::Queue', queue],
  ['AWS::Timestream::Table', timeSeries],
  ...[...UNMODELLED_KEEPING.keys()].map((type): readonly [string, Kind] => [type, unmodelled]),
]);

/** The types of resources that keep data. */
export const STORE_TYPES: readonly string[] = [...KINDS.keys()];

/** Types that hold data only where something of the service is seen to use them: others take logs, or what failed. */
const COUNT_WHERE_USED: ReadonlySet<string> = new Set([
  'AWS::Cognito::UserPool',
  'AWS::Kinesis::Stream',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
]);

/** Types that come back as stores do, and hold nothing of their own. */
const KEEP_NOTHING: ReadonlySet<string> = new Set([
  'AWS::DAX::Cluster',
  ...[...UNMODELLED_KEEPING].filter(([, keeps]) => !keeps).map(([type]) => type),
]);

/** What a resource keeps, and what it comes back from; undefined where it keeps no data of its own. */
export function storeFor(resource: Resource, model: Modelling): Store | undefined {
  if (resource.type === 'AWS::RDS::DBInstance' && isManagedByCluster(resource) === true) return undefined;
  const store = KINDS.get(resource.type)?.(resource, model);
  return store && store.copies.length > 0 ? withReadableCopies(store) : store;
}

/** A copy under a key of the region that is lost cannot be read: it is none. */
function withReadableCopies(store: Store): Store {
  const wrong = replicaKeysServe(store.resource).find(({ outcome }) => outcome === 'fail');
  if (!wrong) return store;
  const found = wrong.found === undefined ? '' : ` (found ${wrong.found})`;
  const { copied, ...rest } = store;
  return { ...rest, copies: [], spread: `give each copy a key of its own region${found}` };
}

/** Whether the data of a resource is its own, and not that of another region, of a pipeline or of a log. */
export function holdsOwnData(resource: Resource, used: boolean): boolean {
  if (!used && COUNT_WHERE_USED.has(resource.type)) return false;
  if (KEEP_NOTHING.has(resource.type) || originalOf(resource) !== undefined) return false;
  return withoutOwnData(resource)?.outcome !== 'notApplicable';
}

function userPool(resource: Resource): Store {
  return storeOf({
    resource,
    noun: 'the user pool',
    instance: AT_ONCE,
    zone: AT_ONCE,
    protect: 'keep users in a store that can be backed up, or declare them rebuildable',
    spread: 'keep users in a store that has copies in another region',
  });
}
