/** One part of the time whose data is lost. */
export interface DataLossTerm {
  readonly what: string;
  readonly seconds: number;
}

/** The time whose data is lost, and its parts. */
export interface DataLoss {
  readonly terms: readonly DataLossTerm[];

  /** `Infinity` when nothing can be recovered. */
  readonly seconds: number;
}

/** A plan that makes backups from time to time. All in seconds. */
export interface PeriodicBackup {
  /** The largest gap between two times at which a backup is due. */
  readonly intervalSeconds: number;

  /** How long a backup that is due may wait for its start. */
  readonly startWindowSeconds: number;

  /** How long a backup takes. */
  readonly durationSeconds: number;

  /**
   * How long its copy to another place takes.
   *
   * @default 0
   */
  readonly copySeconds?: number;
}

/**
 * The most that periodic backups can lose, never just the interval: at the worst moment the newest backup that can be
 * used was started one interval ago and in time, while the next one started late, ran its full length and is just
 * being copied.
 */
export function backupDataLoss(backup: PeriodicBackup): DataLoss {
  return total([
    { what: 'interval', seconds: backup.intervalSeconds },
    { what: 'start window', seconds: backup.startWindowSeconds },
    { what: 'duration', seconds: backup.durationSeconds },
    { what: 'copy', seconds: backup.copySeconds ?? 0 },
  ]);
}

/** What continuous backups lose: how far the latest restorable moment lies behind now. */
export function pointInTimeDataLoss(lagSeconds: number): DataLoss {
  return total([{ what: 'lag of point-in-time recovery', seconds: lagSeconds }]);
}

/** What a replica loses: nothing when it is synchronous, else its lag. */
export function replicaDataLoss(lagSeconds: number): DataLoss {
  return total([{ what: 'replication lag', seconds: lagSeconds }]);
}

/** Nothing can be recovered. */
export const UNRECOVERABLE: DataLoss = { terms: [], seconds: Number.POSITIVE_INFINITY };

/**
 * The least of several losses: data comes back from the best source that is left.
 *
 * Give only the sources that survive the disruption: a replica does not survive corrupt data, which it copies.
 */
export function leastDataLoss(survivors: readonly DataLoss[]): DataLoss {
  return survivors.reduce((best, each) => (each.seconds < best.seconds ? each : best), UNRECOVERABLE);
}

function total(terms: readonly DataLossTerm[]): DataLoss {
  const counted = terms.filter((term) => term.seconds > 0);
  return { terms: counted, seconds: counted.reduce((seconds, term) => seconds + term.seconds, 0) };
}
