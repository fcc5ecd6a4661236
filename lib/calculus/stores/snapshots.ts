import { AWS_FACTS } from '../aws-facts';
import { backupDataLoss } from '../data-loss';
import type { StoreRecovery } from './store';

/**
 * What AWS Backup brings back of a store that has neither continuous backups nor versions, at its best: snapshots at the
 * shortest interval that a plan allows, started within the shortest window, each as long as a backup is reckoned to take.
 * A plan that runs less often loses more, which is the plan's to answer for. How long a restore takes depends on the size:
 * four hours is what we reckon with.
 *
 * @internal
 */
export const BY_SNAPSHOTS: StoreRecovery = {
  rpoSeconds: backupDataLoss({
    intervalSeconds: AWS_FACTS.backupMinimumIntervalSeconds.value,
    startWindowSeconds: AWS_FACTS.backupMinimumStartWindowSeconds.value,
    durationSeconds: AWS_FACTS.backupDurationSeconds.value.worst,
  }).seconds,
  rtoSeconds: 4 * 3600,
};
