import { type CopyAction, planRulesOf } from '../backup/backup-plan';
import { AIR_GAPPED_VAULT, DEFAULT_VAULT, vaultOf } from '../backup/backup-vaults';
import type { Truth } from '../conditions';
import { placeInArn } from '../iam/arn-fields';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import { Resource } from '../resource';
import { inSameRegion, isRegionOf } from '../same-place';
import { describe, Unknown, type Value } from '../value';
import { isAwsManaged, keyNamed } from './encryption-keys';

/** A key that is named for a copy, and where the copy goes. */
export interface CopyKey {
  /** The property that names the key. */
  readonly path: string;

  /** The region of the copy: a resource that stands there, or its name. */
  readonly region: Resource | Value | undefined;
}

/** Judges whether a key for a copy is one of the copy's region; undefined where none is named. */
export function keyIsOfRegion(from: Resource, { path, region }: CopyKey): Judgement | undefined {
  const value = from.get(path);
  if (value === undefined || value === null || value === '') return undefined;
  if (value instanceof Unknown && value.maybeAbsent) return unknown(path, value);
  if (isAwsManaged(value)) return pass({ property: path, found: describe(value) });
  const there = standsIn(value, from, region);
  if (there instanceof Unknown) return unknown(path, there);
  return there
    ? pass({ property: path, found: 'a key of the region of the copy' })
    : fail({
        property: path,
        found: `${describe(value)}, a key of another region`,
        needed: 'a key of the region of the copy',
      });
}

function standsIn(value: Value, from: Resource, region: CopyKey['region']): Truth {
  const key = keyNamed(value, from);
  const isKey = key instanceof Resource && key.type.startsWith('AWS::KMS::');
  if (isKey) return region instanceof Resource ? inSameRegion(key, region) : isRegionNamed(region, key);
  const place = placeInArn(value);
  if (place instanceof Unknown) return key instanceof Unknown ? key : place;
  if (region instanceof Resource) return isRegionOf(place.region, region);
  if (typeof place.region === 'string' && typeof region === 'string') return place.region === region;
  return new Unknown('the region of the copy or of its key is known only at deploy');
}

function isRegionNamed(region: Value | undefined, key: Resource): Truth {
  return region === undefined ? new Unknown('the region of the copy is not named') : isRegionOf(region, key);
}

/** Judges whether the vaults that take copies of a plan's backups have keys of their own, in their region. */
export function copyVaultsHaveKeys(plan: Resource): readonly Judgement[] {
  const { rules, unknown: others } = planRulesOf(plan);
  const judged = rules.flatMap(({ copyActions, path }) =>
    copyActions instanceof Unknown
      ? [unknown(`${path}.CopyActions`, copyActions)]
      : copyActions.map((action) => copyVaultHasKey(action, plan)),
  );
  return others ? [...judged, unknown(undefined, others)] : judged;
}

function copyVaultHasKey({ path, destination }: CopyAction, plan: Resource): Judgement {
  const property = `${path}.DestinationBackupVaultArn`;
  const judged = vaultHasKey(destination, plan);
  if (judged.outcome === 'unknown') return unknown(property, judged.reason ?? 'the vault is not in the app');
  return judged.outcome === 'fail' ? { ...judged, property } : judged;
}

/** Judges whether a vault is under a key of the customer. An air-gapped vault has a key that no intruder reaches. */
export function vaultHasKey(value: Value | undefined, plan: Resource): Judgement {
  const needed = 'a vault under a key of yours';
  if (isDefaultVault(value)) return fail({ found: 'the default vault, under the key of AWS', needed });
  const vault = vaultOf(value, plan);
  if (vault instanceof Unknown) return unknown(undefined, vault);
  if (vault.type === AIR_GAPPED_VAULT) return notApplicable('an air-gapped vault has a key out of reach');
  const set = vault.isSet('EncryptionKeyArn', needed);
  if (set.outcome === 'unknown') return set;
  const managed = set.outcome === 'fail' || isAwsManaged(vault.get('EncryptionKeyArn'));
  return managed
    ? fail({ found: `${vault.logicalId}, under the key of AWS`, needed })
    : all(keyIsOfRegion(vault, { path: 'EncryptionKeyArn', region: vault }) ?? pass());
}

function isDefaultVault(value: Value | undefined): boolean {
  return (
    value === DEFAULT_VAULT || (typeof value === 'string' && /^arn:.*:backup-vault:Default$/.test(value))
  );
}
