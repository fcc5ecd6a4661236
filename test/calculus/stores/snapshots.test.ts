import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { storeFacts } from '../../../lib/calculus/store-facts';
import { BY_SNAPSHOTS } from '../../../lib/calculus/stores/snapshots';
import { lossesOf } from '../../../lib/constructs/recovery/backup-loss';

const HOUR = 3600;

describe('snapshots of AWS Backup', () => {
  test('lose at best an hour, its start window, and what a backup is reckoned to take', () => {
    expect(BY_SNAPSHOTS).toEqual({ rpoSeconds: 4 * HOUR, rtoSeconds: 4 * HOUR });
  });

  test('lose what a BackupStrategy reckons with at its shortest interval', () => {
    const { dataRepair } = lossesOf({
      data: 'files',
      intervalSeconds: AWS_FACTS.backupMinimumIntervalSeconds.value,
      startWindowSeconds: AWS_FACTS.backupMinimumStartWindowSeconds.value,
      durationSeconds: AWS_FACTS.backupDurationSeconds.value.worst,
      copied: false,
      continuous: false,
      replicated: false,
      regionRpoSeconds: undefined,
      dataRepairRpoSeconds: undefined,
    });
    expect(dataRepair?.seconds).toBe(BY_SNAPSHOTS.rpoSeconds);
  });

  test('bring back file systems and Aurora DSQL, which have nothing continuous', () => {
    const stores = storeFacts().filter(({ dataRepair }) => dataRepair === BY_SNAPSHOTS);
    expect(stores.map(({ store, confidence }) => `${store}: ${confidence}`)).toEqual([
      'Aurora DSQL: assumed',
      'Aurora DSQL in two regions with a witness: assumed',
      'EFS file system in one region: assumed',
      'EFS file system with replication: assumed',
    ]);
  });

  test('are not owed of what is made again, expires or cannot be changed', () => {
    const without = storeFacts().filter(({ dataRepair }) => !Number.isFinite(dataRepair.rpoSeconds));
    expect(new Set(without.map(({ family }) => family))).toEqual(
      new Set(['cache', 'queue', 'stream', 'image']),
    );
  });
});
