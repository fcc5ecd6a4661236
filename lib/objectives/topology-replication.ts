import { backupDataLoss } from '../calculus/data-loss';
import { storeFacts } from '../calculus/store-facts';
import type { StoreFact } from '../calculus/stores/store';
import { formatSeconds, Span, type TimeSpan } from '../calculus/time-span';
import type { Mistake } from './mistakes';
import { RecoveryApproach, ReplicationMode } from './policy/regions';
import { BACKUP_PLANS, DR_WHITEPAPER, OWN_DECISION } from './policy/sources';
import { regionsFor } from './topology-mistakes';
import { ReadConsistency, type TopologyNeeds, WriteConflicts } from './topology-needs';
import type { TopologyReason } from './topology-recommended';

/** How data gets to the other region, and why. @internal */
export interface ReplicationChoice {
  readonly mode: ReplicationMode;
  readonly stores: readonly string[];
  readonly reasons: readonly TopologyReason[];

  /** The most that the other region may be behind. */
  readonly lag?: TimeSpan;
}

/** The most that copies lose which are made every 12 h. The times of backup and copy are reckoned with, not measured. */
const COPIES_LOSE = Span.seconds(
  backupDataLoss({
    intervalSeconds: 12 * 3600,
    startWindowSeconds: 3600,
    durationSeconds: 4 * 3600,
    copySeconds: 4 * 3600,
  }).seconds,
);

/** Both stores that write to regions synchronously need a third one, which breaks the tie. */
const SYNCHRONOUS_REGIONS = 3;
const SYNCHRONOUS_SOURCE =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/multi-region-strong-consistency-gt.html';

/** The cheapest way in which data of a service gets to the other region, or why there is none. @internal */
export function chooseReplication(
  approach: RecoveryApproach,
  needs: TopologyNeeds,
): ReplicationChoice | Mistake {
  if (!needs.stateful) {
    const because = 'it keeps no data of its own: nothing has to be replicated';
    return { mode: ReplicationMode.NONE, stores: [], reasons: [{ because, source: DR_WHITEPAPER }] };
  }
  const rpo = needs.rpo?.toSeconds() ?? 0;
  if (approach === RecoveryApproach.BACKUP_AND_RESTORE) return copies(rpo);
  const because = whyTogether(approach, needs);
  const asynchronous = because === undefined ? asynchronousStores(rpo, needs) : [];
  if (asynchronous.length > 0) {
    const said = `data in the other region may be ${formatSeconds(rpo)} behind: asynchronous replication will do`;
    return {
      mode: ReplicationMode.ASYNCHRONOUS,
      stores: asynchronous,
      lag: Span.seconds(rpo),
      reasons: [{ because: said, source: DR_WHITEPAPER }],
    };
  }
  return synchronous(
    because ?? `no store that replicates asynchronously keeps an RPO of ${formatSeconds(rpo)}`,
    needs,
  );
}

/** Why regions must agree on each write; `undefined` where they need not. */
function whyTogether(approach: RecoveryApproach, needs: TopologyNeeds): string | undefined {
  const { consistency = ReadConsistency.EVENTUAL, writeConflicts = WriteConflicts.HARMFUL, rpo } = needs;
  if (rpo?.toSeconds() === 0)
    return 'an RPO of 0 loses no write: both regions must have it before it is acknowledged';
  if (approach !== RecoveryApproach.ACTIVE_ACTIVE) return undefined;
  if (consistency === ReadConsistency.STRONG) {
    return 'all regions serve, and every reader must see the last write';
  }
  if (writeConflicts === WriteConflicts.HARMFUL) {
    return 'all regions write, and two writes of the same thing must not both be accepted';
  }
  return undefined;
}

function copies(rpo: number): ReplicationChoice | Mistake {
  if (COPIES_LOSE.toSeconds() > rpo) {
    return {
      problem: `copies of backups lose up to ${formatSeconds(COPIES_LOSE.toSeconds())}, but an RPO of ${formatSeconds(rpo)} is needed`,
      fix: 'replicate the data',
    };
  }
  const said = `copies of backups made every 12 h lose up to ${formatSeconds(COPIES_LOSE.toSeconds())} with their start, duration and copy`;
  return {
    mode: ReplicationMode.BACKUP_COPIES,
    stores: ['Multi-AZ store with copies of backups in a second region'],
    lag: COPIES_LOSE,
    reasons: [{ because: said, source: `${BACKUP_PLANS}; ${OWN_DECISION}` }],
  };
}

function asynchronousStores(rpo: number, needs: TopologyNeeds): readonly string[] {
  return storesFor(needs, ({ rpoSeconds }) => rpoSeconds > 0 && rpoSeconds <= rpo);
}

function synchronous(because: string, needs: TopologyNeeds): ReplicationChoice | Mistake {
  const stores = storesFor(needs, ({ rpoSeconds }) => rpoSeconds === 0);
  const kind = needs.family ?? 'relational or key-value';
  if (stores.length === 0) {
    return {
      problem: `${because}; no ${kind} store does that within ${formatSeconds(needs.rto.toSeconds())}${repairOwed(needs)}`,
      fix: 'keep that data in a relational or key-value store, or allow more to be lost',
    };
  }
  if (regionsFor(needs) < SYNCHRONOUS_REGIONS) {
    return {
      problem: `${because}; stores that do so need ${SYNCHRONOUS_REGIONS} regions, but data may lie in ${regionsFor(needs)}`,
      fix: 'allow a third region as a witness, or more to be lost',
    };
  }
  const said = `${because}; a third region is the witness`;
  return {
    mode: ReplicationMode.SYNCHRONOUS,
    stores,
    reasons: [{ because: said, source: SYNCHRONOUS_SOURCE }],
  };
}

function repairOwed({ dataRepairRpo }: TopologyNeeds): string {
  return dataRepairRpo
    ? ` and loses at most ${formatSeconds(dataRepairRpo.toSeconds())} to damaged data`
    : '';
}

function storesFor(
  { family, rto, dataRepairRpo }: TopologyNeeds,
  keeps: (region: StoreFact['region']) => boolean,
): readonly string[] {
  const repair = dataRepairRpo?.toSeconds() ?? Number.POSITIVE_INFINITY;
  const families = family ? [family] : ['relational', 'key-value'];
  return storeFacts()
    .filter((each) => families.includes(each.family))
    .filter(({ region }) => keeps(region) && region.rtoSeconds <= rto.toSeconds())
    .filter(({ dataRepair: { rpoSeconds } }) => rpoSeconds <= repair)
    .map(({ store }) => store);
}
