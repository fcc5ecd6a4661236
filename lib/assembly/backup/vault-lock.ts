import { fail, type Judgement, pass, unknown } from '../judgement';
import { inDays } from '../question';
import type { Resource } from '../resource';
import { Unknown } from '../value';

/** For how long a locked vault lets backups be kept. */
export interface LockRange {
  readonly least: number | Unknown | undefined;
  readonly most: number | Unknown | undefined;
}

/** The range that the lock of a vault allows, in days; air-gapped vaults always have one. */
export function lockRangeOf(vault: Resource): LockRange {
  const prefix = vault.type === 'AWS::Backup::BackupVault' ? 'LockConfiguration.' : '';
  return {
    least: vault.number(`${prefix}MinRetentionDays`),
    most: vault.number(`${prefix}MaxRetentionDays`),
  };
}

/** Judges whether a vault lets backups be kept for as long as a rule says. Without a number they are kept for ever. */
export function lockAllows(vault: Resource, kept: number | Unknown | undefined, property: string): Judgement {
  const { least, most } = lockRangeOf(vault);
  const open = [least, most].find((bound) => bound instanceof Unknown);
  if (kept instanceof Unknown && (least !== undefined || most !== undefined)) return unknown(property, kept);
  const days = typeof kept === 'number' ? kept : Number.POSITIVE_INFINITY;
  const found = typeof kept === 'number' ? inDays(kept) : 'kept for ever';
  if (typeof least === 'number' && days < least)
    return fail({ property, found, needed: `at least ${inDays(least)}, the least of ${vault.logicalId}` });
  if (typeof most === 'number' && days > most)
    return fail({ property, found, needed: `at most ${inDays(most)}, the most of ${vault.logicalId}` });
  return open instanceof Unknown ? unknown(property, open) : pass({ property, found });
}
