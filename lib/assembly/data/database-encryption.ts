import { type Judgement, pass, unknown } from '../judgement';
import { isSet } from '../property-truth';
import { Resource } from '../resource';
import { type DatabaseOrigin, originOf } from './database-origin';

const PATH = 'StorageEncrypted';

/**
 * Judges whether the storage of a database is encrypted.
 *
 * A database that comes from another one or from a snapshot is encrypted as its origin is, whatever the template says.
 */
export function storageEncryption(database: Resource, visited: ReadonlySet<Resource> = new Set()): Judgement {
  const own = database.is(PATH, true, { default: false });
  const origin = originOf(database);
  if (!origin) return own;
  const { source } = origin;
  if (origin.exists === true && source instanceof Resource && !visited.has(source))
    return storageEncryption(source, new Set([...visited, database]));
  return own.outcome === 'fail' && isSet(database, PATH) === true ? own : fromElsewhere(database, origin);
}

function fromElsewhere(database: Resource, origin: DatabaseOrigin): Judgement {
  return keyDecides(database, origin)
    ? pass({ property: 'KmsKeyId', found: 'a key, which AWS refuses for storage that is not encrypted' })
    : unknown(PATH, `${PATH} is taken from ${origin.property}, which is not in the app`);
}

/**
 * Whether a key proves encryption. AWS refuses one for a replica of an instance, or a copy of a cluster at some time,
 * whose source is not encrypted; a cluster restored from a snapshot is encrypted with it where the template asks so.
 */
function keyDecides(database: Resource, { kind }: DatabaseOrigin): boolean {
  if (isSet(database, 'KmsKeyId') !== true) return false;
  if (database.type === 'AWS::RDS::DBInstance') return kind === 'replica';
  return kind === 'pointInTime' || database.is(PATH, true).outcome === 'pass';
}
