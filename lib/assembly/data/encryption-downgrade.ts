import { backupCoverageOf } from '../backup/backup-coverage';
import { fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import { eachEntry } from '../list-entries';
import { Resource } from '../resource';
import { inSameRegion } from '../same-place';
import { Unknown } from '../value';
import { replicationRulesOf } from './bucket-replication';
import { vaultHasKey } from './copy-keys';
import { originOf } from './database-origin';
import { isAwsManaged, keysOf, type NamedKey } from './encryption-keys';

const OWN = 'a key of yours, as the source has';

/**
 * Types whose backups are under the key of the vault; those of others keep the key of their source until they are copied.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
const UNDER_VAULT_KEY: readonly string[] = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::S3::Bucket',
];

/** The key of the customer that encrypts the data of a resource; undefined where AWS's key or none does. */
export function ownKeyOf(resource: Resource): NamedKey | Unknown | undefined {
  const named = keysOf(resource).filter(({ path }) => !/MasterUserSecret|PerformanceInsights/.test(path));
  const open = named.find(({ value }) => value instanceof Unknown && value.maybeAbsent)?.value;
  const own = named.find(
    ({ value }) => !isAwsManaged(value) && !(value instanceof Unknown && value.maybeAbsent),
  );
  return own ?? (open instanceof Unknown ? open : undefined);
}

/** Judges whether every copy of a resource under a key of the customer is under such a key too. */
export function copiesKeepKey(resource: Resource): readonly Judgement[] {
  return [...backupsKeepKey(resource), ...replicasKeepKey(resource)];
}

function backupsKeepKey(resource: Resource): readonly Judgement[] {
  const { rules, unknown: others } = backupCoverageOf(resource);
  const judged = rules.flatMap(({ plan, targetVault, copyActions }) => {
    const copies = copyActions instanceof Unknown ? [] : copyActions.map(({ destination }) => destination);
    const vaults = UNDER_VAULT_KEY.includes(resource.type) ? [targetVault, ...copies] : copies;
    const hidden = copyActions instanceof Unknown ? [unknown(undefined, copyActions)] : [];
    return [...vaults.map((vault) => vaultHasKey(vault, plan)), ...hidden];
  });
  return others ? [...judged, unknown(undefined, others)] : judged;
}

function replicasKeepKey(resource: Resource): readonly Judgement[] {
  switch (resource.type) {
    case 'AWS::DynamoDB::GlobalTable':
      return eachEntry(resource, 'Replicas', (entry) =>
        keeps(resource, `${entry}.SSESpecification.KMSMasterKeyId`),
      );
    case 'AWS::EFS::FileSystem':
      return eachEntry(resource, 'ReplicationConfiguration.Destinations', (entry) =>
        // A file system that exists keeps its own key.
        resource.get(`${entry}.FileSystemId`) === undefined
          ? keeps(resource, `${entry}.KmsKeyId`)
          : notApplicable('the destination has its own key'),
      );
    case 'AWS::Redshift::Cluster':
      return resource.get('DestinationRegion') === undefined
        ? []
        : [resource.isSet('SnapshotCopyGrantName', 'a grant of a key of yours')];
    case 'AWS::S3::Bucket':
      return replicationRulesOf(resource).rules.map(({ path }) => bucketCopyKeeps(resource, path));
    case 'AWS::SecretsManager::Secret':
      return eachEntry(resource, 'ReplicaRegions', (entry) => keeps(resource, `${entry}.KmsKeyId`));
    default:
      return [];
  }
}

/** Without a key for the copies, objects under KMS are not copied at all. */
function bucketCopyKeeps(bucket: Resource, rule: string): Judgement {
  const path = `${rule}.Destination.EncryptionConfiguration.ReplicaKmsKeyID`;
  return bucket.get(path) === undefined
    ? notApplicable('objects under a key are not copied')
    : keeps(bucket, path);
}

function keeps(resource: Resource, path: string): Judgement {
  const value = resource.get(path);
  if (isAwsManaged(value)) return fail({ property: path, found: 'the key of AWS', needed: OWN });
  return resource.isSet(path, OWN);
}

/** Judges a replica of a database, which is a resource of its own, against the key of its source. */
export function replicaKeepsKey(database: Resource): readonly Judgement[] {
  const origin = originOf(database);
  if (origin?.kind !== 'replica' || !(origin.source instanceof Resource)) return [];
  const own = ownKeyOf(origin.source);
  if (own === undefined) return [];
  if (own instanceof Unknown) return [unknown('KmsKeyId', own)];
  const near = inSameRegion(origin.source, database);
  const unset = database.get('KmsKeyId') === undefined;
  // In its own region a replica is under the key of its source.
  if (near === true && unset) return [pass({ found: 'the key of its source' })];
  if (near instanceof Unknown && unset) return [unknown('KmsKeyId', near)];
  return [keeps(database, 'KmsKeyId')];
}
