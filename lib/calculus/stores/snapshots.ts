import { AWS_FACTS } from '../aws-facts';
import { backupDataLoss } from '../data-loss';
import { RECOVERY_FACTS } from '../recovery-facts';
import type { StoreFamily, StoreRecovery } from './store';

/** The plan that AWS Backup offers which loses least. */
const OFTENEST = {
  intervalSeconds: AWS_FACTS.backupMinimumIntervalSeconds.value,
  startWindowSeconds: AWS_FACTS.backupMinimumStartWindowSeconds.value,
  durationSeconds: AWS_FACTS.backupDurationSeconds.value.worst,
};

/**
 * What AWS Backup brings back of a store that has neither continuous backups nor versions, at its best: snapshots at the
 * shortest interval that a plan allows, started within the shortest window, each as long as a backup is reckoned to take.
 * A plan that runs less often loses more, which is the plan's to answer for. How long a restore takes depends on the size:
 * four hours is what we reckon with.
 *
 * @internal
 */
export const BY_SNAPSHOTS: StoreRecovery = {
  rpoSeconds: backupDataLoss(OFTENEST).seconds,
  rtoSeconds: 4 * 3600,
};

/**
 * From the loss of a region until what is restored in another one serves, at its worst: it is noticed, people decide, the
 * app is deployed there, the copy is restored, and callers are led to it.
 *
 * @internal
 */
export const RESTORED_ELSEWHERE_SECONDS = [
  RECOVERY_FACTS.noticeRegionSeconds,
  AWS_FACTS.acknowledgeSeconds,
  AWS_FACTS.decideSeconds,
  RECOVERY_FACTS.newRegionSeconds,
  RECOVERY_FACTS.restoreSeconds,
  RECOVERY_FACTS.endpointSwitchSeconds,
].reduce((total, { value }) => total + value.worst, 0);

/**
 * What copies of backups bring back in another region, at their best: those of the plan that loses least.
 *
 * @internal
 */
export const BY_COPIES_OF_BACKUPS: StoreRecovery = {
  rpoSeconds: backupDataLoss({ ...OFTENEST, copySeconds: AWS_FACTS.backupCopySeconds.value.worst }).seconds,
  rtoSeconds: RESTORED_ELSEWHERE_SECONDS,
};

/**
 * Whether copies of backups, at their best, keep what is owed when a region is lost.
 *
 * @param owed in seconds; no point where the data can be made again
 * @internal
 */
export function copiesKeep({ rpoSeconds, rtoSeconds }: OwedForRegion): boolean {
  if (rpoSeconds === undefined) return true;
  return BY_COPIES_OF_BACKUPS.rpoSeconds <= rpoSeconds && BY_COPIES_OF_BACKUPS.rtoSeconds <= rtoSeconds;
}

/** What data is owed when its region is lost. @internal */
export interface OwedForRegion {
  /** None where the data can be made again. */
  readonly rpoSeconds: number | undefined;

  readonly rtoSeconds: number;
}

/** The families whose stores AWS Backup can copy to another region. */
const BACKED_UP: readonly StoreFamily[] = ['relational', 'key-value', 'object', 'file', 'document', 'graph'];

/**
 * What copies of backups keep of a store of a family when its region is lost; `undefined` where AWS Backup makes none of it.
 *
 * @internal
 */
export function keptByCopies(family: StoreFamily): StoreRecovery | undefined {
  return BACKED_UP.includes(family) ? BY_COPIES_OF_BACKUPS : undefined;
}
