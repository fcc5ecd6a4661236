import type { Truth } from '../../assembly/conditions';
import { copyVaultsHaveKeys } from '../../assembly/data/copy-keys';
import { copiesKeepKey, ownKeyOf, replicaKeepsKey } from '../../assembly/data/encryption-downgrade';
import { ENCRYPTED_TYPES, encryptedBy } from '../../assembly/data/encryption-keys';
import { replicaKeysServe } from '../../assembly/data/replica-keys';
import { STATEFUL_TYPES } from '../../assembly/data/stateful';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { inSameRegion } from '../../assembly/same-place';
import { Unknown } from '../../assembly/value';
import { ENCRYPTION_KEYS, IMMUTABILITY } from '../control-families';
import { isRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const PLAN = 'AWS::Backup::BackupPlan';
const KEY = 'AWS::KMS::Key';

export const copiesHaveKeysOfTheirRegion: Rule = {
  id: 'X-34',
  title: 'Copies have a key where they are, and who makes them may use it.',
  kind: 'backup',
  why: 'A copy that hangs on the key of the lost region cannot be read there, and one whose maker may not use the key is never made.',
  fix: 'name a key of the region of the copy, and let the role of the copy use it',
  severity: HIGH,
  appliesTo: [
    PLAN,
    KEY,
    'AWS::DynamoDB::GlobalTable',
    'AWS::EFS::FileSystem',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::S3::Bucket',
    'AWS::SecretsManager::Secret',
  ],
  controls: [...IMMUTABILITY, ...ENCRYPTION_KEYS],
  sources: ['https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html'],
  check: (resource) => {
    if (resource.type === PLAN) return together(copyVaultsHaveKeys(resource));
    return resource.type === KEY ? usedWhereItIs(resource) : together(replicaKeysServe(resource));
  },
};

export const copiesAreNoLessEncrypted: Rule = {
  id: 'X-82',
  title: 'Copies of data under a key of yours are under a key of yours.',
  kind: 'compliance',
  why: 'The copy is outside of the control that the source has: nobody can close it off, or share it with a recovery account.',
  fix: 'name a key of yours for the copy, or for the vault that takes it',
  severity: MEDIUM,
  appliesTo: ENCRYPTED_TYPES.filter(
    (type) => STATEFUL_TYPES.includes(type) || type === 'AWS::SecretsManager::Secret',
  ),
  controls: IMMUTABILITY,
  sources: ['https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html'],
  check: (resource, { service }) => {
    if (isRebuildable(resource, service) === true) return notApplicable('it is declared rebuildable');
    const replica = replicaKeepsKey(resource);
    const own = ownKeyOf(resource);
    if (own === undefined && replica.length === 0) return notApplicable('it is under no key of yours');
    const copies = together([...replica, ...(own === undefined ? [] : copiesKeepKey(resource))]);
    return own instanceof Unknown && copies.outcome === 'fail' ? unknown(undefined, own) : copies;
  },
};

function together(judged: readonly Judgement[]): Judgement {
  const one = all(...judged);
  return one.outcome === 'notApplicable' ? notApplicable('nothing is copied under a key') : one;
}

/** A key of one region is of no use in another, where it cannot be reached while its region is lost. */
function usedWhereItIs(key: Resource): Judgement {
  // A global table names the keys of all its regions in one.
  const users = encryptedBy(key).filter(({ type }) => type !== 'AWS::DynamoDB::GlobalTable');
  const away = users.map((user) => ({ user, near: isNear(user, key) }));
  if (away.length === 0) return notApplicable('it encrypts nothing that the app shows');
  const far = away.find(({ near }) => near === false);
  if (far)
    return fail({
      found: `${far.user.logicalId} in ${far.user.region ?? 'another region'}, which uses it`,
      needed: 'a key of that region, or a replica of a multi-region key there',
    });
  const open = away.find(({ near }) => near instanceof Unknown)?.near;
  return open instanceof Unknown ? unknown(undefined, open) : pass({ found: 'used in its own region only' });
}

/** Stacks that are bound to no region are deployed together. */
function isNear(user: Resource, key: Resource): Truth {
  return user.region === undefined && key.region === undefined ? true : inSameRegion(user, key);
}
