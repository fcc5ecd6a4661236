import { AWS_FACTS } from '../../calculus/aws-facts';
import { backupDataLoss, type DataLoss, leastDataLoss, pointInTimeDataLoss } from '../../calculus/data-loss';
import { formatSeconds } from '../../calculus/time-span';
import { type DataDisruption, disruptionName } from '../../objectives/disruption';
import type { Mistake } from '../../objectives/mistakes';
import type { SelectedStore } from './stores-selected';

/** How often data is backed up, and what it is owed. All in seconds. @internal */
export interface BackupReckoning {
  /** The data in words: `orders`. */
  readonly data: string;
  readonly intervalSeconds: number;
  readonly startWindowSeconds: number;
  readonly durationSeconds: number;
  readonly copied: boolean;
  readonly continuous: boolean;

  /** Whether continuous backups would help where there are none. @default true */
  readonly canBeContinuous?: boolean;

  /** Whether its stores replicate to another region: then the loss of a region is theirs. */
  readonly replicated: boolean;

  /** `undefined` where none is owed. */
  readonly regionRpoSeconds: number | undefined;
  readonly dataRepairRpoSeconds: number | undefined;
}

/** A promise that backups cannot keep. @internal */
export interface BackupShortfall extends Mistake {
  /** `region.rpo`. */
  readonly what: string;

  /** What is lost, in words. */
  readonly found: string;
}

/** The most that is lost, by what happens. @internal */
export function lossesOf(backup: BackupReckoning): Readonly<Partial<Record<DataDisruption, DataLoss>>> {
  const { intervalSeconds, startWindowSeconds, durationSeconds, copied, continuous, replicated } = backup;
  const snapshots = backupDataLoss({ intervalSeconds, startWindowSeconds, durationSeconds });
  const copies = backupDataLoss({
    intervalSeconds,
    startWindowSeconds,
    durationSeconds,
    copySeconds: AWS_FACTS.backupCopySeconds.value.worst,
  });
  const lag = pointInTimeDataLoss(AWS_FACTS.rdsPointInTimeLagSeconds.value);
  return {
    dataRepair: continuous ? leastDataLoss([snapshots, lag]) : snapshots,
    ...(copied && !replicated && { region: copies }),
  };
}

/** The promises that backups cannot keep, each with what would. @internal */
export function backupShortfalls(backup: BackupReckoning): BackupShortfall[] {
  const losses = lossesOf(backup);
  return (['dataRepair', 'region'] as const).flatMap((disruption) => {
    const loss = losses[disruption];
    const rpo = disruption === 'region' ? backup.regionRpoSeconds : backup.dataRepairRpoSeconds;
    if (!loss || rpo === undefined || loss.seconds <= rpo) return [];
    return [
      {
        what: `${disruption}.rpo`,
        found: `up to ${formatSeconds(loss.seconds)}`,
        problem:
          `backups lose up to ${formatSeconds(loss.seconds)} of ${backup.data} at ${disruptionName(disruption)} ` +
          `(${loss.terms.map(({ what, seconds }) => `${formatSeconds(seconds)} ${what}`).join(' + ')}), ` +
          `but an RPO of ${formatSeconds(rpo)} is owed`,
        fix: remedy(backup, disruption, rpo, loss),
      },
    ];
  });
}

const HOUR = 3600;

/** Intervals that a day is divided into, the longest first. @internal */
export const INTERVAL_HOURS: readonly number[] = [24, 12, 8, 6, 4, 3, 2, 1];

/**
 * The longest interval at which backups lose no more than is owed, in seconds; `undefined` where none is short enough.
 *
 * @internal
 */
export function longestInterval(backup: BackupReckoning): number | undefined {
  return INTERVAL_HOURS.map((hours) => hours * HOUR).find(
    (intervalSeconds) => backupShortfalls({ ...backup, intervalSeconds }).length === 0,
  );
}

/** What a store is owed, in seconds; nothing where none is. @internal */
export type OwedToStore = (
  store: SelectedStore,
) => Pick<BackupReckoning, 'regionRpoSeconds' | 'dataRepairRpoSeconds'>;

/** What the stores that a plan selects lose, beyond what holds of all data: the first of each kind, with what would help. @internal */
export function selectedShortfalls(
  backup: BackupReckoning,
  stores: readonly SelectedStore[],
  owedTo: OwedToStore,
): BackupShortfall[] {
  const found = stores.flatMap((store) => {
    const own = { ...backup, ...owedTo(store), data: `${store.dataClass ?? backup.data} (${store.path})` };
    const repaired = { ...own, continuous: false, canBeContinuous: false, replicated: true };
    const gone = { ...own, replicated: false, dataRepairRpoSeconds: undefined };
    return [
      // What no plan can keep is the store's to answer for.
      ...(backup.continuous && !store.continuous && longestInterval(repaired) !== undefined
        ? backupShortfalls(repaired)
        : []),
      ...(backup.replicated && store.alone ? backupShortfalls(gone) : []),
    ];
  });
  return found.filter(({ what }, index) => found.findIndex((each) => each.what === what) === index);
}

function remedy(backup: BackupReckoning, disruption: string, rpo: number, loss: DataLoss): string {
  const others = loss.seconds - backup.intervalSeconds;
  const hours = backup.continuous && disruption === 'dataRepair' ? undefined : fitting(rpo - others);
  const oftener = hours === undefined ? [] : [`use a snapshotInterval of ${hours} h`];
  if (disruption === 'region') {
    const mode = rpo === 0 ? 'synchronously' : 'asynchronously';
    return [...oftener, `keep it in a store that replicates ${mode}, such as a GlobalTable`].join(', or ');
  }
  const pitr = AWS_FACTS.rdsPointInTimeLagSeconds.value;
  const { canBeContinuous = true } = backup;
  if (!canBeContinuous && oftener.length > 0) return oftener.join('');
  if (!backup.continuous && canBeContinuous && rpo >= pitr)
    return [...oftener, 'set continuousBackup to true'].join(', or ');
  return 'keep it in a store with versions, such as a versioned bucket, or append only; or give a weakening';
}

function fitting(seconds: number): number | undefined {
  return INTERVAL_HOURS.find((hours) => hours * HOUR <= seconds);
}
