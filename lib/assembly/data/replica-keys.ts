import { mayDo } from '../iam/iam-access';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import { eachEntry } from '../list-entries';
import { Resource } from '../resource';
import { inSameRegion } from '../same-place';
import { Unknown, type Value } from '../value';
import { replicationRulesOf } from './bucket-replication';
import { keyIsOfRegion } from './copy-keys';
import { storageEncryption } from './database-encryption';
import { originOf } from './database-origin';
import { isAwsManaged, keyNamed, keysOf } from './encryption-keys';

/** Judges the keys of the copies that a resource makes, or is, by itself. */
export function replicaKeysServe(resource: Resource): readonly Judgement[] {
  switch (resource.type) {
    case 'AWS::DynamoDB::GlobalTable':
      return keysByRegion(resource, 'Replicas', 'SSESpecification.KMSMasterKeyId');
    case 'AWS::EFS::FileSystem':
      return keysByRegion(resource, 'ReplicationConfiguration.Destinations', 'KmsKeyId');
    case 'AWS::RDS::DBCluster':
    case 'AWS::RDS::DBInstance':
      return [databaseReplicaHasKey(resource)];
    case 'AWS::S3::Bucket':
      return bucketCopiesHaveKeys(resource);
    case 'AWS::SecretsManager::Secret':
      return keysByRegion(resource, 'ReplicaRegions', 'KmsKeyId');
    default:
      return [];
  }
}

function keysByRegion(resource: Resource, list: string, key: string): readonly Judgement[] {
  return eachEntry(resource, list, (entry) => {
    const region = resource.get(`${entry}.Region`);
    return (
      keyIsOfRegion(resource, { path: `${entry}.${key}`, region }) ?? notApplicable('the copy names no key')
    );
  });
}

/** RDS refuses a replica of an encrypted database in another region without a key of that region. */
function databaseReplicaHasKey(database: Resource): Judgement {
  const origin = originOf(database);
  if (origin?.kind !== 'replica') return notApplicable('it is no replica');
  const { source } = origin;
  if (source instanceof Unknown) return unknown(origin.property, source);
  const near = inSameRegion(source, database);
  if (near === true) return notApplicable('the replica is in the region of its source');
  const encrypted = storageEncryption(source);
  if (encrypted.outcome === 'fail') return notApplicable('the source is not encrypted');
  if (near instanceof Unknown) return unknown(origin.property, near);
  const own = keyIsOfRegion(database, { path: 'KmsKeyId', region: database });
  if (own) return own;
  return encrypted.outcome === 'unknown'
    ? encrypted
    : fail({ property: 'KmsKeyId', found: 'no key', needed: 'a key of the region of the replica' });
}

const ENCRYPTED_OBJECTS = 'SourceSelectionCriteria.SseKmsEncryptedObjects.Status';
const REPLICA_KEY = 'Destination.EncryptionConfiguration.ReplicaKmsKeyID';

/** Objects under a key of KMS are copied only where a rule says so and names the key of the copies. */
function bucketCopiesHaveKeys(bucket: Resource): readonly Judgement[] {
  const [source] = keysOf(bucket);
  const { rules, unknown: others } = replicationRulesOf(bucket);
  if (!source) return [notApplicable('its objects are under no key of KMS')];
  const judged = rules.map(({ path, destination }) => {
    const region = destination instanceof Resource ? destination : undefined;
    return all(
      bucket.is(`${path}.${ENCRYPTED_OBJECTS}`, 'Enabled'),
      bucket.isSet(`${path}.${REPLICA_KEY}`, 'the key of the copies'),
      (region && keyIsOfRegion(bucket, { path: `${path}.${REPLICA_KEY}`, region })) ?? pass(),
      roleMayCopy(bucket, bucket.get(`${path}.${REPLICA_KEY}`)),
    );
  });
  return others ? [...judged, unknown('ReplicationConfiguration.Rules', others)] : judged;
}

/** The role reads the objects with the key of the source and writes the copies with theirs. */
function roleMayCopy(bucket: Resource, replicaKey: Value | undefined): Judgement {
  const role = bucket.target('ReplicationConfiguration.Role');
  if (!(role instanceof Resource) || role.type !== 'AWS::IAM::Role')
    return notApplicable('the role is not in the app');
  const sources = keysOf(bucket).map(({ key }) => ({ key, action: 'kms:Decrypt' }));
  const copies =
    replicaKey === undefined || isAwsManaged(replicaKey)
      ? []
      : [{ key: keyNamed(replicaKey, bucket), action: 'kms:Encrypt' }];
  return all(...[...sources, ...copies].map(({ key, action }) => roleMay(role, action, key)));
}

function roleMay(role: Resource, action: string, key: Resource | Unknown): Judgement {
  if (key instanceof Unknown) return notApplicable('the key is not in the app');
  if (!key.type.startsWith('AWS::KMS::')) return notApplicable('the key is not in the app');
  const property = 'ReplicationConfiguration.Role';
  const may = mayDo(role, action, key);
  if (may instanceof Unknown) return unknown(property, may);
  return may
    ? pass({ property, found: `${role.logicalId} may ${action}` })
    : fail({
        property,
        found: `${role.logicalId}, which may not ${action} with ${key.logicalId}`,
        needed: `leave to ${action}`,
      });
}
